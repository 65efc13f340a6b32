"""The product's build as it is used: the cube that was kept at ingest, then the panel."""

from pathlib import Path

import pyarrow as pa

from benchmarks.common import COLUMNS
from benchmarks.engines.build import blocks
from benchmarks.synthetic import SOURCE
from detente.measures.dyad_weeks import dyad_weeks
from detente.measures.week_totals import week_totals
from detente.panel import EventPanel


def run(folder: Path) -> Path:
    """Build the panel from the kept cube; each block is let go, as one that is written is.

    Args:
        folder: The store.
    """
    for _ in blocks(EventPanel(folder).cube(SOURCE)):
        pass
    return folder


def panel(found: Path) -> pa.Table:
    """Return the common panel.

    Args:
        found: What `run` gave.
    """
    cube = EventPanel(found).cube(SOURCE)
    return dyad_weeks(cube, week_totals(cube)).select(COLUMNS)
