"""How warm one side's words are, against what is usual among states.

States talk far more warmly than they act: read the index, and the raw share beside it.
"""

from datetime import date

import pyarrow as pa

from detente.measures.event_index import EventIndex, event_index
from detente.measures.intervals import LEVEL
from detente.measures.windows import WINDOW_DAYS, DailyCounts, window_ending
from detente.ontology.cameo import Realm


def words_index(
    dyad: pa.Table,
    totals: pa.Table,
    *,
    as_of: date,
    days: int = WINDOW_DAYS,
    meetings: bool = True,
    level: float = LEVEL,
) -> EventIndex:
    """Return W, the warmth of one side's words toward the other.

    W = logit(theta) - logit(p), theta ~ Beta(a m + coop, a (1 - m) + conf), a = 10,
    m = (N_coop + 20 p) / (N + 20) from the dyad's own words in the five years before the window.

    Args:
        dyad: One row per day, root and tone of one directed dyad: occurred_on, root, tone, n.
        totals: The same over all dyads of the same source.
        as_of: Last day of the window; later rows change nothing.
        days: Length of the window.
        meetings: False leaves root 04 out, of words and of the reference rate.
        level: Probability of the interval.

    Returns:
        Log-odds, any real number: 0 is as usual among states, 0.7 twice the odds of a cooperative
        word. The value is the posterior median; median and interval are exact Beta quantiles.

    References:
        Detente measure definitions, docs/concepts/measures.md; Gelman et al. (2013), Bayesian
        Data Analysis, 3rd ed., section 2.4.

    Examples:
        >>> rows = {
        ...     "occurred_on": [date(2018, 9, 1)] * 2,
        ...     "root": ["03", "11"],
        ...     "tone": ["coop", "conf"],
        ...     "n": [10, 90],
        ... }
        >>> frame = pa.table(rows)
        >>> words = words_index(frame, frame, as_of=date(2018, 9, 30))
        >>> words.counts.share, round(words.estimate.value, 2)
        (0.1, -3.5)
    """
    window = window_ending(as_of, days)
    counted = DailyCounts.of(dyad, meetings=meetings)
    return event_index(counted, DailyCounts.of(totals, meetings=meetings), Realm.SAY, window, level)
