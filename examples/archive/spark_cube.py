# ruff: noqa: INP001 (a script)
"""Count the weekly cube of GDELT files on Spark.

spark-submit examples/archive/spark_cube.py FILES CUBE [LAST_DAY]

FILES is any path Spark reads, unpacked or gzipped (`.../*.export.CSV`); CUBE is written as Parquet.
"""

import sys
from datetime import date

from pyspark.sql import SparkSession

from detente.panel.archives import Dialect, gdelt_cube, gdelt_lines, sql_of
from detente.pipeline.archives import gdelt_codes
from detente.sources.gdelt import COLUMNS_2


def count(session: SparkSession, files: str, cube: str, as_of: date | None = None) -> None:
    """Count the files' events as of a day, all where none is given, and write the cube."""
    session.read.text(files, lineSep="\n").createOrReplaceTempView("lines")
    table = gdelt_cube(gdelt_lines("lines", COLUMNS_2), gdelt_codes(), as_of)
    session.sql(sql_of(table, Dialect.SPARK)).write.parquet(cube)


if __name__ == "__main__":
    given = [date.fromisoformat(day) for day in sys.argv[3:4]]
    count(SparkSession.builder.appName("cube").getOrCreate(), sys.argv[1], sys.argv[2], *given)
