from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import SourceError
from detente.panel import EventFile, EventPanel
from detente.panel.cells import Cell, iso_week, monday, week_number
from detente.records import Refusal
from tests.panel.conftest import START, Stretch, Take, event, fresh_panel, stretch
from tests.panel.test_events import LATE, LEAN, put, rows_of_events

KEY = [(name, "ascending") for name in ("issue", "actor", "recipient", "week", "cell")]


def cells(cube: pa.Table) -> list[dict[str, Any]]:
    return list(cube.sort_by(KEY).to_pylist())


def of_root(root: str, day: int = 0, **given: object) -> dict[str, Any]:
    return event(day, root=root, cameo_code=f"{root}0", **given)


@pytest.mark.parametrize(
    ("root", "cell"),
    [
        pytest.param("01", Cell.STATEMENT, id="statement"),
        pytest.param("04", Cell.MEETING, id="meeting"),
        pytest.param("05", Cell.VERBAL_COOPERATION, id="verbal cooperation"),
        pytest.param("07", Cell.MATERIAL_COOPERATION, id="material cooperation"),
        pytest.param("09", Cell.VERBAL_CONFLICT, id="verbal conflict"),
        pytest.param("16", Cell.MATERIAL_CONFLICT, id="material conflict"),
    ],
)
def test_cube_counts_by_cell(panel: EventPanel, take: Take, root: str, cell: Cell) -> None:
    take([of_root(root, goldstein=-2.5, n_reports=4)])
    found = panel.cube("icews").to_pylist()
    week = week_number(START)
    assert [(row["week"], row["cell"]) for row in found] == [(week, cell)]
    assert [(row["n"], row["goldstein_hundredths"], row["n_reports"]) for row in found] == [
        (1, -250, 4)
    ]


def test_cube_sums_reports_of_exact_repeats_but_not_of_one_page(
    panel: EventPanel, take: Take
) -> None:
    take([event(n_reports=2), event(n_reports=3)])
    take([event(url="u", n_reports=2), event(url="u", n_reports=3, origin_line=2)])
    assert [(row["n"], row["n_reports"]) for row in panel.cube("icews").to_pylist()] == [(2, 7)]


def test_cube_by_issue_counts_an_event_under_each(panel: EventPanel, take: Take) -> None:
    take([event(issues=["trade", "taiwan"]), event(1)])
    found = cells(panel.cube("icews"))
    assert [(row["issue"], row["n"]) for row in found] == [
        ("", 1),
        ("", 1),
        ("taiwan", 1),
        ("trade", 1),
    ]


def test_weeks_are_iso_weeks(panel: EventPanel, take: Take) -> None:
    take([event(occurred_on=date(2019, 12, 29)), event(occurred_on=date(2020, 1, 1))])
    weeks = sorted(panel.cube("icews")["week"].to_pylist())
    assert [iso_week(week) for week in weeks] == ["2019-W52", "2020-W01"]


@given(day=st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_a_week_holds_its_days(day: date) -> None:
    first = monday(week_number(day))
    assert timedelta(0) <= day - first < timedelta(7)
    assert first.isocalendar()[:2] == day.isocalendar()[:2]


@given(rows=rows_of_events, cut=st.integers(0, 12), days=st.integers(4, 9))
@LEAN
@pytest.mark.slow
def test_the_kept_cube_is_the_counted_one(rows: list[dict[str, Any]], cut: int, days: int) -> None:
    with fresh_panel() as (panel, folder):
        put(panel, folder, "one", stretch(rows[:cut]))
        put(panel, folder, "two", stretch(rows[cut:]))
        as_of = START + timedelta(days=days)
        assert cells(panel.cube("icews")) == cells(panel.counted_cube("icews"))
        assert cells(panel.cube("icews", as_of)) == cells(panel.counted_cube("icews", as_of))


@given(rows=rows_of_events, poison=rows_of_events, days=st.integers(0, 9))
@LEAN
@pytest.mark.slow
def test_nothing_published_later_enters_the_cube(
    rows: list[dict[str, Any]], poison: list[dict[str, Any]], days: int
) -> None:
    as_of = START + timedelta(days=days)
    later = [{**row, "published_on": as_of + timedelta(days=1)} for row in poison]
    with fresh_panel() as (panel, folder):
        put(panel, folder, "one", stretch(rows))
        before = cells(panel.cube("icews", as_of))
        put(panel, folder, "two", stretch(later))
        assert cells(panel.cube("icews", as_of)) == before


def written(panel: EventPanel) -> dict[str, str]:
    return {iso_week(entry.week): entry.events for entry in panel.manifest.weeks("icews")}


@pytest.mark.parametrize(
    ("late", "rewritten"),
    [
        pytest.param([event(9, actor="RUS")], {"2023-W02"}, id="a row within a week"),
        pytest.param([event(14)], {"2023-W02"}, id="a repeat across the border is in its own week"),
        pytest.param(
            [event(14, url="u", published_on=START)],
            {"2023-W02", "2023-W03"},
            id="an earlier report takes over from the next week's",
        ),
    ],
)
def test_late_rows_rewrite_their_weeks_only(
    panel: EventPanel, take: Take, late: Sequence[dict[str, Any]], rewritten: set[str]
) -> None:
    take([event(3), event(10), event(15, url="u"), event(22)])
    before = written(panel)
    take(late)
    after = written(panel)
    assert {week for week in after if before.get(week) != after[week]} == rewritten


def test_accounts_follow_when_an_earlier_report_takes_over(panel: EventPanel, take: Take) -> None:
    first = take([event(5, url="u", published_on=START + timedelta(9))]).entry
    second = take([event(5, url="u", published_on=START + timedelta(8))]).entry
    assert (second.kept, second.duplicate) == (1, 0)
    now = panel.manifest.file(first.number)
    assert (now.kept, now.duplicate, now.rows_in) == (0, 1, 1)


def test_a_corrected_release_takes_the_place_of_the_earlier(
    panel: EventPanel, tmp_path: Path
) -> None:
    put(panel, tmp_path, "week.tab", stretch([event(0), event(7), event(14, url="u")]))
    other = put(panel, tmp_path, "other.tab", stretch([event(14, url="u", n_reports=5)]))
    assert other.kept == 0
    path = tmp_path / "week.tab"
    path.write_text("corrected", encoding="utf-8")
    batches = [stretch([event(0), event(1)])]
    [taken] = panel.ingest_all("icews", [EventFile(path, lambda: batches)], replace=True)
    assert (taken.entry.kept, panel.manifest.file(other.number).kept) == (2, 1)
    assert sum(row["n"] for row in panel.cube("icews").to_pylist()) == 3
    assert [s.rows for s in panel.sources()] == [3]
    assert sorted(written(panel)) == ["2022-W52", "2023-W01", "2023-W02"]


def test_a_corrected_release_that_cannot_be_read_leaves_the_earlier(
    panel: EventPanel, tmp_path: Path
) -> None:
    first = put(panel, tmp_path, "week.tab", stretch([event(0), event(7)]))

    def broken() -> Iterator[Stretch]:
        yield stretch([event(1)])
        raise SourceError(source="icews", location="f", reason="damaged; fetch it again")

    path = tmp_path / "week.tab"
    path.write_text("corrected", encoding="utf-8")
    with pytest.raises(SourceError, match="fetch it again"):
        list(panel.ingest_all("icews", [EventFile(path, broken)], replace=True))
    assert panel.manifest.files() == (first,)
    assert sum(row["n"] for row in panel.cube("icews").to_pylist()) == 2


def test_a_source_of_refused_rows_alone_has_an_empty_cube(panel: EventPanel, take: Take) -> None:
    take([], [Refusal(origin="f", line=1, reason="r", original="o")])
    assert panel.cube("icews").num_rows == 0
    assert panel.daily_totals("icews", LATE).num_rows == 0
    assert panel.rows("icews", "USA", "CHN", START, START, LATE).num_rows == 0
