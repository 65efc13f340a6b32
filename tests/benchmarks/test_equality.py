from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pytest

from benchmarks.common import COUNTS, FLOATS, Z
from benchmarks.equality import UnequalError, compared, plain_z

N_WEEKS = 60
START = date(2024, 1, 1)


def panel(**changes: object) -> pa.Table:
    words = np.random.default_rng(0).normal(size=N_WEEKS)
    columns: dict[str, object] = {
        "actor": ["USA"] * N_WEEKS,
        "recipient": ["CHN"] * N_WEEKS,
        "week": [START + timedelta(weeks=at) for at in range(N_WEEKS)],
        **dict.fromkeys(COUNTS, np.arange(N_WEEKS)),
        **dict.fromkeys(FLOATS, words),
        **{name: pa.nulls(N_WEEKS, pa.float64()) for name in Z},
    }
    return pa.table(columns | changes)


def with_z(by: float = 0.0) -> pa.Table:
    """A panel whose last row has the z-score of the plain formula, moved by something."""
    (z,) = plain_z(panel(), "z_words", np.array([N_WEEKS - 1]))
    return panel(z_words=pa.array([None] * (N_WEEKS - 1) + [z + by], pa.float64()))


def test_the_order_of_rows_does_not_matter() -> None:
    found = compared(panel(), panel().take(list(range(N_WEEKS))[::-1]), "theirs")
    assert (found.rows, found.largest, found.loose) == (N_WEEKS, 0.0, 0)


@pytest.mark.parametrize(
    ("theirs", "said"),
    [
        pytest.param(panel().slice(1), "59 rows, the product has 60", id="a row less"),
        pytest.param(panel(n_reports=np.arange(N_WEEKS) + 1), "n_reports", id="a count"),
        pytest.param(panel(gap=np.zeros(N_WEEKS)), "differs in gap: by", id="a figure"),
        pytest.param(panel(gap=pa.nulls(N_WEEKS, pa.float64())), "60 nulls", id="nulls"),
    ],
)
def test_another_panel_is_refused(theirs: pa.Table, said: str) -> None:
    with pytest.raises(UnequalError, match=said):
        compared(panel(), theirs, "theirs")


def test_the_plain_formula_decides_for_the_product() -> None:
    found = compared(with_z(), with_z(1e-6), "theirs")
    assert found.loose == 1
    assert found.largest_z == pytest.approx(1e-6, rel=0.5)
    with pytest.raises(UnequalError, match="by the plain formula"):
        compared(with_z(1e-6), with_z(), "theirs")


def test_the_plain_z_score_is_the_hand_count() -> None:
    values = panel()["words"].to_numpy()
    past = values[11 : N_WEEKS - 12]  # the first eleven windows are not whole
    (found,) = plain_z(panel(), "z_words", np.array([N_WEEKS - 1]))
    assert found == pytest.approx((values[-1] - past.mean()) / past.std(ddof=1))
