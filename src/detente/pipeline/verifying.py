"""Find every quoted span again in its stored original."""

from collections.abc import Iterator

from detente.errors import LedgerError
from detente.ledger import Ledger
from detente.pipeline.progress import Progress, Silent
from detente.pipeline.workspace import Workspace
from detente.records import Document, Evidence, Reading, Record
from detente.text import original_text, quoted


class Broken(Record):
    """One span or original that is not what the ledger says."""

    document_id: str
    title: str
    reason: str


class VerifyReport(Record):
    """What one `verify` found."""

    documents: int
    sentences: int
    evidence: int
    broken: tuple[Broken, ...]


def verify(workspace: Workspace, *, progress: Progress | None = None) -> VerifyReport:
    """Check every sentence and every record's evidence against the stored originals.

    Args:
        workspace: What to check; nothing is written.
        progress: Told about each document.

    Returns:
        Counts, and each span that is not found.
    """
    bar = progress or Silent()
    sentences = evidence = 0
    broken: list[Broken] = []
    with workspace.ledger() as ledger:
        documents = ledger.all_documents()
        bar.start("verifying evidence", len(documents))
        for document in documents:
            spans, quotes, faults = _check(ledger, document)
            sentences += spans
            evidence += quotes
            broken += faults
            bar.advance()
    return VerifyReport(
        documents=len(documents), sentences=sentences, evidence=evidence, broken=tuple(broken)
    )


def _check(ledger: Ledger, document: Document) -> tuple[int, int, list[Broken]]:
    try:
        content = ledger.originals.get(document.sha256)
    except LedgerError as error:
        return 0, 0, [_broken(document, str(error))]
    text = original_text(content, document.media_type)
    passages = ledger.passages(document.document_id)
    faults = [
        _broken(document, f"sentence {p.index} is not at {p.span.start}-{p.span.end}")
        for p in passages
        if quoted(text, p.span, document.media_type) != p.text
    ]
    count = 0
    for reading in ledger.readings(document.document_id):
        for item in _evidence_of(reading):
            count += 1
            if quoted(text, item.span, document.media_type) != item.text:
                faults.append(
                    _broken(document, f"evidence is not at {item.span.start}-{item.span.end}")
                )
    return len(passages), count, faults


def _broken(document: Document, reason: str) -> Broken:
    return Broken(document_id=document.document_id, title=document.title, reason=reason)


def _evidence_of(reading: Reading) -> Iterator[Evidence]:
    for meeting in reading.meetings:
        yield from meeting.evidence
    for event in reading.events:
        yield event.evidence
    for interest in reading.shared_interests:
        yield interest.evidence
    for commitment in reading.commitments:
        yield commitment.evidence
    for step in reading.steps:
        yield step.evidence
