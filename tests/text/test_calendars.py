"""Arithmetic on days and intervals."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.text.calendars import Unit, around, month, months, part, season, shifted

DAYS = st.dates(date(1950, 1, 1), date(2050, 12, 31))


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        pytest.param(month(2024, 2), "2024-02-01/2024-02-29", id="leap february"),
        pytest.param(months(2024, 11, 4), "2024-11-01/2025-02-28", id="over new year"),
        pytest.param(season(2023, "winter"), "2023-12-01/2024-02-29", id="winter"),
        pytest.param(part(month(2024, 6), "early"), "2024-06-01/2024-06-10", id="early june"),
        pytest.param(part(months(2024, 1, 12), "end"), "2024-09-01/2024-12-31", id="end of year"),
    ],
)
def test_periods(found: object, expected: str) -> None:
    assert str(found) == expected


@given(DAYS, st.sampled_from(Unit))
def test_a_day_lies_in_its_unit(day: date, unit: Unit) -> None:
    whole = around(day, unit)
    assert whole.start <= day <= whole.end
    assert around(whole.end, unit) == whole


@given(DAYS, st.integers(-48, 48), st.sampled_from([Unit.DAY, Unit.WEEK]))
def test_shifts_of_fixed_length_come_back(day: date, count: int, unit: Unit) -> None:
    assert shifted(shifted(day, count, unit), -count, unit) == day


def test_a_month_too_short_gives_its_last_day() -> None:
    assert shifted(date(2023, 3, 31), -1, Unit.MONTH) == date(2023, 2, 28)
