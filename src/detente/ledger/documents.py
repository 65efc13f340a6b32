"""Documents and their passages, between records and rows.

A stored document never changes: the same one again is known, another text under its id is refused.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

import sqlalchemy as sa

from detente.errors import LedgerError
from detente.ledger.engine import insert_if_absent
from detente.ledger.originals import OriginalStore
from detente.ledger.tables import additions, documents, passages
from detente.records import DateInterval, DateMention, Document, Passage, Record, Refusal, Span

DocumentItem = tuple[Document, Sequence[Passage], bytes, bytes | None]
"""A document, its passages, the bytes of its original, its near-duplicate signature."""


class Appended(Record):
    """What came of a batch."""

    added: int
    known: int
    """There already, word for word: nothing changed."""
    refused: tuple[Refusal, ...] = ()
    """At odds with what is stored, which stays as it is."""


class Signature(NamedTuple):
    """What near-duplicates are found by."""

    document_id: str
    published: DateInterval | None
    signature: bytes


def keep_originals(store: OriginalStore, batch: Iterable[DocumentItem]) -> None:
    """Write every original to disk, before any row speaks of it.

    Args:
        store: Where originals lie.
        batch: Items whose records must agree with each other.

    Raises:
        LedgerError: The bytes are not those the document names, or a passage is another
            document's.
    """
    for document, sentences, content, _ in batch:
        who = f"document {document.document_id}"
        if any(p.document_id != document.document_id for p in sentences):
            raise LedgerError(url=str(store.folder), reason=f"{who}: given another's passages")
        if (found := store.put(content)) != document.sha256:
            reason = f"{who}: its bytes have sha256 {found}, the record says {document.sha256}"
            raise LedgerError(url=str(store.folder), reason=reason)


def append_documents(connection: sa.Connection, batch: Iterable[DocumentItem]) -> Appended:
    """Add the documents that are not there yet, with their passages.

    Args:
        connection: Within a write transaction.
        batch: Items whose originals are on disk.

    Returns:
        Counts of added and known; a document whose id is taken by another text is refused.
    """
    added = known = 0
    refused: list[Refusal] = []
    sentences: list[dict[str, object]] = []
    for document, parts, _, signature in batch:
        if _insert(connection, document, signature):
            added += 1
            sentences.extend(_passage_row(p) for p in parts)
        elif _stored_sha256(connection, document.document_id) == document.sha256:
            known += 1
        else:
            refused.append(_refusal(document))
    if sentences:
        connection.execute(sa.insert(passages), sentences)
    return Appended(added=added, known=known, refused=tuple(refused))


def _insert(connection: sa.Connection, document: Document, signature: bytes | None) -> bool:
    statement = insert_if_absent(documents, connection.dialect.name)
    row = _document_row(document) | {"signature": signature}
    inserted = connection.execute(statement.returning(documents.c.document_id), row)
    if inserted.one_or_none() is None:
        return False
    log = {"at": document.added_at, "what": "document", "name": document.document_id}
    connection.execute(sa.insert(additions), log)
    return True


def _stored_sha256(connection: sa.Connection, document_id: str) -> str:
    stored = sa.select(documents.c.sha256).where(documents.c.document_id == document_id)
    return str(connection.execute(stored).scalar_one())


def _refusal(document: Document) -> Refusal:
    reason = (
        f"document {document.document_id} is stored with another text; "
        "add the new text under an id of its own"
    )
    origin = document.url or document.document_id
    return Refusal(origin=origin, line=None, reason=reason, original=document.title)


def _document_row(document: Document) -> dict[str, object]:
    published = document.published
    return {
        "document_id": document.document_id,
        "sha256": document.sha256,
        "published_start": published.start if published else None,
        "published_end": published.end if published else None,
        "kind": document.kind.value,
        "publisher": document.publisher,
        "language": document.language,
        "duplicate_of": document.duplicate_of,
        "payload": document.model_dump(mode="json"),
    }


def _passage_row(passage: Passage) -> dict[str, object]:
    return {
        "document_id": passage.document_id,
        "idx": passage.index,
        "span_start": passage.span.start,
        "span_end": passage.span.end,
        "paragraph": passage.paragraph,
        "speaker": passage.speaker,
        "text": passage.text,
        "dates": [mention.model_dump(mode="json") for mention in passage.dates],
    }


def passage_of(row: sa.RowMapping) -> Passage:
    """Return the passage a row holds.

    Args:
        row: Of the table `passages`.
    """
    return Passage(
        document_id=row["document_id"],
        index=row["idx"],
        span=Span(start=row["span_start"], end=row["span_end"]),
        text=row["text"],
        paragraph=row["paragraph"],
        speaker=row["speaker"],
        dates=tuple(DateMention.model_validate(date) for date in row["dates"]),
    )


def interval(start: date | None, end: date | None) -> DateInterval | None:
    """Return the interval of two columns; None where nothing is dated.

    Args:
        start: First day.
        end: Last day.

    Examples:
        >>> str(interval(date(2023, 6, 18), date(2023, 6, 19)))
        '2023-06-18/2023-06-19'
    """
    return None if start is None or end is None else DateInterval(start=start, end=end)
