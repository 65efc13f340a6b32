import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from benchmarks import rounds
from benchmarks.engines import build
from benchmarks.panel import main

pytestmark = pytest.mark.slow


def test_a_round_at_a_tiny_size_writes_its_figures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(rounds, "SMALL", (2000, 30))
    results = tmp_path / "panel.json"
    options = ["--sizes", "0.004", "--rounds", "1", "--weeks", "30", "--engines", "duckdb"]
    places = ["--stores", str(tmp_path / "stores"), "--results", str(results)]
    assert main([*options, *places]) == 0
    found = json.loads(results.read_text(encoding="utf-8"))["sizes"]["0.004"]
    assert found["duckdb_over_build"]["rounds"] == 1
    assert found["equality"]["duckdb"]["rows"] == found["dyad_weeks"]
    assert found["peak_gb"]["median"] > 0.05
    assert "duckdb_over_build" in capsys.readouterr().out


def test_a_wrong_panel_stops_the_benchmark(tmp_path: Path, store: Path) -> None:
    ours = build.panel(build.run(store))
    pq.write_table(ours, tmp_path / "build.parquet")
    wrong = ours.set_column(ours.column_names.index("gap"), "gap", ours["words"])
    pq.write_table(wrong, tmp_path / "abacus.parquet")
    with pytest.raises(rounds.RunError, match="abacus differs in gap"):
        rounds.child(
            "compare", tmp_path / "abacus.parquet", "--against", str(tmp_path / "build.parquet")
        )


def test_an_engine_there_is_not_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--engines", "abacus", "--results", str(tmp_path / "r.json")]) == 1
    assert "no such engine; give some of build" in capsys.readouterr().out
    assert not (tmp_path / "r.json").exists()
