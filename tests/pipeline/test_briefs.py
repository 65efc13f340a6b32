from collections.abc import Callable
from datetime import date
from itertools import chain
from pathlib import Path

from detente.pipeline.briefs import Brief, brief
from detente.pipeline.loading import add_events
from detente.pipeline.workspace import Workspace

AS_OF = date(2023, 6, 30)


def named(answer: Brief) -> set[str]:
    """Every cite a brief refers to."""
    rows = (*answer.gaps, *answer.gaps_by_issue)
    return {
        *chain.from_iterable(row.word_cites + row.deed_cites for row in rows),
        *chain.from_iterable(m.accounts for m in (*answer.meetings, *answer.timeline_meetings)),
        *chain.from_iterable(i.cites for i in answer.shared_interests),
        *chain.from_iterable(s.cites for s in answer.steps),
        *(e.cite for side in answer.sides for e in side.words + side.deeds),
        *(c.cite for c in answer.commitments),
    }


def test_every_cite_is_there_once(study: Workspace) -> None:
    answer = brief(study, "USA", "CHN", as_of=AS_OF)
    known = [c.id for c in answer.cites]
    assert len(known) == len(set(known))
    assert named(answer) == set(known)
    assert all(c.text and c.title and c.published for c in answer.cites)


def test_both_sides_with_words_and_deeds(study: Workspace) -> None:
    answer = brief(study, "USA", "CHN", as_of=AS_OF)
    ours, theirs = answer.sides
    assert (ours.actor, theirs.actor) == ("USA", "CHN")
    assert len(ours.deeds) == 13
    assert theirs.deeds == ()
    assert any("chip tools" in event.text for event in ours.deeds)
    assert {event.actor for event in theirs.words} == {"CHN/GOV"}
    assert [i.issue for i in answer.shared_interests] == ["narcotics", "people"]
    assert answer.n_documents == 18


def test_the_window_is_twelve_weeks(study: Workspace) -> None:
    answer = brief(study, "USA", "CHN", as_of=date(2023, 9, 10))
    assert answer.window_start == date(2023, 6, 19)
    assert [str(m.meeting.within) for m in answer.meetings] == []
    assert len(answer.timeline_meetings) == 2
    assert {event.occurred for event in answer.sides[0].words} == {"2023-06-19"}


def test_the_timeline_ends_on_the_day(study: Workspace) -> None:
    points = brief(study, "USA", "CHN", as_of=AS_OF).timeline
    assert len(points) == 2 * 2 * 78
    assert max(p.week_end for p in points) == AS_OF
    assert all(p.low <= p.value <= p.high for p in points)
    last = [p for p in points if (p.week_end, p.actor, p.realm) == (AS_OF, "USA", "do")]
    assert [p.n for p in last] == [10]


def test_without_anything_it_still_says_its_limits(empty: Workspace) -> None:
    answer = brief(empty, "USA", "CHN", as_of=AS_OF)
    assert (answer.n_documents, answer.gaps, answer.cites) == (0, (), ())
    assert answer.limitations[0] == "No document is an account by either government."


def test_rows_of_event_files_are_cited(
    study: Workspace, event_table: Callable[..., tuple[Path, Path]]
) -> None:
    table, mapping = event_table()
    add_events(study, [table], mapping=mapping)
    answer = brief(study, "USA", "CHN", as_of=AS_OF)
    assert {row.source for row in answer.gaps} == {"documents", "desk"}
    assert {row.source for row in answer.gaps_by_issue} == {"documents"}
    assert named(answer) == {c.id for c in answer.cites}
    assert {c.basis for c in answer.cites} == {"sentence", "row"}
