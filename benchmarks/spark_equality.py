"""Count five million drawn rows with DuckDB and with Spark, and compare the cubes bit for bit.

Two archives: rows as the panel stores them, and GDELT's own columns. Times are of one run each, from
Parquet to Parquet, and say what this machine did; equality is what is proved.
"""

import json
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from ibis import Table
from pyspark.sql import SparkSession
from rich.console import Console

from detente.ontology.actors import countries
from detente.ontology.cameo import cameo_codes
from detente.panel.archives import (
    GDELT_COLUMNS,
    Dialect,
    gdelt_cube,
    gdelt_events,
    read_cube,
    sql_of,
)
from detente.panel.cells import day_number, monday
from detente.panel.expressions import (
    EVENTS_SCHEMA,
    classified,
    marked,
    stored_events,
    weekly_cube,
)
from detente.pipeline.archives import gdelt_codes

ROOT = Path(__file__).resolve().parents[1]
N_ROWS = 5_000_000
PART = 1_000_000
N_DAYS = 365
FIRST = day_number(monday(6130))

Part = Callable[[np.random.Generator, int], pa.Table]


def main() -> int:
    """Draw, count, compare; write the figures to `results/spark_equality.json`."""
    found: dict[str, Any] = {"rows": N_ROWS}
    with tempfile.TemporaryDirectory() as name, _session() as spark:
        for what, (part, table) in _archives().items():
            folder = Path(name) / what
            folder.mkdir()
            _draw(part, folder / "rows")
            found[what] = _compared(spark, folder, table)
            shutil.rmtree(folder)
            Console().print(what, found[what])
    path = ROOT / "benchmarks" / "results" / "spark_equality.json"
    path.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return 0 if all(found[what]["equal"] for what in _archives()) else 1


def _archives() -> Mapping[str, tuple[Part, Table]]:
    stored = weekly_cube(marked(classified(stored_events("archive"))), by_issue=True)
    return {
        "events": (_events, stored),
        "gdelt": (_gdelt, gdelt_cube(gdelt_events("archive"), gdelt_codes())),
    }


def _draw(part: Part, folder: Path) -> None:
    folder.mkdir()
    chance = np.random.default_rng(20)
    for at in range(N_ROWS // PART):
        pq.write_table(part(chance, at * PART), folder / f"{at}.parquet")


def _compared(spark: SparkSession, folder: Path, table: Table) -> dict[str, Any]:
    seconds = {
        "duckdb": _seconds(lambda: _by_duckdb(folder, table)),
        "spark": _seconds(lambda: _by_spark(spark, folder, table)),
    }
    mine, other = read_cube(folder / "duckdb"), read_cube(folder / "spark")
    return {
        "cube_rows": mine.num_rows,
        "events": int(mine["n"].to_numpy()[mine["issue"].to_numpy() == ""].sum()),
        "equal": mine.equals(other),
        "wall_s": seconds,
    }


def _seconds(run: Callable[[], None]) -> float:
    start = time.perf_counter()
    run()
    return round(time.perf_counter() - start, 1)


def _by_duckdb(folder: Path, table: Table) -> None:
    with duckdb.connect() as connection:
        connection.read_parquet(f"{folder}/rows/*.parquet").create_view("archive")
        found = connection.sql(sql_of(table, Dialect.DUCKDB)).to_arrow_table()
    pq.write_table(found, folder / "duckdb")


def _by_spark(spark: SparkSession, folder: Path, table: Table) -> None:
    spark.read.parquet(f"{folder}/rows").createOrReplaceTempView("archive")
    spark.sql(sql_of(table, Dialect.SPARK)).write.parquet(f"{folder}/spark")


@contextmanager
def _session() -> Iterator[SparkSession]:
    builder = SparkSession.builder.master("local[2]").config("spark.driver.memory", "4g")
    session = (
        builder.config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.driver.host", "127.0.0.1")
        .getOrCreate()
    )
    try:
        yield session
    finally:
        session.stop()


def _events(chance: np.random.Generator, first: int) -> pa.Table:
    day = FIRST + chance.integers(0, N_DAYS, PART)
    sides = sorted(countries())[:60]
    roots = np.array([f"{number:02}" for number in range(1, 21)])
    root = chance.integers(0, 20, PART)
    issues = chance.integers(0, 4, PART)
    lists = pa.array([[], ["trade"], ["taiwan", "trade"], None], pa.list_(pa.string()))
    columns = {
        "actor": chance.choice(sides, PART),
        "recipient": chance.choice(sides, PART),
        "week": np.zeros(PART, np.int32),
        "day": day,
        "published": day + chance.integers(-1, 5, PART),
        "cell": root % 6 + 1,
        "goldstein_hundredths": chance.integers(-1000, 1001, PART),
        "n_reports": chance.integers(1, 100, PART),
        "is_kept": np.zeros(PART, np.bool_),
        "is_dyad": np.zeros(PART, np.bool_),
        "has_url": chance.random(PART) < 0.8,
        "root": roots[root],
        "cameo_code": roots[root],
        "actor_role": chance.choice(["", "GOV", "MIL", "BUS"], PART),
        "recipient_role": chance.choice(["", "LEG", "CVL"], PART),
        "of_state": np.zeros(PART, np.bool_),
        "issues": lists.take(pa.array(issues)),
        "repeat_key": chance.integers(-2, 3, PART) * 2**61,
        "file_number": chance.integers(1, 400, PART),
        "origin_line": first + np.arange(PART),
    }
    return pa.table({name: pa.array(column) for name, column in columns.items()}).cast(
        EVENTS_SCHEMA
    )


def _gdelt(chance: np.random.Generator, first: int) -> pa.Table:
    at = np.datetime64("1970-01-01") + FIRST + chance.integers(0, N_DAYS, PART)
    late = chance.choice([0, 0, 0, 1, 2, -1, -2, 364, 365, 3650], PART)
    given = {
        "GLOBALEVENTID": first + chance.permutation(PART),
        "SQLDATE": _digits(at - late),
        "EventCode": chance.choice([*sorted(cameo_codes()), "13y", "42"], PART),
        "GoldsteinScale": pa.array(
            chance.integers(-110, 111, PART) / 10, mask=chance.random(PART) < 0.1
        ),
        "NumArticles": pa.array(chance.integers(0, 30, PART), mask=chance.random(PART) < 0.05),
        "DATEADDED": _digits(at) * 10**6 + chance.integers(0, 24, PART) * 10**4,
        "SOURCEURL": _texts(chance, ["", *(f"https://a.example/{at}" for at in range(50))]),
    }
    given |= {n: _texts(chance, _codes_of(n)) for n in GDELT_COLUMNS if n not in given}
    return pa.table({name: pa.array(given[name]) for name in GDELT_COLUMNS})


def _codes_of(column: str) -> list[str]:
    if column.endswith("Type1Code"):
        return ["", "", "", "GOV", "MIL", "COP", "BUS", "EDU"]
    if column.endswith(("KnownGroupCode", "EthnicCode", "Religion1Code")):
        return ["", "", "", "", "", "", "", "XYZ"]
    return ["", "AFR", "ROM", *sorted(countries())[:30]]


def _texts(chance: np.random.Generator, texts: list[str]) -> pa.Array:
    return pa.array(chance.choice(texts, PART)).dictionary_encode().cast(pa.string())


def _digits(days: Any) -> Any:  # noqa: ANN401 (NumPy's days)
    months = days.astype("datetime64[M]")
    year = days.astype("datetime64[Y]").astype(np.int64) + 1970
    month = months.astype(np.int64) % 12 + 1
    return year * 10_000 + month * 100 + (days - months).astype(np.int64) + 1


if __name__ == "__main__":
    sys.exit(main())
