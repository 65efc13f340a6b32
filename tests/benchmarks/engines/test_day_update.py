from pathlib import Path

import pytest

from benchmarks.engines import day_update
from benchmarks.single import main
from detente.panel import EventPanel

pytestmark = pytest.mark.slow


def test_a_day_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    main(["make", str(tmp_path / "store"), "--rows", "3000", "--weeks", "30"])
    folder = tmp_path / "store" / "events"
    panel = EventPanel(folder)
    before = panel.manifest.files()
    copy, day = day_update.prepared(folder, 500)
    told = day_update.run(copy, day)
    assert told["rows_taken"] == 500
    assert 0 < told["rows_made"] == told["dyads_made"]
    assert panel.manifest.files() == before
    assert panel.counted_cube("synthetic").num_rows == panel.cube("synthetic").num_rows
    assert len(EventPanel(copy / "events").manifest.files()) == len(before) + 1
