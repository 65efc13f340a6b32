"""The panel on ICEWS, against a plain second implementation and against the brief's own gap."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from scipy import special

from detente.measures.dyad_weeks import dyad_weeks
from detente.measures.event_index import EventIndex
from detente.measures.gap import Gap, gap
from detente.measures.week_totals import week_totals
from detente.panel import EventPanel
from detente.sources.mapping import read_mapped, shipped_mapping
from tests.measures.plain_panel import plain_panel
from tests.measures.test_dyad_weeks import assert_same_figures

FOLDER = Path(__file__).resolve().parents[2].parent / "shared/data/events"
LATE = date(2100, 1, 1)
USUAL = 2 * 83 / 84

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not FOLDER.exists(), reason="../shared is not here"),
]


@dataclass(frozen=True)
class Icews:
    panel: EventPanel

    @property
    def cube(self) -> pa.Table:
        return self.panel.cube("icews")

    def weeks(self, actor: str, recipient: str) -> pa.Table:
        cube = self.cube
        mine = pc.and_(pc.equal(cube["actor"], actor), pc.equal(cube["recipient"], recipient))
        return dyad_weeks(cube.filter(mine), week_totals(cube))


def ingested(folder: Path, *years: int) -> Icews:
    panel, mapping = EventPanel(folder), shipped_mapping("icews_parquet")
    for year in years:
        file = FOLDER / f"icews{year}.parquet"
        panel.ingest("icews", file, read_mapped(file, mapping))
    return Icews(panel)


@pytest.fixture(scope="module")
def in_2018(tmp_path_factory: pytest.TempPathFactory) -> Icews:
    return ingested(tmp_path_factory.mktemp("icews18"), 18)


@pytest.fixture(scope="module")
def all_years(tmp_path_factory: pytest.TempPathFactory) -> Icews:
    return ingested(tmp_path_factory.mktemp("icews"), 18, 21, 22)


def test_twenty_dyads_have_the_plain_figures(all_years: Icews) -> None:
    cube = all_years.cube
    dyads = cube.group_by(["actor", "recipient"]).aggregate([("n", "sum")])
    order = [("n_sum", "descending"), ("actor", "ascending"), ("recipient", "ascending")]
    busy = dyads.sort_by(order).select(["actor", "recipient"])
    others = np.random.default_rng(7).choice(np.arange(8, busy.num_rows), 12, replace=False)
    chosen = busy.take(np.concatenate([np.arange(8), others]))
    mine = cube.join(chosen, ["actor", "recipient"], join_type="left semi")
    found = dyad_weeks(mine, week_totals(cube))
    assert found.num_rows > 800
    assert found["z_gap"].null_count < found.num_rows
    assert_same_figures(found, plain_panel(mine.to_pylist(), cube.to_pylist()))


def on_sundays(icews: Icews) -> Iterator[tuple[dict[str, float | None], Gap]]:
    """Rows of the panel with the brief's gap as of the week's last day."""
    daily = icews.panel.daily_counts("icews", "USA", "CHN", LATE)
    totals = icews.panel.daily_totals("icews", LATE)
    for row in icews.weeks("USA", "CHN").to_pylist():
        yield row, gap(daily, totals, as_of=row["week"] + timedelta(days=6))


def posterior_mean(index: EventIndex) -> float:
    mean = special.psi(index.alpha) - special.psi(index.beta)
    return float(mean - special.logit(index.reference.share))


def test_words_and_deeds_are_the_means_of_the_brief_s_posteriors(in_2018: Icews) -> None:
    """The file begins on a Monday, so days and weeks back reach the same events: no tolerance."""
    for row, brief in on_sundays(in_2018):
        words, deeds = brief.words, brief.deeds.events
        means = posterior_mean(words), posterior_mean(deeds)
        assert (row["words"], row["deeds"]) == pytest.approx(means, rel=1e-9, abs=1e-9)
        references = words.reference.share, deeds.reference.share
        assert (row["reference_words"], row["reference_deeds"]) == pytest.approx(references)
        counts = row["n_material_cooperation_12w"], row["n_material_conflict_12w"]
        assert counts == (deeds.counts.coop, deeds.counts.conf)


def test_the_panel_is_near_the_brief(in_2018: Icews) -> None:
    """The tolerances are those of docs/concepts/panel.md: mean against median, normal against drawn."""
    pairs = list(on_sundays(in_2018))
    told = [(row, brief.gap) for row, brief in pairs if brief.gap is not None]
    assert (len(pairs), len(told)) == (44, 31)
    for row, brief in pairs:
        assert (row["gap"] is None) == (brief.gap is None)
        assert row["words"] == pytest.approx(brief.words.estimate.value, abs=0.022)
        assert row["deeds"] == pytest.approx(brief.deeds.events.estimate.value, abs=0.071)
    for row, figure in told:
        assert row["gap"] == pytest.approx(figure.value, abs=0.036)
        ends = (figure.low, figure.high)
        assert (row["gap_low"], row["gap_high"]) == pytest.approx(ends, abs=0.06)
