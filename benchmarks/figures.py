"""From single runs to the figures that are published: ratios within a round, then their median."""

import json
import os
import platform
import statistics
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from rich.table import Table

from benchmarks.rounds import MILLION, RIVALS, Session, Told

_PACKAGES = ("duckdb", "ibis-framework", "numpy", "pandas", "polars", "pyarrow", "scipy")


def figure(values: Sequence[float]) -> dict[str, float]:
    """Return the median of some rounds and their spread.

    Args:
        values: One per round, at least one.
    """
    middle, least, most = (round(f(values), 3) for f in (statistics.median, min, max))
    return {"median": middle, "min": least, "max": most, "rounds": len(values)}


def figures_of(session: Session) -> dict[str, Any]:
    """Return all figures of one call.

    Args:
        session: Its runs.
    """
    runs = {(run["round"], run["rows"], run["engine"]): run for run in session.runs}
    sizes = {}
    for rows in session.plan.sizes:
        found = _of_size(runs, rows, session.plan.timed)
        if found:
            checked = {name: told for name, told in session.checks.get(rows, {}).items() if told}
            label = {"rows": rows, "dyad_weeks": session.dyad_weeks[rows]}
            sizes[_label(rows)] = {**label, **found, "equality": checked}
    return {"sizes": sizes, **_of_day(runs, session.plan.day_size), **_of_ingest(runs)}


def merged(path: Path, found: Mapping[str, Any]) -> dict[str, Any]:
    """Return the figures with those of earlier calls beside them, each with its own rounds.

    Args:
        path: The results as they are; it need not exist.
        found: The figures of this call; they take the place of earlier ones.
    """
    held = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    sizes = {size: dict(figures) for size, figures in held.get("sizes", {}).items()}
    for size, figures in found["sizes"].items():
        equality = {**sizes.get(size, {}).get("equality", {}), **figures["equality"]}
        sizes[size] = {**sizes.get(size, {}), **figures, "equality": equality}
    ordered = dict(sorted(sizes.items(), key=lambda pair: float(pair[0])))
    whole = {**held, **found, "machine": machine(), "sizes": ordered}
    slope = peak_slope(ordered)
    return whole if slope is None else {**whole, "peak_gb_per_10_million": slope}


def peak_slope(sizes: Mapping[str, Mapping[str, Any]]) -> float | None:
    """Return by how many GB the build's peak grows per ten million rows.

    Args:
        sizes: Figures by size.

    Returns:
        From the smallest size to the largest; None where only one has a peak.
    """
    peaks: list[tuple[int, float]] = [
        (f["rows"], f["peak_gb"]["median"]) for f in sizes.values() if "peak_gb" in f
    ]
    if len(peaks) < 2:
        return None
    (least, low), (most, high) = min(peaks), max(peaks)
    return round((high - low) / (most - least) * 10 * MILLION, 3)


def machine() -> dict[str, Any]:
    """Return what the figures were measured on."""
    return {
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        **{name: version(name) for name in _PACKAGES},
    }


def table_of(results: Mapping[str, Any]) -> Table:
    """Return the figures as a table.

    Args:
        results: As written.
    """
    table = Table(title="Medians (least to most, rounds)")
    for name in ("rows", "figure", "value"):
        table.add_column(name, justify="left" if name == "figure" else "right")
    for figures in results["sizes"].values():
        for name, told in figures.items():
            if isinstance(told, dict) and "median" in told:
                table.add_row(f"{figures['rows']:,}", name, _cell(told))
    for name, told in results.items():
        if isinstance(told, dict) and "median" in told:
            table.add_row("", name, _cell(told))
    if "peak_gb_per_10_million" in results:
        table.add_row("", "peak_gb_per_10_million", str(results["peak_gb_per_10_million"]))
    return table


def _cell(told: Mapping[str, float]) -> str:
    return f"{told['median']:g} ({told['min']:g} to {told['max']:g}, {told['rounds']})"


def _label(rows: int) -> str:
    return f"{rows / MILLION:g}"


Runs = Mapping[tuple[int, int, str], Told]


def _of_size(runs: Runs, rows: int, engines: Sequence[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    floors = _each(runs, rows, "floor", "cpu_s")
    builds = _each(runs, rows, "build", "cpu_s")
    if not engines or not floors:
        return found
    found["floor_cpu_s"] = figure(list(floors.values()))
    for name in engines:
        seconds = _each(runs, rows, name, "cpu_s")
        found[f"{name}_over_floor"] = figure([s / floors[at] for at, s in seconds.items()])
        if name in RIVALS:
            found[f"{name}_over_build"] = figure([s / builds[at] for at, s in seconds.items()])
        peak = "peak_gb" if name == "build" else f"{name}_peak_gb"
        found[peak] = figure(list(_each(runs, rows, name, "peak_gb").values()))
    return found


def _of_day(runs: Runs, rows: int) -> dict[str, Any]:
    floors = _each(runs, rows, "floor", "cpu_s")
    take, update = (_each(runs, rows, "day", f"{part}_cpu_s") for part in ("take", "update"))
    if not take:
        return {}
    last = [run for (_, _, name), run in runs.items() if name == "day"][-1]
    return {
        "day_update_over_floor": figure([(take[at] + update[at]) / floors[at] for at in take]),
        "day_take_over_floor": figure([take[at] / floors[at] for at in take]),
        "day_panel_over_floor": figure([update[at] / floors[at] for at in update]),
        "day_update_cpu_s": figure([take[at] + update[at] for at in take]),
        "day": {
            "store_rows": rows,
            **{name: last[name] for name in ("rows_taken", "rows_made", "dyads_made")},
        },
    }


def _of_ingest(runs: Runs) -> dict[str, Any]:
    seconds = _each(runs, 0, "ingest", "cpu_s")
    if not seconds:
        return {}
    last = [run for (_, _, name), run in runs.items() if name == "ingest"][-1]
    account = {name: last[name] for name in ("rows_in", "kept", "duplicate", "quarantined")}
    speeds = [last["rows_in"] / 1000 / spent for spent in seconds.values()]
    return {"ingest_krows_per_cpu_s": figure(speeds), "ingest": account}


def _each(runs: Runs, rows: int, engine: str, what: str) -> dict[int, float]:
    """Return one number of each round, by round."""
    return {
        number: told[what]
        for (number, size, name), told in sorted(runs.items())
        if size == rows and name == engine
    }
