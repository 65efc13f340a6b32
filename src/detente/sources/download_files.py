"""A downloaded file on disk: its unfinished part, its check, its name. Nothing here asks the network."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import file_digest
from pathlib import Path
from typing import Annotated

from pydantic import Field

from detente.errors import WorkspaceError
from detente.records import Record

SET_ASIDE = "set-aside"
"""Folder, inside that of the downloads, for files that came and cannot be used."""
_MOST = 4 << 30
"""Bytes of a file whose size nobody tells."""


class Wanted(Record):
    """A file to fetch, and what its publisher says of its bytes."""

    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
    url: str
    size: int | None = None
    md5: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")] | None = None

    @property
    def most(self) -> int:
        """Bytes after which no more are taken."""
        return _MOST if self.size is None else self.size


def mismatch(path: Path, wanted: Wanted) -> str:
    """Say how a file differs from what its publisher says; empty where it does not.

    Args:
        path: The file as it came.
        wanted: Size and MD5, as far as they are known.
    """
    size = path.stat().st_size
    if size > wanted.most:
        return f"more than {wanted.most:,} bytes"
    if wanted.size is not None and size != wanted.size:
        return f"{size:,} bytes, {wanted.size:,} expected"
    if wanted.md5 is None:
        return ""
    with path.open("rb") as file:
        found = file_digest(file, "md5").hexdigest()
    return "" if found == wanted.md5 else f"MD5 {found}, {wanted.md5} expected"


def is_right(path: Path, wanted: Wanted) -> bool:
    """Say whether a file is there and is the one wanted.

    Args:
        path: Where it would be.
        wanted: Its size and MD5; where neither is known, no file counts as right.
    """
    is_known = wanted.size is not None or wanted.md5 is not None
    return is_known and path.is_file() and not mismatch(path, wanted)


def move_aside(path: Path) -> Path:
    """Put a file that cannot be used where nobody takes it for a good one.

    Args:
        path: The file.

    Returns:
        Where it is now; one of that name that lay there is replaced.
    """
    aside = path.parent / SET_ASIDE / path.name
    aside.parent.mkdir(exist_ok=True)
    path.replace(aside)
    return aside


class Part:
    """The unfinished part of a file, with what tells its version.

    Args:
        folder: Where the file goes.
        name: What it will be called.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self.path = folder / f"{name}.part"
        self._final = folder / name
        self._version = folder / f"{name}.part.version"
        self.size = self.path.stat().st_size if self.path.is_file() else 0
        """Bytes that are there."""

    @property
    def validator(self) -> str:
        """The ETag or date of the version the part is of; empty where unknown."""
        return self._version.read_text(encoding="ascii") if self._version.is_file() else ""

    def note(self, validator: str) -> None:
        """Remember of which version the bytes are.

        Args:
            validator: ETag or date; empty where the server tells none.
        """
        if validator != self.validator:
            self._version.write_text(validator, encoding="ascii", errors="ignore")

    @contextmanager
    def appending(self) -> Iterator[Callable[[bytes], None]]:
        """Open the part for more bytes.

        Yields:
            A function that writes them.

        Raises:
            WorkspaceError: The disk takes no more.
        """
        try:
            with self.path.open("ab") as file:

                def write(piece: bytes) -> None:
                    file.write(piece)
                    file.flush()  # what has arrived is not asked for again, however this ends
                    self.size += len(piece)

                yield write
        except OSError as error:
            raise WorkspaceError(
                folder=str(self.path.parent),
                reason=f"{self.path.name} cannot be written ({error.strerror})",
                hint="make room, then run the same command again to go on",
            ) from error

    def discard(self) -> int:
        """Throw the bytes away.

        Returns:
            How many there were.
        """
        gone, self.size = self.size, 0
        self.path.unlink(missing_ok=True)
        self._version.unlink(missing_ok=True)
        return gone

    def set_aside(self) -> None:
        """Put the bytes away as those of a file that cannot be used."""
        self.path.replace(self._final)
        move_aside(self._final)
        self.discard()

    def settle(self) -> None:
        """Bring the whole file to disk, then give it its name."""
        with self.path.open("rb+") as file:
            os.fsync(file.fileno())
        self.path.replace(self._final)
        self._version.unlink(missing_ok=True)
        if sys.platform != "win32":
            folder = os.open(self._final.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)


@contextmanager
def only_fetcher(folder: Path) -> Iterator[None]:
    """Keep other processes from fetching into a folder.

    Args:
        folder: Where files go; made where it does not exist.

    Yields:
        Nothing; the lock ends with the block, or with the process.

    Raises:
        WorkspaceError: Another process fetches into it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("a+b") as lock:
        try:
            _lock(lock.fileno())
        except OSError as error:
            raise WorkspaceError(
                folder=str(folder),
                reason="another process is fetching into it",
                hint="wait until it has ended, then run the same command again",
            ) from error
        yield


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
