"""One run in a process of its own: `python -m benchmarks.single ENGINE FOLDER`.

CPU-seconds of all threads, user and system, from the moment everything is imported and a run on a
small store has loaded what is loaded late; so they hold the work and no start of an interpreter.
"""

import argparse
import json
import os
import resource
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any

THREADS = 2
"""Cores each run may use."""

_UNIT = 1 if sys.platform == "darwin" else 1024
"""Bytes in which the system counts memory."""

PANELS = ("build", "windows", "duckdb", "polars", "pandas")
"""Engines that make the common panel."""

MODULES = {
    "floor": "floor",
    "build": "build",
    "windows": "windows",
    "duckdb": "duckdb_sql",
    "polars": "polars_panel",
    "pandas": "pandas_panel",
}


def main(arguments: list[str]) -> int:
    """Run one engine and tell what it took as JSON.

    Args:
        arguments: Those of the command line.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("engine", choices=[*MODULES, "day", "ingest", "make", "compare"])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--small", type=Path, help="a small store to warm up on")
    parser.add_argument("--out", type=Path, help="Parquet file for the common panel")
    parser.add_argument("--rows", type=int, help="of the store to make")
    parser.add_argument("--weeks", type=int, help="of the store to make")
    parser.add_argument("--against", type=Path, help="Parquet file of the product's panel")
    given = parser.parse_args(arguments)
    _use(THREADS)
    sys.stdout.write(json.dumps(_run(given)) + "\n")
    return 0


def _use(cores: int) -> None:
    """Keep to so many cores: every engine asks the system how many it may use."""
    if hasattr(os, "sched_setaffinity"):
        allowed = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, allowed[:cores])


def _run(given: argparse.Namespace) -> dict[str, Any]:
    match given.engine:
        case "make":
            return _made(given.folder, given.rows, given.weeks)
        case "compare":
            return _compared(given.folder, given.against)
        case "day":
            day = import_module("benchmarks.engines.day_update")
            day.warm(given.small)
            return dict(day.measured(given.folder))
        case "ingest":
            ingest = import_module("benchmarks.engines.ingest")
            ingest.measured(given.folder, 1000)
            return dict(ingest.measured(given.folder))
        case _:
            return _timed(given.engine, given.folder, given.small, given.out)


def _timed(name: str, folder: Path, small: Path | None, out: Path | None) -> dict[str, Any]:
    engine = import_module(f"benchmarks.engines.{MODULES[name]}")
    if small is not None:
        engine.run(small)
    wall, start = time.perf_counter(), time.process_time()
    found = engine.run(folder)
    told = {
        "cpu_s": time.process_time() - start,
        "wall_s": time.perf_counter() - wall,
        "peak_gb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _UNIT / 1024**3,
    }
    if out is not None:
        import pyarrow.parquet as pq

        pq.write_table(engine.panel(found), out)
    return told


def _made(folder: Path, rows: int, weeks: int) -> dict[str, Any]:
    from benchmarks.synthetic import SOURCE, write_store
    from detente.pipeline.panels import build_panel
    from detente.pipeline.workspace import Workspace

    start = time.process_time()
    write_store(folder / "events", rows, n_weeks=weeks)
    report = build_panel(Workspace(folder, ("USA", "CHN"), ""), source=SOURCE)
    return {"cpu_s": time.process_time() - start, "dyad_weeks": report.sources[0].rows}


def _compared(theirs: Path, ours: Path) -> dict[str, Any]:
    from dataclasses import asdict

    import pyarrow.parquet as pq

    from benchmarks.equality import compared

    return asdict(compared(pq.read_table(ours), pq.read_table(theirs), theirs.stem))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
