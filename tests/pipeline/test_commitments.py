from datetime import date

import pytest

from detente.errors import UnknownNameError
from detente.pipeline.commitments import commitments
from detente.pipeline.workspace import Workspace

AS_OF = date(2023, 6, 30)


def test_newest_first_each_with_its_sentence(study: Workspace) -> None:
    answer = commitments(study, "USA", "CHN", as_of=AS_OF)
    assert [(e.commitment.made.end.isoformat(), e.commitment.what) for e in answer.commitments] == [
        ("2023-06-19", "expand direct flights by the end of the year"),
        ("2023-05-11", "host an American delegation by the end of May 2023"),
        ("2023-05-10", "keep the channel open"),
    ]
    cited = {c.id: c.text for c in answer.cites}
    for entry in answer.commitments:
        assert entry.commitment.what in cited[entry.cite]


@pytest.mark.parametrize(
    ("day", "overdue"),
    [
        pytest.param(date(2023, 5, 31), False, id="on the last day"),
        pytest.param(date(2023, 6, 1), True, id="the day after"),
    ],
)
def test_overdue_from_the_day_after_it_was_due(study: Workspace, day: date, overdue: bool) -> None:
    answer = commitments(study, "USA", "CHN", as_of=day)
    (hosting,) = [e for e in answer.commitments if e.commitment.what.startswith("host")]
    assert hosting.commitment.due is not None
    assert hosting.commitment.due.end == date(2023, 5, 31)
    assert hosting.is_overdue is overdue


def test_without_a_due_date_nothing_is_overdue(study: Workspace) -> None:
    answer = commitments(study, "USA", "CHN", as_of=date(2029, 1, 1))
    (channel,) = [e for e in answer.commitments if e.commitment.due is None]
    assert not channel.is_overdue


def test_one_issue_and_since(study: Workspace) -> None:
    people = commitments(study, "USA", "CHN", as_of=AS_OF, issue="people")
    assert [e.commitment.issue for e in people.commitments] == ["people"]
    recent = commitments(study, "USA", "CHN", as_of=AS_OF, since=date(2023, 5, 11))
    assert len(recent.commitments) == 2


def test_an_unknown_issue(study: Workspace) -> None:
    with pytest.raises(UnknownNameError, match="did you mean people"):
        commitments(study, "USA", "CHN", as_of=AS_OF, issue="peopel")
