"""Whether promises that fell due were kept.

What nobody has rated stays unknown: it is counted, never guessed and never scored.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from detente.records import Commitment, CommitmentStatus

SCORES: dict[CommitmentStatus, int] = {
    CommitmentStatus.KEPT: 1,
    CommitmentStatus.PARTLY_KEPT: 0,
    CommitmentStatus.UNDER_WAY: 0,
    CommitmentStatus.BROKEN: -1,
    CommitmentStatus.LAPSED: -1,
}
"""Scores of the G7 and G20 compliance reports; other statuses have none."""

_OPEN = frozenset(
    {
        CommitmentStatus.MADE,
        CommitmentStatus.UNDER_WAY,
        CommitmentStatus.STALLED,
        CommitmentStatus.UNRATED,
    }
)


@dataclass(frozen=True)
class FollowThrough:
    """The record of commitments due by a day; identifiers in the order given."""

    score: float | None
    """Mean score in [-1, 1]; None where nothing due has been rated."""
    n_due: int
    """Commitments due by the day, superseded ones left out."""
    n_scored: int
    """Those with a score; the mean rests on them."""
    overdue: tuple[str, ...]
    """Due, and neither kept, partly kept, broken nor lapsed."""
    unknown: tuple[str, ...]
    """Due, and without a score."""
    n_not_due: int
    """Made by the day but due later, or without a due day."""


def follow_through(commitments: Iterable[Commitment], *, as_of: date) -> FollowThrough:
    """Return how well commitments that fell due were kept.

    The mean of +1 (kept), 0 (partly kept, under way) and -1 (broken, lapsed) over commitments due
    by the day. An interval counts from its last day. Superseded commitments are left out.

    Args:
        commitments: With the status each had on that day.
        as_of: The last day that counts.

    Returns:
        A mean in [-1, 1] with what it rests on, what is overdue and what is unknown.

    References:
        Detente measure definitions, docs/concepts/measures.md; G7 and G20 Research Groups,
        University of Toronto, compliance coding manual, for the scores.

    Examples:
        >>> follow_through([], as_of=date(2024, 1, 1)).score is None
        True
    """
    made = [
        one
        for one in commitments
        if one.made.known_by(as_of) and one.status is not CommitmentStatus.SUPERSEDED
    ]
    due = [one for one in made if one.due is not None and one.due.known_by(as_of)]
    scores = [SCORES[one.status] for one in due if one.status in SCORES]
    return FollowThrough(
        score=sum(scores) / len(scores) if scores else None,
        n_due=len(due),
        n_scored=len(scores),
        overdue=tuple(one.commitment_id for one in due if one.status in _OPEN),
        unknown=tuple(one.commitment_id for one in due if one.status not in SCORES),
        n_not_due=len(made) - len(due),
    )
