"""Windows of days, and how many warm and cold events fall into them.

A window holds both its first and its last day; nothing after the last day may count. Every frame
of daily counts passes `DailyCounts.of`, which refuses a missing column or a root that is not
CAMEO's (UnknownNameError) and a row without a day (DateError).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from detente.errors import DateError, UnknownNameError
from detente.ontology.cameo import Realm, Tone, realm_of

WINDOW_DAYS = 84
"""Twelve weeks, the window of every measure unless said otherwise."""

MEETING_ROOT = "04"
"""CAMEO root of meetings, visits and calls."""

_EPOCH = date(1970, 1, 1)
_REALMS = (Realm.SAY, Realm.DO)
_COLUMNS = ("occurred_on", "root", "tone", "n")

Days = NDArray[np.int64]
"""Days since 1970-01-01."""


@dataclass(frozen=True)
class Window:
    """The days from `start` to `end`, both included.

    Raises:
        DateError: The window ends before it starts.

    Examples:
        >>> Window(date(2018, 7, 9), date(2018, 9, 30)).days
        84
    """

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.start > self.end:
            raise DateError(
                received=f"{self.start}..{self.end}",
                reason="the window ends before it starts",
                hint="give the earlier day first",
            )

    @property
    def days(self) -> int:
        """Length in days, at least 1."""
        return (self.end - self.start).days + 1

    def before(self, days: int) -> "Window":
        """Return the stretch that ends on the day before this window.

        Args:
            days: Its length, at least 1.

        Examples:
            >>> Window(date(2018, 7, 9), date(2018, 9, 30)).before(365)
            Window(start=datetime.date(2017, 7, 9), end=datetime.date(2018, 7, 8))
        """
        return Window(self.start - timedelta(days=days), self.start - timedelta(days=1))


def window_ending(as_of: date, days: int = WINDOW_DAYS) -> Window:
    """Return the window that ends on a day.

    Args:
        as_of: Its last day.
        days: Its length, at least 1; twelve weeks unless said.

    Returns:
        The window of `days` days whose last is `as_of`.

    References:
        Detente measure definitions, docs/concepts/measures.md.

    Examples:
        >>> window_ending(date(2018, 9, 30)).start
        datetime.date(2018, 7, 9)
    """
    return Window(as_of - timedelta(days=days - 1), as_of)


@dataclass(frozen=True)
class ToneCounts:
    """How many warm and cold events of one realm a window holds.

    Examples:
        >>> ToneCounts(3, 1).share
        0.75
        >>> ToneCounts(0, 0).share is None
        True
    """

    coop: int
    conf: int

    @property
    def total(self) -> int:
        """Events that are warm or cold; neutral ones are out."""
        return self.coop + self.conf

    @property
    def share(self) -> float | None:
        """Cooperative share in [0, 1]; None where there are no events."""
        return self.coop / self.total if self.total else None


def epoch_day(on: date) -> int:
    """Return a day as the number Arrow's date32 holds.

    Args:
        on: The day.

    Returns:
        Days since 1970-01-01, negative before.

    Examples:
        >>> epoch_day(date(1970, 1, 11))
        10
    """
    return (on - _EPOCH).days


@dataclass(frozen=True, eq=False)
class DailyCounts:
    """Running counts by realm and tone, so that any window costs two look-ups.

    `days` are sorted; `cumulative` has shape `(n_days + 1, 2, 2)`: realm (say, do) by tone
    (coop, conf), counted up to but not including that day.
    """

    days: Days
    cumulative: NDArray[np.int64]
    first_day: int | None
    """Earliest day of the frame, neutral events included; None where it is empty."""
    meetings: bool
    """Whether root 04 is counted."""

    @classmethod
    def of(cls, table: pa.Table, *, meetings: bool = True) -> Self:
        """Count a frame of daily events.

        Neutral events are out. A plain statement (root 01) counts as a word only when its tone
        is `coop` or `conf`, as the text coder gives it for affirming and assuring.

        Args:
            table: One row per day, root and tone: occurred_on, root, tone, n.
            meetings: False leaves root 04 out.

        Examples:
            >>> rows = {
            ...     "occurred_on": [date(2018, 9, 1)],
            ...     "root": ["16"],
            ...     "tone": ["conf"],
            ...     "n": [4],
            ... }
            >>> counted = DailyCounts.of(pa.table(rows))
            >>> counted.within(Realm.DO, window_ending(date(2018, 9, 30)))
            ToneCounts(coop=0, conf=4)
        """
        days, roots, tones, n = _columns(table)
        cell = _cells(roots, tones, meetings=meetings)
        counted = cell >= 0
        unique, at = np.unique(days[counted], return_inverse=True)
        flat = np.bincount(at * 4 + cell[counted], weights=n[counted], minlength=unique.size * 4)
        daily = np.rint(flat).astype(np.int64).reshape(-1, 2, 2)
        running = np.concatenate([np.zeros((1, 2, 2), np.int64), np.cumsum(daily, axis=0)])
        first = int(days.min()) if days.size else None
        return cls(days=unique, cumulative=running, first_day=first, meetings=meetings)

    def between(self, realm: Realm, starts: Days, ends: Days) -> NDArray[np.int64]:
        """Count one realm in many windows at once.

        Args:
            realm: Words or deeds.
            starts: First days since 1970-01-01, shape `(n_windows,)`.
            ends: Last days, same shape.

        Returns:
            Counts of shape `(n_windows, 2)`: cooperative, conflictual.

        Examples:
            >>> empty = DailyCounts.of(
            ...     pa.table({c: [] for c in ("occurred_on", "root", "tone", "n")})
            ... )
            >>> empty.between(Realm.SAY, np.array([0]), np.array([9])).tolist()
            [[0, 0]]
        """
        upto = np.searchsorted(self.days, ends, side="right")
        since = np.searchsorted(self.days, starts, side="left")
        cells = self.cumulative[:, _REALMS.index(realm)]
        counts: NDArray[np.int64] = cells[upto] - cells[since]
        return counts

    def within(self, realm: Realm, window: Window) -> ToneCounts:
        """Count one realm in one window.

        Args:
            realm: Words or deeds.
            window: The days counted.

        Examples:
            >>> empty = DailyCounts.of(
            ...     pa.table({c: [] for c in ("occurred_on", "root", "tone", "n")})
            ... )
            >>> empty.within(Realm.SAY, window_ending(date(2018, 9, 30))).total
            0
        """
        starts, ends = np.array([epoch_day(window.start)]), np.array([epoch_day(window.end)])
        coop, conf = self.between(realm, starts, ends)[0].tolist()
        return ToneCounts(coop, conf)


def tone_counts(
    table: pa.Table, realm: Realm, window: Window, *, meetings: bool = True
) -> ToneCounts:
    """Count the warm and cold words, or deeds, of a window.

    Args:
        table: One row per day, root and tone: occurred_on, root, tone, n.
        realm: Words or deeds.
        window: The days counted.
        meetings: False leaves root 04 out.

    Returns:
        Counts of events >= 0; neutral events are out.

    References:
        Detente measure definitions, docs/concepts/measures.md; CAMEO codebook 1.1b3 for realms.

    Examples:
        >>> day = date(2018, 9, 1)
        >>> rows = {
        ...     "occurred_on": [day] * 3,
        ...     "root": ["01", "01", "04"],
        ...     "tone": ["neutral", "coop", "coop"],
        ...     "n": [9, 2, 5],
        ... }
        >>> frame, twelve_weeks = pa.table(rows), window_ending(date(2018, 9, 30))
        >>> tone_counts(frame, Realm.SAY, twelve_weeks)
        ToneCounts(coop=7, conf=0)
        >>> tone_counts(frame, Realm.SAY, twelve_weeks, meetings=False)
        ToneCounts(coop=2, conf=0)
    """
    return DailyCounts.of(table, meetings=meetings).within(realm, window)


def require_columns(table: pa.Table, columns: tuple[str, ...]) -> None:
    """Refuse a frame that lacks a column.

    Args:
        table: The frame.
        columns: Names it must have.

    Raises:
        UnknownNameError: One is missing.

    Examples:
        >>> require_columns(pa.table({"n": [1]}), ("n",))
    """
    for column in columns:
        if column not in table.column_names:
            raise UnknownNameError(kind="column", name=column, known=table.column_names)


def _columns(table: pa.Table) -> tuple[Days, pa.Array, pa.Array, NDArray[np.float64]]:
    require_columns(table, _COLUMNS)
    if table["occurred_on"].null_count and table.num_rows:
        raise DateError(
            received="null",
            reason="a row of the frame has no day",
            hint="leave events without a day out of the frame",
        )
    days = table["occurred_on"].cast(pa.date32()).cast(pa.int32()).to_numpy().astype(np.int64)
    n = table["n"].cast(pa.float64()).to_numpy()
    return days, table["root"].cast(pa.string()), table["tone"].cast(pa.string()), n


def _cells(roots: pa.Array, tones: pa.Array, *, meetings: bool) -> NDArray[np.int64]:
    known = pc.unique(roots).to_pylist()
    do = pc.is_in(roots, pa.array([r for r in known if realm_of(r) is Realm.DO], pa.string()))
    cold = pc.equal(tones, Tone.CONFLICT.value).to_numpy()
    out = ~cold & ~pc.equal(tones, Tone.COOPERATION.value).to_numpy()
    if not meetings:
        out |= pc.equal(roots, MEETING_ROOT).to_numpy()
    cells = 2 * do.to_numpy().astype(np.int64) + cold.astype(np.int64)
    return np.where(out, -1, cells)
