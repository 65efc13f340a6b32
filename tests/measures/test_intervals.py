import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.measures.intervals import (
    beta_log_odds,
    beta_log_odds_draws,
    beta_log_odds_variance,
    expit,
    logit,
    share_estimate,
)

shapes = st.floats(1e-3, 1e5)


@given(st.floats(-700, 700))
def test_expit_is_stable_and_bounded(log_odds: float) -> None:
    assert 0 <= float(expit(log_odds)) <= 1


@given(st.floats(-30, 30))
def test_logit_undoes_expit(log_odds: float) -> None:
    assert float(logit(expit(log_odds))) == pytest.approx(log_odds, abs=1e-2)


@given(shapes, shapes, st.sampled_from([0.05, 0.5, 0.95]))
def test_quantiles_mirror_when_shapes_are_exchanged(a: float, b: float, q: float) -> None:
    there, back = float(beta_log_odds(q, a, b)), float(beta_log_odds(1 - q, b, a))
    assert math.isfinite(there)
    assert there == pytest.approx(-back, rel=1e-6, abs=1e-6)


@given(shapes, shapes)
def test_quantiles_rise(a: float, b: float) -> None:
    low, mid, high = (float(beta_log_odds(q, a, b)) for q in (0.05, 0.5, 0.95))
    assert low <= mid <= high


@pytest.mark.parametrize("alpha", [0.01, 0.3, 4.0], ids=["tiny", "small", "ordinary"])
def test_draws_follow_the_quantiles(alpha: float) -> None:
    drawn = beta_log_odds_draws(np.random.default_rng(3), alpha, 9.0, 40_000)
    for q in (0.05, 0.5, 0.95):
        below = float((drawn <= beta_log_odds(q, alpha, 9.0)).mean())
        assert below == pytest.approx(q, abs=0.01)


def test_variance_falls_with_events() -> None:
    few, many = beta_log_odds_variance(np.array([1.0, 100.0]), np.array([1.0, 100.0]))
    assert few > many > 0


@given(st.integers(0, 200), st.integers(0, 200))
def test_share_lies_in_its_interval(count: int, more: int) -> None:
    total = count + more + 1
    found = share_estimate(count, total)
    assert 0 <= found.low <= found.value <= found.high <= 1


def test_share_of_all_and_of_none() -> None:
    assert share_estimate(5, 5).high == 1.0
    assert share_estimate(0, 5).low == 0.0
