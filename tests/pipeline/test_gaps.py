from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from detente.errors import NotEnoughDataError, UnknownNameError
from detente.pipeline.adding import add
from detente.pipeline.answers import GapAnswer, GapRow
from detente.pipeline.coding import code
from detente.pipeline.gaps import gap
from detente.pipeline.loading import add_events, add_indicators
from detente.pipeline.workspace import Workspace

AT = datetime(2024, 1, 2, 12, tzinfo=UTC)
AS_OF = date(2023, 6, 30)
Write = Callable[..., Path]


def row_of(answer: GapAnswer, actor: str, source: str = "documents") -> GapRow:
    found = (r for r in answer.rows if (r.actor, r.source, r.issue) == (actor, source, None))
    return next(found)


def test_both_ways_with_counts_and_cites(study: Workspace) -> None:
    answer = gap(study, "United States", "China", as_of=AS_OF)
    assert [(r.actor, r.recipient) for r in answer.rows] == [("USA", "CHN"), ("CHN", "USA")]
    row = row_of(answer, "USA")
    assert (row.deeds.n_conflictual, row.words.n_cooperative) == (10, 7)
    assert len(row.deed_cites) == 10
    cited = {c.id: c for c in answer.cites}
    assert {cited[c].basis for c in row.deed_cites + row.word_cites} == {"sentence"}
    assert any("shipyard in Dalian" in cited[c].text for c in row.deed_cites)


def test_a_figure_lies_in_its_interval(study: Workspace) -> None:
    row = row_of(gap(study, "USA", "CHN", as_of=AS_OF), "USA")
    assert row.gap is not None
    for figure in (row.gap, row.words.index, row.deeds.index, row.words_without_meetings):
        assert figure.low < figure.value < figure.high
        assert figure.level == pytest.approx(0.9)
    assert row.gap.value > 0


def test_ten_deeds_are_enough_and_nine_too_few(study: Workspace) -> None:
    day = date(2023, 6, 13)
    row = row_of(gap(study, "USA", "CHN", as_of=day), "USA")
    assert row.deeds.n_conflictual == 9
    assert row.gap is None
    assert row.gap_reason is not None
    assert row.gap_reason.startswith("too few deeds: 9 deeds")
    answer = gap(study, "USA", "CHN", as_of=AS_OF)
    assert row_of(answer, "CHN").gap is None
    assert "Where deeds are too few, no gap is given." in answer.limitations


def test_unknown_to_every_source(study: Workspace) -> None:
    with pytest.raises(NotEnoughDataError, match="gap FJI-TON: 0 records, at least 1 needed"):
        gap(study, "Fiji", "Tonga", as_of=AS_OF)


@pytest.mark.parametrize(
    ("wrong", "mend"),
    [
        pytest.param({"issue": "trad"}, "did you mean trade", id="issue"),
        pytest.param({"source": "document"}, "did you mean documents", id="source"),
    ],
)
def test_unknown_names(study: Workspace, wrong: dict[str, str], mend: str) -> None:
    with pytest.raises(UnknownNameError, match=mend):
        gap(study, "USA", "CHN", as_of=AS_OF, issue=wrong.get("issue"), source=wrong.get("source"))


def test_rows_by_issue_follow_the_row_over_all(study: Workspace) -> None:
    answer = gap(study, "USA", "CHN", as_of=AS_OF, by_issue=True)
    issues = [r.issue for r in answer.rows]
    assert issues[:2] == [None, None]
    assert "narcotics" in issues
    assert "other" not in issues
    over_all = row_of(answer, "USA")
    narcotics = next(r for r in answer.rows if (r.actor, r.issue) == ("USA", "narcotics"))
    assert set(narcotics.deed_cites) < set(over_all.deed_cites)
    assert narcotics.deeds.n_conflictual == 2


def test_one_issue_alone(study: Workspace) -> None:
    answer = gap(study, "USA", "CHN", as_of=AS_OF, issue="taiwan")
    assert {r.issue for r in answer.rows} == {"taiwan"}
    assert row_of_issue(answer, "CHN").words.n_conflictual == 1


def row_of_issue(answer: GapAnswer, actor: str) -> GapRow:
    return next(r for r in answer.rows if r.actor == actor)


def test_two_sources_stand_side_by_side(
    study: Workspace, event_table: Callable[..., tuple[Path, Path]]
) -> None:
    alone = gap(study, "USA", "CHN", as_of=AS_OF)
    table, mapping = event_table()
    add_events(study, [table], mapping=mapping)
    both = gap(study, "USA", "CHN", as_of=AS_OF)
    assert [(r.source, r.actor) for r in both.rows] == [
        ("documents", "USA"),
        ("documents", "CHN"),
        ("desk", "USA"),
        ("desk", "CHN"),
    ]
    assert both.rows[:2] == alone.rows
    desk = row_of(both, "USA", "desk")
    assert (desk.words.n_cooperative, desk.deeds.n_conflictual) == (20, 10)
    assert desk.gap is not None
    cites = {c.id: c for c in both.cites}
    assert cites[desk.deed_cites[0]].basis == "row"
    assert cites[desk.deed_cites[0]].title.startswith("desk.csv, row ")
    assert gap(study, "USA", "CHN", as_of=AS_OF, source="desk").rows == both.rows[2:]


def test_event_files_alone_are_enough(
    empty: Workspace, event_table: Callable[..., tuple[Path, Path]]
) -> None:
    table, mapping = event_table()
    add_events(empty, [table], mapping=mapping)
    answer = gap(empty, "USA", "CHN", as_of=AS_OF)
    assert {r.source for r in answer.rows} == {"desk"}
    assert answer.coders == ()
    assert answer.limitations


def test_an_indicator_joins_the_deeds_of_its_dyad_and_issue(
    study: Workspace, indicator_table: Callable[..., Path]
) -> None:
    first = date(2021, 1, 1)
    steps = [(first + timedelta(days=90 * n), 10.0 + n % 2) for n in range(9)]
    rows = [(str(on), str(on), value) for on, value in [*steps, (date(2023, 5, 1), 25.0)]]
    add_indicators(study, [indicator_table(rows)], added_at=AT)
    answer = gap(study, "USA", "CHN", as_of=AS_OF)
    (reading,) = row_of(answer, "USA").indicators
    assert (reading.name, reading.source) == ("Added tariff", "tariff schedule")
    assert reading.z < -1
    assert row_of(answer, "CHN").indicators == ()
    trade = gap(study, "USA", "CHN", as_of=AS_OF, issue="trade")
    assert len(row_of_issue(trade, "USA").indicators) == 1
    taiwan = gap(study, "USA", "CHN", as_of=AS_OF, issue="taiwan")
    assert row_of_issue(taiwan, "USA").indicators == ()


def test_an_accusation_is_not_the_deed_of_the_accused(study: Workspace, write: Write) -> None:
    words = "The United States seized a Chinese {}."
    told = words.format("ship with all her crew")
    accusation = write("accusation", told, published="2023-06-15", account_of="CHN/GOV")
    add(study, [accusation], added_at=AT)
    code(study, coded_at=AT, coder="patterns")
    assert row_of(gap(study, "USA", "CHN", as_of=AS_OF), "USA").deeds.n_conflictual == 10
    told = words.format("trawler near Guam")
    admission = write("admission", told, published="2023-06-16", account_of="USA/GOV")
    add(study, [admission], added_at=AT)
    code(study, coded_at=AT, coder="patterns")
    assert row_of(gap(study, "USA", "CHN", as_of=AS_OF), "USA").deeds.n_conflictual == 11
