from datetime import date, timedelta

import pyarrow as pa
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from detente.errors import NotEnoughDataError, UnknownNameError
from detente.measures.signal_balance import signal_balance

END = date(2022, 8, 31)


def _frame(assure: int, threaten: int, force: int, on: date = END) -> pa.Table:
    return pa.table(
        {
            "occurred_on": pa.array([on] * 4, pa.date32()),
            "root": ["01", "13", "15", "11"],
            "act": pa.array(["assure", "threaten", None, "blame"], pa.string()),
            "n": [assure, threaten, force, 7],
        }
    )


@given(*[st.integers(0, 300)] * 3)
def test_formula_and_bounds(assure: int, threaten: int, force: int) -> None:
    total = assure + threaten + force
    assume(total > 0)
    found = signal_balance(_frame(assure, threaten, force), as_of=END)
    assert found.balance.value == pytest.approx((assure - threaten - force) / total)
    assert -1 <= found.balance.low <= found.balance.value <= found.balance.high <= 1


def test_threats_and_force_weigh_the_same() -> None:
    threats, force = (signal_balance(_frame(3, *n), as_of=END).balance for n in ((5, 0), (0, 5)))
    assert threats == force


def test_only_the_window_counts() -> None:
    later = _frame(50, 0, 0, END + timedelta(1))
    found = signal_balance(pa.concat_tables([_frame(1, 1, 0), later]), as_of=END)
    assert found.n_assure == 1


def test_no_signal_has_no_balance() -> None:
    with pytest.raises(NotEnoughDataError, match="at least 1 needed"):
        signal_balance(_frame(0, 0, 0), as_of=END)


def test_acts_are_required() -> None:
    with pytest.raises(UnknownNameError, match="unknown column 'act'"):
        signal_balance(_frame(1, 1, 1).drop_columns("act"), as_of=END)
