"""The originals: every document's bytes as they came, filed under their own SHA-256.

A file here never changes; what is there under a name is what that name's hash says.
"""

import os
import re
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from detente.errors import LedgerError

_NAME = re.compile(r"[0-9a-f]{64}")


class OriginalStore:
    """A folder of originals, two levels deep: `ab/cdef...`.

    Args:
        folder: Made when the first original is put.

    Examples:
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     store = OriginalStore(Path(folder))
        ...     name = store.put(b"candid, constructive")
        ...     store.get(name)
        b'candid, constructive'
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, content: bytes) -> str:
        """Keep an original; it is on the disk when this returns.

        One that is there already is kept. One that is there but damaged is mended.

        Args:
            content: The original's bytes.

        Returns:
            The SHA-256 in hexadecimal: the name to `get` it by.

        Raises:
            LedgerError: The folder cannot be written.
        """
        name = sha256(content).hexdigest()
        try:
            if not self._holds(name):
                self._write(name, content)
        except OSError as error:
            reason = f"original {name} cannot be written: {error.strerror}; mend the folder"
            raise LedgerError(url=str(self.folder), reason=reason) from error
        return name

    def get(self, name: str) -> bytes:
        """Return an original, checked against its name.

        Args:
            name: Its SHA-256 in hexadecimal.

        Raises:
            LedgerError: It is missing, unreadable or damaged.
        """
        mend = "restore it from a backup or add its document again"
        try:
            content = self._path(name).read_bytes()
        except OSError as error:
            reason = f"original {name}: {error.strerror}; {mend}"
            raise LedgerError(url=str(self.folder), reason=reason) from error
        if sha256(content).hexdigest() != name:
            reason = f"original {name}: its bytes have changed; {mend}"
            raise LedgerError(url=str(self.folder), reason=reason)
        return content

    def has(self, name: str) -> bool:
        """Say whether an original of that name is there, without checking its bytes.

        Args:
            name: Its SHA-256 in hexadecimal.
        """
        return bool(_NAME.fullmatch(name)) and self._path(name).is_file()

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            reason = f"{name!r} names no original; a name is 64 hexadecimal digits"
            raise LedgerError(url=str(self.folder), reason=reason)
        return self.folder / name[:2] / name[2:]

    def _holds(self, name: str) -> bool:
        path = self._path(name)
        return path.is_file() and sha256(path.read_bytes()).hexdigest() == name

    def _write(self, name: str, content: bytes) -> None:
        """Write beside the final place, then rename: no reader sees half a file."""
        path = self._path(name)
        if not path.parent.is_dir():
            path.parent.mkdir(parents=True, exist_ok=True)
            _settle(self.folder)
        draft = path.with_name(f".{uuid4().hex}.draft")
        try:
            with draft.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
        _settle(path.parent)


def _settle(folder: Path) -> None:
    """Make a folder's new names outlast a power cut, where the system lets folders be opened."""
    with suppress(PermissionError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
