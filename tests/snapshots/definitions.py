"""The SQL the panel's definitions become. Written anew by `python -m tests.snapshots.definitions`."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from detente.panel import expressions as events_of
from detente.panel.archives import Dialect, sql_of

FOLDER = Path(__file__).parent / "sql"

_ROWS = events_of.stored_events("events")

DEFINITIONS = {
    "known_by": events_of.known_by(_ROWS, date(2024, 1, 1)),
    "classified": events_of.classified(_ROWS),
    "marked": events_of.marked(_ROWS),
    "weekly_cube": events_of.weekly_cube(_ROWS, by_issue=True),
}


def snapshots() -> Iterator[tuple[Path, str]]:
    """Yield each snapshot's file and the SQL it should hold."""
    for name, table in DEFINITIONS.items():
        for dialect in Dialect:
            path = FOLDER / f"{name}.{dialect.name.lower()}.sql"
            yield path, sql_of(table, dialect) + "\n"


if __name__ == "__main__":
    for path, text in snapshots():
        path.write_text(text, encoding="utf-8")
