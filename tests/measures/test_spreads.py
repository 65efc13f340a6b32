"""Sums and z-scores over spans, against exact fractions."""

import statistics
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.measures import spreads
from detente.measures.spreads import Spans, z_scores

N = 40
spans = st.lists(st.tuples(st.integers(0, N), st.integers(0, N)), min_size=N, max_size=N).map(
    lambda pairs: Spans(
        np.sort([min(pair) for pair in pairs]),
        np.maximum.accumulate(np.sort([max(pair) for pair in pairs])),
    )
)
whole = st.lists(st.integers(-(10**12), 10**12), min_size=N, max_size=N)
flags = st.lists(st.booleans(), min_size=N, max_size=N).map(np.array)


def slices(of: Spans) -> list[slice]:
    return [slice(*pair) for pair in zip(of.start.tolist(), of.end.tolist(), strict=True)]


@given(of=spans, values=whole)
def test_sums_are_exact(of: Spans, values: list[int]) -> None:
    wanted = [sum(values[part]) for part in slices(of)]
    assert of.sums(np.array(values)).tolist() == wanted
    assert of.sums(np.array([values, values])).tolist() == [wanted, wanted]


@given(of=spans, values=whole)
def test_real_sums_depend_on_their_own_span_alone(of: Spans, values: list[int]) -> None:
    real = np.array(values) / 7
    wanted = [float(np.add.reduce(real[part])) for part in slices(of)]
    np.testing.assert_allclose(of.float_sums(real), wanted, rtol=1e-12, atol=0.1)
    moved = Spans(of.start + 3, of.end + 3).float_sums(np.concatenate([[1e300] * 3, real]))
    assert moved.tobytes() == of.float_sums(real).tobytes()


def exact_z(values: list[float], fine: list[bool], of: Spans, at: int, least: int) -> float | None:
    part = slices(of)[at]
    past = [Fraction(v) for v, f in zip(values[part], fine[part], strict=True) if f]
    if not fine[at] or len(past) < max(least, 2):
        return None
    mean = Fraction(statistics.mean(past))
    spread = float(statistics.stdev(past))
    if spread < 1e-6 * max(1.0, abs(float(mean))):
        return None
    return float((Fraction(values[at]) - mean) / Fraction(spread))


@pytest.mark.parametrize("least", [2, 9])
@pytest.mark.parametrize("spread", [1e-9, 1e-4, 1.0], ids=["alike", "near-constant", "apart"])
@pytest.mark.parametrize("level", [0.0, 3.0, -4e4], ids=str)
@given(of=spans, fine=flags, seed=st.integers(0, 2**32))
@settings(max_examples=12, deadline=None)
def test_z_scores_are_those_of_exact_fractions(
    of: Spans, fine: np.ndarray, seed: int, level: float, spread: float, least: int
) -> None:
    drawn = np.random.default_rng(seed).normal(size=N)
    values = level + spread * max(1.0, abs(level)) * drawn
    listed = values.tolist(), fine.tolist()
    exact = [exact_z(*listed, of, at, least) for at in range(N)]
    found = z_scores(values, fine, of, least)
    assert np.isnan(found).tolist() == [z is None for z in exact]
    wanted = np.array([np.nan if z is None else z for z in exact])
    np.testing.assert_allclose(found, wanted, rtol=1e-9, atol=1e-9)


def test_a_constant_past_gives_no_z() -> None:
    values = np.array([0.1] * 30 + [0.7])
    of = Spans(np.zeros(31, np.int64), np.arange(31))
    assert np.isnan(z_scores(values, np.ones(31, bool), of, 20)).all()


def test_thin_spans_are_the_same_however_many_are_laid_out_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    values = 5.0 + 1e-3 * np.random.default_rng(4).normal(size=500)
    of = Spans(np.maximum(np.arange(500) - 90, 0), np.arange(500))
    found = z_scores(values, np.ones(500, bool), of, 20)
    monkeypatch.setattr(spreads, "_AT_ONCE", 7)
    assert z_scores(values, np.ones(500, bool), of, 20).tobytes() == found.tobytes()
    assert np.isfinite(found).sum() == 480
