"""Deed indicators: tariffs, sorties, listings, trade, each against its own two years before.

A reading is signed so that more is always more cooperative.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from detente.measures.intervals import Floats
from detente.measures.windows import Window, epoch_day

HISTORY_DAYS = 730
"""Twenty-four months before the window."""

LEAST_POINTS = 6
"""Fewer points of history give no reading; for a level, months of 30 days that it is known."""

Z_MOST = 3.0
"""Readings are held within this many standard deviations."""

_NO_SPREAD = 1e-9


class IndicatorKind(StrEnum):
    """How a series of values is read."""

    FLOW = "flow"
    """An amount a day, week or month: sorties, listings, exports. The window's mean counts."""
    LEVEL = "level"
    """Stands until it is changed: a tariff rate. The last known value counts."""


@dataclass(frozen=True, eq=False)
class IndicatorSeries:
    """Dated values of one indicator of one side's deeds; missing values are left out.

    Give only values that were published by the day the study is made for.
    """

    name: str
    source: str
    on: NDArray[np.datetime64]
    """Days the values stand for, of shape `(n,)`, in any order."""
    values: Floats
    """Of shape `(n,)`, in the indicator's own unit."""
    sign: int
    """+1 where more is more cooperative (trade, visas), -1 where less is (tariffs, sorties)."""
    kind: IndicatorKind = IndicatorKind.FLOW

    def __post_init__(self) -> None:
        values = np.asarray(self.values, dtype=np.float64)
        days = np.asarray(self.on, dtype="datetime64[D]").astype(np.int64)
        order = np.argsort(days, kind="stable")
        order = order[np.isfinite(values[order])]
        object.__setattr__(self, "on", days[order].astype("datetime64[D]"))
        object.__setattr__(self, "values", values[order])


@dataclass(frozen=True)
class IndicatorReading:
    """One indicator in one window, against its own two years before."""

    name: str
    z: float
    """Standard deviations, in [-3, 3]; positive is more cooperative than before."""
    source: str


def indicator_reading(series: IndicatorSeries, window: Window) -> IndicatorReading | None:
    """Return a deed indicator as a signed z-score against its own past.

    z = sign (x - mean) / sd, with mean and sd over the 24 months before the window. A flow's x is
    its mean in the window. A level's x is its last known value, and its past is read day by day,
    each value standing until the next. A past without any spread gives no scale: a change then
    reads as the most a reading can be, 3, which is also where every reading is held.

    Args:
        series: The indicator's dated values.
        window: The days read; later values change nothing.

    Returns:
        The reading in [-3, 3]; None where the past holds fewer than six points (for a level: six
        months), the window holds none, or nothing has ever moved.

    References:
        Detente measure definitions, docs/concepts/measures.md.

    Examples:
        >>> from datetime import date
        >>> months = np.arange("2016-08", "2018-10", dtype="datetime64[M]")
        >>> exports = np.array([10.0, 12.0] * 12 + [14.0, 14.0])
        >>> trade = IndicatorSeries("exports", "customs", months, exports, sign=1)
        >>> round(indicator_reading(trade, Window(date(2018, 7, 9), date(2018, 9, 30))).z, 2)
        2.94
    """
    is_level = series.kind is IndicatorKind.LEVEL
    now, past = _level(series, window) if is_level else _flow(series, window)
    points = past.size / 30 if is_level else past.size
    if now is None or points < LEAST_POINTS:
        return None
    change, spread = now - float(past.mean()), float(past.std(ddof=1))
    still = _NO_SPREAD * max(1.0, abs(float(past.mean())))
    if max(abs(change), spread) <= still:
        return None
    z = float(np.clip(change / max(spread, still), -Z_MOST, Z_MOST))
    return IndicatorReading(series.name, series.sign * z, series.source)


def indicator_readings(
    series: tuple[IndicatorSeries, ...], window: Window
) -> tuple[IndicatorReading, ...]:
    """Read every indicator that can be read in a window.

    Args:
        series: The indicators.
        window: The days read.

    Examples:
        >>> from datetime import date
        >>> indicator_readings((), Window(date(2018, 7, 9), date(2018, 9, 30)))
        ()
    """
    found = (indicator_reading(one, window) for one in series)
    return tuple(reading for reading in found if reading is not None)


def _flow(series: IndicatorSeries, window: Window) -> tuple[float | None, Floats]:
    before = window.before(HISTORY_DAYS)
    edges = np.array([before.start, window.start, window.end], dtype="datetime64[D]")
    since, upto, last = np.searchsorted(series.on, edges + np.array([0, 0, 1]))
    now = series.values[upto:last]
    return (float(now.mean()) if now.size else None), series.values[since:upto]


def _level(series: IndicatorSeries, window: Window) -> tuple[float | None, Floats]:
    days = epoch_day(window.start) - np.arange(HISTORY_DAYS, 0, -1)
    known = np.searchsorted(series.on, days.astype("datetime64[D]"), side="right") - 1
    last = int(np.searchsorted(series.on, np.datetime64(window.end), side="right")) - 1
    now = float(series.values[last]) if last >= 0 else None
    return now, series.values[known[known >= 0]]
