"""The product's whole build: the cube counted from the events, then the panel block by block."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from benchmarks.common import COLUMNS
from benchmarks.synthetic import SOURCE
from detente.measures.dyad_weeks import dyad_week_blocks, dyad_weeks
from detente.measures.week_totals import week_totals
from detente.panel import EventPanel


def run(folder: Path) -> Path:
    """Build the panel as if no cube were kept; each block is let go, as one that is written is.

    Args:
        folder: The store.
    """
    for _ in blocks(EventPanel(folder).counted_cube(SOURCE)):
        pass
    return folder


def blocks(cube: pa.Table) -> Iterator[pa.Table]:
    """Return the panel's blocks, which alone hold the cube.

    Args:
        cube: The weekly cube.
    """
    return dyad_week_blocks(cube, week_totals(cube))


def panel(found: Path) -> pa.Table:
    """Return the common panel.

    Args:
        found: What `run` gave.
    """
    cube = EventPanel(found).counted_cube(SOURCE)
    return dyad_weeks(cube, week_totals(cube)).select(COLUMNS)
