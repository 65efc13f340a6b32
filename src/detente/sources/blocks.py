"""Tab-separated tables read in blocks of bytes; a row's line is sought again only when it is wanted.

Quotation marks are ordinary characters. Bytes that are no UTF-8 become U+FFFD, as in any text file.
"""

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice
from pathlib import Path
from typing import IO

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyarrow import csv

from detente.errors import SourceError
from detente.records import Refusal
from detente.sources.columns import TEXTS
from detente.sources.rows import Rows, delimited_rows, tab_records, width_reason

BLOCK = 8 << 20
"""Bytes read at a time, and the length at which a line is no line of a table."""


@dataclass(frozen=True)
class Block:
    """Some whole lines of a file."""

    data: bytes
    first: int
    """1-based number of the first line."""

    @cached_property
    def ends(self) -> npt.NDArray[np.int64]:
        """Where each line ends, its line feed not counted."""
        ends = np.flatnonzero(np.frombuffer(self.data, np.uint8) == ord("\n"))
        return ends if self.data.endswith(b"\n") else np.append(ends, len(self.data))

    @cached_property
    def starts(self) -> npt.NDArray[np.int64]:
        """Where each line starts."""
        return np.concatenate([[0], self.ends[:-1] + 1])

    def texts(self, places: npt.NDArray[np.int64]) -> list[str]:
        """Return lines as they stand, without line ends.

        Args:
            places: 0-based places in the block.
        """
        spans = zip(self.starts[places].tolist(), self.ends[places].tolist(), strict=True)
        return [self.data[start:end].decode("utf-8", "replace") for start, end in spans]

    def lines(self) -> Iterator[str]:
        """Yield the block's lines with their ends."""
        raw = io.BytesIO(self.data)
        return iter(io.TextIOWrapper(raw, encoding="utf-8", errors="replace", newline="\n"))

    def after(self, lines: int) -> "Block":
        """Return the block without its first lines.

        Args:
            lines: How many to leave out, at most all.
        """
        start = int(self.ends[lines - 1]) + 1 if lines else 0
        return Block(self.data[start:], self.first + lines)


def blocks(raw: IO[bytes], path: Path, source: str) -> Iterator[Block]:
    r"""Cut a file into blocks of whole lines.

    Args:
        raw: The file, from its start.
        path: For messages.
        source: For messages.

    Yields:
        Blocks of about `BLOCK` bytes; a byte order mark is left out, `\r\n` becomes `\n`.

    Raises:
        SourceError: A line that is longer than a block.
    """
    first = 1
    while data := raw.read(BLOCK):
        rest = raw.readline(BLOCK) if not data.endswith(b"\n") else b""
        if len(rest) == BLOCK and not rest.endswith(b"\n"):
            reason = f"line after {first} is longer than {BLOCK} bytes; give a table in lines"
            raise SourceError(source=source, location=str(path), reason=reason)
        whole = data + rest if rest else data
        if first == 1:
            whole = whole.removeprefix(b"\xef\xbb\xbf")
        block = Block(whole.replace(b"\r\n", b"\n") if b"\r" in whole else whole, first)
        yield block
        first += len(block.ends)


def head(block: Block, most: int) -> list[Sequence[str]]:
    r"""Split the first lines of a block that are not blank.

    Args:
        block: The block.
        most: How many lines at most.

    Examples:
        >>> head(Block(b"a\tb\n\nc\n", 1), 5)
        [['a', 'b'], ['c']]
    """
    return [fields for _, _, fields in islice(tab_records(block.lines()), most)]


def headed(stretches: Iterator[Block]) -> tuple[list[str], Iterator[Block]]:
    """Part a file's header from its rows.

    Args:
        stretches: The whole file; its first line is the header.

    Returns:
        The column names, without spaces and quotation marks round them, and the rest.
    """
    first = next(stretches)
    (line,) = first.texts(np.array([0]))
    names = [name.strip().strip('"') for name in line.split("\t")]
    return names, chain([first.after(1)], stretches)


def tab_rows(
    stretches: Iterator[Block], header: Sequence[str], wanted: Mapping[str, str], origin: str
) -> Iterator[Rows]:
    """Read blocks as columns of text.

    Args:
        stretches: The blocks after the header.
        header: The file's column names in order.
        wanted: The product's column name to the file's; all of them are in the header.
        origin: File or URL.

    Yields:
        One stretch per block; lines of another width are refused.
    """
    for block in stretches:
        rows = None if b"\r" in block.data else _parsed(block, header, wanted, origin)
        if rows is None:
            records = tab_records(block.lines(), block.first)
            yield from delimited_rows(records, header, wanted, origin)
        else:
            yield rows


def _parsed(
    block: Block, header: Sequence[str], wanted: Mapping[str, str], origin: str
) -> Rows | None:
    """Read a block at once; None where the parser and the lines do not agree."""
    broken: list[csv.InvalidRow] = []
    table = _table(block.data, header, wanted, broken)
    filled = np.flatnonzero(block.ends > block.starts)
    if table is None or table.num_rows + len(broken) != len(filled):
        return None
    at = np.array([row.number - 1 for row in broken], np.int64)
    bad, good = filled[at], np.delete(filled, at)
    refusals = tuple(
        Refusal(
            origin=origin,
            line=block.first + place,
            reason=width_reason(row.actual_columns, len(header)),
            original=text,
        )
        for row, place, text in zip(broken, bad.tolist(), block.texts(bad), strict=True)
    )
    columns = {name: _whole(table[str(header.index(given))]) for name, given in wanted.items()}
    lines = pa.array(good + block.first, pa.int64())
    return Rows(origin, columns, lines, lambda places: block.texts(good[places]), refusals)


def _table(
    data: bytes, header: Sequence[str], wanted: Mapping[str, str], broken: list[csv.InvalidRow]
) -> pa.Table | None:
    try:
        return _read(_as_utf8(data), header, tuple(wanted.values()), broken.append)
    except pa.ArrowInvalid:
        return None


def _as_utf8(data: bytes) -> bytes:
    """Put U+FFFD for what is no UTF-8; the parser would stop there."""
    ends = pa.py_buffer(np.array([0, len(data)], np.int32))
    try:
        pa.StringArray.from_buffers(1, ends, pa.py_buffer(data)).validate(full=True)
    except pa.ArrowInvalid:
        return data.decode("utf-8", "replace").encode()
    return data


def _read(
    data: bytes,
    header: Sequence[str],
    names: Sequence[str],
    tell: Callable[[csv.InvalidRow], None],
) -> pa.Table:
    def skip(row: csv.InvalidRow) -> str:
        tell(row)
        return "skip"

    places = dict.fromkeys(str(header.index(name)) for name in names)

    return csv.read_csv(
        pa.BufferReader(data),
        read_options=csv.ReadOptions(
            use_threads=False,
            column_names=[str(place) for place in range(len(header))],
            block_size=len(data) + 1,
        ),
        parse_options=csv.ParseOptions(delimiter="\t", quote_char=False, invalid_row_handler=skip),
        convert_options=csv.ConvertOptions(
            include_columns=list(places),
            column_types=dict.fromkeys(places, TEXTS),
            strings_can_be_null=False,
        ),
    )


def _whole(column: pa.ChunkedArray) -> pa.Array:
    whole = column.combine_chunks()
    return whole.chunk(0) if isinstance(whole, pa.ChunkedArray) else whole
