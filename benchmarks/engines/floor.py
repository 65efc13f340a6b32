"""The floor: DuckDB reads the columns that a build reads, and adds them up."""

from pathlib import Path

import duckdb

from benchmarks.common import READ, event_files

_SUMS = ", ".join(f"min({c})" if c in {"actor", "recipient"} else f"sum({c}::INT)" for c in READ)


def run(folder: Path) -> tuple[object, ...]:
    """Scan and sum.

    Args:
        folder: The store.
    """
    with duckdb.connect() as connection:
        text = f"SELECT {_SUMS} FROM read_parquet(?)"  # noqa: S608 (own names)
        found = connection.execute(text, [event_files(folder)]).fetchone()
    return tuple(found or ())
