from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from detente.pipeline.meetings import meetings
from detente.pipeline.workspace import Workspace

AS_OF = date(2023, 6, 30)
Write = Callable[..., Path]
Coded = Callable[..., Workspace]
BLINKEN = "Secretary of State Antony Blinken met Foreign Minister Qin Gang in {} on {} June 2023."


def test_newest_first_with_every_account(study: Workspace) -> None:
    answer = meetings(study, "CHN", "USA", as_of=AS_OF)
    assert answer.pair == ("CHN", "USA")
    assert [(str(e.meeting.within), e.meeting.place) for e in answer.meetings] == [
        ("2023-06-18", "Beijing"),
        ("2023-05-10", "Vienna"),
    ]
    assert [e.n_documents for e in answer.meetings] == [2, 2]
    cited = {c.id: c.publisher for c in answer.cites}
    publishers = {cited[name] for name in answer.meetings[0].accounts}
    assert publishers == {"State Department", "Foreign Ministry"}
    assert answer.limitations


def test_since_leaves_out_what_ended_before(study: Workspace) -> None:
    def days(since: date) -> list[str]:
        found = meetings(study, "USA", "CHN", as_of=AS_OF, since=since).meetings
        return [str(e.meeting.within) for e in found]

    assert days(date(2023, 6, 18)) == ["2023-06-18"]
    assert days(date(2023, 6, 19)) == []


@pytest.mark.parametrize(
    ("second", "count"),
    [
        pytest.param(BLINKEN.format("Beijing", 11), 1, id="a day apart"),
        pytest.param(BLINKEN.format("Beijing", 12), 2, id="two days apart"),
        pytest.param(
            "Secretary of State Antony Blinken met Wang Yi in Beijing on 10 June 2023, and the two "
            "spoke of the year ahead.",
            1,
            id="another counterpart of one visit",
        ),
        pytest.param(
            "Secretary of Defense Lloyd Austin met Defense Minister Li Shangfu in Singapore on "
            "10 June 2023.",
            2,
            id="other people",
        ),
        pytest.param(
            "Secretary of State Antony Blinken spoke by telephone with Foreign Minister Qin Gang on "
            "10 June 2023.",
            2,
            id="a call",
        ),
    ],
)
def test_accounts_join_where_days_and_people_meet(
    coded: Coded, write: Write, second: str, count: int
) -> None:
    first = BLINKEN.format("Beijing", 10)
    study = coded(write("a", first, "2023-06-14"), write("b", second, "2023-06-15"))
    answer = meetings(study, "USA", "CHN", as_of=AS_OF)
    assert len(answer.meetings) == count
    assert sum(e.n_documents for e in answer.meetings) == 2


def test_a_pair_that_never_met(study: Workspace) -> None:
    answer = meetings(study, "FRA", "CHN", as_of=AS_OF)
    assert (answer.meetings, answer.cites) == ((), ())
    assert answer.limitations
