import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.figures import figure, figures_of, merged, peak_slope, table_of
from benchmarks.rounds import Plan, Session


def session(engines: tuple[str, ...] = ("build", "pandas", "day", "ingest")) -> Session:
    found = Session(Plan(Path("stores"), (1000,), 3, engines), lambda _: None)
    found.dyad_weeks = {1000: 50}
    for at, pace in enumerate((1.0, 2.0, 3.0)):
        seconds = {"floor": pace, "build": 4 * pace, "pandas": 12 * pace + at}
        for name, cpu_s in seconds.items():
            found.runs.append(_run(at, name, {"cpu_s": cpu_s, "peak_gb": 0.5}))
        made = {"rows_taken": 9, "rows_made": 2, "dyads_made": 2}
        day = {"take_cpu_s": pace, "update_cpu_s": 3 * pace, **made}
        account = {"rows_in": 6000, "kept": 5000, "duplicate": 900, "quarantined": 100}
        found.runs.append(_run(at, "day", day))
        found.runs.append(_run(at, "ingest", {"cpu_s": 0.1 * pace, **account}, rows=0))
    return found


def _run(at: int, name: str, told: dict[str, float], rows: int = 1000) -> dict[str, Any]:
    return {"round": at, "rows": rows, "engine": name, **told}


def test_a_figure_is_the_median_of_its_rounds() -> None:
    assert figure([3.0, 1.0, 8.0]) == {"median": 3.0, "min": 1.0, "max": 8.0, "rounds": 3}


@pytest.mark.parametrize(
    ("name", "median"),
    [
        pytest.param("build_over_floor", 4.0, id="to the floor of the same round"),
        pytest.param("pandas_over_build", 3.125, id="to the build of the same round"),
        pytest.param("pandas_peak_gb", 0.5, id="memory"),
    ],
)
def test_ratios_are_taken_within_a_round(name: str, median: float) -> None:
    assert figures_of(session())["sizes"]["0.001"][name]["median"] == median


def test_the_day_and_the_file_have_their_figures() -> None:
    found = figures_of(session())
    assert found["day_update_over_floor"]["median"] == 4.0
    assert found["day_panel_over_floor"]["median"] == 3.0
    assert found["ingest_krows_per_cpu_s"] == {"median": 30, "min": 20, "max": 60, "rounds": 3}
    assert found["ingest"]["quarantined"] == 100


def test_a_part_is_merged_into_what_is_there(tmp_path: Path) -> None:
    path = tmp_path / "panel.json"
    earlier = merged(path, figures_of(session()))
    earlier["sizes"]["0.001"]["polars_over_build"] = figure([1.5])
    path.write_text(json.dumps(earlier), encoding="utf-8")
    whole = merged(path, figures_of(session(("build",))))
    assert whole["sizes"]["0.001"]["polars_over_build"]["rounds"] == 1
    assert whole["sizes"]["0.001"]["build_over_floor"]["rounds"] == 3
    assert table_of(whole).row_count > 10


def test_the_peak_grows_by_ten_million_rows() -> None:
    sizes = {
        name: {"rows": rows, "peak_gb": figure([peak])}
        for name, rows, peak in (("5", 5_000_000, 0.5), ("40", 40_000_000, 1.2))
    }
    assert peak_slope(sizes) == pytest.approx(0.2)
    assert peak_slope({"5": sizes["5"]}) is None
