"""Sums and z-scores over spans of rows, many at once.

Sums of counts are exact; those of real numbers are taken span by span, so no error builds up along
the rows.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.measures.intervals import Floats

LEAST_SPREAD = 1e-6
"""A standard deviation below this is none; of a mean beyond 1, below this part of it."""

_FINE = 1e-4
"""Variance over squared mean, below which the quick formula loses digits."""

_AT_ONCE = 10_000
"""Spans whose values are laid out at once, to bound the memory."""


@dataclass(frozen=True, eq=False)
class Spans:
    """Stretches of rows, `start` included and `end` not; both of shape `(n,)`."""

    start: NDArray[np.int64]
    end: NDArray[np.int64]

    def sums(self, values: NDArray[np.int64]) -> NDArray[np.int64]:
        """Sum whole numbers over each span, exactly.

        Args:
            values: Shape `(n_rows,)` or `(k, n_rows)`.

        Examples:
            >>> Spans(np.array([0, 1]), np.array([2, 3])).sums(np.array([1, 2, 4])).tolist()
            [3, 6]
        """
        sums = np.zeros((*values.shape[:-1], values.shape[-1] + 1), np.int64)
        np.cumsum(values, axis=-1, out=sums[..., 1:])
        return np.asarray(sums.take(self.end, axis=-1) - sums.take(self.start, axis=-1))

    def float_sums(self, values: Floats) -> Floats:
        """Sum real numbers over each span.

        Args:
            values: Shape `(n_rows,)`.

        Examples:
            >>> Spans(np.array([0, 1]), np.array([2, 1])).float_sums(np.array([0.5, 1.5])).tolist()
            [2.0, 0.0]
        """
        if not self.start.size:
            return np.zeros(0)
        pairs = np.column_stack([self.start, self.end]).ravel()
        found = np.add.reduceat(np.append(values, 0.0), pairs)[::2]
        return np.where(self.end > self.start, found, 0.0)

    def at(self, which: NDArray[np.int64]) -> "Spans":
        """Return some of the spans.

        Args:
            which: Their places.
        """
        return Spans(self.start[which], self.end[which])

    def moments(
        self, values: Floats, fine: NDArray[np.bool_], about: Floats
    ) -> tuple[Floats, Floats]:
        """Return mean and variance (n - 1) of real numbers over each span, in two passes.

        Args:
            values: Shape `(n_rows,)`.
            fine: Rows that count, two or more of each span.
            about: The means, nearly, so that deviations keep their digits.

        Examples:
            >>> spans = Spans(np.array([0]), np.array([3]))
            >>> values = np.array([1.0, 2.0, 3.0])
            >>> mean, variance = spans.moments(values, np.ones(3, bool), np.array([2.1]))
            >>> mean.round(9).tolist(), variance.round(9).tolist()
            ([2.0], [1.0])
        """
        if not self.start.size:
            return np.zeros(0), np.zeros(0)
        sizes = self.end - self.start
        offsets = np.cumsum(sizes) - sizes
        rows = np.arange(sizes.sum()) + np.repeat(self.start - offsets, sizes)
        counts = fine[rows]
        off = np.where(counts, values[rows] - np.repeat(about, sizes), 0.0)
        n = np.add.reduceat(counts.astype(np.int64), offsets)
        slip = np.add.reduceat(off, offsets) / n
        squares = np.add.reduceat(off**2, offsets)
        return about + slip, (squares - n * slip**2) / (n - 1)


def z_scores(
    values: Floats,
    fine: NDArray[np.bool_],
    spans: Spans,
    least: int,
    *,
    past: tuple[Floats, NDArray[np.bool_]] | None = None,
) -> Floats:
    """Return each value in standard deviations from the mean of the values in its span.

    Args:
        values: Shape `(n_rows,)`.
        fine: Rows whose value counts, for itself and for others.
        spans: Which rows each is compared with.
        least: Rows that count, below which there is no z-score.
        past: Values and whether they count, that the spans are of; None takes `values` themselves.

    Returns:
        Shape `(n_rows,)`; NaN where there is none: the row does not count, too few others do, or
        their standard deviation (n - 1) is under 1e-6, or under a millionth of their mean.

    References:
        Chan, Golub, LeVeque (1983), Algorithms for computing the sample variance,
        doi:10.1080/00031305.1983.10483115.

    Examples:
        >>> spans = Spans(np.array([0, 0, 0]), np.array([0, 0, 2]))
        >>> z_scores(np.array([1.0, 3.0, 4.0]), np.ones(3, bool), spans, 2)[2].round(3)
        np.float64(1.414)
    """
    others, counts = (values, fine) if past is None else past
    n = spans.sums(counts.astype(np.int64))
    wanted = np.flatnonzero(fine & (n >= max(least, 2)))
    chosen = spans.at(wanted)
    counted = n[wanted]
    counting = np.where(counts, others, 0.0)
    mean = chosen.float_sums(counting) / counted
    squares = chosen.float_sums(counting**2)
    variance = (squares - counted * mean**2) / (counted - 1)
    thin = np.flatnonzero(variance <= _FINE * mean**2)
    for at in np.array_split(thin, -(-thin.size // _AT_ONCE) or 1):
        mean[at], variance[at] = chosen.at(at).moments(others, counts, mean[at])
    spread = np.sqrt(np.maximum(variance, 0.0))
    told = spread >= LEAST_SPREAD * np.maximum(1.0, np.abs(mean))
    z = np.full(values.size, np.nan)
    z[wanted[told]] = (values[wanted] - mean)[told] / spread[told]
    return z
