"""The product's build as it is used: the cube that was kept at ingest, then the panel."""

from pathlib import Path

import pyarrow as pa

from benchmarks.engines.build import panel
from benchmarks.synthetic import SOURCE
from detente.measures.dyad_weeks import dyad_weeks, week_totals
from detente.panel import EventPanel

__all__ = ["panel", "run"]


def run(folder: Path) -> pa.Table:
    """Build the panel in memory from the kept cube.

    Args:
        folder: The store.
    """
    cube = EventPanel(folder).cube(SOURCE)
    return dyad_weeks(cube, week_totals(cube))
