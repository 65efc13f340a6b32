from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.measures.indicators import (
    IndicatorKind,
    IndicatorSeries,
    indicator_reading,
    indicator_readings,
)
from detente.measures.windows import Window

WINDOW = Window(date(2018, 7, 9), date(2018, 9, 30))
WEEKS = np.arange("2016-07-10", "2018-10-01", 7, dtype="datetime64[D]")
PAST = np.arange(WEEKS.size) < 105
"""The two years before the window."""


def _flow(past: list[float], now: float, sign: int = 1) -> IndicatorSeries:
    values = np.where(PAST, np.resize(past, WEEKS.size), now)
    return IndicatorSeries("sorties", "ministry", WEEKS, values, sign)


def _level(days: list[str], rates: list[float]) -> IndicatorSeries:
    on = np.array(days, dtype="datetime64[D]")
    return IndicatorSeries("tariff", "schedule", on, np.array(rates), -1, IndicatorKind.LEVEL)


def _z(series: IndicatorSeries) -> float | None:
    reading = indicator_reading(series, WINDOW)
    return None if reading is None else reading.z


def test_flow_is_a_plain_z_score() -> None:
    past = np.resize([1.0, 3.0], PAST.sum())
    assert _z(_flow([1.0, 3.0], 4.0)) == pytest.approx((4 - past.mean()) / past.std(ddof=1))


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=20), st.floats(-1e6, 1e6))
def test_sign_mirrors_and_bounds_hold(past: list[float], now: float) -> None:
    up, down = _z(_flow(past, now)), _z(_flow(past, now, sign=-1))
    assert up is None or (down is not None and up == -down and abs(up) <= 5)


@given(st.floats(-1e3, 1e3), st.floats(1e-2, 1e3), st.floats(0.1, 100), st.floats(-100, 100))
def test_unit_does_not_matter(now: float, spread: float, unit: float, shift: float) -> None:
    plain = _z(_flow([0.0, spread], now))
    other = _z(_flow([shift, spread * unit + shift], now * unit + shift))
    assert other == pytest.approx(plain, rel=1e-4, abs=1e-4)


@pytest.mark.parametrize(
    ("series", "expected"),
    [
        pytest.param(_flow([7.0], 7.0), None, id="never moved"),
        pytest.param(_flow([7.0], 8.0), 3.0, id="moved for the first time"),
        pytest.param(_flow([7.0], 6.0), -3.0, id="fell for the first time"),
        pytest.param(_flow([1.0, 3.0], float("nan")), None, id="nothing in the window"),
        pytest.param(_level(["2015-01-01"], [3.0]), None, id="level never changed"),
        pytest.param(_level(["2015-01-01", "2018-09-24"], [3, 25]), -3.0, id="first tariff"),
        pytest.param(
            _level(["2018-06-01", "2018-09-24"], [3, 25]), None, id="level known too late"
        ),
        pytest.param(_level(["2018-12-01"], [3]), None, id="level known after the window"),
    ],
)
def test_edges(series: IndicatorSeries, expected: float | None) -> None:
    assert _z(series) == expected


def test_level_past_is_weighed_by_days() -> None:
    series = _level(["2015-01-01", "2018-06-29", "2018-08-01"], [0.0, 10.0, 20.0])
    past = np.array([0.0] * 720 + [10.0] * 10)
    z = (20 - past.mean()) / past.std(ddof=1)
    assert _z(series) == -min(z, 3)


def test_level_set_on_a_day_counts_from_that_day() -> None:
    series = _level(["2016-07-09", "2018-07-08", "2018-09-30"], [0.0, 10.0, 1.0])
    past = np.array([0.0] * 729 + [10.0])
    assert _z(series) == pytest.approx(-(1 - past.mean()) / past.std(ddof=1))


def test_level_uses_the_last_known_value() -> None:
    days = ["2015-01-01", "2017-07-09", "2018-07-20", "2018-09-01"]
    steady, dipped = _level(days, [0, 10, 10, 12]), _level(days, [0, 10, 99, 12])
    assert _z(steady) == _z(dipped)


@pytest.mark.parametrize(("points", "read"), [(5, False), (6, True)], ids=["five", "six"])
def test_six_points_of_history(points: int, *, read: bool) -> None:
    on = np.concatenate([WEEKS[PAST][-points:], WEEKS[~PAST][:1]])
    values = np.arange(on.size, dtype=np.float64)
    assert (_z(IndicatorSeries("trade", "customs", on, values, 1)) is not None) is read


def test_later_values_change_nothing() -> None:
    series = _flow([1.0, 3.0], 4.0)
    on = np.append(series.on, np.datetime64("2018-10-01"))
    more = IndicatorSeries("sorties", "ministry", on, np.append(series.values, 1e9), 1)
    assert _z(more) == _z(series)


def test_order_of_values_does_not_matter() -> None:
    series = _flow([1.0, 3.0], 4.0)
    turned = IndicatorSeries("sorties", "ministry", series.on[::-1], series.values[::-1], 1)
    assert _z(turned) == _z(series)


def test_unreadable_indicators_are_left_out() -> None:
    found = indicator_readings((_flow([7.0], 7.0), _flow([1.0, 3.0], 4.0)), WINDOW)
    assert len(found) == 1
