# ruff: noqa: INP001 (a script)
"""Write the SQL that counts GDELT's weekly cube on BigQuery.

python examples/archive/bigquery_sql.py cube.sql [LAST_DAY]
"""

import sys
from datetime import date
from pathlib import Path

from detente.panel.archives import Dialect, gdelt_cube, gdelt_events, sql_of
from detente.pipeline.archives import gdelt_codes


def write(path: Path, as_of: date | None = None) -> None:
    """Write the SQL as of a day, of all events where none is given."""
    events = gdelt_events("events", project="gdelt-bq", dataset="gdeltv2")
    text = sql_of(gdelt_cube(events, gdelt_codes(), as_of), Dialect.BIGQUERY)
    path.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]), *(date.fromisoformat(day) for day in sys.argv[2:3]))
