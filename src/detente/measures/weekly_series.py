"""Words, or the event part of deeds, week by week: what a timeline draws.

Neighbouring weeks share eleven twelfths of their window: they are no independent observations.
"""

from datetime import date

import numpy as np
import pyarrow as pa

from detente.measures.event_index import posteriors
from detente.measures.intervals import LEVEL, tails
from detente.measures.windows import WINDOW_DAYS, DailyCounts, epoch_day
from detente.ontology.cameo import Realm


def weekly_series(
    dyad: pa.Table,
    totals: pa.Table,
    realm: Realm,
    *,
    as_of: date,
    weeks: int = 104,
    days: int = WINDOW_DAYS,
    meetings: bool = True,
    level: float = LEVEL,
) -> pa.Table:
    """Return one realm's net cooperation every week, against what is usual among states.

    Each row is logit(theta) - logit(p) of the window that ends on that day, as in `words_index`.

    Args:
        dyad: One row per day, root and tone of one directed dyad: occurred_on, root, tone, n.
        totals: The same over all dyads of the same source.
        realm: Words or deeds; of deeds the event part only.
        as_of: Last week's end; later rows change nothing.
        weeks: How many weeks, at least 1.
        days: Length of each window.
        meetings: False leaves root 04 out.
        level: Probability of the interval.

    Returns:
        One row per week, earliest first: week_end (day), value, low, high (log-odds), n (warm and
        cold events in the window).

    References:
        Detente measure definitions, docs/concepts/measures.md; Gelman et al. (2013), Bayesian
        Data Analysis, 3rd ed., section 2.4.

    Examples:
        >>> rows = {"occurred_on": [date(2018, 9, 1)], "root": ["03"], "tone": ["coop"], "n": [5]}
        >>> frame = pa.table(rows)
        >>> weekly_series(frame, frame, Realm.SAY, as_of=date(2018, 9, 2), weeks=2)["n"].to_pylist()
        [0, 5]
    """
    ends = epoch_day(as_of) - 7 * np.arange(weeks - 1, -1, -1, dtype=np.int64)
    mine = DailyCounts.of(dyad, meetings=meetings)
    found = posteriors(mine, DailyCounts.of(totals, meetings=meetings), realm, ends, days)
    lower, upper = tails(level)
    return pa.table(
        {
            "week_end": pa.array(ends.astype(np.int32)).cast(pa.date32()),
            "value": found.log_odds(),
            "low": found.log_odds(lower),
            "high": found.log_odds(upper),
            "n": found.coop + found.conf,
        }
    )
