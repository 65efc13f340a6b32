import time
from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pytest

from detente.measures.deeds_index import deeds_index
from detente.measures.weekly_series import weekly_series
from detente.measures.words_index import words_index
from detente.ontology.cameo import Realm

END = date(2018, 9, 30)
Daily = Callable[..., pa.Table]


def _rows(days: int) -> list[tuple[date, str, str, int]]:
    generator = np.random.default_rng(4)
    return [
        (END - timedelta(day), root, "coop" if root < "09" else "conf", int(n))
        for day in range(days)
        for root, n in zip(("04", "05", "11", "06", "16"), generator.integers(0, 6, 5), strict=True)
    ]


@pytest.mark.parametrize("meetings", [True, False], ids=["with meetings", "without"])
def test_words_agree_with_the_single_window(daily: Daily, *, meetings: bool) -> None:
    frame = daily(_rows(900))
    series = weekly_series(frame, frame, Realm.SAY, as_of=END, weeks=30, meetings=meetings)
    for row in (series.slice(0, 1), series.slice(29, 1)):
        (week,) = row.to_pylist()
        single = words_index(frame, frame, as_of=week["week_end"], meetings=meetings)
        found = (single.estimate.value, single.estimate.low, single.estimate.high)
        assert (week["value"], week["low"], week["high"]) == pytest.approx(found)
        assert week["n"] == single.counts.total


def test_deeds_agree_with_the_single_window(daily: Daily) -> None:
    frame = daily(_rows(900))
    (last,) = weekly_series(frame, frame, Realm.DO, as_of=END, weeks=1).to_pylist()
    single = deeds_index(frame, frame, as_of=END)
    assert last["value"] == pytest.approx(single.estimate.value)


def test_weeks_run_to_as_of(daily: Daily) -> None:
    ends = weekly_series(daily(), daily(), Realm.SAY, as_of=END, weeks=3)["week_end"].to_pylist()
    assert ends == [date(2018, 9, 16), date(2018, 9, 23), END]


def test_rows_after_a_week_do_not_move_it(daily: Daily) -> None:
    rows = _rows(400)
    cut = [row for row in rows if row[0] <= END - timedelta(70)]
    whole = weekly_series(daily(rows), daily(rows), Realm.SAY, as_of=END, weeks=20).slice(0, 10)
    early = weekly_series(daily(cut), daily(cut), Realm.SAY, as_of=END - timedelta(70), weeks=10)
    assert whole.equals(early)


def test_two_years_are_quick(daily: Daily) -> None:
    frame = daily(_rows(2_500))
    began = time.perf_counter()
    weekly_series(frame, frame, Realm.SAY, as_of=END)
    assert time.perf_counter() - began < 0.5
