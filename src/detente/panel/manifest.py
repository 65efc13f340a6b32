"""The list of files the panel consists of: what is not in it does not exist for a reader.

It is replaced as a whole and never edited in place.
"""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from detente.errors import WorkspaceError

VERSION = 1
"""Layout of the panel's folder."""


@dataclass(frozen=True)
class FileEntry:
    """One ingested file and its account: rows_in = kept + duplicate + quarantined."""

    number: int
    """Its place in the order of ingestion, from 1."""
    source: str
    file: str
    """The name it had."""
    sha256: str
    """Of the file's bytes."""
    events: str
    """Parquet file of its events, repeats included, relative to the folder."""
    quarantine: str
    """JSON Lines of its refused rows, relative to the folder."""
    rows_in: int
    kept: int
    """Events this file was the first to report."""
    duplicate: int
    """Rows that repeat an event, or a refused row of the same file."""
    quarantined: int
    first: date | None
    """Earliest day of an event; None where no row was taken."""
    last: date | None


@dataclass(frozen=True)
class Manifest:
    """The panel's files in the order of ingestion."""

    files: tuple[FileEntry, ...] = ()

    def of(self, source: str) -> tuple[FileEntry, ...]:
        """Return the files of one source.

        Args:
            source: Its name.
        """
        return tuple(entry for entry in self.files if entry.source == source)

    def held(self, source: str, sha256: str) -> FileEntry | None:
        """Return the entry of a file that was already ingested, if it was.

        Args:
            source: The source's name.
            sha256: Of the file's bytes.
        """
        return next((entry for entry in self.of(source) if entry.sha256 == sha256), None)


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a panel.

    Args:
        folder: The panel's folder; one without a manifest is an empty panel.

    Raises:
        WorkspaceError: The manifest is damaged, or of another version.
    """
    path = folder / "manifest.json"
    try:
        given = json.loads(path.read_text(encoding="utf-8"))
        if given["version"] != VERSION:
            reason = f"panel version {given['version']}, this version of detente reads {VERSION}"
            hint = "ingest the files again into an empty folder"
            raise WorkspaceError(folder=str(folder), reason=reason, hint=hint)
        return Manifest(tuple(_entry(row) for row in given["files"]))
    except FileNotFoundError:
        return Manifest()
    except (ValueError, KeyError, TypeError) as error:
        reason = f"panel manifest is damaged ({type(error).__name__})"
        hint = "restore manifest.json from a backup or ingest the files again"
        raise WorkspaceError(folder=str(folder), reason=reason, hint=hint) from error


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Replace the manifest in one step.

    Args:
        folder: The panel's folder.
        manifest: All its files.
    """
    rows = [asdict(entry) for entry in manifest.files]
    text = json.dumps({"version": VERSION, "files": rows}, default=str, indent=1)
    draft = folder / "manifest.json.part"
    draft.write_text(text, encoding="utf-8")
    settle(draft, folder / "manifest.json")


def settle(draft: Path, final: Path) -> None:
    """Bring a finished file to disk, then give it its name.

    Args:
        draft: The file as written.
        final: Its name, in the same folder.
    """
    with draft.open("rb+") as file:
        os.fsync(file.fileno())
    draft.replace(final)
    if sys.platform != "win32":
        folder = os.open(final.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


@contextmanager
def only_writer(folder: Path) -> Iterator[None]:
    """Wait until no other process writes to the panel, and keep others out meanwhile.

    Args:
        folder: The panel's folder; made where it does not exist.

    Yields:
        Nothing; the lock ends with the block, or with the process.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("a+b") as lock:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(lock.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _entry(row: dict[str, Any]) -> FileEntry:
    days = {key: date.fromisoformat(row[key]) if row[key] else None for key in ("first", "last")}
    return FileEntry(**{**row, **days})
