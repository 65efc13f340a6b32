"""The coder as a function of Arrow data: passages in, records out; for engines that spread work.

It holds no state, reads no file and knows no workspace, so that each process or cluster worker can
run its own. Documents must come whole: who acts in a sentence may stand in the one before.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import groupby, pairwise
from typing import Any

import pyarrow as pa
from pydantic import TypeAdapter, ValidationError

from detente.coding import CODERS, Coder
from detente.errors import BatchError, UnknownNameError
from detente.records import (
    Caption,
    DateInterval,
    Document,
    Passage,
    Reading,
    Record,
    Span,
    first_fault,
)
from detente.text import dates_in

PASSAGES = pa.schema(
    [
        pa.field("document_id", pa.string(), nullable=False),
        pa.field("passage", pa.int32(), nullable=False),
        pa.field("start", pa.int64(), nullable=False),
        pa.field("end", pa.int64(), nullable=False),
        pa.field("text", pa.string(), nullable=False),
        pa.field("speaker", pa.string()),
        pa.field("title", pa.string(), nullable=False),
        pa.field("publisher", pa.string(), nullable=False),
        pa.field("kind", pa.string(), nullable=False),
        pa.field("language", pa.string(), nullable=False),
        pa.field("published_start", pa.date32()),
        pa.field("published_end", pa.date32()),
        pa.field("account_of", pa.string()),
        pa.field("captions", pa.string()),
    ]
)
"""One row a sentence, in order; what stands after `speaker` is the document's and repeated.

`captions` is a JSON list of `detente.records.Caption`: a picture may date and place a meeting.
"""

RECORDS = pa.schema(
    [
        pa.field("document_id", pa.string(), nullable=False),
        pa.field("passage", pa.int32(), nullable=False),
        pa.field("kind", pa.string(), nullable=False),
        pa.field("actor", pa.string()),
        pa.field("recipient", pa.string()),
        pa.field("root", pa.string()),
        pa.field("realm", pa.string()),
        pa.field("tone", pa.string()),
        pa.field("act", pa.string()),
        pa.field("mode", pa.string()),
        pa.field("issues", pa.list_(pa.string())),
        pa.field("occurred_start", pa.date32()),
        pa.field("occurred_end", pa.date32()),
        pa.field("confidence", pa.float64()),
        pa.field("coder", pa.string(), nullable=False),
        pa.field("coder_version", pa.string(), nullable=False),
        pa.field("record", pa.string(), nullable=False),
    ]
)
"""One row a record: `event`, `meeting`, `shared_interest`, `commitment` or `step`; `record` is all of
it as JSON, the columns are an event's."""

_CAPTIONS = TypeAdapter(tuple[Caption, ...])
_STAMP = datetime(1970, 1, 1, tzinfo=UTC)
_LISTS = ("meetings", "shared_interests", "commitments", "steps")


def code_batches(
    batches: Iterable[pa.RecordBatch], *, coder: str = "pairs"
) -> Iterator[pa.RecordBatch]:
    """Code passages batch by batch.

    Args:
        batches: Of schema `PASSAGES`; a document's rows stand together in one batch.
        coder: A key of `detente.coding.CODERS`.

    Yields:
        A batch of schema `RECORDS` for each batch given, maybe empty; else a `BatchError`: a column
        is missing or a row is no passage.

    Raises:
        UnknownNameError: No such coder.
    """
    if coder not in CODERS:
        raise UnknownNameError(kind="coder", name=coder, known=CODERS.keys())
    reader = CODERS[coder]()
    for batch in batches:
        found = [
            record for rows in _documents(batch) for record in _records(_reading(reader, rows))
        ]
        yield pa.RecordBatch.from_pylist(found, schema=RECORDS)


def passages_batch(documents: Iterable[tuple[Document, Sequence[Passage]]]) -> pa.RecordBatch:
    """Write documents and their passages as one batch.

    Args:
        documents: Each with its sentences in order.

    Returns:
        A batch of schema `PASSAGES`.
    """
    rows = [
        _passage_row(document, passage) for document, passages in documents for passage in passages
    ]
    return pa.RecordBatch.from_pylist(rows, schema=PASSAGES)


def _passage_row(document: Document, passage: Passage) -> dict[str, object]:
    published = document.published
    return {
        "document_id": document.document_id,
        "passage": passage.index,
        "start": passage.span.start,
        "end": passage.span.end,
        "text": passage.text,
        "speaker": passage.speaker,
        "title": document.title,
        "publisher": document.publisher,
        "kind": document.kind.value,
        "language": document.language,
        "published_start": published.start if published else None,
        "published_end": published.end if published else None,
        "account_of": document.account_of,
        "captions": _CAPTIONS.dump_json(document.captions).decode(),
    }


def _documents(batch: pa.RecordBatch) -> list[list[dict[str, Any]]]:
    """Return the rows of each document.

    Raises:
        BatchError: A column is missing, or a document is not whole and in order.
    """
    missing = [name for name in PASSAGES.names if name not in batch.schema.names]
    if missing:
        raise BatchError(received=batch.schema.names, missing=missing)
    groups = [
        (name, list(rows)) for name, rows in groupby(batch.to_pylist(), lambda r: r["document_id"])
    ]
    seen: set[object] = set()
    for name, rows in groups:
        numbers = [row["passage"] for row in rows]
        if name in seen or any(a >= b for a, b in pairwise(numbers)):
            why = "its sentences do not stand together in rising order"
            raise BatchError(received=name, missing=[], why=why)
        seen.add(name)
    return [rows for _, rows in groups]


def _reading(reader: Coder, rows: Sequence[dict[str, Any]]) -> Reading:
    try:
        document = _document(rows[0])
        passages = [_passage(document, row) for row in rows]
    except (ValidationError, TypeError) as error:
        why = first_fault(error) if isinstance(error, ValidationError) else str(error)
        raise BatchError(received=rows[0]["document_id"], missing=[], why=why) from error
    return reader.code(document, passages, coded_at=_STAMP)


def _document(row: dict[str, Any]) -> Document:
    start, end = row["published_start"], row["published_end"]
    return Document(
        document_id=row["document_id"],
        sha256="0" * 64,
        media_type="text/plain",
        title=row["title"],
        publisher=row["publisher"],
        kind=row["kind"],
        language=row["language"],
        published=DateInterval(start=start, end=end or start) if start else None,
        published_basis="given" if start else "none",
        account_of=row["account_of"],
        captions=_CAPTIONS.validate_json(row["captions"] or "[]"),
        added_at=_STAMP,
    )


def _passage(document: Document, row: dict[str, Any]) -> Passage:
    return Passage(
        document_id=document.document_id,
        index=row["passage"],
        span=Span(start=row["start"], end=row["end"]),
        text=row["text"],
        paragraph=0,
        speaker=row["speaker"],
        dates=dates_in(row["text"], document.published),
    )


def _records(reading: Reading) -> Iterator[dict[str, object]]:
    for event in reading.events:
        yield _head(reading, "event", event, event.evidence.passage) | {
            "actor": event.actor,
            "recipient": event.recipient,
            "root": event.root,
            "realm": event.realm.value,
            "tone": event.tone.value,
            "act": event.act.value if event.act else None,
            "mode": event.mode.value,
            "issues": list(event.issues),
            "occurred_start": event.occurred.start,
            "occurred_end": event.occurred.end,
            "confidence": event.confidence,
        }
    for name in _LISTS:
        for record in getattr(reading, name):
            evidence = record.evidence[0] if name == "meetings" else record.evidence
            yield _head(reading, name.removesuffix("s"), record, evidence.passage)


def _head(reading: Reading, kind: str, record: Record, passage: int) -> dict[str, object]:
    return {
        "document_id": reading.document_id,
        "passage": passage,
        "kind": kind,
        "coder": reading.coder,
        "coder_version": reading.coder_version,
        "record": record.model_dump_json(),
    }
