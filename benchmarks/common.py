"""What every engine makes of the same files: the common panel, and the numbers it rests on."""

from pathlib import Path

import pyarrow as pa
from scipy import special

from benchmarks.synthetic import SOURCE
from detente.measures.cube_grid import HISTORY_WEEKS, REACH, TRAILING_WEEKS, WINDOW_WEEKS
from detente.measures.event_index import HISTORY_EVENTS, PRIOR_EVENTS
from detente.measures.gap import LEAST_DEEDS, LEAST_HISTORY
from detente.measures.intervals import LEVEL, tails
from detente.measures.reference_rate import LEAST_EVENTS, shipped_rate
from detente.measures.spreads import LEAST_SPREAD
from detente.measures.week_totals import QUADS, REFERENCE_WEEKS
from detente.ontology.cameo import Realm
from detente.panel.cells import DAY_OF_WEEK_ZERO
from detente.panel.manifest import Manifest

__all__ = [
    "COLUMNS",
    "COUNTS",
    "FLOATS",
    "NUMBERS",
    "PAIR",
    "READ",
    "Z",
    "event_files",
    "with_mondays",
]

PAIR = ["actor", "recipient"]
COUNTS = [
    *(f"n_{quad}" for quad in QUADS),
    "n_reports",
    *(f"n_{quad}_12w" for quad in QUADS),
]
FLOATS = [
    *(f"goldstein_{quad}" for quad in QUADS),
    *("words", "deeds", "gap", "gap_low", "gap_high"),
]
Z = ["z_words", "z_deeds", "z_gap"]
COLUMNS = [*PAIR, "week", *COUNTS, *FLOATS, *Z]
"""The common panel; `week` is the Monday."""

READ = [
    *("actor", "recipient", "week", "cell", "goldstein_hundredths", "n_reports"),
    *("is_kept", "is_dyad", "has_url"),
]
"""Columns of the events that a build reads."""

NUMBERS: dict[str, float] = {
    "window": WINDOW_WEEKS - 1,
    "history_from": REACH,
    "history_weeks": HISTORY_WEEKS,
    "before": WINDOW_WEEKS,
    "reference_from": WINDOW_WEEKS - 1 + REFERENCE_WEEKS,
    "reference_weeks": REFERENCE_WEEKS,
    "trailing_from": TRAILING_WEEKS,
    "trailing_weeks": TRAILING_WEEKS - WINDOW_WEEKS + 1,
    "prior": PRIOR_EVENTS,
    "own": HISTORY_EVENTS,
    "least_deeds": LEAST_DEEDS,
    "least_history": LEAST_HISTORY,
    "least_events": LEAST_EVENTS,
    "least_spread": LEAST_SPREAD,
    "shipped_words": shipped_rate(Realm.SAY),
    "shipped_deeds": shipped_rate(Realm.DO),
    "quantile": float(special.ndtri(tails(LEVEL)[1])),
    "week_zero": DAY_OF_WEEK_ZERO,
}
"""The product's definitions, as the other engines need them. Windows of weeks before a row's own:
`window` back to itself; `history_from`, `reference_from` and `trailing_from` back to `before`."""


def event_files(folder: Path) -> list[str]:
    """Return a store's files of events.

    Args:
        folder: The store.
    """
    return [str(folder / entry.events) for entry in Manifest(folder).weeks(SOURCE)]


def with_mondays(panel: pa.Table) -> pa.Table:
    """Return a panel with the Monday of each week in place of its number.

    Args:
        panel: With a column `week` of whole weeks since Monday 1900-01-01.
    """
    days = pa.array(panel["week"].to_numpy() * 7 + DAY_OF_WEEK_ZERO).cast(pa.int32())
    at = panel.column_names.index("week")
    return panel.set_column(at, "week", days.cast(pa.date32()))
