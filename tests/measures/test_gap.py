from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.measures.gap import gap
from detente.measures.indicators import IndicatorSeries
from detente.measures.windows import window_ending

END = date(2018, 9, 30)
BEFORE = window_ending(END).start - timedelta(1)
Daily = Callable[..., pa.Table]
Rows = list[tuple[date, str, str, int]]

TOTALS: Rows = [
    (BEFORE, "03", "coop", 850),
    (BEFORE, "11", "conf", 150),
    (BEFORE, "06", "coop", 220),
    (BEFORE, "16", "conf", 780),
]


def _now(said: tuple[int, int], done: tuple[int, int]) -> Rows:
    pairs = (("03", "coop"), ("11", "conf"), ("06", "coop"), ("16", "conf"))
    return [(END, *pair, n) for pair, n in zip(pairs, (*said, *done), strict=True)]


def _years(weeks: int) -> Rows:
    generator = np.random.default_rng(8)
    return [
        (END - timedelta(7 * week), root, "coop" if root < "09" else "conf", int(n))
        for week in range(weeks)
        for root, n in zip(("03", "11", "06", "16"), generator.integers(1, 20, 4), strict=True)
    ]


def _sorties(last: float) -> IndicatorSeries:
    on = np.arange("2014-01-01", "2018-10-01", dtype="datetime64[D]")
    values = np.random.default_rng(2).poisson(5, on.size).astype(np.float64)
    values[-84:] += last
    return IndicatorSeries("sorties", "ministry", on, values, -1)


def test_warm_words_and_cold_deeds_open_the_gap(daily: Daily) -> None:
    found = gap(daily(_now((95, 5), (2, 40))), daily(TOTALS), as_of=END)
    assert found.gap is not None
    assert found.gap.low > 0
    assert found.gap.value == found.words.estimate.value - found.deeds.estimate.value


@given(*[st.integers(0, 300)] * 4)
def test_exchanging_warm_and_cold_flips_the_sign(
    daily: Daily, coop: int, conf: int, warm: int, cold: int
) -> None:
    even = [(on, root, tone, 500) for on, root, tone, _ in TOTALS]
    there = gap(daily(_now((coop, conf), (warm, cold))), daily(even), as_of=END).gap
    back = gap(daily(_now((conf, coop), (cold, warm))), daily(even), as_of=END).gap
    if there is None or back is None:
        assert there is back
        return
    assert there.low <= there.value <= there.high
    assert there.value == pytest.approx(-back.value, abs=1e-9)
    assert there.low == pytest.approx(-back.high, abs=0.25)


@pytest.mark.parametrize(
    ("deeds", "n_indicators", "told"),
    [
        pytest.param(10, 0, True, id="ten deeds"),
        pytest.param(9, 0, False, id="nine deeds"),
        pytest.param(9, 1, True, id="nine and an indicator"),
        pytest.param(0, 0, False, id="none"),
    ],
)
def test_too_few_deeds(daily: Daily, deeds: int, n_indicators: int, *, told: bool) -> None:
    indicators = [_sorties(0.0)] * n_indicators
    rows = daily(_now((50, 10), (0, deeds)))
    found = gap(rows, daily(TOTALS), as_of=END, indicators=indicators)
    assert (found.gap is not None) is told
    assert (found.reason is None) is told
    assert (found.n_deeds, found.n_indicators) == (deeds, n_indicators)


def test_reason_gives_the_counts(daily: Daily) -> None:
    found = gap(daily(_now((50, 10), (1, 3))), daily(TOTALS), as_of=END)
    assert found.reason == "too few deeds: 4 deeds and 0 indicators in the window, 10 needed"
    assert found.z_reason == "no gap to compare"


def test_empty_frames_have_no_gap(daily: Daily) -> None:
    assert gap(daily(), daily(), as_of=END).gap is None


def test_hostile_indicator_widens_the_gap(daily: Daily) -> None:
    rows = daily(_now((80, 20), (5, 15)))
    calm, tense = (
        gap(rows, daily(TOTALS), as_of=END, indicators=[_sorties(x)]).gap for x in (0.0, 6.0)
    )
    assert calm is not None
    assert tense is not None
    assert tense.value > calm.value


def test_two_full_years_give_a_z_score(daily: Daily) -> None:
    rows = daily(_years(300))
    found = gap(rows, rows, as_of=END, indicators=[_sorties(0.0)])
    assert found.n_history == 93
    assert found.z is not None
    assert abs(found.z) < 6


@pytest.mark.parametrize(("weeks", "n_history"), [(44, 20), (43, 19)], ids=["twenty", "nineteen"])
def test_z_needs_twenty_earlier_gaps(daily: Daily, weeks: int, n_history: int) -> None:
    rows = daily(_years(weeks))
    found = gap(rows, rows, as_of=END)
    assert found.n_history == n_history
    assert (found.z is not None) is (n_history >= 20)


def test_z_is_against_the_gaps_of_the_weeks_before(daily: Daily) -> None:
    rows = daily(_years(300))
    past = [gap(rows, rows, as_of=END - timedelta(7 * week)).gap for week in range(12, 105)]
    values = np.array([one.value for one in past if one is not None])
    found = gap(rows, rows, as_of=END)
    assert found.gap is not None
    expected = (found.gap.value - values.mean()) / values.std(ddof=1)
    assert found.z == pytest.approx(expected, rel=1e-6)


def test_weeks_with_too_few_deeds_are_no_past(daily: Daily) -> None:
    quiet = [r for r in _years(300) if r[0] > END - timedelta(7 * 40) or r[1] < "06"]
    found = gap(daily([r for r in quiet if r[1] != "06"]), daily(_years(300)), as_of=END)
    assert 0 < found.n_history < 40


def test_present_window_stays_out_of_its_own_past(daily: Daily) -> None:
    rows = _years(300)
    later = [r for r in rows if r[0] >= window_ending(END).start]
    doubled = rows + [r for r in later if r[2] == "coop" and r[1] == "03"] * 5
    plain, warmer = (gap(daily(r), daily(rows), as_of=END) for r in (rows, doubled))
    assert plain.z is not None
    assert warmer.z is not None
    assert warmer.z > plain.z
    assert warmer.deeds.scale == plain.deeds.scale


def test_nothing_after_as_of_leaks(daily: Daily) -> None:
    rows = _years(200)
    more = [*rows, (END + timedelta(1), "16", "conf", 999), (date(2030, 1, 1), "03", "coop", 9)]
    known = gap(daily(rows), daily(rows), as_of=END)
    assert gap(daily(more), daily(more), as_of=END) == known


def test_seed_moves_the_interval_a_little(daily: Daily) -> None:
    rows = daily(_now((80, 20), (5, 15)))
    one, other = (gap(rows, daily(TOTALS), as_of=END, seed=s).gap for s in (1, 2))
    assert one is not None
    assert other is not None
    assert one.value == other.value
    assert one.low == pytest.approx(other.low, abs=0.1)
