"""Whether two engines made the same panel.

Counts must be equal, nulls must be equal, other figures equal to 1e-9. A z-score may differ by more
only where the plain formula, two passes over the weeks it is compared with, agrees with the product's.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from benchmarks.common import COLUMNS, COUNTS, FLOATS, NUMBERS, PAIR, Z

TOLERANCE = 1e-9
"""Absolute, for figures below 1, and relative above."""

_N = {key: int(value) for key, value in NUMBERS.items()}
_ORDER = [(name, "ascending") for name in (*PAIR, "week")]


class UnequalError(Exception):
    """An engine made another panel than the product."""

    def __init__(self, *, engine: str, column: str, found: str) -> None:
        super().__init__(
            f"{engine} differs in {column}: {found}; no time of it would mean anything"
        )


@dataclass(frozen=True)
class Comparison:
    """How far two equal panels are apart."""

    rows: int
    largest: float
    """Largest difference of a figure, z-scores left out, as `TOLERANCE` counts it."""
    largest_z: float
    loose: int
    """Z-scores that differ by more, all of which the plain formula decides for the product."""


def compared(ours: pa.Table, theirs: pa.Table, engine: str) -> Comparison:
    """Compare two common panels.

    Args:
        ours: The product's.
        theirs: The other's.
        engine: Its name, for messages.

    Raises:
        UnequalError: They are not the same.
    """
    ours, theirs = (table.select(COLUMNS).sort_by(_ORDER) for table in (ours, theirs))
    if ours.num_rows != theirs.num_rows:
        found = f"{theirs.num_rows} rows, the product has {ours.num_rows}"
        raise UnequalError(engine=engine, column="rows", found=found)
    for name in (*PAIR, "week", *COUNTS):
        same = pc.equal(ours[name], theirs[name].cast(ours[name].type))
        if not pc.all(same, min_count=0).as_py():
            raise UnequalError(engine=engine, column=name, found="other values")
    gaps = {name: _apart(ours[name], theirs[name], engine, name) for name in (*FLOATS, *Z)}
    largest = {name: float(gap.max(initial=0.0)) for name, gap in gaps.items()}
    for name in FLOATS:
        if largest[name] > TOLERANCE:
            raise UnequalError(engine=engine, column=name, found=f"by {largest[name]:.3g}")
    loose = sum(_decided(ours, name, gaps[name] > TOLERANCE, engine) for name in Z)
    return Comparison(
        rows=ours.num_rows,
        largest=max(largest[name] for name in FLOATS),
        largest_z=max(largest[name] for name in Z),
        loose=loose,
    )


def _apart(
    ours: pa.ChunkedArray, theirs: pa.ChunkedArray, engine: str, name: str
) -> NDArray[np.float64]:
    """Return differences; 0 where both are null.

    Raises:
        UnequalError: Only one is null.
    """
    a, b = (_floats(column) for column in (ours, theirs))
    unlike = int((np.isnan(a) != np.isnan(b)).sum())
    if unlike:
        raise UnequalError(engine=engine, column=name, found=f"{unlike} nulls are not the same")
    gap = np.abs(a - b) / np.maximum(np.abs(a), 1.0)
    return np.nan_to_num(gap, nan=0.0)


def _floats(column: pa.ChunkedArray) -> NDArray[np.float64]:
    return np.asarray(pc.fill_null(column.cast(pa.float64()), np.nan).to_numpy(), np.float64)


def _decided(ours: pa.Table, name: str, differs: NDArray[np.bool_], engine: str) -> int:
    """Count z-scores that differ.

    Raises:
        UnequalError: The plain formula does not decide for the product's.
    """
    rows = np.flatnonzero(differs)
    if rows.size:
        kept = _floats(ours[name])
        for row, plain in zip(rows, plain_z(ours, name, rows), strict=True):
            if abs(plain - kept[row]) > TOLERANCE * max(abs(plain), 1.0):
                found = f"{kept[row]!r} by the product, {plain!r} by the plain formula"
                raise UnequalError(engine=engine, column=name, found=found)
    return int(rows.size)


def plain_z(panel: pa.Table, name: str, rows: NDArray[np.int64]) -> Iterator[float]:
    """Yield z-scores by the plain formula: mean, then squared distances from it.

    Args:
        panel: A common panel, sorted by dyad and week.
        name: `z_words`, `z_deeds` or `z_gap`.
        rows: The rows wanted.
    """
    values = _floats(panel[name.removeprefix("z_")])
    weeks = panel["week"].cast(pa.int32()).to_numpy() // 7
    whole = weeks >= weeks.min() + _N["window"]
    pairs = pc.binary_join_element_wise(*(panel[side] for side in PAIR), " ").to_numpy()
    for row in rows:
        first = row - min(row, _N["trailing_from"])
        near = slice(first, row)
        back = weeks[row] - weeks[near]
        compared = (pairs[near] == pairs[row]) & whole[near] & (back >= _N["before"])
        compared &= (back <= _N["trailing_from"]) & ~np.isnan(values[near])
        past = values[near][compared]
        yield float((values[row] - past.mean()) / past.std(ddof=1))
