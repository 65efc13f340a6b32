"""Measures against figures computed another way: scipy, closed forms, plain Monte Carlo, ICEWS."""

from datetime import date, timedelta
from functools import cache
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from scipy import special, stats

from detente.measures.deeds_index import deeds_index
from detente.measures.gap import gap
from detente.measures.indicators import IndicatorReading
from detente.measures.intervals import (
    beta_log_odds,
    beta_log_odds_draws,
    beta_log_odds_variance,
    share_estimate,
)
from detente.measures.reference_rate import shipped_rate
from detente.measures.windows import window_ending
from detente.measures.words_index import words_index
from detente.ontology.cameo import Realm, tone_of

END = date(2018, 9, 30)
BEFORE = window_ending(END).start - timedelta(1)
ICEWS = Path(__file__).resolve().parents[2].parent / "shared/data/events/icews18.parquet"
needs_icews = pytest.mark.skipif(not ICEWS.exists(), reason="../shared is not here")


def _frame(rows: list[tuple[date, str, int]]) -> pa.Table:
    return pa.table(
        {
            "occurred_on": [on for on, _, _ in rows],
            "root": [root for _, root, _ in rows],
            "tone": [tone_of(root).value for _, root, _ in rows],
            "n": [n for _, _, n in rows],
        }
    )


DYAD = _frame([
    (END, "03", 129), (END, "11", 132), (END, "06", 11), (END, "16", 29),
    (BEFORE, "03", 564), (BEFORE, "11", 263), (BEFORE, "06", 23), (BEFORE, "16", 32),
])  # fmt: skip
TOTALS = _frame(
    [(BEFORE, "03", 866), (BEFORE, "11", 134), (BEFORE, "06", 205), (BEFORE, "16", 795)]
)


def _shapes(now: tuple[int, int], own: tuple[int, int], p: float) -> tuple[float, float]:
    m = (own[0] + 20 * p) / (sum(own) + 20)
    return 10 * m + now[0], 10 * (1 - m) + now[1]


WORDS = _shapes((129, 132), (564, 263), 0.866)
DEEDS = _shapes((11, 29), (23, 32), 0.205)


def test_words_are_scipys_beta_quantiles() -> None:
    found = words_index(DYAD, TOTALS, as_of=END).estimate
    low, value, high = (special.logit(stats.beta.ppf((0.05, 0.5, 0.95), *WORDS))) - special.logit(
        0.866
    )
    assert (found.low, found.value, found.high) == pytest.approx((low, value, high), rel=1e-9)


@pytest.mark.parametrize(("a", "b"), [(1, 1), (3, 8), (40, 2)], ids=["flat", "cold", "warm"])
def test_moments_at_whole_shapes_by_harmonic_sums(a: int, b: int) -> None:
    """psi(n) = H(n - 1) - gamma and psi1(n) = pi^2 / 6 - H2(n - 1)."""
    mean = sum(1 / k for k in range(1, a)) - sum(1 / k for k in range(1, b))
    squares = sum(1 / k**2 for n in (a, b) for k in range(1, n))
    drawn = beta_log_odds_draws(np.random.default_rng(6), a, b, 200_000)
    assert float(beta_log_odds_variance(a, b)) == pytest.approx(np.pi**2 / 3 - squares)
    assert drawn.mean() == pytest.approx(mean, abs=0.02)
    assert drawn.var() == pytest.approx(np.pi**2 / 3 - squares, rel=0.03)


def test_flat_posterior_is_the_logistic_distribution() -> None:
    """logit of a uniform share is standard logistic, its quantile q at log(q / (1 - q))."""
    assert float(beta_log_odds(0.95, 1.0, 1.0)) == pytest.approx(np.log(19))


def test_power_posterior_in_closed_form() -> None:
    """theta ~ Beta(a, 1) has distribution theta^a, so its quantile q is q^(1 / a)."""
    theta = 0.05 ** (1 / 0.01)
    assert float(beta_log_odds(0.05, 0.01, 1.0)) == pytest.approx(np.log(theta), rel=1e-9)


def test_fused_deeds_by_hand_and_by_plain_monte_carlo() -> None:
    z, c, p = (1.5, -0.4), 0.6, 0.205
    readings = [IndicatorReading(str(x), x, "publisher") for x in z]
    found = deeds_index(DYAD, TOTALS, as_of=END, readings=readings, all_dyads_scale=c).estimate
    generator = np.random.default_rng(1)
    theta = generator.beta(*DEEDS, 400_000)
    v = special.polygamma(1, DEEDS[0]) + special.polygamma(1, DEEDS[1])
    median = special.logit(stats.beta.median(*DEEDS)) - special.logit(p)
    weight = 1 / v + 2 / c**2
    assert found.value == pytest.approx((median / v + sum(x * c / c**2 for x in z)) / weight)
    noise = sum((x * c + c * generator.standard_normal(theta.size)) / c**2 for x in z)
    drawn = ((special.logit(theta) - special.logit(p)) / v + noise) / weight
    low, high = np.quantile(drawn, (0.05, 0.95))
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.03)


def test_gap_interval_by_plain_monte_carlo() -> None:
    found = gap(DYAD, TOTALS, as_of=END).gap
    generator = np.random.default_rng(2)
    said = special.logit(generator.beta(*WORDS, 400_000)) - special.logit(0.866)
    done = special.logit(generator.beta(*DEEDS, 400_000)) - special.logit(0.205)
    low, mid, high = np.quantile(said - done, (0.05, 0.5, 0.95))
    assert found is not None
    assert (found.low, found.value, found.high) == pytest.approx((low, mid, high), abs=0.03)


def test_share_interval_is_scipys_jeffreys_beta() -> None:
    found = share_estimate(12, 40)
    low, high = stats.beta.ppf((0.05, 0.95), 12.5, 28.5)
    assert (found.low, found.high) == pytest.approx((low, high))


@cache
def _icews() -> pa.Table:
    raw = pq.read_table(ICEWS, columns=["date", "source_country", "target_country", "root"])
    side, other, root = (
        raw[name].cast(pa.string()) for name in ("source_country", "target_country", "root")
    )
    table = pa.table({"occurred_on": raw["date"], "actor": side, "recipient": other, "root": root})
    return table.filter(pc.fill_null(pc.not_equal(side, other), fill_value=False))


@needs_icews
@pytest.mark.parametrize(
    ("realm", "meetings", "roots"),
    [
        pytest.param(Realm.SAY, True, ("02 03 04 05", "09 10 11 12 13"), id="words"),
        pytest.param(Realm.SAY, False, ("02 03 05", "09 10 11 12 13"), id="without meetings"),
        pytest.param(Realm.DO, True, ("06 07 08", "14 15 16 17 18 19 20"), id="deeds"),
    ],
)
def test_shipped_rates_are_those_of_icews_2018(
    realm: Realm, roots: tuple[str, str], *, meetings: bool
) -> None:
    root = _icews()["root"]
    coop, conf = (pc.sum(pc.is_in(root, pa.array(side.split()))).as_py() for side in roots)
    assert shipped_rate(realm, meetings=meetings) == pytest.approx(coop / (coop + conf), abs=5e-4)


def _daily(table: pa.Table) -> pa.Table:
    counted = table.group_by(["occurred_on", "root"]).aggregate([([], "count_all")])
    tones = [tone_of(root).value for root in counted["root"].to_pylist()]
    return pa.table(
        {
            "occurred_on": counted["occurred_on"],
            "root": counted["root"],
            "tone": tones,
            "n": counted["count_all"],
        }
    )


@needs_icews
@pytest.mark.slow
def test_united_states_to_china_in_summer_2018() -> None:
    """Counts by filter and sum; W and D by scipy from them."""
    whole = _icews()
    pair = pc.and_(pc.equal(whole["actor"], "USA"), pc.equal(whole["recipient"], "CHN"))
    found = gap(_daily(whole.filter(pair)), _daily(whole), as_of=END)
    deeds, words = found.deeds.events, found.words
    assert (words.counts.coop, words.counts.conf) == (129, 132)
    assert (deeds.counts.coop, deeds.counts.conf) == (11, 29)
    for index in (words, deeds):
        own, p = (index.history.coop, index.history.conf), index.reference.share
        shapes = _shapes((index.counts.coop, index.counts.conf), own, p)
        median = special.logit(stats.beta.median(*shapes)) - special.logit(p)
        assert index.estimate.value == pytest.approx(median)
    assert found.gap is not None
    assert found.gap.high < 0
