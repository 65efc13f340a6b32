"""The law of `as_of`: nothing published later changes a byte of an answer."""

import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.pipeline.adding import add
from detente.pipeline.answers import GapRow
from detente.pipeline.briefs import brief
from detente.pipeline.coding import code
from detente.pipeline.commitments import commitments
from detente.pipeline.gaps import gap
from detente.pipeline.loading import add_events, add_indicators
from detente.pipeline.meetings import meetings
from detente.pipeline.workspace import Workspace, init
from tests.pipeline.conftest import deeds_and_words
from tests.studies import DEEDS, TALKS, write_documents

AT = datetime(2024, 1, 2, 12, tzinfo=UTC)
AS_OF = date(2023, 6, 30)
SOON = date(2023, 7, 10)
LATER = date(2023, 12, 31)
FIGURES = [
    (f"{year}-{month:02d}-01", 10 + month) for year in (2021, 2022) for month in range(1, 13)
]
Write = Callable[..., Path]
EventTable = Callable[..., tuple[Path, Path]]
IndicatorTable = Callable[..., Path]


def answers(study: Workspace, as_of: date) -> dict[str, str]:
    """The four answers as JSON."""
    return {
        "brief": brief(study, "USA", "CHN", as_of=as_of).model_dump_json(),
        "gap": gap(study, "USA", "CHN", as_of=as_of, by_issue=True).model_dump_json(),
        "meetings": meetings(study, "USA", "CHN", as_of=as_of).model_dump_json(),
        "commitments": commitments(study, "USA", "CHN", as_of=as_of).model_dump_json(),
    }


def rows(study: Workspace, as_of: date) -> list[GapRow]:
    """The gaps over all issues."""
    return list(gap(study, "USA", "CHN", as_of=as_of).rows)


@pytest.fixture(name="measured")
def measured_fixture(study: Workspace, indicator_table: IndicatorTable) -> Workspace:
    """The study with an indicator."""
    figures = [(on, on, float(value)) for on, value in [*FIGURES, ("2023-05-01", 18)]]
    add_indicators(study, [indicator_table(figures)], added_at=AT)
    return study


DOCUMENTS = {
    "words and a promise": (
        "Blinken praised China. The two sides agreed to open a hotline by the end of 2023.",
        "2023-07-01",
    ),
    "another account of a meeting": (
        "On 18 June 2023 Antony Blinken met Qin Gang in Beijing, and stayed for seven hours.",
        "2023-07-03",
    ),
    "a deed of the window": (
        "On 2 June 2023 the United States sanctioned a Chinese port operator.",
        "2023-07-05",
    ),
    "days that reach over": (
        "The United States expelled two Chinese diplomats from Washington.",
        "2023-06-25/2023-07-01",
    ),
    "a near-duplicate": (f"{TALKS[2][4]} So it was told.", "2023-07-04"),
}


@pytest.mark.parametrize(("text", "day"), DOCUMENTS.values(), ids=DOCUMENTS)
def test_later_documents_change_nothing(
    measured: Workspace, write: Write, text: str, day: str
) -> None:
    before, before_later = answers(measured, AS_OF), answers(measured, LATER)
    report = add(measured, [write("later", text, published=day)], added_at=AT)
    code(measured, coded_at=AT, coder="patterns")
    assert report.added == 1
    assert answers(measured, AS_OF) == before
    assert answers(measured, LATER) != before_later


def test_undated_documents_change_nothing_ever(measured: Workspace, write: Write) -> None:
    before = answers(measured, LATER)
    text = "The United States expelled two Chinese diplomats from Washington."
    add(measured, [write("undated", text, published="")], added_at=AT)
    code(measured, coded_at=AT, coder="patterns")
    assert answers(measured, LATER) == before


def test_a_repeat_that_was_added_first_hides_nobody(tmp_path: Path) -> None:
    repeat = [("2023-07-04", "A newspaper", "USA/GOV", "news", f"{TALKS[2][4]} So it was told.")]
    first, second = init(tmp_path / "first"), init(tmp_path / "second")
    add(first, [write_documents(tmp_path / "late", repeat)], added_at=AT)
    for study in (first, second):
        add(study, [write_documents(tmp_path / "in", (*TALKS, *DEEDS))], added_at=AT)
        code(study, coded_at=AT, coder="patterns")
    assert answers(first, AS_OF) == answers(second, AS_OF)


def test_later_figures_and_revisions_change_nothing(
    measured: Workspace, indicator_table: IndicatorTable
) -> None:
    before, before_later = answers(measured, AS_OF), rows(measured, SOON)
    later = [("2023-05-01", "2023-07-05", 90.0), ("2023-07-01", "2023-07-01", 95.0)]
    report = add_indicators(measured, [indicator_table(later)], added_at=AT)
    assert report.values_added == 2
    assert answers(measured, AS_OF) == before
    assert rows(measured, SOON) != before_later


@pytest.mark.slow
def test_later_event_rows_change_nothing(study: Workspace, event_table: EventTable) -> None:
    table, mapping = event_table()
    add_events(study, [table], mapping=mapping)
    before, before_later = answers(study, AS_OF), rows(study, SOON)
    later = [
        ("2023-07-02", "2023-07-02", "CHN", "USA", "172"),
        ("2023-06-02", "2023-07-02", "CHN", "USA", "172"),
        *(
            (str(date(2022, 5, 1) + timedelta(days=n)), "2023-07-02", "FRA", "DEU", root)
            for n in range(300)
            for root in ("042", "172")
        ),
    ]
    table, mapping = event_table(later, "later")
    (file,) = add_events(study, [table], mapping=mapping).files
    assert file.kept == len(later)
    assert answers(study, AS_OF) == before
    after = rows(study, SOON)[-1]
    assert after.deeds.n_conflictual == before_later[-1].deeds.n_conflictual + 2
    assert after.deeds.reference_basis != before_later[-1].deeds.reference_basis


def test_a_source_that_begins_later_is_not_there_yet(
    study: Workspace, event_table: EventTable
) -> None:
    before = answers(study, AS_OF)
    table, mapping = event_table(deeds_and_words(date(2023, 7, 1)))
    add_events(study, [table], mapping=mapping)
    assert answers(study, AS_OF) == before


@pytest.mark.slow
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(day=st.dates(date(2023, 5, 11), date(2023, 6, 25)))
def test_an_answer_is_that_of_the_study_as_it_stood(
    study: Workspace, tmp_path: Path, day: date
) -> None:
    known = [w for w in (*TALKS, *DEEDS) if date.fromisoformat(w[0]) <= day]
    for place in (tmp_path / "then", tmp_path / "in"):
        shutil.rmtree(place, ignore_errors=True)
    then = init(tmp_path / "then")
    add(then, [write_documents(tmp_path / "in", known)], added_at=AT)
    code(then, coded_at=AT, coder="patterns")
    assert answers(then, day) == answers(study, day)
