"""The event part of words and deeds: log-odds of cooperation against what is usual among states.

Words and deeds are the same arithmetic on two realms; only deeds take indicators besides.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np

from detente.measures.intervals import (
    LEVEL,
    Estimate,
    Floats,
    beta_log_odds,
    beta_log_odds_variance,
    logit,
    tails,
)
from detente.measures.reference_rate import ReferenceRate, reference_of, reference_shares
from detente.measures.windows import (
    WINDOW_DAYS,
    DailyCounts,
    Days,
    ToneCounts,
    Window,
    epoch_day,
)
from detente.ontology.cameo import Realm

PRIOR_EVENTS = 10.0
"""Weight a of the prior, in events."""

HISTORY_DAYS = 5 * 365
"""Days before the window that the dyad's own prior mean is read from."""

HISTORY_EVENTS = 20.0
"""Events' worth of the reference rate in that prior mean."""

TRAILING_WEEKS = 104
"""Weeks back that a figure is compared with: two years."""


@dataclass(frozen=True, eq=False)
class Posteriors:
    """Beta posteriors of the cooperative share in many windows; all of shape `(n_windows,)`."""

    coop: Days
    conf: Days
    history_coop: Days
    history_conf: Days
    alpha: Floats
    beta: Floats
    reference: Floats

    def log_odds(self, quantile: float = 0.5) -> Floats:
        """Return a quantile of logit(theta) - logit(p).

        Args:
            quantile: In (0, 1); the median unless said.
        """
        excess: Floats = beta_log_odds(quantile, self.alpha, self.beta) - logit(self.reference)
        return excess

    @property
    def variance(self) -> Floats:
        """Posterior variance of the log-odds, > 0."""
        return beta_log_odds_variance(self.alpha, self.beta)


def posteriors(
    dyad: DailyCounts,
    totals: DailyCounts,
    realm: Realm,
    ends: Days,
    days: int = WINDOW_DAYS,
) -> Posteriors:
    """Return the posterior of the cooperative share in each of many windows.

    theta ~ Beta(a m + coop, a (1 - m) + conf) with a = 10 and m = (N_coop + 20 p) / (N + 20),
    N the dyad's own events in the five years before the window, p the reference rate.

    Args:
        dyad: Counts of one directed dyad.
        totals: Counts over all dyads of the same source.
        realm: Words or deeds.
        ends: Last days of the windows since 1970-01-01.
        days: Length of each window.

    References:
        Detente measure definitions, docs/concepts/measures.md; Gelman et al. (2013), Bayesian
        Data Analysis, 3rd ed., section 2.4.

    Examples:
        >>> import pyarrow as pa
        >>> none = DailyCounts.of(pa.table({c: [] for c in ("occurred_on", "root", "tone", "n")}))
        >>> prior = posteriors(none, none, Realm.SAY, np.array([17000]))
        >>> prior.alpha.round(3).tolist(), prior.beta.round(3).tolist()
        ([8.7], [1.3])
    """
    starts = ends - (days - 1)
    p, _ = reference_shares(totals, realm, starts)
    history = dyad.between(realm, starts - HISTORY_DAYS, starts - 1)
    counts = dyad.between(realm, starts, ends)
    own = (history[:, 0] + HISTORY_EVENTS * p) / (history.sum(axis=1) + HISTORY_EVENTS)
    other = (history[:, 1] + HISTORY_EVENTS * (1 - p)) / (history.sum(axis=1) + HISTORY_EVENTS)
    return Posteriors(
        coop=counts[:, 0],
        conf=counts[:, 1],
        history_coop=history[:, 0],
        history_conf=history[:, 1],
        alpha=PRIOR_EVENTS * own + counts[:, 0],
        beta=PRIOR_EVENTS * other + counts[:, 1],
        reference=p,
    )


@dataclass(frozen=True)
class EventIndex:
    """Words, or the event part of deeds, of one directed dyad in one window."""

    realm: Realm
    window: Window
    estimate: Estimate
    """logit(theta) - logit(p): posterior median and exact equal-tailed interval, log-odds."""
    counts: ToneCounts
    """Events in the window; `counts.share` is the raw share."""
    history: ToneCounts
    """The dyad's own events in the five years before."""
    reference: ReferenceRate
    alpha: float
    beta: float
    meetings: bool
    """Whether root 04 is counted."""

    @property
    def variance(self) -> float:
        """Posterior variance of the log-odds, > 0."""
        return float(beta_log_odds_variance(self.alpha, self.beta))


def event_index(
    dyad: DailyCounts,
    totals: DailyCounts,
    realm: Realm,
    window: Window,
    level: float = LEVEL,
) -> EventIndex:
    """Return how much more cooperative one realm is than is usual among states.

    Args:
        dyad: Counts of one directed dyad.
        totals: Counts over all dyads of the same source.
        realm: Words or deeds.
        window: The days read.
        level: Probability of the interval.

    Returns:
        Log-odds, any real number; 0.7 means twice the usual odds of a cooperative event. Without
        any event the prior alone speaks, and the interval is wide.

    References:
        Detente measure definitions, docs/concepts/measures.md; Gelman et al. (2013), Bayesian
        Data Analysis, 3rd ed., section 2.4.

    Examples:
        >>> import pyarrow as pa
        >>> none = DailyCounts.of(pa.table({c: [] for c in ("occurred_on", "root", "tone", "n")}))
        >>> window = Window(date(2018, 7, 9), date(2018, 9, 30))
        >>> event_index(none, none, Realm.DO, window).counts.total
        0
    """
    ends = np.array([epoch_day(window.end)])
    found = posteriors(dyad, totals, realm, ends, window.days)
    lower, upper = tails(level)
    value, low, high = (float(found.log_odds(q)[0]) for q in (0.5, lower, upper))
    return EventIndex(
        realm=realm,
        window=window,
        estimate=Estimate(value, low, high, level),
        counts=ToneCounts(int(found.coop[0]), int(found.conf[0])),
        history=ToneCounts(int(found.history_coop[0]), int(found.history_conf[0])),
        reference=reference_of(totals, realm, window),
        alpha=float(found.alpha[0]),
        beta=float(found.beta[0]),
        meetings=dyad.meetings,
    )


def trailing_ends(
    dyad: DailyCounts, totals: DailyCounts, as_of: date, days: int = WINDOW_DAYS
) -> Days:
    """Return the last days of the earlier windows a figure is compared with.

    Every seventh day back two years, from the first window that does not touch the present one,
    as far as the source's own first day reaches.

    Args:
        dyad: Counts of one directed dyad.
        totals: Counts over all dyads of the same source.
        as_of: Last day of the present window.
        days: Length of each window.

    Returns:
        Days since 1970-01-01, earliest first; 93 of them for twelve weeks and a full two years.

    Examples:
        >>> import pyarrow as pa
        >>> rows = {"occurred_on": [date(2018, 1, 1)], "root": ["06"], "tone": ["coop"], "n": [1]}
        >>> counted = DailyCounts.of(pa.table(rows))
        >>> trailing_ends(counted, counted, date(2018, 9, 30)).size
        16
    """
    weeks = np.arange(TRAILING_WEEKS, -(-days // 7) - 1, -1)
    ends: Days = epoch_day(as_of) - 7 * weeks
    firsts = [first for first in (dyad.first_day, totals.first_day) if first is not None]
    return ends[ends - (days - 1) >= min(firsts)] if firsts else ends[:0]
