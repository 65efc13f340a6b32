"""Rows of tables as text, in stretches, with line numbers and the original lines.

Nothing is interpreted here; a line with the wrong number of columns is refused as it stands.
"""

import csv
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import IO

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from detente.errors import SourceChangedError, SourceError
from detente.records import Refusal

STRETCH = 65_536
"""Rows held in memory at a time."""

Record = tuple[int, str, Sequence[str]]
"""1-based line, the original text, its fields."""


@dataclass(frozen=True)
class Rows:
    """One stretch of a table."""

    origin: str
    columns: Mapping[str, pa.Array]
    """Text columns of equal length, plain or dictionary-encoded."""
    lines: pa.Array
    """1-based line of each row; in Parquet, its number."""
    original: Callable[[npt.NDArray[np.int64]], list[str]]
    """Gives the rows at these positions as they stood in the file."""
    broken: tuple[Refusal, ...] = ()
    """Lines that are no row at all."""

    @property
    def size(self) -> int:
        """Number of rows, broken lines apart."""
        return len(self.lines)


@contextmanager
def opened_bytes(path: Path, source: str) -> Iterator[IO[bytes]]:
    """Open a text file, plain or the one member of a zip.

    Args:
        path: The file.
        source: The publisher's name, for messages.

    Yields:
        Its bytes, from the start.

    Raises:
        SourceError: Missing, empty, binary or damaged, or a zip that does not hold one file.
    """
    require_file(path, source)
    try:
        if zipfile.is_zipfile(path):
            with (
                zipfile.ZipFile(path) as archive,
                archive.open(_member(archive, path, source)) as raw,
            ):
                yield _text_only(raw, path, source)
        else:
            with path.open("rb") as raw:
                yield _text_only(raw, path, source)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError) as error:
        reason = f"damaged zip ({error}); fetch it again"
        raise SourceError(source=source, location=str(path), reason=reason) from error
    except OSError as error:
        reason = f"cannot be read ({error.strerror}); check its permissions"
        raise SourceError(source=source, location=str(path), reason=reason) from error


@contextmanager
def opened_text(path: Path, source: str) -> Iterator[Iterator[str]]:
    """Open a text file as `opened_bytes` does, and give its lines.

    Args:
        path: The file.
        source: The publisher's name, for messages.

    Yields:
        Its lines with their ends; bytes that are no UTF-8 become U+FFFD.
    """
    with opened_bytes(path, source) as raw:
        yield iter(io.TextIOWrapper(raw, encoding="utf-8-sig", errors="replace", newline="\n"))


def require_file(path: Path, source: str) -> None:
    """Check that a file is there and holds something.

    Args:
        path: The file.
        source: The publisher's name, for messages.

    Raises:
        SourceError: Missing or empty.
    """
    if not path.is_file():
        reason = "no such file; give the path of a downloaded file"
    elif path.stat().st_size == 0:
        reason = "empty file; fetch it again"
    else:
        return
    raise SourceError(source=source, location=str(path), reason=reason)


def _member(archive: zipfile.ZipFile, path: Path, source: str) -> str:
    names = [name for name in archive.namelist() if not name.endswith("/")]
    if len(names) != 1:
        reason = f"a zip of one file looked for, found {len(names)}; unpack it and give each file"
        raise SourceChangedError(source=source, location=str(path), reason=reason)
    return names[0]


def _text_only(raw: IO[bytes], path: Path, source: str) -> IO[bytes]:
    head = raw.read(4096)
    raw.seek(0)
    if not head.strip():
        reason = "holds no text; fetch it again"
        raise SourceError(source=source, location=str(path), reason=reason)
    if b"\0" in head or head.startswith((b"\x1f\x8b", b"PAR1", b"PK")):
        reason = "binary, not a text table; give the publisher's text file, plain or zipped"
        raise SourceError(source=source, location=str(path), reason=reason)
    return raw


def tab_records(lines: Iterator[str], first: int = 1) -> Iterator[Record]:
    r"""Split tab-separated lines; quotation marks are ordinary characters.

    Args:
        lines: Lines with their ends.
        first: Number of the first line.

    Yields:
        One record per line that is not blank.

    Examples:
        >>> list(tab_records(iter(["a\tb\n", "\n", "c\n"])))
        [(1, 'a\tb', ['a', 'b']), (3, 'c', ['c'])]
    """
    for number, line in enumerate(lines, first):
        text = line.rstrip("\r\n")
        if text:
            yield number, text, text.split("\t")


def quoted_records(
    lines: Iterator[str], delimiter: str, path: Path, source: str
) -> Iterator[Record]:
    """Split lines whose fields may be quoted and may hold line breaks.

    Args:
        lines: Lines with their ends.
        delimiter: One character.
        path: For messages.
        source: For messages.

    Yields:
        One record per row, with the number of its first line.

    Raises:
        SourceError: A quotation mark is never closed.
    """
    held: list[str] = []
    reader = csv.reader(_noted(lines, held), delimiter=delimiter)
    line = 1
    try:
        for fields in reader:
            if fields:
                yield line, "".join(held).rstrip("\r\n"), fields
            line += len(held)
            held.clear()
    except csv.Error as error:
        reason = f"line {line}: {error}; close the quotation mark there"
        raise SourceError(source=source, location=str(path), reason=reason) from error


def _noted(lines: Iterator[str], held: list[str]) -> Iterator[str]:
    for line in lines:
        held.append(line)
        yield line


def delimited_rows(
    records: Iterator[Record], header: Sequence[str], wanted: Mapping[str, str], origin: str
) -> Iterator[Rows]:
    """Gather records into stretches of columns.

    Args:
        records: The rows after the header.
        header: The file's column names in order.
        wanted: The product's column name to the file's; all of them are in the header.
        origin: File or URL.

    Yields:
        Stretches of at most `STRETCH` records.
    """
    places = [header.index(name) for name in wanted.values()]
    pick = itemgetter(*places, places[0])
    while stretch := list(islice(records, STRETCH)):
        whole = [record for record in stretch if len(record[2]) == len(header)]
        broken = tuple(
            Refusal(
                origin=origin,
                line=line,
                reason=width_reason(len(fields), len(header)),
                original=text,
            )
            for line, text, fields in stretch
            if len(fields) != len(header)
        )
        by_column = list(zip(*(pick(record[2]) for record in whole), strict=True))
        columns = {
            name: pa.array(by_column[at] if by_column else [], pa.string())
            for at, name in enumerate(wanted)
        }
        lines = pa.array([record[0] for record in whole], pa.int64())
        yield Rows(origin, columns, lines, _texts_of(whole), broken)


def width_reason(found: int, expected: int) -> str:
    """Say why a line is no row.

    Args:
        found: Its number of columns.
        expected: The table's.

    Examples:
        >>> width_reason(2, 61)
        '2 columns, expected 61'
    """
    return f"{found} columns, expected {expected}"


def _texts_of(records: Sequence[Record]) -> Callable[[npt.NDArray[np.int64]], list[str]]:
    return lambda positions: [records[position][1] for position in positions.tolist()]


def require_columns(
    found: Sequence[str], wanted: Sequence[str], source: str, location: str, mend: str
) -> None:
    """Check that a table has the columns it must have.

    Args:
        found: The header.
        wanted: The names looked for.
        source: The publisher's name.
        location: File or URL.
        mend: What the user can do.

    Raises:
        SourceChangedError: A column is missing.
    """
    missing = [name for name in wanted if name not in found]
    if missing:
        shown = ", ".join(found[:25])
        reason = f"columns {', '.join(missing)} looked for, found {shown}; {mend}"
        raise SourceChangedError(source=source, location=location, reason=reason)
