import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from detente.coding import CODERS, PatternCoder
from detente.errors import UnknownNameError
from detente.pipeline import coding
from detente.pipeline.adding import add
from detente.pipeline.coding import code
from detente.pipeline.gaps import gap
from detente.pipeline.readers import reading
from detente.pipeline.workspace import Workspace

AT = datetime(2024, 1, 2, 12, tzinfo=UTC)
LATER = datetime(2024, 2, 2, 12, tzinfo=UTC)
Counts = Callable[[Workspace], dict[str, int]]


class Breaking:
    """Progress that is interrupted after so many documents."""

    def __init__(self, after: int) -> None:
        self.left = after

    def start(self, what: str, total: int | None) -> None:
        del what, total

    def advance(self, steps: int = 1) -> None:
        self.left -= steps
        if self.left <= 0:
            raise KeyboardInterrupt


def test_twice_is_once(study: Workspace, counts: Counts) -> None:
    before = counts(study)
    report = code(study, coded_at=LATER, coder="patterns")
    assert (report.documents, report.events) == (0, 0)
    assert counts(study) == before
    assert before["readings"] == before["documents"] > 0


def test_two_processes_read_what_one_reads(study: Workspace) -> None:
    code(study, coded_at=LATER, coder="pairs")
    with study.ledger() as ledger:
        ids = [d.document_id for d in ledger.all_documents()]
        one = [ledger.readings(i)[-1] for i in ids]
        jobs = [(ledger.document(i), ledger.passages(i)) for i in ids]
    with reading(CODERS["pairs"](), LATER, 2) as read:
        assert list(read(jobs)) == one


def test_a_new_version_adds_a_reading_and_keeps_the_old(
    study: Workspace, counts: Counts, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = counts(study)
    monkeypatch.setattr(PatternCoder, "version", "4")
    report = code(study, coded_at=LATER, coder="patterns")
    after = counts(study)
    assert (report.coder_version, report.documents) == ("4", before["documents"])
    assert after["readings"] == 2 * before["readings"]
    with study.ledger() as ledger:
        name = ledger.all_documents()[0].document_id
        assert [r.coder_version for r in ledger.readings(name)] == ["3", "4"]


def test_figures_use_the_newest_reading_alone(
    study: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = gap(study, "USA", "CHN", as_of=date(2023, 6, 30))
    monkeypatch.setattr(PatternCoder, "version", "4")
    code(study, coded_at=LATER, coder="patterns")
    after = gap(study, "USA", "CHN", as_of=date(2023, 6, 30))
    assert (before.coders, after.coders) == (("patterns 3",), ("patterns 4",))
    assert after.rows == before.rows


def test_goes_on_where_it_was_interrupted(
    empty: Workspace, tmp_path: Path, counts: Counts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(coding, "_BATCH", 2)
    text = "The United States and China held {} rounds of talks on trade."
    rows = [json.dumps({"text": text.format(n), "date": "2023-06-01"}) for n in range(7)]
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(rows), encoding="utf-8")
    add(empty, [path], added_at=AT)
    with pytest.raises(KeyboardInterrupt):
        code(empty, coded_at=AT, coder="patterns", progress=Breaking(after=4))
    assert counts(empty)["readings"] == 4
    assert code(empty, coded_at=LATER, coder="patterns").documents == 3
    assert counts(empty)["readings"] == 7


def test_counts_what_it_read(study_once: Path, empty: Workspace, counts: Counts) -> None:
    add(empty, [study_once.parent / "in"], added_at=AT)
    report = code(empty, coded_at=AT, coder="patterns")
    held = counts(empty)
    assert report.documents == held["documents"]
    assert report.sentences == held["passages"]
    assert (report.events, report.meetings) == (held["events"], held["meetings"])
    assert report.commitments == held["commitments"] > 0
    assert 0 <= report.skipped < report.sentences


def test_an_unknown_coder(study: Workspace) -> None:
    with pytest.raises(UnknownNameError, match="did you mean patterns"):
        code(study, coded_at=AT, coder="pattern")
