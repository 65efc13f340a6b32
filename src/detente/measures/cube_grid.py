"""The weekly cube in the order of the panel: a row per dyad, issue and week, cells as columns.

Dyad and week are one number, so that spans of weeks are found by binary search.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from detente.measures.spreads import Spans

WINDOW_WEEKS = 12
HISTORY_WEEKS = 260
"""Weeks before the window that the dyad's own prior mean is read from: five years."""
TRAILING_WEEKS = 104
"""Weeks back that a figure is compared with, the last twelve left out."""
REACH = HISTORY_WEEKS + WINDOW_WEEKS - 1
"""Weeks before a week that its own figures need."""

BLOCK = 100_000
"""Rows of the panel made at a time, which fit into the processor's cache; at least a dyad."""

NAMES = ("actor", "recipient", "issue")
SUMMED = ("n", "goldstein_hundredths", "n_reports")
CELLS = 6
DAYS_TO_ZERO = (date(1900, 1, 1) - date(1970, 1, 1)).days
"""Monday of week 0, in days since 1970-01-01."""

Counts = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class SortedCube:
    """The cube's rows in the order of the panel."""

    words: Mapping[str, list[str]]
    codes: Mapping[str, NDArray[np.int32]]
    """By row of the cube, and of what else was coded with it."""
    span: int
    """Weeks from one dyad to the next, in the numbers of dyad and week."""
    first: int
    cells: "_Cells"
    values: Mapping[str, Counts]

    @classmethod
    def of(
        cls,
        cube: pa.Table,
        first: int,
        last: int,
        names: Mapping[str, pa.ChunkedArray] | None = None,
    ) -> "SortedCube":
        """Sort a cube.

        Args:
            cube: One row per directed dyad, week, cell and issue.
            first: The source's first week.
            last: Its last.
            names: The cube's actors, recipients and issues, and after them others to code alike.
        """
        coded = {name: _sorted_codes((names or cube)[name]) for name in NAMES}
        words = {name: found for name, (found, _) in coded.items()}
        codes = {name: found for name, (_, found) in coded.items()}
        span = max(last - first, 0) + REACH + TRAILING_WEEKS + 1
        size = cube.num_rows
        weeks = cube["week"].to_numpy()
        keys = dyad_keys(words, {n: c[:size] for n, c in codes.items()}, weeks, span, first)
        keys *= CELLS
        keys += cube["cell"].to_numpy() - 1
        cells = _Cells.of(keys)
        values = {name: cube[name].to_numpy() for name in SUMMED}
        return cls(words, codes, span, first, cells, values)

    def grids(self, size: int | None = None) -> Iterator["Grid"]:
        """Give whole dyads, so many rows at a time or a few more."""
        keys = self.cells.keys
        ends = np.append(np.flatnonzero(np.diff(keys // self.span)) + 1, keys.size)
        start = 0
        while True:
            found = int(np.searchsorted(ends, start + (size or BLOCK)))
            end = int(ends[min(found, ends.size - 1)])
            yield Grid.of(self, self.cells.part(start, end))
            start = end
            if start >= keys.size:
                return


@dataclass(frozen=True, eq=False)
class Grid:
    """A row per dyad, issue and week; the last axis of all arrays is the rows."""

    words: Mapping[str, list[str]]
    codes: Mapping[str, NDArray[np.int32]]
    keys: Counts
    """Dyad and week as one number, ascending."""
    weeks: Counts
    n: Counts
    """Shape `(6, n_rows)`, by cell."""
    goldstein: Counts
    reports: Counts
    near: Spans
    """Rows of the dyad in the twelve weeks that end with the row's own."""
    is_whole: NDArray[np.bool_]
    """Whether the row's window lies within the source."""

    @property
    def has_event(self) -> NDArray[np.bool_]:
        """Whether a week holds an event, and not only later reports of another week's."""
        return np.asarray(self.n.any(axis=0))

    @classmethod
    def of(cls, cube: SortedCube, cells: "_Cells") -> "Grid":
        """Lay out some rows of a cube.

        Args:
            cube: The whole.
            cells: Those of the rows.
        """
        keys = cells.keys
        weeks = keys % cube.span + cube.first
        start = np.searchsorted(keys, keys - (WINDOW_WEEKS - 1))
        n, goldstein, reports = (cells.sums(cube.values[name]) for name in SUMMED)
        return cls(
            words=cube.words,
            codes={name: codes[cells.any_row] for name, codes in cube.codes.items()},
            keys=keys,
            weeks=weeks,
            n=n,
            goldstein=goldstein,
            reports=reports.sum(axis=0),
            near=Spans(start, np.arange(1, keys.size + 1)),
            is_whole=weeks >= cube.first + WINDOW_WEEKS - 1,
        )

    def names(self) -> dict[str, pa.Array]:
        """Return who, whom, on what and when."""
        columns = {
            name: pa.array(words, pa.string()).take(pa.array(self.codes[name]))
            for name, words in self.words.items()
        }
        days = 7 * self.weeks + DAYS_TO_ZERO
        return {**columns, "week": pa.array(days.astype(np.int32), pa.int32()).cast(pa.date32())}


def dyad_keys(
    words: Mapping[str, list[str]],
    codes: Mapping[str, NDArray[np.int32]],
    weeks: Counts,
    span: int,
    first: int,
) -> Counts:
    """Return dyad, issue and week as one number that sorts as they do."""
    keys = np.zeros(len(weeks), np.int64)
    for name in NAMES:
        keys *= max(len(words[name]), 1)
        keys += codes[name]
    keys *= span
    keys += weeks
    keys -= first
    return keys


@dataclass(frozen=True, eq=False)
class _Cells:
    """Which cell of which row of the grid each row of the cube adds to."""

    order: NDArray[np.int32]
    """The cube's rows, sorted by grid row and cell."""
    start: Counts
    """Where in that order each cell begins."""
    cell: NDArray[np.int8]
    row: NDArray[np.int32]
    """The row of the grid, by cell."""
    keys: Counts
    """The grid's rows: dyad and week as one number, ascending."""
    any_row: NDArray[np.int32]
    """A row of the cube, by row of the grid."""

    @classmethod
    def of(cls, places: Counts) -> "_Cells":
        order = np.argsort(places)
        places = places[order]
        start = np.flatnonzero(_is_first(places))
        keys, cell = np.divmod(places[start], CELLS)
        is_new = _is_first(keys)
        rows = (np.cumsum(is_new) - 1).astype(np.int32)
        lean = order.astype(np.int32)
        return cls(lean, start, cell.astype(np.int8), rows, keys[is_new], lean[start[is_new]])

    def part(self, start: int, end: int) -> "_Cells":
        """Return those of some rows of the grid."""
        low, high = np.searchsorted(self.row, [start, end])
        begin = self.start[low] if low < self.start.size else 0
        stop = self.start[high] if high < self.start.size else self.order.size
        return _Cells(
            order=self.order[begin:stop],
            start=self.start[low:high] - begin,
            cell=self.cell[low:high],
            row=self.row[low:high] - start,
            keys=self.keys[start:end],
            any_row=self.any_row[start:end],
        )

    def sums(self, values: Counts) -> Counts:
        """Add up a column of the cube, to shape `(6, n_rows)`."""
        found = np.zeros((CELLS, self.keys.size), np.int64)
        if self.start.size:
            found[self.cell, self.row] = np.add.reduceat(values[self.order], self.start)
        return found


def _is_first(sorted_numbers: Counts) -> NDArray[np.bool_]:
    """Mark each number that differs from the one before it."""
    first = np.ones(sorted_numbers.size, np.bool_)
    np.not_equal(sorted_numbers[1:], sorted_numbers[:-1], out=first[1:])
    return first


def _sorted_codes(column: pa.ChunkedArray) -> tuple[list[str], NDArray[np.int32]]:
    encoded = column.dictionary_encode().unify_dictionaries()
    words = encoded.chunk(0).dictionary.to_pylist() if encoded.num_chunks else []
    indices = [chunk.indices.to_numpy() for chunk in encoded.chunks]
    order = np.argsort(np.array(words, dtype=object)) if words else np.zeros(0, np.int64)
    rank = np.empty(len(words), np.int32)
    rank[order] = np.arange(len(words))
    return [words[at] for at in order], rank[np.concatenate([np.zeros(0, np.int32), *indices])]
