"""The gap between words and deeds, with its interval.

Under ten deeds and indicators there is no gap to show: say so, and print no figure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pyarrow as pa

from detente.measures.deeds_index import (
    DRAWS,
    SEED,
    DeedsIndex,
    deeds_draws,
    deeds_scale,
    fuse,
    fused_deeds,
    own_scale,
)
from detente.measures.event_index import EventIndex, event_index, posteriors, trailing_ends
from detente.measures.indicators import IndicatorSeries, indicator_reading, indicator_readings
from detente.measures.intervals import LEVEL, Estimate, Floats, beta_log_odds_draws, logit, tails
from detente.measures.windows import (
    WINDOW_DAYS,
    DailyCounts,
    Days,
    Window,
    epoch_day,
    window_ending,
)
from detente.ontology.cameo import Realm

LEAST_DEEDS = 10
"""Deeds and indicators together, below which there is no gap."""

LEAST_HISTORY = 20
"""Earlier weekly gaps, below which there is no z-score."""


@dataclass(frozen=True)
class Gap:
    """Words against deeds of one directed dyad in one window."""

    window: Window
    words: EventIndex
    """W, with counts, raw share and reference rate."""
    deeds: DeedsIndex
    """D, with counts, raw share, reference rate, indicators and scale."""
    gap: Estimate | None
    """G = W - D, log-odds; None where deeds are too few."""
    reason: str | None
    """Why there is no gap."""
    z: float | None
    """G against the dyad's own trailing two years, in standard deviations."""
    z_reason: str | None
    """Why there is no z-score."""
    n_history: int
    """Earlier weekly gaps that z rests on."""

    @property
    def n_deeds(self) -> int:
        """Cooperative and conflictual deeds in the window."""
        return self.deeds.n_deeds

    @property
    def n_indicators(self) -> int:
        """Indicators that could be read in the window."""
        return len(self.deeds.readings)


def gap(
    dyad: pa.Table,
    totals: pa.Table,
    *,
    as_of: date,
    indicators: Sequence[IndicatorSeries] = (),
    all_dyads_scale: float | None = None,
    days: int = WINDOW_DAYS,
    meetings: bool = True,
    level: float = LEVEL,
    draws: int = DRAWS,
    seed: int = SEED,
) -> Gap:
    """Return G, how much warmer one side's words are than its deeds.

    G = W - D, its interval from draws of both posteriors; the same inputs give the same figures.
    z compares G with its own value every seventh day of the two years before, windows that touch
    the present one left out, each with the indicators as they stood and c as it is now.

    Args:
        dyad: One row per day, root and tone of one directed dyad: occurred_on, root, tone, n.
        totals: The same over all dyads of the same source.
        as_of: Last day of the window; later rows and values change nothing.
        indicators: Deed indicators of the acting side toward the other.
        all_dyads_scale: c over all dyads, used where the dyad's own past is shorter.
        days: Length of the window.
        meetings: False leaves root 04 out, of words and of the reference rate.
        level: Probability of the intervals.
        draws: Draws behind the interval, 4,000 or more.
        seed: Their seed.

    Returns:
        Log-odds, any real number. Positive: words warmer than deeds, against what is usual among
        states. `gap` is None and `reason` begins "too few deeds" under ten deeds and indicators
        together; `z` is None under twenty earlier gaps.

    References:
        Detente measure definitions, docs/concepts/measures.md; Gelman et al. (2013), Bayesian
        Data Analysis, 3rd ed., chapter 10, for intervals by draws.

    Examples:
        >>> rows = {
        ...     "occurred_on": [date(2018, 9, 1)] * 3,
        ...     "root": ["03", "06", "16"],
        ...     "tone": ["coop", "coop", "conf"],
        ...     "n": [90, 1, 29],
        ... }
        >>> frame = pa.table(rows)
        >>> found = gap(frame, frame, as_of=date(2018, 9, 30))
        >>> found.gap.low > 0, found.n_deeds, found.z_reason
        (True, 30, '0 earlier weekly gaps, 20 needed')
        >>> gap(frame.slice(0, 1), frame, as_of=date(2018, 9, 30)).reason
        'too few deeds: 0 deeds and 0 indicators in the window, 10 needed'
    """
    mine = DailyCounts.of(dyad, meetings=meetings)
    all_dyads = DailyCounts.of(totals, meetings=meetings)
    window, series = window_ending(as_of, days), tuple(indicators)
    words = event_index(mine, all_dyads, Realm.SAY, window, level)
    events = event_index(mine, all_dyads, Realm.DO, window, level)
    scale = deeds_scale(own_scale(mine, all_dyads, as_of, days), all_dyads_scale)
    deeds = fused_deeds(events, indicator_readings(series, window), scale, seed)
    reason = _too_few(deeds)
    figure = None if reason else _difference(words, deeds, draws, seed)
    past = _trailing_gaps(mine, all_dyads, as_of, days, series, scale.value)
    z, z_reason = _against_past(figure, past)
    return Gap(window, words, deeds, figure, reason, z, z_reason, past.size)


def _too_few(deeds: DeedsIndex) -> str | None:
    n_deeds, n_indicators = deeds.n_deeds, len(deeds.readings)
    if n_deeds + n_indicators >= LEAST_DEEDS:
        return None
    found = f"{n_deeds} deeds and {n_indicators} indicators in the window"
    return f"too few deeds: {found}, {LEAST_DEEDS} needed"


def _difference(words: EventIndex, deeds: DeedsIndex, draws: int, seed: int) -> Estimate:
    generator = np.random.default_rng(seed)
    said = beta_log_odds_draws(generator, words.alpha, words.beta, draws)
    drawn = said - logit(words.reference.share) - deeds_draws(deeds, generator, draws)
    level = words.estimate.level
    low, high = np.quantile(drawn, tails(level)).tolist()
    value = words.estimate.value - deeds.estimate.value
    return Estimate(value, min(low, value), max(high, value), level)


def _trailing_gaps(
    dyad: DailyCounts,
    totals: DailyCounts,
    as_of: date,
    days: int,
    series: tuple[IndicatorSeries, ...],
    scale: float,
) -> Floats:
    ends = trailing_ends(dyad, totals, as_of, days)
    said = posteriors(dyad, totals, Realm.SAY, ends, days)
    done = posteriors(dyad, totals, Realm.DO, ends, days)
    z = _trailing_readings(series, as_of, ends, days)
    enough = done.coop + done.conf + np.isfinite(z).sum(axis=-1) >= LEAST_DEEDS
    gaps = said.log_odds() - fuse(done.log_odds(), done.variance, z, scale)
    return np.compress(enough, gaps)


def _trailing_readings(
    series: tuple[IndicatorSeries, ...], as_of: date, ends: Days, days: int
) -> Floats:
    back = [timedelta(days=epoch_day(as_of) - int(end)) for end in ends]
    found = [[indicator_reading(s, window_ending(as_of - b, days)) for s in series] for b in back]
    z = [[np.nan if one is None else one.z for one in row] for row in found]
    return np.array(z, dtype=np.float64).reshape(ends.size, len(series))


def _against_past(figure: Estimate | None, past: Floats) -> tuple[float | None, str | None]:
    if figure is None:
        return None, "no gap to compare"
    if past.size < LEAST_HISTORY:
        return None, f"{past.size} earlier weekly gaps, {LEAST_HISTORY} needed"
    spread = float(past.std(ddof=1))
    if spread <= np.finfo(np.float64).eps * max(1.0, abs(float(past.mean()))):
        return None, "the earlier weekly gaps do not differ"
    return (figure.value - float(past.mean())) / spread, None
