from collections.abc import Callable
from datetime import date, timedelta

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import NotEnoughDataError, UnknownNameError
from detente.measures.blame_share import blame_share

END = date(2018, 9, 30)
Daily = Callable[..., pa.Table]
Said = tuple[str, str | None, int]


def _frame(rows: list[Said], on: date = END) -> pa.Table:
    return pa.table(
        {
            "occurred_on": pa.array([on] * len(rows), pa.date32()),
            "root": pa.array([r[0] for r in rows], pa.string()),
            "act": pa.array([r[1] for r in rows], pa.string()),
            "n": pa.array([r[2] for r in rows], pa.int64()),
        }
    )


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([("11", "blame", 1), ("01", "claim", 3)], (1, 4), id="neutral in the base"),
        pytest.param([("12", "reject", 2), ("10", "demand", 2)], (4, 4), id="all blame"),
        pytest.param([("11", "claim", 2), ("03", "commit", 2)], (0, 4), id="act before root"),
        pytest.param([("11", None, 2), ("13", None, 2)], (2, 4), id="root where no act"),
        pytest.param([("11", "blame", 2), ("16", None, 9)], (2, 2), id="deeds are no words"),
    ],
)
def test_counts(rows: list[Said], expected: tuple[int, int]) -> None:
    found = blame_share(_frame(rows), as_of=END)
    assert (found.n_blame, found.n_words) == expected
    assert found.share.value == expected[0] / expected[1]


@given(st.integers(0, 500), st.integers(1, 500))
def test_bounds_and_monotony(blame: int, other: int) -> None:
    less, more = (
        blame_share(_frame([("11", None, n), ("03", None, other)]), as_of=END).share
        for n in (blame, blame + 1)
    )
    assert 0 <= less.low <= less.value <= less.high <= 1
    assert more.value > less.value


def test_event_files_have_no_act_and_meetings_can_go(daily: Daily) -> None:
    frame = daily([(END, "04", "coop", 6), (END, "12", "conf", 2)])
    assert blame_share(frame, as_of=END).share.value == 0.25
    assert blame_share(frame, as_of=END, meetings=False).share.value == 1.0


def test_only_the_window_counts() -> None:
    inside = _frame([("11", "blame", 1), ("03", "commit", 1)])
    outside = [_frame([("11", "blame", 9)], END + timedelta(d)) for d in (1, -84)]
    assert blame_share(pa.concat_tables([inside, *outside]), as_of=END).n_blame == 1


def test_silence_has_no_share() -> None:
    with pytest.raises(NotEnoughDataError, match="at least 1 needed"):
        blame_share(_frame([("16", None, 4)]), as_of=END)


def test_missing_column_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="unknown column 'n'"):
        blame_share(_frame([]).drop_columns("n"), as_of=END)
