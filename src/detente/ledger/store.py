"""The ledger: opened, written to and closed. Reading is in `record_reads`.

Every append is one transaction; what is stored is never altered.
"""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import sqlalchemy as sa

from detente.errors import LedgerError
from detente.ledger import schema
from detente.ledger.documents import Appended, DocumentItem, append_documents, keep_originals
from detente.ledger.engine import connect, transaction
from detente.ledger.originals import OriginalStore
from detente.ledger.readings import append_readings
from detente.ledger.record_reads import RecordReads
from detente.ledger.series import append_series
from detente.records import IndicatorSeries, Reading


class Ledger(RecordReads):
    """The record store of one workspace; `create` or `open` it, and close it after use.

    One ledger may be shared by the threads of a process, and its database by several processes.

    Args:
        engine: The database, open and of the right version.
        originals: Where the documents' bytes lie.

    Examples:
        >>> from datetime import date
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     path = Path(folder)
        ...     url = f"sqlite:///{path / 'ledger.sqlite'}"
        ...     with Ledger.create(url, path / "originals") as ledger:
        ...         ledger.documents(as_of=date(2023, 6, 30))
        []
    """

    def __init__(self, engine: sa.Engine, originals: OriginalStore) -> None:
        super().__init__(engine)
        self.originals = originals

    @classmethod
    def create(cls, url: str, originals: Path) -> Self:
        """Make an empty ledger.

        Args:
            url: `sqlite:///path/to/ledger.sqlite` or a `postgresql` URL of an empty database.
            originals: Folder for the documents' bytes; made when needed.

        Raises:
            LedgerError: There is a ledger, or a file, already; or it cannot be made.
        """
        engine = connect(url)
        try:
            schema.make(engine)
        except LedgerError:
            engine.dispose()
            raise
        return cls(engine, OriginalStore(originals))

    @classmethod
    def open(cls, url: str, originals: Path) -> Self:
        """Open a ledger that is there.

        Args:
            url: The ledger's database URL.
            originals: Folder of the documents' bytes.

        Raises:
            LedgerError: It is missing, damaged or no ledger; `LedgerVersionError` where a
                newer or older detente wrote it.
        """
        engine = connect(url)
        try:
            schema.require_newest(engine)
        except LedgerError:
            engine.dispose()
            raise
        return cls(engine, OriginalStore(originals))

    def close(self) -> None:
        """Let the database go; SQLite then folds its write-ahead log into the file."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def append_documents(self, items: Iterable[DocumentItem]) -> Appended:
        """Add documents that are not there yet, in one transaction.

        Originals are on disk before their rows are kept: a crash can leave an original that no
        row names, never a row without its original.

        Args:
            items: Of each document: record, passages, bytes of the original, and its
                near-duplicate signature or None.

        Returns:
            Counts of added and known; a document whose id is taken by another text is refused.
        """
        batch = list(items)
        keep_originals(self.originals, batch)
        with transaction(self._engine, write=True) as connection:
            return append_documents(connection, batch)

    def append_reading(self, reading: Reading) -> bool:
        """Add one reading.

        Args:
            reading: Of a stored document.

        Returns:
            False where this coder version's reading of the document is there already.
        """
        return self.append_readings([reading]).added == 1

    def append_readings(self, batch: Iterable[Reading]) -> Appended:
        """Add readings that are not there yet, in one transaction; older ones stay beside them.

        Args:
            batch: Readings of stored documents.

        Returns:
            Counts of added and known; the same document, coder and version is known.
        """
        readings = list(batch)
        with transaction(self._engine, write=True) as connection:
            return append_readings(connection, readings)

    def append_indicators(
        self, batch: Iterable[IndicatorSeries], *, added_at: datetime
    ) -> Appended:
        """Add figures of indicator series that are not there yet, in one transaction.

        Args:
            batch: Series; a stored one may come again with more figures.
            added_at: When they were fetched, with its time zone.

        Returns:
            Counts of figures added and known; contradictions of stored figures are refused.
        """
        series = list(batch)
        with transaction(self._engine, write=True) as connection:
            parts = [append_series(connection, s, added_at) for s in series]
        return Appended(
            added=sum(p.added for p in parts),
            known=sum(p.known for p in parts),
            refused=tuple(r for p in parts for r in p.refused),
        )
