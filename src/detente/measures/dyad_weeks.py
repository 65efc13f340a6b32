"""The panel of directed dyads by week: counts, twelve-week windows, words, deeds, gap and z-scores.

One pass over the weekly cube with cumulative sums. The whole is one function of its input: the same
cube gives the same figures, whichever engine counted it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from scipy import special

from detente.measures.event_index import HISTORY_EVENTS, PRIOR_EVENTS
from detente.measures.gap import LEAST_DEEDS, LEAST_HISTORY
from detente.measures.intervals import LEVEL, Floats, logit, tails
from detente.measures.reference_rate import LEAST_EVENTS, shipped_rate
from detente.measures.spreads import Spans, z_scores
from detente.measures.windows import require_columns
from detente.ontology.cameo import Realm

WINDOW_WEEKS = 12
HISTORY_WEEKS = 260
"""Weeks before the window that the dyad's own prior mean is read from: five years."""
REFERENCE_WEEKS = 52
"""Weeks before the window that the usual share of all dyads is read from."""
TRAILING_WEEKS = 104
"""Weeks back that a figure is compared with, the last twelve left out."""
REACH = HISTORY_WEEKS + WINDOW_WEEKS - 1
"""Weeks before a week that its own figures need."""

QUADS = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")

_WEEK_ZERO = date(1900, 1, 1)
_CELLS = 6
_STATEMENT, _MEETING = 4, 5
_REALMS = {Realm.SAY: "words", Realm.DO: "deeds"}
_NEEDED = ("actor", "recipient", "week", "cell", "issue", "n", "goldstein_hundredths", "n_reports")

Counts = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class WeekTotals:
    """What all dyads of a source said and did by week."""

    first: int
    """The source's first week, since Monday 1900-01-01."""
    counts: Counts
    """Shape `(n_weeks, 4)`: warm words, cold words, warm deeds, cold deeds."""

    def reaching(self, first: int) -> "WeekTotals":
        """Return the totals as of a source that begins earlier; the added weeks are empty.

        Args:
            first: The source's first week, not after this one's.
        """
        added = np.zeros((self.first - first, 4), np.int64)
        return WeekTotals(first, np.concatenate([added, self.counts]))

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
    found = np.bincount(places, n[whole], _CELLS * size).reshape(_CELLS, size)
    tones = _tones(np.rint(found).astype(np.int64))
    return WeekTotals(first, np.column_stack([*tones[Realm.SAY], *tones[Realm.DO]]))


def dyad_weeks(cube: pa.Table, totals: WeekTotals, *, since: int | None = None) -> pa.Table:
    """Return the panel: one row per directed dyad, issue and week with an event.

    Words and deeds of twelve weeks are E[logit(theta)] - logit(p), theta ~ Beta(a m + coop,
    a (1 - m) + conf), a = 10, m = (N_coop + 20 p) / (N + 20) from the dyad's own 260 weeks before the
    window, p of all dyads in the 52 weeks before it. The gap is their difference.

    Args:
        cube: One row per directed dyad, week, cell and issue: actor, recipient, week, cell, issue, n,
            goldstein_hundredths, n_reports; for a dyad all weeks that its figures need.
        totals: All dyads of the source.
        since: Give rows from this week on; figures of earlier ones are still read.

    Returns:
        Sorted by actor, recipient, issue and week (a Monday); the columns are those of
        `panel_columns`. Indices are log-odds; an index of words or deeds is the posterior mean, and
        without any event it is the prior's. `gap` and its 90 % interval (normal, from the posterior
        variances) are null under ten deeds in the window; a z-score is null under twenty earlier
        weeks, or where these do not differ.

    References:
        Detente measure definitions, docs/concepts/measures.md and docs/concepts/panel.md; Johnson,
        Kotz, Balakrishnan (1995), Continuous Univariate Distributions 2, chapter 25, for mean and
        variance of log-odds.

    Examples:
        >>> rows = {"actor": ["USA"], "recipient": ["CHN"], "week": [6190], "cell": [4]}
        >>> more = {"issue": [""], "n": [12], "goldstein_hundredths": [-6000], "n_reports": [30]}
        >>> cube = pa.table(rows | more)
        >>> panel = dyad_weeks(cube, week_totals(cube)).to_pylist()[0]
        >>> panel["week"], panel["n_material_conflict"], panel["gap"] > 0
        (datetime.date(2018, 8, 20), 12, True)
    """
    require_columns(cube, _NEEDED)
    grid = _Grid.of(cube, totals)
    window = grid.near.sums(grid.n)
    columns = {
        **grid.names(),
        **_week_columns(grid),
        **_window_columns(grid, window),
        **_indices(grid, window, totals),
    }
    table = pa.table(columns)
    told = grid.has_event if since is None else grid.has_event & (grid.weeks >= since)
    return table if told.all() else table.filter(pa.array(told))


def panel_columns() -> Mapping[str, pa.DataType]:
    """Return the panel's columns and their types.

    Examples:
        >>> list(panel_columns())[:5]
        ['actor', 'recipient', 'issue', 'week', 'n_events']
    """
    empty = pa.table({name: pa.array([], kind) for name, kind in _CUBE_TYPES.items()})
    schema = dyad_weeks(empty, week_totals(empty)).schema
    return {field.name: field.type for field in schema}


_CUBE_TYPES = {
    **dict.fromkeys(("actor", "recipient", "issue"), pa.string()),
    **dict.fromkeys(("week", "cell", "n", "goldstein_hundredths", "n_reports"), pa.int64()),
}


@dataclass(frozen=True, eq=False)
class _Grid:
    """The cube with a row per dyad, issue and week; the last axis of all arrays is the rows."""

    words: Mapping[str, list[str]]
    codes: Mapping[str, Counts]
    weeks: Counts
    n: Counts
    """Shape `(6, n_rows)`, by cell."""
    goldstein: Counts
    reports: Counts
    near: Spans
    """Rows of the dyad in the twelve weeks that end with the row's own."""
    history: Spans
    trailing: Spans
    is_whole: NDArray[np.bool_]
    """Whether the row's window lies within the source."""

    @property
    def has_event(self) -> NDArray[np.bool_]:
        """Whether a week holds an event, and not only later reports of another week's."""
        return np.asarray(self.n.any(axis=0))

    @classmethod
    def of(cls, cube: pa.Table, totals: WeekTotals) -> "_Grid":
        named = {name: _sorted_codes(cube[name]) for name in ("actor", "recipient", "issue")}
        first = totals.first
        span = max(totals.last, first) - first + REACH + TRAILING_WEEKS + 1
        places = np.zeros(cube.num_rows, np.int64)
        for words, codes in named.values():
            places = places * max(len(words), 1) + codes
        places = places * span + cube["week"].to_numpy() - first
        cells = _Cells.of(places * _CELLS + cube["cell"].to_numpy() - 1)
        keys, size = cells.keys, cells.keys.size
        weeks = keys % span + first
        start = np.searchsorted(keys, keys - (WINDOW_WEEKS - 1))
        return cls(
            words={name: words for name, (words, _) in named.items()},
            codes={name: codes[cells.any_row] for name, (_, codes) in named.items()},
            weeks=weeks,
            n=cells.sums(cube["n"].to_numpy()),
            goldstein=cells.sums(cube["goldstein_hundredths"].to_numpy()),
            reports=cells.sums(cube["n_reports"].to_numpy()).sum(axis=0),
            near=Spans(start, np.arange(1, size + 1)),
            history=Spans(np.searchsorted(keys, keys - REACH), start),
            trailing=Spans(np.searchsorted(keys, keys - TRAILING_WEEKS), start),
            is_whole=weeks >= first + WINDOW_WEEKS - 1,
        )

    def names(self) -> dict[str, pa.Array]:
        """Return who, whom, on what and when."""
        columns = {
            name: pa.array(words, pa.string()).take(pa.array(self.codes[name]))
            for name, words in self.words.items()
        }
        days = 7 * self.weeks + (_WEEK_ZERO - date(1970, 1, 1)) // timedelta(days=1)
        return {**columns, "week": pa.array(days.astype(np.int32), pa.int32()).cast(pa.date32())}


@dataclass(frozen=True, eq=False)
class _Cells:
    """Which cell of which row of the grid each row of the cube adds to."""

    order: Counts
    """The cube's rows, sorted by grid row and cell."""
    start: Counts
    """Where in that order each cell begins."""
    cell: Counts
    row: Counts
    """The row of the grid, by cell."""
    keys: Counts
    """The grid's rows: dyad and week as one number, ascending."""
    any_row: Counts
    """A row of the cube, by row of the grid."""

    @classmethod
    def of(cls, places: Counts) -> "_Cells":
        order = np.argsort(places)
        places = places[order]
        start = np.flatnonzero(np.diff(places, prepend=-1))
        keys, cell = np.divmod(places[start], _CELLS)
        is_new = np.diff(keys, prepend=-1) != 0
        rows = np.cumsum(is_new) - 1
        return cls(order, start, cell, rows, keys[is_new], order[start[is_new]])

    def sums(self, values: Counts) -> Counts:
        """Add up a column of the cube, to shape `(6, n_rows)`."""
        found = np.zeros((_CELLS, self.keys.size), np.int64)
        if self.start.size:
            found[self.cell, self.row] = np.add.reduceat(values[self.order], self.start)
        return found


def _sorted_codes(column: pa.ChunkedArray) -> tuple[list[str], Counts]:
    encoded = column.combine_chunks().dictionary_encode()
    words = encoded.dictionary.to_pylist()
    order = np.argsort(np.array(words, dtype=object)) if words else np.zeros(0, np.int64)
    rank = np.empty(len(words), np.int64)
    rank[order] = np.arange(len(words))
    return [words[at] for at in order], rank[encoded.indices.to_numpy()]


def _week_columns(grid: _Grid) -> dict[str, pa.Array]:
    n, value = _by_quad(grid.n), _by_quad(grid.goldstein)
    events = grid.n.sum(axis=0)
    return {
        "n_events": pa.array(events),
        **{f"n_{name}": pa.array(counts) for name, counts in zip(QUADS, n, strict=True)},
        "n_statements": pa.array(grid.n[_STATEMENT]),
        "n_meetings": pa.array(grid.n[_MEETING]),
        **{
            f"goldstein_{name}": pa.array(sums / 100.0)
            for name, sums in zip(QUADS, value, strict=True)
        },
        "n_reports": pa.array(grid.reports),
        "reports_per_event": pa.array(grid.reports / np.maximum(events, 1)),
        **_shares(_tones(grid.n), ""),
    }


def _window_columns(grid: _Grid, cells: Counts) -> dict[str, pa.Array]:
    n = _by_quad(cells)
    goldstein = grid.near.sums(grid.goldstein.sum(axis=0))
    return {
        **{f"n_{name}_12w": pa.array(counts) for name, counts in zip(QUADS, n, strict=True)},
        "n_meetings_12w": pa.array(cells[_MEETING]),
        "goldstein_12w": pa.array(goldstein / 100.0),
        "n_reports_12w": pa.array(grid.near.sums(grid.reports)),
        **_shares(_tones(cells), "_12w"),
    }


def _by_quad(cells: Counts) -> list[Counts]:
    """Statements and meetings are verbal cooperation."""
    return [cells[0] + cells[_STATEMENT] + cells[_MEETING], cells[1], cells[2], cells[3]]


def _tones(cells: Counts) -> Mapping[Realm, tuple[Counts, Counts]]:
    """Warm and cold counts; statements are neutral, meetings warm words."""
    return {Realm.SAY: (cells[0] + cells[_MEETING], cells[2]), Realm.DO: (cells[1], cells[3])}


def _shares(tones: Mapping[Realm, tuple[Counts, Counts]], suffix: str) -> dict[str, pa.Array]:
    found = {}
    for realm, name in _REALMS.items():
        coop, conf = tones[realm]
        n = coop + conf
        share = coop / np.maximum(n, 1)
        found[f"share_cooperative_{name}{suffix}"] = pa.array(share, mask=n == 0)
    return found


def _indices(grid: _Grid, window: Counts, totals: WeekTotals) -> dict[str, pa.Array]:
    tones, past = _tones(window), _tones(grid.n)
    words, deeds = (_posterior(grid, totals, realm, tones[realm], past[realm]) for realm in _REALMS)
    enough = tones[Realm.DO][0] + tones[Realm.DO][1] >= LEAST_DEEDS
    gap = words.index - deeds.index
    half = np.full(gap.size, np.nan)
    variance = words.variance(enough) + deeds.variance(enough)
    half[enough] = special.ndtri(tails(LEVEL)[1]) * np.sqrt(variance)
    bounds = {"gap": gap, "gap_low": gap - half, "gap_high": gap + half}
    fine = grid.is_whole & grid.has_event
    return {
        "reference_words": pa.array(words.reference),
        "reference_deeds": pa.array(deeds.reference),
        "words": pa.array(words.index),
        "deeds": pa.array(deeds.index),
        **{name: pa.array(values, mask=~enough) for name, values in bounds.items()},
        "z_words": _z(words.index, fine, grid.trailing),
        "z_deeds": _z(deeds.index, fine, grid.trailing),
        "z_gap": _z(gap, fine & enough, grid.trailing),
    }


def _z(values: Floats, fine: NDArray[np.bool_], trailing: Spans) -> pa.Array:
    z = z_scores(values, fine, trailing, LEAST_HISTORY)
    return pa.array(z, mask=np.isnan(z))


@dataclass(frozen=True, eq=False)
class _Posterior:
    alpha: Floats
    beta: Floats
    reference: Floats
    index: Floats

    def variance(self, rows: NDArray[np.bool_]) -> Floats:
        """Return the posterior variance of the log-odds of some rows."""
        alpha, beta = (special.zeta(2.0, shape[rows]) for shape in (self.alpha, self.beta))
        return np.asarray(alpha + beta, np.float64)


def _posterior(
    grid: _Grid,
    totals: WeekTotals,
    realm: Realm,
    window: tuple[Counts, Counts],
    counts: tuple[Counts, Counts],
) -> _Posterior:
    usual = totals.reference(realm, np.arange(totals.first, totals.last + 1))
    at = grid.weeks - totals.first
    p, log_odds = usual[at], logit(usual)[at]
    own, other = (grid.history.sums(tone) for tone in counts)
    scale = PRIOR_EVENTS / (own + other + HISTORY_EVENTS)
    alpha = scale * (own + HISTORY_EVENTS * p) + window[0]
    beta = scale * (other + HISTORY_EVENTS * (1 - p)) + window[1]
    index = special.psi(alpha) - special.psi(beta) - log_odds
    return _Posterior(np.asarray(alpha, np.float64), np.asarray(beta, np.float64), p, index)
