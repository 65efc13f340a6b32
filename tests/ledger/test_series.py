from datetime import UTC, date, datetime

import pytest
from pydantic import ValidationError

from detente.errors import DateError, LedgerError
from detente.ledger import Ledger
from detente.records import IndicatorSeries

AT = datetime(2025, 3, 1, tzinfo=UTC)


def series(*values: tuple[str, str, float], **changes: object) -> IndicatorSeries:
    facts = {
        "name": "tariff",
        "actor": "USA/GOV",
        "recipient": "CHN",
        "issue": "trade",
        "unit": "percent",
        "sign": -1,
        "source": "tariff schedule",
        "values": [{"on": on, "published_on": at, "value": value} for on, at, value in values],
    }
    return IndicatorSeries.model_validate(facts | changes)


JANUARY = ("2025-01-31", "2025-02-10", 10.0)
REVISED = ("2025-01-31", "2025-03-10", 12.0)
FEBRUARY = ("2025-02-28", "2025-03-10", 20.0)


@pytest.mark.parametrize(
    ("as_of", "found"),
    [("2025-02-09", []), ("2025-02-10", [10.0]), ("2025-03-10", [12.0, 20.0])],
    ids=["unpublished", "published", "revised"],
)
def test_a_figure_counts_from_its_publication(
    ledger: Ledger, as_of: str, found: list[float]
) -> None:
    ledger.append_indicators([series(FEBRUARY, REVISED, JANUARY)], added_at=AT)
    read = ledger.indicators(as_of=date.fromisoformat(as_of))
    assert [v.value for s in read for v in s.values] == found


def test_a_series_comes_back_as_it_went(ledger: Ledger) -> None:
    given = series(JANUARY, FEBRUARY)
    ledger.append_indicators([given], added_at=AT)
    assert ledger.indicators(as_of=date(2025, 3, 31)) == [given]


def test_figures_are_added_once(ledger: Ledger) -> None:
    first = ledger.append_indicators([series(JANUARY)], added_at=AT)
    again = ledger.append_indicators([series(JANUARY, FEBRUARY)], added_at=AT)
    last = ledger.append_indicators([series(JANUARY, FEBRUARY)], added_at=AT)
    assert [(r.added, r.known) for r in (first, again, last)] == [(1, 0), (1, 1), (0, 2)]
    assert [a.what for a in ledger.additions()] == ["indicator", "indicator"]


def test_a_contradiction_of_a_stored_figure_is_refused(ledger: Ledger) -> None:
    ledger.append_indicators([series(JANUARY)], added_at=AT)
    result = ledger.append_indicators([series((*JANUARY[:2], 11.0))], added_at=AT)
    assert (result.added, result.known) == (0, 0)
    assert "11.0 against the stored 10.0; give a revision a later" in result.refused[0].reason
    assert ledger.indicators(as_of=date(2025, 3, 31)) == [series(JANUARY)]


def test_a_name_stands_for_one_series(ledger: Ledger) -> None:
    ledger.append_indicators([series(JANUARY)], added_at=AT)
    other = series(FEBRUARY, unit="index", sign=1)
    with pytest.raises(LedgerError, match="another unit, sign; give the new series another name"):
        ledger.append_indicators([other], added_at=AT)
    assert ledger.counts()["indicator_values"] == 1


@pytest.mark.parametrize(
    ("sides", "count"),
    [
        ({}, 2),
        ({"actor": "USA"}, 1),
        ({"actor": "USA/GOV"}, 1),
        ({"actor": "US"}, 0),
        ({"actor": "usa"}, 0),
        ({"recipient": "CHN"}, 1),
        ({"actor": "CHN", "recipient": "USA"}, 1),
    ],
    ids=["any", "country", "role", "half-a-country", "small-letters", "recipient", "both"],
)
def test_series_are_found_by_their_sides(ledger: Ledger, sides: dict[str, str], count: int) -> None:
    back = series(JANUARY, name="back", actor="CHN/GOV", recipient="USA")
    ledger.append_indicators([series(JANUARY), back], added_at=AT)
    assert len(ledger.indicators(as_of=date(2025, 3, 31), **sides)) == count


def test_when_figures_came_needs_a_zone(ledger: Ledger) -> None:
    with pytest.raises(DateError, match="write it with its zone"):
        ledger.append_indicators([series(JANUARY)], added_at=AT.replace(tzinfo=None))
    assert ledger.counts()["indicators"] == 0


def test_two_figures_for_one_day_and_publication_are_no_series() -> None:
    with pytest.raises(ValidationError, match="two values of tariff on 2025-01-31"):
        series(JANUARY, (*JANUARY[:2], 11.0))
