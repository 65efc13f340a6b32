from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.measures.follow_through import follow_through
from detente.records import Commitment, CommitmentStatus, DateInterval, Evidence, Span

AS_OF = date(2024, 6, 30)
STATUS = CommitmentStatus


def _commitment(
    status: CommitmentStatus,
    due: tuple[date, date] | None = (date(2024, 1, 1), date(2024, 1, 1)),
    made: date = date(2023, 11, 15),
) -> Commitment:
    return Commitment(
        commitment_id=status.value,
        makers=("CHN/GOV",),
        issue="narcotics",
        what="share information on precursors",
        made=DateInterval.day(made),
        due=None if due is None else DateInterval(start=due[0], end=due[1]),
        status=status,
        evidence=Evidence(document_id="d", passage=0, span=Span(start=0, end=4), text="will"),
    )


@pytest.mark.parametrize(
    ("status", "score", "is_overdue", "is_unknown"),
    [
        pytest.param(STATUS.KEPT, 1, False, False, id="kept"),
        pytest.param(STATUS.PARTLY_KEPT, 0, False, False, id="partly kept"),
        pytest.param(STATUS.UNDER_WAY, 0, True, False, id="under way"),
        pytest.param(STATUS.BROKEN, -1, False, False, id="broken"),
        pytest.param(STATUS.LAPSED, -1, False, False, id="lapsed"),
        pytest.param(STATUS.MADE, None, True, True, id="made"),
        pytest.param(STATUS.STALLED, None, True, True, id="stalled"),
        pytest.param(STATUS.UNRATED, None, True, True, id="unrated"),
    ],
)
def test_each_status(
    status: CommitmentStatus, score: float | None, *, is_overdue: bool, is_unknown: bool
) -> None:
    found = follow_through([_commitment(status)], as_of=AS_OF)
    assert found.score == score
    assert (found.overdue == (status.value,)) is is_overdue
    assert (found.unknown == (status.value,)) is is_unknown


def test_superseded_is_left_out() -> None:
    assert follow_through([_commitment(STATUS.SUPERSEDED)], as_of=AS_OF).n_due == 0


@pytest.mark.parametrize(
    "due",
    [
        pytest.param(None, id="no due day"),
        pytest.param((date(2024, 7, 1), date(2024, 7, 1)), id="due later"),
        pytest.param((date(2024, 1, 1), date(2024, 12, 31)), id="interval ends later"),
    ],
)
def test_what_is_not_due_is_not_scored(due: tuple[date, date] | None) -> None:
    found = follow_through([_commitment(STATUS.BROKEN, due)], as_of=AS_OF)
    assert (found.score, found.n_due, found.n_not_due) == (None, 0, 1)


def test_later_promises_do_not_leak() -> None:
    later = _commitment(STATUS.BROKEN, made=date(2024, 7, 1))
    assert follow_through([later], as_of=AS_OF) == follow_through([], as_of=AS_OF)


@given(st.lists(st.sampled_from(list(CommitmentStatus))))
def test_mean_and_bounds(statuses: list[CommitmentStatus]) -> None:
    found = follow_through(map(_commitment, statuses), as_of=AS_OF)
    good, bad = statuses.count(STATUS.KEPT), statuses.count(STATUS.BROKEN)
    bad += statuses.count(STATUS.LAPSED)
    assert found.n_due == found.n_scored + len(found.unknown)
    if found.score is None:
        assert found.n_scored == 0
        return
    assert found.score == pytest.approx((good - bad) / found.n_scored)
    assert -1 <= found.score <= 1
