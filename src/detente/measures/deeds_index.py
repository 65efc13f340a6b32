"""How cooperative one side's deeds are: events and indicators in one figure.

Events alone will not do: cooperative deeds are rare in event data, so indicators join them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa

from detente.measures.event_index import (
    TRAILING_WEEKS,
    EventIndex,
    event_index,
    posteriors,
    trailing_ends,
)
from detente.measures.indicators import IndicatorReading
from detente.measures.intervals import LEVEL, Estimate, Floats, beta_log_odds_draws, logit, tails
from detente.measures.windows import WINDOW_DAYS, DailyCounts, window_ending
from detente.ontology.cameo import Realm

DEFAULT_SCALE = 1.0
"""Standard deviation of D, log-odds, where neither the dyad nor all dyads give one."""

LEAST_SCALE = 0.05
"""A smaller one means deeds were hardly recorded, and would silence the indicators."""

DRAWS = 10_000
SEED = 20_180_930


LEAST_WINDOW_DEEDS = 10
"""Deeds a window needs for its median to tell of the dyad."""

LEAST_WINDOWS = 20
"""Such windows the spread needs."""


@dataclass(frozen=True)
class DeedsScale:
    """What one standard deviation of an indicator is worth in log-odds of deeds."""

    value: float
    """c, > 0."""
    basis: str
    """Whose standard deviation it is, in words."""


@dataclass(frozen=True)
class DeedsIndex:
    """Deeds of one directed dyad in one window."""

    estimate: Estimate
    """D, log-odds against what is usual among states."""
    events: EventIndex
    """The event part L, with counts, raw share and reference rate."""
    readings: tuple[IndicatorReading, ...]
    scale: DeedsScale

    @property
    def n_deeds(self) -> int:
        """Cooperative and conflictual deeds in the window."""
        return self.events.counts.total


def own_scale(dyad: DailyCounts, totals: DailyCounts, as_of: date, days: int) -> float | None:
    """Return the spread of a dyad's event-based deeds over two years.

    Args:
        dyad: Counts of one directed dyad.
        totals: Counts over all dyads of the same source.
        as_of: Last day of the present window, which is left out of the spread.
        days: Length of each window.

    Returns:
        Standard deviation of the weekly medians, log-odds >= 0; None where the source does not
        reach back the full two years, or holds fewer than 20 windows with ten deeds: with fewer the
        medians tell the prior, which hardly moves, and not the dyad.

    References:
        Detente measure definitions, docs/concepts/measures.md.

    Examples:
        >>> none = DailyCounts.of(pa.table({c: [] for c in ("occurred_on", "root", "tone", "n")}))
        >>> own_scale(none, none, date(2018, 9, 30), 84) is None
        True
    """
    ends = trailing_ends(dyad, totals, as_of, days)
    if ends.size <= TRAILING_WEEKS - -(-days // 7):
        return None
    found = posteriors(dyad, totals, Realm.DO, ends, days)
    told = found.coop + found.conf >= LEAST_WINDOW_DEEDS
    if np.count_nonzero(told) < LEAST_WINDOWS:
        return None
    return float(found.log_odds()[told].std(ddof=1))


def deeds_scale(own: float | None, all_dyads: float | None = None) -> DeedsScale:
    """Choose the standard deviation that turns an indicator's z into log-odds.

    Args:
        own: The dyad's, from `own_scale`.
        all_dyads: The usual one over all dyads of the source, where the caller has it.

    Returns:
        The dyad's where it has one of at least 0.05, else that of all dyads, else 1.0.

    References:
        Detente measure definitions, docs/concepts/measures.md.

    Examples:
        >>> deeds_scale(0.4, 0.6).basis
        'this dyad, two years'
        >>> deeds_scale(None)
        DeedsScale(value=1.0, basis='default: neither this dyad nor all dyads give two years')
    """
    for value, basis in ((own, "this dyad, two years"), (all_dyads, "all dyads, two years")):
        if value is not None and value >= LEAST_SCALE:
            return DeedsScale(value, basis)
    return DeedsScale(DEFAULT_SCALE, "default: neither this dyad nor all dyads give two years")


def fuse(events: Floats, variance: Floats, z: Floats, scale: float) -> Floats:
    """Weigh the event part of deeds and the indicators by their precision.

    D = (L / v + sum z c / c^2) / (1 / v + sum 1 / c^2).

    Args:
        events: L, log-odds, of shape `(n,)`.
        variance: v, posterior variance of L, > 0, of shape `(n,)` or `(1,)`.
        z: Indicator readings, of shape `(n, n_indicators)` or `(n_indicators,)`; NaN is none.
        scale: c, > 0.

    Returns:
        D, log-odds, of shape `(n,)`; L itself where there is no indicator.

    References:
        Detente measure definitions, docs/concepts/measures.md; Gelman et al. (2013), Bayesian
        Data Analysis, 3rd ed., section 2.5, for precision weights.

    Examples:
        >>> fuse(np.array([1.0]), np.array([1.0]), np.array([-1.0]), 1.0).tolist()
        [0.0]
    """
    pulled = np.nansum(z, axis=-1) / scale
    n_indicators = np.isfinite(z).sum(axis=-1)
    fused: Floats = (events / variance + pulled) / (1 / variance + n_indicators / scale**2)
    return fused


def deeds_draws(deeds: DeedsIndex, generator: np.random.Generator, draws: int = DRAWS) -> Floats:
    """Draw D from the posterior of events and the spread of indicators.

    Each draw is (L_i / v + sum (z c + c e) / c^2) / (1 / v + sum 1 / c^2), e standard normal.

    Args:
        deeds: The fused deeds.
        generator: The seeded source of chance.
        draws: How many.

    Returns:
        Log-odds of shape `(draws,)`.

    References:
        Detente measure definitions, docs/concepts/measures.md.

    Examples:
        >>> frame = pa.table({c: [] for c in ("occurred_on", "root", "tone", "n")})
        >>> deeds = deeds_index(frame, frame, as_of=date(2018, 9, 30))
        >>> deeds_draws(deeds, np.random.default_rng(1), 5).shape
        (5,)
    """
    events = deeds.events
    excess = beta_log_odds_draws(generator, events.alpha, events.beta, draws)
    z = np.array([reading.z for reading in deeds.readings])
    spread = z + generator.standard_normal((draws, z.size))
    centred = excess - logit(events.reference.share)
    return fuse(centred, np.array([events.variance]), spread, deeds.scale.value)


def fused_deeds(
    events: EventIndex,
    readings: Sequence[IndicatorReading],
    scale: DeedsScale,
    seed: int = SEED,
) -> DeedsIndex:
    """Join the event part of deeds with indicator readings.

    Args:
        events: The event part L.
        readings: Indicator readings of the same window.
        scale: c and where it comes from.
        seed: Seed of the draws behind the interval.

    Returns:
        D with its interval; exact where there is no indicator, else from 10,000 draws around the
        value that the formula gives for the median of L.

    References:
        Detente measure definitions, docs/concepts/measures.md.

    Examples:
        >>> frame = pa.table({c: [] for c in ("occurred_on", "root", "tone", "n")})
        >>> alone = deeds_index(frame, frame, as_of=date(2018, 9, 30))
        >>> warm = IndicatorReading("exports", 2.0, "customs")
        >>> fused_deeds(alone.events, [warm], alone.scale).estimate.value > alone.estimate.value
        True
    """
    alone = DeedsIndex(events.estimate, events, tuple(readings), scale)
    if not readings:
        return alone
    level = events.estimate.level
    drawn = deeds_draws(alone, np.random.default_rng(seed))
    median, variance = np.array([events.estimate.value]), np.array([events.variance])
    z = np.array([reading.z for reading in readings])
    value = float(fuse(median, variance, z, scale.value)[0])
    low, high = np.quantile(drawn, tails(level)).tolist()
    estimate = Estimate(value, min(low, value), max(high, value), level)
    return DeedsIndex(estimate, events, tuple(readings), scale)


def deeds_index(
    dyad: pa.Table,
    totals: pa.Table,
    *,
    as_of: date,
    readings: Sequence[IndicatorReading] = (),
    all_dyads_scale: float | None = None,
    days: int = WINDOW_DAYS,
    level: float = LEVEL,
    seed: int = SEED,
) -> DeedsIndex:
    """Return D, how cooperative one side's deeds toward the other are.

    D = (L / v + sum z c / c^2) / (1 / v + sum 1 / c^2): L and v are median and variance of
    logit(theta) - logit(p) of material events, z the indicators, c the standard deviation of the
    dyad's L over two years.

    Args:
        dyad: One row per day, root and tone of one directed dyad: occurred_on, root, tone, n.
        totals: The same over all dyads of the same source.
        as_of: Last day of the window; later rows change nothing.
        readings: Indicator readings of the same window.
        all_dyads_scale: c over all dyads, used where the dyad's own past is shorter.
        days: Length of the window.
        level: Probability of the interval.
        seed: Seed of the draws behind the interval.

    Returns:
        Log-odds, any real number: 0 is as usual among states, 0.7 twice the odds of a cooperative
        deed. Root 04 is no deed, so leaving meetings out changes nothing here.

    References:
        Detente measure definitions, docs/concepts/measures.md; Gelman et al. (2013), Bayesian
        Data Analysis, 3rd ed., sections 2.4 and 2.5.

    Examples:
        >>> rows = {
        ...     "occurred_on": [date(2018, 9, 1)] * 2,
        ...     "root": ["06", "16"],
        ...     "tone": ["coop", "conf"],
        ...     "n": [50, 50],
        ... }
        >>> frame = pa.table(rows)
        >>> deeds = deeds_index(frame, frame, as_of=date(2018, 9, 30))
        >>> deeds.n_deeds, round(deeds.estimate.value, 2), deeds.scale.value
        (100, 1.18, 1.0)
    """
    mine, all_dyads = DailyCounts.of(dyad), DailyCounts.of(totals)
    events = event_index(mine, all_dyads, Realm.DO, window_ending(as_of, days), level)
    scale = deeds_scale(own_scale(mine, all_dyads, as_of, days), all_dyads_scale)
    return fused_deeds(events, readings, scale, seed)
