"""Take documents into a workspace: read, extract, date, split, store.

Where anything given cannot be used nothing is taken, unless bad items are to be set aside. A call that is
cut off leaves whole documents; the same call again takes the rest.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from detente.errors import DateError, TextError
from detente.ledger import Signature
from detente.pipeline.progress import Progress, Silent
from detente.pipeline.workspace import Workspace
from detente.records import DateInterval, Document, Original, Passage, Record, Refusal
from detente.sources.files import read_path
from detente.text import nearest, prepare, signature

_BATCH = 100
_REPEATED = timedelta(days=45)
"""How far apart two publications of one text may be."""


class AddReport(Record):
    """What one `add` did."""

    added: int
    known: int
    """Documents the workspace already held, byte for byte."""
    near_duplicates: int
    not_english: int
    undated: int
    refused: tuple[Refusal, ...] = ()
    document_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Prepared:
    document: Document
    passages: tuple[Passage, ...]
    content: bytes
    signature: bytes


def add(
    workspace: Workspace,
    paths: Sequence[Path],
    *,
    added_at: datetime,
    given: Original | None = None,
    quarantine: bool = False,
    progress: Progress | None = None,
) -> AddReport:
    """Take files or folders of documents into a workspace.

    Args:
        workspace: Where they go.
        paths: HTML, PDF, plain text, Markdown with front matter, JSON Lines (gzipped or not), or
            folders of these.
        added_at: Instant of the call, UTC; no document may be published after its day.
        given: What the caller knows and the files do not say (date, publisher, kind).
        quarantine: Set refused rows aside and take the rest; else any refusal stops the call.
        progress: Told about each document.

    Returns:
        Counts, and the refused rows where they were set aside.

    Raises:
        TextError: A file or row cannot be used, a document dated in the future among them, and
            `quarantine` is off: nothing was added.
    """
    bar = progress or Silent()
    bar.start("reading documents", None)
    prepared: list[_Prepared] = []
    refused: list[Refusal] = []
    for item in _prepared(paths, given, added_at):
        bar.advance()
        if isinstance(item, Refusal):
            told = _plain(item)
            if not quarantine:
                raise TextError(**_facts(told))
            refused.append(told)
        else:
            prepared.append(item)
    return _store(workspace, prepared, refused, bar)


def _prepared(
    paths: Iterable[Path], given: Original | None, added_at: datetime
) -> Iterator[_Prepared | Refusal]:
    for path in paths:
        for original in read_path(path, given):
            yield original if isinstance(original, Refusal) else _prepare(original, added_at)


def _prepare(original: Original, added_at: datetime) -> _Prepared | Refusal:
    try:
        document, passages = prepare(original, added_at=added_at)
        _refuse_future(document, added_at.date())
    except (TextError, DateError) as error:
        words = original.content[:2000].decode("utf-8", errors="replace")
        return Refusal(
            origin=original.origin, line=original.line, reason=str(error), original=words
        )
    body = "\n".join(p.text for p in passages)
    return _Prepared(document, passages, original.content, signature(body))


def _refuse_future(document: Document, today: date) -> None:
    if document.published is not None and document.published.end > today:
        raise DateError(
            received=str(document.published),
            reason=f"{document.title[:60]!r} would be published after today ({today})",
            hint="correct its date",
        )


def _plain(refusal: Refusal) -> Refusal:
    """Return a refusal whose reason does not say again where it is."""
    reason = refusal.reason.removeprefix(f"{refusal.origin}: ")
    reason = reason.removeprefix(f"line {refusal.line}: ")
    return refusal.model_copy(update={"reason": reason})


def _facts(refusal: Refusal) -> dict[str, str]:
    where = f"{refusal.origin}, line {refusal.line}" if refusal.line else refusal.origin
    return {
        "path": where,
        "reason": refusal.reason,
        "hint": "nothing was added; mend it, or add with --quarantine to set it aside",
    }


def _store(
    workspace: Workspace, prepared: Sequence[_Prepared], refused: list[Refusal], bar: Progress
) -> AddReport:
    bar.start("storing documents", len(prepared))
    added = known = 0
    with workspace.ledger() as ledger:
        linked = _link_duplicates(prepared, ledger.signatures())
        for start in range(0, len(linked), _BATCH):
            batch = linked[start : start + _BATCH]
            outcome = ledger.append_documents(
                (p.document, p.passages, p.content, p.signature) for p in batch
            )
            added += outcome.added
            known += outcome.known
            refused += outcome.refused
            bar.advance(len(batch))
    documents = [p.document for p in linked]
    return AddReport(
        added=added,
        known=known,
        near_duplicates=sum(d.duplicate_of is not None for d in documents),
        not_english=sum(d.language != "en" for d in documents),
        undated=sum(d.published is None for d in documents),
        refused=tuple(refused),
        document_ids=tuple(d.document_id for d in documents),
    )


def _link_duplicates(prepared: Sequence[_Prepared], stored: Iterable[Signature]) -> list[_Prepared]:
    """Link each document to the first near-same one published about when it was; none is dropped.

    Yearly renewals of one notice are nearly the same text and are no repeats.
    """
    seen = list(stored)
    firsts = {s.document_id for s in seen}
    linked: list[_Prepared] = []
    for item in prepared:
        document = item.document
        rivals = [
            (s.document_id, s.signature) for s in seen if _close(s.published, document.published)
        ]
        match = None if document.document_id in firsts else nearest(item.signature, rivals)
        if match is not None:
            document = document.model_copy(update={"duplicate_of": match[0]})
        else:
            firsts.add(document.document_id)
        home = match[0] if match else document.document_id
        seen.append(Signature(home, document.published, item.signature))
        linked.append(_Prepared(document, item.passages, item.content, item.signature))
    return linked


def _close(left: DateInterval | None, right: DateInterval | None) -> bool:
    if left is None or right is None:
        return True
    return left.start <= right.end + _REPEATED and right.start <= left.end + _REPEATED
