"""What all dyads of a source said and did by week: what is usual among states, week by week."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from detente.measures.cube_grid import CELLS, DAYS_TO_ZERO, WINDOW_WEEKS, Counts
from detente.measures.intervals import Floats
from detente.measures.reference_rate import LEAST_EVENTS, shipped_rate
from detente.measures.windows import require_columns
from detente.ontology.cameo import Realm

REFERENCE_WEEKS = 52
"""Weeks before the window that the usual share of all dyads is read from."""

QUADS = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")
STATEMENT, MEETING = 4, 5
"""Places of roots 01 and 04 among the cells; the first four are the quad classes."""

Tones = Mapping[Realm, tuple[Counts, Counts]]
"""Warm and cold counts of words and of deeds."""


@dataclass(frozen=True, eq=False)
class WeekTotals:
    """What all dyads of a source said and did by week."""

    first: int
    """The source's first week, since Monday 1900-01-01."""
    counts: Counts
    """Shape `(n_weeks, 4)`: warm words, cold words, warm deeds, cold deeds."""

    @property
    def last(self) -> int:
        """The last week counted."""
        return self.first + len(self.counts) - 1

    def reference(self, realm: Realm, weeks: Counts) -> Floats:
        """Return the usual cooperative share before the windows that end in some weeks.

        Args:
            realm: Words or deeds.
            weeks: Their numbers.

        Returns:
            Shares in (0, 1), of the 52 weeks before each window; the shipped rate where these hold
            fewer than 200 events. A share of 0 or 1 is moved half an event inwards.

        References:
            Detente measure definitions, docs/concepts/measures.md.

        Examples:
            >>> none = WeekTotals(6000, np.zeros((1, 4), np.int64))
            >>> none.reference(Realm.DO, np.array([6000])).tolist()
            [0.217]
        """
        at = 0 if realm is Realm.SAY else 2
        sums = np.vstack([np.zeros((1, 2), np.int64), self.counts[:, at : at + 2].cumsum(axis=0)])
        ends = weeks - self.first - WINDOW_WEEKS + 1
        bounds = [np.clip(ends - back, 0, len(self.counts)) for back in (REFERENCE_WEEKS, 0)]
        coop, conf = (sums[bounds[1]] - sums[bounds[0]]).T
        n = coop + conf
        one_sided = (coop == 0) | (conf == 0)
        share = np.where(one_sided, (coop + 0.5) / (n + 1.0), coop / np.maximum(n, 1))
        return np.where(n < LEAST_EVENTS, shipped_rate(realm), share)


def week_totals(cube: pa.Table) -> WeekTotals:
    """Count what all dyads said and did by week.

    Args:
        cube: One row per directed dyad, week, cell and issue: actor, recipient, week, cell, issue, n,
            goldstein_hundredths, n_reports.

    Returns:
        The totals from the first week of the cube to its last; without a row, one empty week.

    Examples:
        >>> from datetime import date
        >>> week_totals(pa.table({name: [] for name in ("week", "cell", "issue", "n")})).last
        0
    """
    require_columns(cube, ("week", "cell", "issue", "n"))
    if cube.num_rows == 0:
        return WeekTotals(0, np.zeros((1, 4), np.int64))
    weeks, cells, n = (cube[name].to_numpy() for name in ("week", "cell", "n"))
    whole = pc.equal(cube["issue"], "").to_numpy()
    first, last = int(weeks.min()), int(weeks.max())
    size = last - first + 1
    places = (cells[whole] - 1).astype(np.int64) * size + weeks[whole] - first
    found = np.bincount(places, n[whole], CELLS * size).reshape(CELLS, size)
    tones = cell_tones(np.rint(found).astype(np.int64))
    return WeekTotals(first, np.column_stack([*tones[Realm.SAY], *tones[Realm.DO]]))


PAST_COLUMNS = (
    *("actor", "recipient", "issue", "week", *(f"n_{name}" for name in QUADS), "n_statements"),
    *("words", "deeds", "gap"),
)
"""Columns of the panel that later weeks' figures are made from."""


def panel_totals(panel: pa.Table, first: int, last: int) -> WeekTotals:
    """Count what all dyads said and did by week, from rows of the panel.

    Args:
        panel: Rows with `PAST_COLUMNS`, of all dyads.
        first: The source's first week, since Monday 1900-01-01.
        last: The last week to hold; weeks without rows are empty.

    Examples:
        >>> from datetime import date
        >>> counts = dict.fromkeys((f"n_{name}" for name in (*QUADS, "statements")), [1])
        >>> rows = pa.table({"issue": [""], "week": [date(2018, 8, 20)], **counts})
        >>> panel_totals(rows, 6190, 6191).counts.tolist()
        [[0, 1, 1, 1], [0, 0, 0, 0]]
    """
    weeks = (panel["week"].cast(pa.int32()).to_numpy() - DAYS_TO_ZERO) // 7 - first
    whole = np.flatnonzero(pc.equal(panel["issue"], "").to_numpy())
    weeks, tones = weeks[whole], panel_tones(panel)
    columns = [
        np.bincount(weeks, n[whole], last - first + 1)
        for realm in (Realm.SAY, Realm.DO)
        for n in tones[realm]
    ]
    return WeekTotals(first, np.rint(np.column_stack(columns)).astype(np.int64))


def panel_tones(rows: pa.Table) -> Tones:
    """Return warm and cold counts of rows of the panel.

    Args:
        rows: With the counts among `PAST_COLUMNS`.
    """
    found = {name: rows[f"n_{name}"].to_numpy() for name in (*QUADS, "statements")}
    warm_words = found[QUADS[0]] - found["statements"]
    return {
        Realm.SAY: (warm_words, found[QUADS[2]]),
        Realm.DO: (found[QUADS[1]], found[QUADS[3]]),
    }


def cell_tones(cells: Counts) -> Tones:
    """Return warm and cold counts; statements are neutral, meetings warm words.

    Args:
        cells: Counts by cell, of shape `(6, n)`.

    Examples:
        >>> warm, cold = cell_tones(np.arange(1, 7)[:, None])[Realm.SAY]
        >>> warm.tolist(), cold.tolist()
        ([7], [3])
    """
    return {Realm.SAY: (cells[0] + cells[MEETING], cells[2]), Realm.DO: (cells[1], cells[3])}
