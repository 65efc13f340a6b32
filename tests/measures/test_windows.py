from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import DateError, UnknownNameError
from detente.measures.windows import (
    DailyCounts,
    ToneCounts,
    Window,
    epoch_day,
    tone_counts,
    window_ending,
)
from detente.ontology.cameo import Realm

END = date(2018, 9, 30)
DAY = date(2018, 9, 1)


def test_window_holds_first_and_last_day(daily: Callable[..., pa.Table]) -> None:
    window = window_ending(END)
    edges = [window.start - timedelta(1), window.start, window.end, window.end + timedelta(1)]
    frame = daily([(on, "03", "coop", 1) for on in edges])
    assert window.days == 84
    assert tone_counts(frame, Realm.SAY, window) == ToneCounts(2, 0)


@pytest.mark.parametrize(
    ("root", "tone", "expected"),
    [
        pytest.param("01", "neutral", (0, 0, 0, 0), id="plain statement is out"),
        pytest.param("01", "coop", (3, 0, 0, 0), id="affirming is a warm word"),
        pytest.param("04", "coop", (3, 0, 0, 0), id="meeting"),
        pytest.param("11", "conf", (0, 3, 0, 0), id="blame"),
        pytest.param("06", "coop", (0, 0, 3, 0), id="warm deed"),
        pytest.param("20", "conf", (0, 0, 0, 3), id="cold deed"),
    ],
)
def test_cells(
    daily: Callable[..., pa.Table], root: str, tone: str, expected: tuple[int, ...]
) -> None:
    counted = DailyCounts.of(daily([(DAY, root, tone, 3)]))
    said, done = (counted.within(realm, window_ending(END)) for realm in (Realm.SAY, Realm.DO))
    assert (said.coop, said.conf, done.coop, done.conf) == expected


def test_meetings_can_be_left_out(daily: Callable[..., pa.Table]) -> None:
    frame = daily([(DAY, "04", "coop", 5), (DAY, "05", "coop", 2)])
    assert tone_counts(frame, Realm.SAY, window_ending(END), meetings=False).coop == 2


@given(
    st.lists(
        st.tuples(
            st.dates(date(2018, 1, 1), date(2018, 12, 31)),
            st.sampled_from(["01", "04", "11", "06", "16"]),
            st.sampled_from(["coop", "conf", "neutral"]),
            st.integers(0, 50),
        ),
        max_size=30,
    )
)
def test_running_counts_equal_a_plain_sum(
    daily: Callable[..., pa.Table], rows: list[tuple[date, str, str, int]]
) -> None:
    window = window_ending(END)
    found = tone_counts(daily(rows), Realm.DO, window)
    inside = [r for r in rows if window.start <= r[0] <= window.end and r[1] in {"06", "16"}]
    assert found.coop == sum(r[3] for r in inside if r[2] == "coop")
    assert found.conf == sum(r[3] for r in inside if r[2] == "conf")


def test_dictionary_columns_are_read(daily: Callable[..., pa.Table]) -> None:
    frame = daily([(DAY, "16", "conf", 4)])
    for name in ("root", "tone"):
        column = frame[name].dictionary_encode()
        frame = frame.set_column(frame.column_names.index(name), name, column)
    assert tone_counts(frame, Realm.DO, window_ending(END)).conf == 4


def test_days_far_off_cost_nothing(daily: Callable[..., pa.Table]) -> None:
    frame = daily([(date(1, 1, 1), "03", "coop", 1), (date(9999, 1, 1), "03", "coop", 1)])
    assert DailyCounts.of(frame).days.size == 2


def test_empty_frame_counts_nothing(daily: Callable[..., pa.Table]) -> None:
    counted = DailyCounts.of(daily())
    assert counted.first_day is None
    assert counted.between(Realm.DO, np.array([1, 2]), np.array([3, 4])).sum() == 0


def test_epoch_day_is_arrows_own() -> None:
    assert epoch_day(END) == pa.array([END], pa.date32()).cast(pa.int32())[0].as_py()


def test_unknown_root_is_refused(daily: Callable[..., pa.Table]) -> None:
    with pytest.raises(UnknownNameError, match="did you mean 17, 07"):
        DailyCounts.of(daily([(DAY, "77", "coop", 1)]))


def test_missing_column_is_refused(daily: Callable[..., pa.Table]) -> None:
    with pytest.raises(UnknownNameError, match="unknown column 'tone'"):
        DailyCounts.of(daily([(DAY, "06", "coop", 1)]).drop_columns("tone"))


def test_row_without_day_is_refused(daily: Callable[..., pa.Table]) -> None:
    frame = daily([(DAY, "06", "coop", 1), (None, "06", "coop", 1)])
    with pytest.raises(DateError, match="leave events without a day out"):
        DailyCounts.of(frame)


def test_window_must_not_end_before_it_starts() -> None:
    with pytest.raises(DateError, match="give the earlier day first"):
        Window(END, DAY)
