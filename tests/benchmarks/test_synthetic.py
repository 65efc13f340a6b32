import zipfile
from pathlib import Path

import numpy as np
import pyarrow.compute as pc
import pytest

from benchmarks import synthetic
from detente.panel import EventPanel
from detente.panel.expressions import EVENTS_SCHEMA, TAKEN_SCHEMA

DAYS = (synthetic.NEW_DAY - 13, synthetic.NEW_DAY - 1)


def drawn(n: int = 4000, seed: int = 0) -> synthetic.Drawn:
    return synthetic.drawn(np.random.default_rng(seed), n, DAYS)


def test_the_same_seed_gives_the_same_rows() -> None:
    first, again, other = (synthetic.stored(drawn(seed=seed), 1) for seed in (3, 3, 4))
    assert first.equals(again)
    assert not first.equals(other)


def test_rows_have_the_shapes_that_are_told() -> None:
    rows = synthetic.stored(drawn(20_000), 1)
    assert rows.schema == EVENTS_SCHEMA
    assert pc.mean(rows["is_dyad"]).as_py() == pytest.approx(0.7, abs=0.03)
    assert pc.mean(rows["has_url"]).as_py() == pytest.approx(synthetic.LINKED, abs=0.02)
    assert pc.count_distinct(rows["repeat_key"]).as_py() == 20_000 * (1 - synthetic.REPEATS)
    assert set(pc.unique(rows["cell"]).to_pylist()) == {1, 2, 3, 4, 5, 6}


def test_a_store_counts_every_row_once(tmp_path: Path) -> None:
    synthetic.write_store(tmp_path / "events", 5000, n_weeks=8)
    panel = EventPanel(tmp_path / "events")
    files = panel.manifest.files(synthetic.SOURCE)
    assert (sum(f.rows_in for f in files), sum(f.kept for f in files)) == (5000, 4000)
    assert len(panel.manifest.weeks(synthetic.SOURCE)) == 8
    kept, counted = panel.cube(synthetic.SOURCE), panel.counted_cube(synthetic.SOURCE)
    order = [(name, "ascending") for name in ("week", "actor", "recipient", "cell")]
    assert kept.sort_by(order).equals(counted.sort_by(order))


def test_a_new_day_comes_in_stretches() -> None:
    day = synthetic.new_day(1000)
    parts = list(synthetic.stretches(day, 300))
    assert [part.events.num_rows for part in parts] == [300, 300, 300, 100]
    assert parts[0].events.schema == TAKEN_SCHEMA
    assert pc.unique(day["occurred_on"].cast("int32")).to_pylist() == [synthetic.NEW_DAY]


def test_a_published_day_has_the_publisher_s_columns(tmp_path: Path) -> None:
    expected = synthetic.write_gdelt_day(tmp_path / "day.CSV.zip", 400, bad_share=0.25)
    with zipfile.ZipFile(tmp_path / "day.CSV.zip") as archive:
        lines = archive.read("day.CSV").decode().splitlines()
    widths = [len(line.split("\t")) for line in lines]
    assert (expected.rows_in, len(lines)) == (400, 400)
    assert expected.quarantined >= len(synthetic.FAULTS)
    short = sum(at % len(synthetic.FAULTS) == 2 for at in range(expected.quarantined))
    assert (widths.count(58), widths.count(61)) == (short, 400 - short)
