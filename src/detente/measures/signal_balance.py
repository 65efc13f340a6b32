"""Reassurances against threats and shows of force on a theme.

Event files know no reassurance: the frame must come from coded text.
"""

from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from detente.errors import NotEnoughDataError
from detente.measures.blame_share import acts_or_roots, summed, within
from detente.measures.intervals import LEVEL, Estimate, share_estimate
from detente.measures.windows import WINDOW_DAYS, Window, require_columns, window_ending
from detente.ontology.acts import Act

FORCE_POSTURE_ROOT = "15"
"""CAMEO root of shows of force."""


@dataclass(frozen=True)
class SignalBalance:
    """Signals of one directed dyad on one theme in one window."""

    window: Window
    balance: Estimate
    n_assure: int
    n_threaten: int
    n_force: int


def signal_balance(
    signals: pa.Table, *, as_of: date, days: int = WINDOW_DAYS, level: float = LEVEL
) -> SignalBalance:
    """Return the balance of reassurance over threat and force on a theme.

    (assure - threaten - force posture) / (assure + threaten + force posture).

    Args:
        signals: One row per day, root and act of one directed dyad on one theme: occurred_on,
            root, act (null for deeds), n.
        as_of: Last day of the window; later rows change nothing.
        days: Length of the window.
        level: Probability of the interval.

    Returns:
        A balance in [-1, 1]: 1 where every signal reassures, -1 where none does; with counts and
        twice the Jeffreys interval of the reassuring share, less 1.

    Raises:
        NotEnoughDataError: No signal falls into the window.

    References:
        Detente measure definitions, docs/concepts/measures.md; Brown, Cai, DasGupta (2001),
        doi:10.1214/ss/1009213286, for the interval.

    Examples:
        >>> rows = {
        ...     "occurred_on": [date(2022, 8, 4)] * 3,
        ...     "root": ["01", "13", "15"],
        ...     "act": ["assure", "threaten", None],
        ...     "n": [1, 1, 2],
        ... }
        >>> signal_balance(pa.table(rows), as_of=date(2022, 8, 31)).balance.value
        -0.5
    """
    require_columns(signals, ("occurred_on", "root", "act", "n"))
    window = window_ending(as_of, days)
    read = within(signals, window)
    assure = summed(read.filter(acts_or_roots(read, (Act.ASSURE,), ())))
    threaten = summed(read.filter(acts_or_roots(read, (Act.THREATEN,), ("13",))))
    force = summed(read.filter(acts_or_roots(read, (), (FORCE_POSTURE_ROOT,))))
    total = assure + threaten + force
    if total == 0:
        raise NotEnoughDataError(measure="signal balance", found=0, needed=1)
    share = share_estimate(assure, total, level)
    balance = Estimate(2 * share.value - 1, 2 * share.low - 1, 2 * share.high - 1, level)
    return SignalBalance(window, balance, assure, threaten, force)
