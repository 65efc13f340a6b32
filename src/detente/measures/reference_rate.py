"""How warm words, or deeds, usually are among all states of one source.

The rate is read before the window it is held against, never inside it.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from detente.measures.intervals import Floats
from detente.measures.windows import DailyCounts, Days, Window, epoch_day
from detente.ontology.cameo import Realm

YEAR = 365
"""Days before the window that the rate is read from."""

LEAST_EVENTS = 200
"""Below so many events in that year, the shipped rate stands in."""

SHIPPED_SOURCE = "ICEWS 2018, all dyads"
"""What the shipped rates were counted on: January to October, events between two countries."""

_SHIPPED_WORDS = 0.870
_SHIPPED_WORDS_WITHOUT_MEETINGS = 0.762
_SHIPPED_DEEDS = 0.217


@dataclass(frozen=True)
class ReferenceRate:
    """The cooperative share usual among states, and what it rests on."""

    share: float
    """In (0, 1)."""
    n: int
    """Events of that realm over all dyads in the year before the window."""
    basis: str
    """Which events, or which shipped rate, in words."""


def shipped_rate(realm: Realm, *, meetings: bool = True) -> float:
    """Return the rate that stands in where a source holds too few events.

    Args:
        realm: Words or deeds.
        meetings: False gives the rate of words without root 04.

    Returns:
        A share in (0, 1): .870 of words, .762 of words without meetings, .217 of deeds.

    References:
        Counted on ICEWS 2018 (Boschee et al., ICEWS coded event data, doi:10.7910/DVN/28075),
        events between two countries, root 01 out; docs/concepts/measures.md.

    Examples:
        >>> shipped_rate(Realm.SAY), shipped_rate(Realm.DO)
        (0.87, 0.217)
    """
    if realm is Realm.DO:
        return _SHIPPED_DEEDS
    return _SHIPPED_WORDS if meetings else _SHIPPED_WORDS_WITHOUT_MEETINGS


def reference_shares(totals: DailyCounts, realm: Realm, starts: Days) -> tuple[Floats, Days]:
    """Return the usual cooperative share before each of many windows.

    Args:
        totals: Counts over all dyads of the source.
        realm: Words or deeds.
        starts: First days of the windows since 1970-01-01, shape `(n_windows,)`.

    Returns:
        Shares in (0, 1) and the events each year holds, both of shape `(n_windows,)`. A share of
        exactly 0 or 1 is moved half an event inwards, for its log-odds are infinite.

    References:
        Detente measure definitions, docs/concepts/measures.md.

    Examples:
        >>> none = {"occurred_on": [], "root": [], "tone": [], "n": []}
        >>> share, n = reference_shares(DailyCounts.of(pa.table(none)), Realm.DO, np.array([17000]))
        >>> share.tolist(), n.tolist()
        ([0.217], [0])
    """
    counts = totals.between(realm, starts - YEAR, starts - 1)
    coop, n = counts[:, 0], counts.sum(axis=1)
    one_sided = (coop == 0) | (coop == n)
    raw = np.where(one_sided, (coop + 0.5) / (n + 1.0), coop / np.maximum(n, 1))
    return np.where(n < LEAST_EVENTS, shipped_rate(realm, meetings=totals.meetings), raw), n


def reference_of(totals: DailyCounts, realm: Realm, window: Window) -> ReferenceRate:
    """Return the usual cooperative share before one window, from counts already made.

    Args:
        totals: Counts over all dyads of the source.
        realm: Words or deeds.
        window: The window the rate will be held against.

    References:
        Detente measure definitions, docs/concepts/measures.md.

    Examples:
        >>> from datetime import date
        >>> from detente.measures.windows import window_ending
        >>> none = {"occurred_on": [], "root": [], "tone": [], "n": []}
        >>> window = window_ending(date(2018, 9, 30))
        >>> reference_of(DailyCounts.of(pa.table(none)), Realm.SAY, window).share
        0.87
    """
    shares, counts = reference_shares(totals, realm, np.array([epoch_day(window.start)]))
    share, n = float(shares[0]), int(counts[0])
    year = window.before(YEAR)
    days = f"{year.start}..{year.end}"
    basis = f"this source, all dyads, {days}: {n} events"
    if n < LEAST_EVENTS:
        basis = f"{SHIPPED_SOURCE}; this source holds {n} events in {days}, {LEAST_EVENTS} needed"
    without = "" if totals.meetings or realm is Realm.DO else ", without root 04"
    return ReferenceRate(share, n, basis + without)


def reference_rate(
    totals: pa.Table, realm: Realm, window: Window, *, meetings: bool = True
) -> ReferenceRate:
    """Return how cooperative words, or deeds, usually are among states.

    The cooperative share over all dyads of the source in the 365 days before the window; where
    these hold fewer than 200 such events, the rate shipped with Detente, and `basis` says so.

    Args:
        totals: One row per day, root and tone over all dyads: occurred_on, root, tone, n.
        realm: Words or deeds.
        window: The window the rate will be held against.
        meetings: False leaves root 04 out.

    Returns:
        A share in (0, 1), the events it rests on, and its basis in words.

    References:
        Detente measure definitions, docs/concepts/measures.md.

    Examples:
        >>> from datetime import date
        >>> rows = {
        ...     "occurred_on": [date(2018, 1, 1)] * 2,
        ...     "root": ["06", "16"],
        ...     "tone": ["coop", "conf"],
        ...     "n": [100, 300],
        ... }
        >>> window = Window(date(2018, 7, 9), date(2018, 9, 30))
        >>> rate = reference_rate(pa.table(rows), Realm.DO, window)
        >>> rate.share, rate.n, rate.basis
        (0.25, 400, 'this source, all dyads, 2017-07-09..2018-07-08: 400 events')
    """
    return reference_of(DailyCounts.of(totals, meetings=meetings), realm, window)
