import math
from collections.abc import Callable
from datetime import date, timedelta

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.measures.event_index import EventIndex, trailing_ends
from detente.measures.windows import DailyCounts, window_ending
from detente.measures.words_index import words_index

END = date(2018, 9, 30)
BEFORE = window_ending(END).start - timedelta(1)
counts = st.integers(0, 5_000)
Daily = Callable[..., pa.Table]


def _words(
    daily: Daily, now: tuple[int, int], own: tuple[int, int], p: tuple[int, int]
) -> EventIndex:
    pairs = (("03", "coop"), ("11", "conf"))
    dyad = [(END, *pair, n) for pair, n in zip(pairs, now, strict=True)]
    dyad += [(BEFORE, *pair, n) for pair, n in zip(pairs, own, strict=True)]
    totals = [(BEFORE, *pair, n) for pair, n in zip(pairs, p, strict=True)]
    return words_index(daily(dyad), daily(totals), as_of=END)


@given(counts, counts, counts, counts, st.integers(1, 999))
def test_exchanging_warm_and_cold_flips_the_sign(
    daily: Daily, coop: int, conf: int, own_coop: int, own_conf: int, warm: int
) -> None:
    there = _words(daily, (coop, conf), (own_coop, own_conf), (warm, 1000 - warm)).estimate
    back = _words(daily, (conf, coop), (own_conf, own_coop), (1000 - warm, warm)).estimate
    assert there.low <= there.value <= there.high
    assert there.value == pytest.approx(-back.value, rel=1e-6, abs=1e-6)
    assert there.low == pytest.approx(-back.high, rel=1e-6, abs=1e-6)


@given(counts, counts, counts, counts)
def test_one_more_warm_word_never_cools(
    daily: Daily, coop: int, conf: int, own_coop: int, own_conf: int
) -> None:
    base = _words(daily, (coop, conf), (own_coop, own_conf), (800, 200)).estimate.value
    more = _words(daily, (coop + 1, conf), (own_coop, own_conf), (800, 200)).estimate.value
    assert more > base


@given(st.lists(st.tuples(st.integers(1, 900), st.sampled_from(["03", "11"]), counts), max_size=9))
def test_nothing_after_as_of_leaks(daily: Daily, later: list[tuple[int, str, int]]) -> None:
    rows = [(END, "03", "coop", 30), (BEFORE, "11", "conf", 300)]
    tone = {"03": "coop", "11": "conf"}
    more = rows + [(END + timedelta(d), root, tone[root], n) for d, root, n in later]
    known = words_index(daily(rows), daily(rows), as_of=END)
    assert words_index(daily(more), daily(more), as_of=END) == known


def test_without_any_event_the_prior_is_the_reference(daily: Daily) -> None:
    found = words_index(daily(), daily(), as_of=END)
    assert (found.alpha, found.beta) == pytest.approx((8.7, 1.3))
    assert found.counts.share is None
    assert found.estimate.low < 0 < found.estimate.high


def test_prior_reads_five_years_and_no_more(daily: Daily) -> None:
    start = window_ending(END).start
    rows = [(start - timedelta(1825), "03", "coop", 40), (start - timedelta(1826), "03", "coop", 9)]
    found = words_index(daily(rows), daily(), as_of=END)
    assert found.history.coop == 40
    assert found.alpha == pytest.approx(10 * (40 + 20 * 0.87) / 60)


def test_window_is_no_part_of_its_own_prior(daily: Daily) -> None:
    first = daily([(window_ending(END).start, "03", "coop", 30)])
    assert words_index(first, first, as_of=END).history.total == 0


def test_one_sided_counts_stay_finite(daily: Daily) -> None:
    found = _words(daily, (0, 50_000), (0, 100_000), (0, 100_000)).estimate
    assert all(math.isfinite(x) for x in (found.value, found.low, found.high))


def test_more_events_narrow_the_interval(daily: Daily) -> None:
    few = _words(daily, (5, 5), (0, 0), (800, 200)).estimate
    many = _words(daily, (500, 500), (0, 0), (800, 200)).estimate
    assert many.high - many.low < few.high - few.low


def test_without_meetings(daily: Daily) -> None:
    rows = [(END, "04", "coop", 100), (END, "11", "conf", 20)]
    found = words_index(daily(rows), daily(), as_of=END, meetings=False)
    assert (found.counts.coop, found.counts.conf) == (0, 20)
    assert found.reference.share == 0.762


@pytest.mark.parametrize(
    ("days_back", "expected"),
    [
        pytest.param(104 * 7 + 83, 93, id="two full years"),
        pytest.param(104 * 7 + 82, 92, id="a day short"),
        pytest.param(100, 0, id="no earlier window"),
    ],
)
def test_trailing_windows_stay_in_the_source(daily: Daily, days_back: int, expected: int) -> None:
    counted = DailyCounts.of(daily([(END - timedelta(days_back), "03", "coop", 1)]))
    ends = trailing_ends(counted, counted, END)
    assert ends.size == expected
