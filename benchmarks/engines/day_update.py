"""A day comes in: its rows, read already, go into a copy of a store; then the panel is brought up to date.

The two parts are timed apart.
"""

import os
import shutil
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa

from benchmarks.synthetic import SOURCE, new_day, stretches
from detente.panel import EventFile, EventPanel
from detente.pipeline.panels import update_panel
from detente.pipeline.workspace import Workspace

DAY_ROWS = 150_000


def prepared(folder: Path, n: int = DAY_ROWS) -> tuple[Path, pa.Table]:
    """Return a copy of a store, and the day that will come in.

    Args:
        folder: The store; the copy lies beside it, its files are links to the store's.
        n: Rows of the day.

    Returns:
        The copy, which the caller removes, and the rows.
    """
    copy = Path(tempfile.mkdtemp(prefix="day-", dir=folder.parent))
    shutil.copytree(folder, copy / "events", copy_function=_linked)
    return copy, new_day(n)


def run(copy: Path, day: pa.Table) -> dict[str, float]:
    """Take the day in and update the panel.

    Args:
        copy: The copy of the store.
        day: The rows.

    Returns:
        CPU-seconds of each part, and how many rows were taken and made anew.
    """
    file = copy / "day"
    file.write_text(f"{day.num_rows} rows", encoding="utf-8")
    events = EventPanel(copy / "events")
    start = time.process_time()
    taken = list(events.ingest_all(SOURCE, [EventFile(file, lambda: stretches(day))]))
    between = time.process_time()
    report = update_panel(Workspace(copy, ("USA", "CHN"), ""), source=SOURCE)
    end = time.process_time()
    return {
        "take_cpu_s": between - start,
        "update_cpu_s": end - between,
        "rows_taken": taken[0].entry.rows_in,
        "rows_made": report.sources[0].rows_made,
        "dyads_made": report.sources[0].dyads_made,
    }


def warm(folder: Path) -> None:
    """Take a small day into a copy of a small store, so that nothing is loaded while timed.

    Args:
        folder: The small store.
    """
    copy, day = prepared(folder, 100)
    try:
        run(copy, day)
    finally:
        shutil.rmtree(copy)


def measured(folder: Path) -> Mapping[str, float]:
    """Return what a day costs on a store.

    Args:
        folder: The store, with its panel built.
    """
    copy, day = prepared(folder)
    try:
        return run(copy, day)
    finally:
        shutil.rmtree(copy)


def _linked(source: str, target: str) -> None:
    """Link what the panel never changes in place; the manifest it does."""
    if source.endswith(".parquet"):
        os.link(source, target)
    else:
        shutil.copy2(source, target)
