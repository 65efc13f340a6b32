from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from detente.pipeline.adding import add
from detente.pipeline.verifying import verify
from detente.pipeline.workspace import Workspace

AT = datetime(2024, 1, 2, 12, tzinfo=UTC)
Counts = Callable[[Workspace], dict[str, int]]


def original(study: Workspace, title: str) -> tuple[str, Path]:
    """Id and stored file of a document."""
    with study.ledger() as ledger:
        (found,) = [d for d in ledger.all_documents() if d.title == title]
    return found.document_id, study.folder / "originals" / found.sha256[:2] / found.sha256[2:]


def test_every_sentence_and_quote_is_found(study: Workspace, counts: Counts) -> None:
    before = counts(study)
    report = verify(study)
    assert (report.documents, report.sentences) == (before["documents"], before["passages"])
    parts = ("events", "shared_interests", "commitments", "steps")
    assert report.evidence >= sum(before[part] for part in parts) + before["meetings"] > 0
    assert report.broken == ()
    assert counts(study) == before


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        pytest.param("flip", "its bytes have changed; restore it from a backup", id="one bit"),
        pytest.param("remove", "No such file", id="missing"),
        pytest.param("cut", "its bytes have changed", id="cut short"),
    ],
)
def test_a_damaged_original_is_found(study: Workspace, damage: str, reason: str) -> None:
    name, path = original(study, "2023 06 19 State Department")
    content = path.read_bytes()
    if damage == "remove":
        path.unlink()
    elif damage == "cut":
        path.write_bytes(content[:-9])
    else:
        path.write_bytes(content[:-9] + bytes([content[-9] ^ 1]) + content[-8:])
    report = verify(study)
    assert [broken.document_id for broken in report.broken] == [name]
    assert reason in report.broken[0].reason
    assert report.documents == 18


def test_adding_the_file_again_mends_it(study: Workspace, study_once: Path) -> None:
    _, path = original(study, "2023 06 19 State Department")
    path.write_bytes(b"nothing of it")
    assert verify(study).broken
    add(study, [study_once.parent / "in"], added_at=AT)
    assert verify(study).broken == ()
