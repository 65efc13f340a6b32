"""Code what a workspace holds and has not yet been read by this coder version."""

from collections.abc import Sequence
from datetime import datetime

from detente.coding import CODERS, Coder
from detente.errors import UnknownNameError
from detente.ledger import Ledger
from detente.pipeline.progress import Progress, Silent
from detente.pipeline.workspace import Workspace
from detente.records import Record

DEFAULT_CODER = "patterns"
_BATCH = 25


class CodeReport(Record):
    """What one `code` did."""

    coder: str
    coder_version: str
    documents: int
    sentences: int
    skipped: int
    """Sentences without an ordered pair of actors."""
    events: int
    meetings: int
    commitments: int


def code(
    workspace: Workspace,
    *,
    coded_at: datetime,
    coder: str = DEFAULT_CODER,
    progress: Progress | None = None,
) -> CodeReport:
    """Read every English document this coder version has not read.

    Interrupted work loses at most one batch; calling again goes on where it stopped.

    Args:
        workspace: What to read; readings of older versions are kept.
        coded_at: Instant to stamp the readings with, UTC.
        coder: A key of `detente.coding.CODERS`.
        progress: Told about each document.

    Returns:
        Counts of this call.

    Raises:
        UnknownNameError: No such coder.
    """
    if coder not in CODERS:
        raise UnknownNameError(kind="coder", name=coder, known=CODERS.keys())
    reader = CODERS[coder]()
    bar = progress or Silent()
    totals = dict.fromkeys(
        ("documents", "sentences", "skipped", "events", "meetings", "commitments"), 0
    )
    with workspace.ledger() as ledger:
        waiting = ledger.uncoded(reader.name, reader.version)
        bar.start("coding documents", len(waiting))
        for start in range(0, len(waiting), _BATCH):
            batch = waiting[start : start + _BATCH]
            for key, count in _code_batch(ledger, reader, batch, coded_at).items():
                totals[key] += count
            bar.advance(len(batch))
    return CodeReport(coder=reader.name, coder_version=reader.version, **totals)


def _code_batch(
    ledger: Ledger, reader: Coder, batch: Sequence[str], coded_at: datetime
) -> dict[str, int]:
    readings = []
    sentences = 0
    for document_id in batch:
        passages = ledger.passages(document_id)
        sentences += len(passages)
        readings.append(reader.code(ledger.document(document_id), passages, coded_at=coded_at))
    ledger.append_readings(readings)
    return {
        "documents": len(readings),
        "sentences": sentences,
        "skipped": sum(r.passages_skipped for r in readings),
        "events": sum(len(r.events) for r in readings),
        "meetings": sum(len(r.meetings) for r in readings),
        "commitments": sum(len(r.commitments) for r in readings),
    }
