from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.measures.deeds_index import DeedsIndex, deeds_index, deeds_scale, fuse
from detente.measures.indicators import IndicatorReading
from detente.measures.windows import window_ending

END = date(2018, 9, 30)
BEFORE = window_ending(END).start - timedelta(1)
Daily = Callable[..., pa.Table]
z_scores = st.lists(st.floats(-5, 5), max_size=4)


def _deeds(
    daily: Daily, now: tuple[int, int], z: list[float], scale: float = 0.5, warm: int = 220
) -> DeedsIndex:
    dyad = [(END, "06", "coop", now[0]), (END, "16", "conf", now[1])]
    totals = [(BEFORE, "06", "coop", warm), (BEFORE, "16", "conf", 1000 - warm)]
    readings = [IndicatorReading(str(i), value, "publisher") for i, value in enumerate(z)]
    return deeds_index(
        daily(dyad), daily(totals), as_of=END, readings=readings, all_dyads_scale=scale
    )


@given(st.integers(0, 200), st.integers(0, 200), z_scores)
def test_value_lies_in_its_interval_and_between_its_parts(
    daily: Daily, coop: int, conf: int, z: list[float]
) -> None:
    deeds = _deeds(daily, (coop, conf), z)
    parts = [deeds.events.estimate.value, *(0.5 * value for value in z)]
    assert deeds.estimate.low <= deeds.estimate.value <= deeds.estimate.high
    assert min(parts) - 1e-9 <= deeds.estimate.value <= max(parts) + 1e-9


@given(st.integers(0, 200), st.integers(0, 200), z_scores, st.integers(1, 999))
def test_exchanging_warm_and_cold_flips_the_sign(
    daily: Daily, coop: int, conf: int, z: list[float], warm: int
) -> None:
    there = _deeds(daily, (coop, conf), z, warm=warm)
    back = _deeds(daily, (conf, coop), [-value for value in z], warm=1000 - warm)
    assert there.estimate.value == pytest.approx(-back.estimate.value, rel=1e-6, abs=1e-6)


def test_without_indicators_it_is_the_event_part(daily: Daily) -> None:
    deeds = _deeds(daily, (10, 30), [])
    assert deeds.estimate == deeds.events.estimate


@given(st.floats(-5, 4.9), st.floats(0.05, 3))
def test_a_warmer_indicator_never_cools(daily: Daily, z: float, scale: float) -> None:
    cooler, warmer = (_deeds(daily, (10, 30), [x], scale).estimate.value for x in (z, z + 0.1))
    assert warmer > cooler


def test_an_indicator_narrows_the_interval(daily: Daily) -> None:
    alone, joined = (_deeds(daily, (2, 5), z).estimate for z in ([], [0.5]))
    assert joined.high - joined.low < alone.high - alone.low


def test_same_inputs_same_figures(daily: Daily) -> None:
    assert _deeds(daily, (2, 5), [1.0]) == _deeds(daily, (2, 5), [1.0])


def test_rows_after_as_of_change_nothing(daily: Daily) -> None:
    rows = [(END, "06", "coop", 5), (BEFORE, "16", "conf", 300)]
    more = [*rows, (END + timedelta(1), "06", "coop", 900)]
    known = deeds_index(daily(rows), daily(rows), as_of=END)
    assert deeds_index(daily(more), daily(more), as_of=END) == known


@pytest.mark.parametrize(
    ("own", "all_dyads", "value", "basis"),
    [
        pytest.param(0.4, 0.6, 0.4, "this dyad", id="own"),
        pytest.param(None, 0.6, 0.6, "all dyads", id="short past"),
        pytest.param(0.01, 0.6, 0.6, "all dyads", id="hardly any deeds"),
        pytest.param(None, None, 1.0, "default", id="neither"),
    ],
)
def test_scale(own: float | None, all_dyads: float | None, value: float, basis: str) -> None:
    found = deeds_scale(own, all_dyads)
    assert found.value == value
    assert found.basis.startswith(basis)


def test_two_years_of_own_deeds_give_the_scale(daily: Daily) -> None:
    generator = np.random.default_rng(5)
    days = [END - timedelta(7 * week) for week in range(160)]
    rows = [(day, "06", "coop", int(generator.integers(0, 9))) for day in days]
    rows += [(day, "16", "conf", int(generator.integers(0, 9))) for day in days]
    found = deeds_index(daily(rows), daily(rows), as_of=END, all_dyads_scale=9.0)
    assert found.scale.basis == "this dyad, two years"
    assert 0.05 < found.scale.value < 2


def test_missing_readings_of_one_week_are_skipped() -> None:
    z = np.array([[np.nan, 1.0], [np.nan, np.nan]])
    fused = fuse(np.array([0.0, 0.7]), np.array([1.0, 1.0]), z, 1.0)
    assert fused == pytest.approx([0.5, 0.7])
