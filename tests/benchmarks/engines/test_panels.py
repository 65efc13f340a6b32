from importlib import import_module
from pathlib import Path

import pyarrow.compute as pc
import pytest

from benchmarks.common import COLUMNS, Z
from benchmarks.engines import build, floor
from benchmarks.equality import compared
from benchmarks.single import MODULES, PANELS


@pytest.mark.slow
@pytest.mark.parametrize("name", PANELS)
def test_every_engine_makes_the_product_s_panel(store: Path, name: str) -> None:
    engine = import_module(f"benchmarks.engines.{MODULES[name]}")
    ours = build.panel(build.run(store))
    told = compared(ours, engine.panel(engine.run(store)), name)
    assert told.rows == ours.num_rows > 1000
    assert told.largest < 1e-9


def test_the_small_store_has_figures_of_every_kind(store: Path) -> None:
    ours = build.panel(build.run(store))
    assert ours.column_names == COLUMNS
    assert all(0 < ours[name].null_count < ours.num_rows for name in ("gap", *Z))


def test_the_floor_reads_every_row(store: Path) -> None:
    *_, kept, dyads, linked = floor.run(store)
    assert kept == 12_000 * 0.8
    assert isinstance(dyads, int)
    assert isinstance(linked, int)
    assert 12_000 * 0.6 < dyads < linked < 12_000


def test_the_floor_s_reports_are_those_of_the_files(store: Path) -> None:
    import pyarrow.dataset as ds

    from benchmarks.common import READ, event_files

    rows = ds.dataset(event_files(store)).to_table(columns=READ)
    assert floor.run(store)[READ.index("n_reports")] == pc.sum(rows["n_reports"]).as_py()
