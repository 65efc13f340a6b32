"""One study on both stores: the same answers, letter by letter."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from detente.errors import LedgerError, WorkspaceError
from detente.ledger import Ledger
from detente.pipeline.adding import add
from detente.pipeline.briefs import brief
from detente.pipeline.coding import code
from detente.pipeline.commitments import commitments
from detente.pipeline.gaps import gap
from detente.pipeline.loading import add_indicators, indicator_files
from detente.pipeline.meetings import meetings
from detente.pipeline.verifying import verify
from detente.pipeline.workspace import SETTINGS_FILE, Workspace, init
from tests.servers import PASSWORD, database_fixture, server_fixture

__all__ = ["database_fixture", "server_fixture"]

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "us-china"
AT = datetime(2026, 1, 2, 12, tzinfo=UTC)
DAY = date(2023, 6, 30)


def filled(folder: Path, ledger: str | None) -> Workspace:
    """A part of the demo: documents added in two goes, one again, coded; indicators."""
    place = init(folder, ledger=ledger)
    documents = sorted(path for path in (EXAMPLE / "documents").rglob("*") if path.is_file())
    assert len(documents) > 40
    add(place, documents[:30:2], added_at=AT)
    add(place, documents[:8], added_at=AT)
    add_indicators(place, indicator_files([EXAMPLE / "indicators"]), added_at=AT)
    code(place, coded_at=AT, coder="patterns")
    return place


def answers(place: Workspace) -> list[str]:
    """Everything the verbs say, and everything the ledger holds."""
    pair = (place, "USA", "CHN")
    told = [
        brief(*pair, as_of=DAY),
        gap(*pair, as_of=DAY),
        meetings(*pair, as_of=DAY),
        commitments(*pair, as_of=DAY),
        verify(place),
    ]
    with place.ledger() as ledger:
        held = [
            ledger.additions(),
            ledger.counts(),
            ledger.signatures(),
            ledger.coders(as_of=DAY),
            [d.model_dump_json() for d in ledger.documents(as_of=DAY, include_duplicates=True)],
            [
                r.model_dump_json()
                for d in ledger.all_documents()
                for r in ledger.readings(d.document_id)
            ],
            [
                p.model_dump_json()
                for d in ledger.all_documents()
                for p in ledger.passages(d.document_id)
            ],
            [s.model_dump_json() for s in ledger.indicators(as_of=DAY)],
        ]
    return [*(answer.model_dump_json() for answer in told), *map(repr, held)]


@pytest.mark.slow
def test_both_stores_give_the_same_answers(tmp_path: Path, database: str) -> None:
    on_file, on_server = filled(tmp_path / "a", None), filled(tmp_path / "b", database)
    assert not (on_server.folder / "ledger.sqlite").exists()
    assert answers(on_server) == answers(on_file)
    assert all(PASSWORD not in answer for answer in answers(on_server))
    originals = [
        sorted(path.name for path in (place.folder / "originals").rglob("*") if path.is_file())
        for place in (on_file, on_server)
    ]
    assert originals[0] == originals[1]


def test_the_settings_name_the_ledger_and_hold_no_password(tmp_path: Path, database: str) -> None:
    made = init(tmp_path / "study", ledger=database)
    written = (made.folder / SETTINGS_FILE).read_text(encoding="utf-8")
    assert PASSWORD not in written
    assert f"ledger = {json.dumps(database.replace(f':{PASSWORD}', ''))}" in written
    assert Workspace.open(made.folder, database) == made
    assert PASSWORD not in repr(made)
    with pytest.raises(LedgerError, match="give user and password by DETENTE_LEDGER, PGPASSWORD"):
        Workspace.open(made.folder).ledger()
    with_it = written.replace("desk@", f"desk:{PASSWORD}@")
    (made.folder / SETTINGS_FILE).write_text(with_it, encoding="utf-8")
    with Workspace.open(made.folder).ledger() as ledger:
        assert isinstance(ledger, Ledger)


def test_a_database_in_use_is_not_taken_twice(tmp_path: Path, database: str) -> None:
    init(tmp_path / "first", ledger=database)
    with pytest.raises(LedgerError, match="holds a ledger already; name an empty database"):
        init(tmp_path / "second", ledger=database)
    assert not (tmp_path / "second" / SETTINGS_FILE).exists()


def test_a_ledger_from_outside_must_be_the_workspace_s(empty: Workspace, tmp_path: Path) -> None:
    other = f"postgresql://desk:{PASSWORD}@127.0.0.1:1/other"
    with pytest.raises(WorkspaceError, match=r"ledger.sqlite, not .*; unset DETENTE_LEDGER") as one:
        Workspace.open(empty.folder, other)
    settings = empty.folder / SETTINGS_FILE
    text = settings.read_text(encoding="utf-8")
    settings.write_text(f'{text}ledger = "postgresql://host/study"\n', encoding="utf-8")
    with pytest.raises(WorkspaceError, match=r"host/study, not .*; unset DETENTE_LEDGER") as two:
        Workspace.open(empty.folder, other)
    assert PASSWORD not in f"{one.value}{two.value}"


@pytest.mark.parametrize(
    "named", ['"sqlite:////x.sqlite"', '"mysql://h/d"', "3", '"postgresql://h"']
)
def test_only_a_server_can_be_named(empty: Workspace, named: str) -> None:
    settings = empty.folder / SETTINGS_FILE
    text = settings.read_text(encoding="utf-8")
    settings.write_text(f"{text}ledger = {named}\n", encoding="utf-8")
    with pytest.raises(WorkspaceError, match=r"write ledger = .postgresql://USER@HOST/DATABASE"):
        Workspace.open(empty.folder)
