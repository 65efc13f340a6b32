"""The panel in one query of DuckDB, written by hand.

Counts of a week come from one aggregation, as floating-point numbers, whose sums over windows are
faster than those of whole numbers and as exact; the three kinds of window are RANGE frames over whole
weeks. Digamma and trigamma are macros: up eight steps by recurrence, then the asymptotic series.
"""

from pathlib import Path

import duckdb
import pyarrow as pa

from benchmarks.common import COLUMNS, NUMBERS, event_files
from detente.measures.dyad_weeks import QUADS

_SCRIPT = Path(__file__).with_name("duckdb_panel.sql")


def run(folder: Path) -> pa.Table:
    """Run the query into Arrow.

    Args:
        folder: The store.
    """
    quads = dict(zip("abce", QUADS, strict=True))
    *macros, query = _SCRIPT.read_text(encoding="utf-8").format(**NUMBERS, **quads).split(";")[:-1]
    with duckdb.connect() as connection:
        for macro in macros:
            connection.execute(macro)
        return connection.sql(query, params={"files": event_files(folder)}).to_arrow_table()


def panel(found: pa.Table) -> pa.Table:
    """Return the common panel.

    Args:
        found: What `run` gave.
    """
    return found.select(COLUMNS)
