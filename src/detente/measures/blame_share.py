"""How much of what one side says to the other blames, rejects or demands.

The whole of what is said is the base, plain statements included.
"""

from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from detente.errors import NotEnoughDataError
from detente.measures.intervals import LEVEL, Estimate, share_estimate
from detente.measures.windows import (
    MEETING_ROOT,
    WINDOW_DAYS,
    Window,
    require_columns,
    window_ending,
)
from detente.ontology.acts import Act
from detente.ontology.cameo import Realm, realm_of

BLAMING_ACTS = (Act.BLAME, Act.REJECT, Act.DEMAND)
"""Acts that count as blame."""

BLAMING_ROOTS = ("10", "11", "12")
"""Roots that stand for them where a source has no acts: demand, disapprove, reject."""


@dataclass(frozen=True)
class BlameShare:
    """Blame in one directed dyad's words of one window."""

    window: Window
    share: Estimate
    n_blame: int
    n_words: int


def blame_share(
    dyad: pa.Table,
    *,
    as_of: date,
    days: int = WINDOW_DAYS,
    meetings: bool = True,
    level: float = LEVEL,
) -> BlameShare:
    """Return the share of one side's words that blame, reject or demand.

    An event with an act counts by its act. One without, as in event files, counts by its root:
    10 (demand), 11 (disapprove) and 12 (reject).

    Args:
        dyad: One row per day, root and, where known, act: occurred_on, root, n and perhaps act
            (null where unknown).
        as_of: Last day of the window; later rows change nothing.
        days: Length of the window.
        meetings: False leaves root 04 out of the base.
        level: Probability of the interval.

    Returns:
        A share in [0, 1] of all words toward the other side, with its Jeffreys interval and counts.

    Raises:
        NotEnoughDataError: No word falls into the window.

    References:
        Detente measure definitions, docs/concepts/measures.md; Brown, Cai, DasGupta (2001),
        doi:10.1214/ss/1009213286, for the interval.

    Examples:
        >>> rows = {
        ...     "occurred_on": [date(2018, 9, 1)] * 3,
        ...     "root": ["01", "11", "03"],
        ...     "act": ["claim", "blame", "commit"],
        ...     "n": [4, 5, 1],
        ... }
        >>> blame_share(pa.table(rows), as_of=date(2018, 9, 30)).share.value
        0.5
    """
    require_columns(dyad, ("occurred_on", "root", "n"))
    window = window_ending(as_of, days)
    said = _words(within(dyad, window), meetings=meetings)
    n_words = summed(said)
    if n_words == 0:
        raise NotEnoughDataError(measure="blame share", found=0, needed=1)
    n_blame = summed(said.filter(acts_or_roots(said, BLAMING_ACTS, BLAMING_ROOTS)))
    return BlameShare(window, share_estimate(n_blame, n_words, level), n_blame, n_words)


def within(table: pa.Table, window: Window) -> pa.Table:
    """Keep the rows of a window.

    Args:
        table: A frame with occurred_on.
        window: The days kept.

    Examples:
        >>> frame = pa.table({"occurred_on": [date(2018, 9, 1), date(2018, 9, 2)]})
        >>> within(frame, Window(date(2018, 9, 2), date(2018, 9, 9))).num_rows
        1
    """
    on = table["occurred_on"].cast(pa.date32())
    since = pc.greater_equal(on, pa.scalar(window.start))
    return table.filter(pc.and_(since, pc.less_equal(on, pa.scalar(window.end))))


def acts_or_roots(table: pa.Table, acts: tuple[Act, ...], roots: tuple[str, ...]) -> pa.Array:
    """Mark the rows that hold one of the acts or, where the act is unknown, one of the roots.

    Args:
        table: A frame with root and perhaps act.
        acts: Acts that mark a row.
        roots: Roots that mark a row without an act.

    Returns:
        Booleans, one a row, without nulls.

    Examples:
        >>> frame = pa.table({"root": ["11", "11"], "act": ["claim", None]})
        >>> acts_or_roots(frame, (Act.BLAME,), ("11",)).to_pylist()
        [False, True]
    """
    by_root = pc.is_in(table["root"].cast(pa.string()), pa.array(roots, pa.string()))
    if "act" not in table.column_names:
        return by_root
    act = table["act"].cast(pa.string())
    by_act = pc.is_in(act, pa.array([one.value for one in acts], pa.string()))
    return pc.if_else(pc.is_null(act), by_root, by_act)


def summed(table: pa.Table) -> int:
    """Add up the events of a frame.

    Args:
        table: A frame with n.

    Examples:
        >>> summed(pa.table({"n": [2, 3]})), summed(pa.table({"n": pa.array([], pa.int64())}))
        (5, 0)
    """
    return int(pc.sum(table["n"]).as_py() or 0)


def _words(table: pa.Table, *, meetings: bool) -> pa.Table:
    roots = table["root"].cast(pa.string())
    known = pc.unique(roots).to_pylist()
    kept = [r for r in known if realm_of(r) is Realm.SAY and (meetings or r != MEETING_ROOT)]
    return table.filter(pc.is_in(roots, pa.array(kept, pa.string())))
