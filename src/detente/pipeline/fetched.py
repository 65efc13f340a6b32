"""What became of files that were fetched, and the receipts of those that are no longer on disk."""

import os
from collections.abc import Collection
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Self

from pydantic import ValidationError

from detente.pipeline.loading import LoadedFile
from detente.records import Record, Refusal
from detente.sources.download_files import Wanted
from detente.sources.gdelt_archive import Gap

_RECEIPTS = "taken.jsonl"


class Fate(StrEnum):
    """What became of a file."""

    FETCHED = "fetched"
    """It came in this run."""
    HELD = "held"
    """It was there, and right."""
    GAP = "gap"
    """The publisher lists it and does not have it."""
    FAILED = "failed"
    """It did not come, came wrong, or cannot be read; the reason says which."""


class FetchedFile(Record):
    """One file; where its events are in the panel, rows_in = kept + duplicate + quarantined."""

    file: str
    fate: Fate
    reason: str = ""
    """Why it is not here; empty where it is."""
    rows_in: int | None = None
    """Rows it holds; None where nothing of it is in the panel, and so below."""
    kept: int | None = None
    duplicate: int | None = None
    quarantined: int | None = None
    quarantine: str | None = None
    """File with its refused rows, each with its reason."""

    @property
    def is_on_disk(self) -> bool:
        """Whether the file itself is there and not yet taken into the panel."""
        return self.fate in {Fate.FETCHED, Fate.HELD} and self.rows_in is None

    def with_account(self, account: LoadedFile) -> Self:
        """Return the same with what the panel took of it.

        Args:
            account: Of this file.
        """
        names = ("rows_in", "kept", "duplicate", "quarantined", "quarantine")
        return self.model_copy(update={name: getattr(account, name) for name in names})

    def failed(self, reason: str) -> Self:
        """Return the same as one that failed.

        Args:
            reason: Why.
        """
        return self.model_copy(update={"fate": Fate.FAILED, "reason": reason})


class FetchReport(Record):
    """What one run of fetching did: the fate of every file of the days asked for."""

    source: str
    edition: int
    url: str
    """Folder of the publisher, or of a mirror, that was asked."""
    first: date
    last: date
    fetched: int
    """Files that came."""
    held: int
    """Files that were there."""
    missing: int
    """Files that the publisher does not have: unlisted, or listed and not there."""
    failed: int
    """Files that the same call tries again."""
    files: tuple[FetchedFile, ...]
    """Every listed file of these days."""
    gaps: tuple[Gap, ...]
    """Times for which none is listed."""
    refused: tuple[Refusal, ...]
    """Lines of the lists that cannot be used."""


class _Receipt(Record):
    md5: str
    file: FetchedFile


class Receipts:
    """Which files were taken into the panel and then removed, so that none is fetched twice.

    Args:
        folder: Of the downloads.
        taken: Names of the files that the panel holds; a receipt for another is void.
    """

    def __init__(self, folder: Path, taken: Collection[str]) -> None:
        self._path = folder / _RECEIPTS
        self._taken = taken
        self._known = self._read()

    def of(self, wanted: Wanted) -> FetchedFile | None:
        """Return what is known of a file that was taken with these very bytes.

        Args:
            wanted: Its name and checksum.

        Returns:
            Its account, as of a file that is held; None where it must be fetched.
        """
        receipt = self._known.get(wanted.name)
        if receipt is None or receipt.md5 != wanted.md5 or wanted.name not in self._taken:
            return None
        return receipt.file.model_copy(update={"fate": Fate.HELD})

    def write(self, wanted: Wanted, file: FetchedFile) -> None:
        """Write that a file's events are in the panel; it may be removed afterwards.

        Args:
            wanted: Its checksum; without one there is nothing to know it by.
            file: Its account.
        """
        if wanted.md5 is None:
            return
        with self._path.open("a", encoding="utf-8") as receipts:
            receipts.write("\n" + _Receipt(md5=wanted.md5, file=file).model_dump_json())
            receipts.flush()
            os.fsync(receipts.fileno())

    def _read(self) -> dict[str, _Receipt]:
        if not self._path.is_file():
            return {}
        known = {}
        for line in self._path.read_text(encoding="utf-8", errors="replace").splitlines():
            try:
                receipt = _Receipt.model_validate_json(line)
            except ValidationError:
                continue  # a blank line, or one cut off: that file is fetched again
            known[receipt.file.file] = receipt
        return known
