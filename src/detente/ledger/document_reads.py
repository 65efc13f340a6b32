"""What can be read of documents, their sentences and the store itself.

Whatever may enter a figure takes `as_of`; what does not take it says why.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from detente.errors import LedgerError
from detente.ledger import queries, tables
from detente.ledger.documents import Signature, interval, passage_of
from detente.ledger.engine import transaction
from detente.ledger.queries import RecordT
from detente.ledger.urls import hidden
from detente.records import Document, DocumentKind, Passage, Reading


class Addition(NamedTuple):
    """One line of the log: what was added, and when."""

    addition_id: int
    at: datetime
    what: str
    """`document`, `reading` or `indicator`."""
    name: str
    """Id of the document (of a reading: the one read), or the indicator's name."""


class DocumentReads:
    """Documents, their passages and readings, and the log.

    Args:
        engine: The database, open and of the right version.
    """

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    @property
    def url(self) -> str:
        """The database URL, its password hidden."""
        return hidden(self._engine.url)

    def documents(
        self,
        *,
        as_of: date,
        kind: DocumentKind | None = None,
        publisher: str | None = None,
        language: str | None = None,
        since: date | None = None,
        include_duplicates: bool = False,
    ) -> list[Document]:
        """Return documents by date of publication.

        Args:
            as_of: The last day whose publications may be used.
            kind: Only this kind.
            publisher: Only this publisher, as it is written in the records.
            language: Only this language, ISO 639-1.
            since: Only documents whose publication interval reaches this day.
            include_duplicates: Whether near-duplicates of an earlier document count as well.
        """
        table = tables.documents
        wanted = {"kind": kind and kind.value, "publisher": publisher, "language": language}
        query = sa.select(table.c.payload).where(
            queries.known_by(as_of), *queries.equal(table, wanted)
        )
        if since is not None:
            query = query.where(table.c.published_end >= since)
        if not include_duplicates:
            query = query.where(queries.is_first_report(as_of))
        return self._payloads(query.order_by(table.c.published_end, table.c.document_id), Document)

    def all_documents(self) -> list[Document]:
        """Return every document, undated ones too. No `as_of`: only checking the store needs it."""
        table = tables.documents
        query = sa.select(table.c.payload).order_by(table.c.document_id)
        return self._payloads(query, Document)

    def document(self, document_id: str) -> Document:
        """Return one document. No `as_of`: whoever holds its id was shown it already.

        Args:
            document_id: Its id.

        Raises:
            LedgerError: There is no such document.
        """
        table = tables.documents
        query = sa.select(table.c.payload).where(table.c.document_id == document_id)
        found = self._payloads(query, Document)
        if not found:
            raise LedgerError(url=self.url, reason=f"no document {document_id!r}; add it first")
        return found[0]

    def passages(self, document_id: str) -> list[Passage]:
        """Return a document's sentences in order. No `as_of`, as for `document`.

        Args:
            document_id: Its id.

        Returns:
            Empty where the document is unknown or has no sentence.
        """
        table = tables.passages
        query = sa.select(table).where(table.c.document_id == document_id).order_by(table.c.idx)
        with transaction(self._engine) as connection:
            return [passage_of(row) for row in connection.execute(query).mappings()]

    def signatures(self) -> list[Signature]:
        """Return every stored signature by document id. No `as_of`: only adding needs them.

        A near-duplicate's names the document it repeats, for the next one to be linked to that.
        """
        table = tables.documents
        query = sa.select(
            sa.func.coalesce(table.c.duplicate_of, table.c.document_id),
            table.c.published_start,
            table.c.published_end,
            table.c.signature,
        ).where(table.c.signature.is_not(None))
        with transaction(self._engine) as connection:
            rows = connection.execute(query.order_by(table.c.document_id))
            return [Signature(name, interval(start, end), mark) for name, start, end, mark in rows]

    def uncoded(self, coder: str, version: str) -> list[str]:
        """Return ids of English documents this coder version has not read.

        No `as_of`: what is coded early is still seen only from its publication on.

        Args:
            coder: The coder's name.
            version: Its version.
        """
        table, read = tables.documents, tables.readings
        done = sa.exists().where(
            read.c.document_id == table.c.document_id,
            read.c.coder == coder,
            read.c.coder_version == version,
        )
        query = sa.select(table.c.document_id).where(table.c.language == "en", ~done)
        with transaction(self._engine) as connection:
            return list(connection.scalars(query.order_by(table.c.document_id)))

    def readings(self, document_id: str) -> list[Reading]:
        """Return all readings of a document, the latest last. No `as_of`, as for `document`.

        Args:
            document_id: Its id.
        """
        table = tables.readings
        query = sa.select(table).where(table.c.document_id == document_id)
        ordered = query.order_by(table.c.coded_at, table.c.reading_id)
        with transaction(self._engine) as connection:
            rows = connection.execute(ordered).mappings().all()
            return [_reading_of(connection, row) for row in rows]

    def additions(self, *, after: int = 0) -> list[Addition]:
        """Return the log of additions in order. No `as_of`: it tells of the store itself.

        Args:
            after: Only lines with a greater `addition_id`.
        """
        table = tables.additions
        query = sa.select(table).where(table.c.addition_id > after).order_by(table.c.addition_id)
        with transaction(self._engine) as connection:
            return [Addition(*row) for row in connection.execute(query)]

    def counts(self) -> dict[str, int]:
        """Return the rows of every table, all readings counted. No `as_of`: it is no figure."""
        with transaction(self._engine) as connection:
            return {
                table.name: connection.execute(
                    sa.select(sa.func.count()).select_from(table)
                ).scalar_one()
                for table in tables.METADATA.sorted_tables
            }

    def _payloads(self, query: sa.Select[Any], record: type[RecordT]) -> list[RecordT]:
        with transaction(self._engine) as connection:
            return [record.model_validate(payload) for payload in connection.scalars(query)]


_PARTS: Sequence[sa.Table] = (
    tables.events,
    tables.meetings,
    tables.shared_interests,
    tables.commitments,
    tables.steps,
)


def _reading_of(connection: sa.Connection, row: sa.RowMapping) -> Reading:
    """Put a reading together again from its tables, which are named as its fields are."""
    facts: dict[str, Any] = {}
    for table in _PARTS:
        query = sa.select(table.c.payload).where(table.c.reading_id == row["reading_id"])
        facts[table.name] = list(connection.scalars(query.order_by(table.c.position)))
    for name in ("document_id", "coder", "coder_version", "coded_at", "passages_skipped"):
        facts[name] = row[name]
    return Reading.model_validate(facts)
