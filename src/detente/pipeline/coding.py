"""Code what a workspace holds and has not yet been read by this coder version."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice

from detente.coding import CODERS, Coder
from detente.coding.llm_account import Accountable, LlmAccount
from detente.errors import LlmAnswerError, UnknownNameError
from detente.ledger import Ledger
from detente.pipeline.progress import Progress, Silent
from detente.pipeline.readers import Job, Read, reading
from detente.pipeline.workspace import Workspace
from detente.records import Reading, Record, Refusal

DEFAULT_CODER = "pairs"
LLM_CODER = "llm"
"""The coder that needs settings of its own: `detente.pipeline.llm` makes it."""
_COUNTED = ("documents", "sentences", "skipped", "events", "meetings", "commitments")
_BATCH = 5
"""Documents stored at a time."""
_ASKED = 10
"""Batches read at a time, so that no process waits long for another."""
_FEW = 40
"""Documents below which starting further processes costs more than it saves."""


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
    left: tuple[Refusal, ...] = ()
    """Documents left uncoded, and why; the next run tries them again."""
    llm: LlmAccount | None = None
    """What a language model cost; None for the other coders."""


def code(
    workspace: Workspace,
    *,
    coded_at: datetime,
    coder: str | Coder = DEFAULT_CODER,
    processes: int = 1,
    progress: Progress | None = None,
) -> CodeReport:
    """Read every English document this coder version has not read.

    Interrupted work loses at most one batch, of a language model at most one document; calling
    again goes on where it stopped.

    Args:
        workspace: What to read; readings of older versions are kept.
        coded_at: Instant to stamp the readings with, UTC.
        coder: A key of `detente.coding.CODERS`, `llm`, or a coder made with its settings.
        processes: How many read at a time; few documents, and a language model, are read by one.
        progress: Told about each document.

    Returns:
        Counts of this call. Otherwise an `UnknownNameError`: no such coder; a `SettingsError`: the
        language model's settings cannot be used; an `LlmError`: it cannot be asked.
    """
    reader = _reader(workspace, coder)
    left: list[Refusal] = []
    totals: Counter[str] = Counter()
    with workspace.ledger() as ledger:
        for counts in _coded(ledger, reader, coded_at, processes, progress or Silent()):
            if isinstance(counts, Refusal):
                left.append(counts)
            else:
                totals.update(counts)
    return CodeReport(
        coder=reader.name,
        coder_version=reader.version,
        left=tuple(left),
        llm=reader.account() if isinstance(reader, Accountable) else None,
        **{key: totals[key] for key in _COUNTED},
    )


def _coded(
    ledger: Ledger, reader: Coder, coded_at: datetime, processes: int, bar: Progress
) -> Iterator[dict[str, int] | Refusal]:
    """Code what waits batch by batch; what each came to, or why a document was left."""
    waiting = ledger.uncoded(reader.name, reader.version)
    processes = processes if len(waiting) >= _FEW else 1
    size = 1 if isinstance(reader, Accountable) else _BATCH * _ASKED * processes
    bar.start("coding documents", len(waiting))
    with reading(reader, coded_at, processes) as read:
        for start in range(0, len(waiting), size):
            batch = waiting[start : start + size]
            try:
                yield from _code_batch(ledger, read, batch, bar)
            except LlmAnswerError as error:
                yield _left(ledger, batch[0], error)
                bar.advance(len(batch))


def _reader(workspace: Workspace, coder: str | Coder) -> Coder:
    if not isinstance(coder, str):
        return coder
    if coder in CODERS:
        return CODERS[coder]()
    if coder == LLM_CODER:
        from detente.pipeline.llm import llm_coder

        return llm_coder(workspace)
    raise UnknownNameError(kind="coder", name=coder, known=(*CODERS, LLM_CODER))


def _left(ledger: Ledger, document_id: str, error: LlmAnswerError) -> Refusal:
    document = ledger.document(document_id)
    return Refusal(
        origin=document.title or document_id, line=None, reason=error.reason, original=document_id
    )


def _code_batch(
    ledger: Ledger, read: Read, batch: Sequence[str], bar: Progress
) -> Iterator[dict[str, int]]:
    jobs = [(ledger.document(i), ledger.passages(i)) for i in batch]
    readings = read(jobs)
    for start in range(0, len(jobs), _BATCH):
        part = jobs[start : start + _BATCH]
        found = list(islice(readings, len(part)))
        ledger.append_readings(found)
        bar.advance(len(found))
        yield _counts(part, found)


def _counts(jobs: Sequence[Job], readings: Sequence[Reading]) -> dict[str, int]:
    return {
        "documents": len(readings),
        "sentences": sum(len(passages) for _, passages in jobs),
        "skipped": sum(r.passages_skipped for r in readings),
        "events": sum(len(r.events) for r in readings),
        "meetings": sum(len(r.meetings) for r in readings),
        "commitments": sum(len(r.commitments) for r in readings),
    }
