import re
from datetime import date
from pathlib import Path

import pytest

from detente.panel import expressions as events_of
from detente.panel.archives import Dialect, sql_of
from detente.sources.events import EVENT_SCHEMA
from tests.snapshots.definitions import FOLDER, snapshots

SNAPSHOTS = list(snapshots())
ENGINES_OWN = re.compile(r"\b(INTERVAL|\w*HASH\w*|FINGERPRINT|MD5|SHA\d*)\b|DATE_TRUNC|EXTRACT\(")


def test_panel_takes_what_sources_give() -> None:
    taken = {field.name: field.type for field in events_of.TAKEN_SCHEMA}
    assert taken == {field.name: field.type for field in EVENT_SCHEMA}


@pytest.mark.parametrize(("path", "text"), SNAPSHOTS, ids=lambda part: getattr(part, "stem", "sql"))
def test_the_sql_is_as_it_was(path: Path, text: str) -> None:
    how = "where the change is meant: python -m tests.snapshots.definitions"
    assert path.read_text(encoding="utf-8") == text, how


def test_no_snapshot_is_left_behind() -> None:
    assert sorted(FOLDER.iterdir()) == sorted(path for path, _ in SNAPSHOTS)


@pytest.mark.parametrize("path", sorted(FOLDER.iterdir()), ids=lambda path: path.stem)
def test_no_calendar_and_no_hash_of_an_engine(path: Path) -> None:
    assert not ENGINES_OWN.search(path.read_text(encoding="utf-8").upper())


@pytest.mark.parametrize("dialect", Dialect)
def test_reads_of_days_are_written_for_every_engine(dialect: Dialect) -> None:
    rows = events_of.known_by(events_of.stored_events("events"), date(2024, 1, 1))
    text = sql_of(events_of.daily(events_of.of_dyad(rows, "USA", "CHN")), dialect)
    assert "19723" in text
    assert not ENGINES_OWN.search(text.upper())
