"""The product's whole build: the cube counted from the events, then the panel."""

from pathlib import Path

import pyarrow as pa

from benchmarks.common import COLUMNS
from benchmarks.synthetic import SOURCE
from detente.measures.dyad_weeks import dyad_weeks, week_totals
from detente.panel import EventPanel


def run(folder: Path) -> pa.Table:
    """Build the panel in memory, as if no cube were kept.

    Args:
        folder: The store.
    """
    cube = EventPanel(folder).counted_cube(SOURCE)
    return dyad_weeks(cube, week_totals(cube))


def panel(found: pa.Table) -> pa.Table:
    """Return the common panel.

    Args:
        found: What `run` gave.
    """
    return found.select(COLUMNS)
