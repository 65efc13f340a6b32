"""The panel of directed dyads by week: counts, twelve-week windows, words, deeds, gap and z-scores.

One pass over the weekly cube with cumulative sums. The whole is one function of its input: the same
cube gives the same figures, whichever engine counted it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from scipy import special

from detente.measures.cube_grid import (
    DAYS_TO_ZERO,
    NAMES,
    REACH,
    TRAILING_WEEKS,
    WINDOW_WEEKS,
    Counts,
    Grid,
    SortedCube,
    dyad_keys,
)
from detente.measures.event_index import HISTORY_EVENTS, PRIOR_EVENTS
from detente.measures.gap import LEAST_DEEDS, LEAST_HISTORY
from detente.measures.intervals import LEVEL, Floats, logit, tails, trigamma
from detente.measures.spreads import Spans, z_scores
from detente.measures.week_totals import (
    MEETING,
    QUADS,
    STATEMENT,
    Tones,
    WeekTotals,
    cell_tones,
    panel_tones,
    week_totals,
)
from detente.measures.windows import require_columns
from detente.ontology.cameo import Realm

_REALMS = {Realm.SAY: "words", Realm.DO: "deeds"}
_NEEDED = ("actor", "recipient", "week", "cell", "issue", "n", "goldstein_hundredths", "n_reports")


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
    return pa.concat_tables(dyad_week_blocks(cube, totals, since=since))


def dyad_week_blocks(
    cube: pa.Table, totals: WeekTotals, *, since: int | None = None
) -> Iterator[pa.Table]:
    """Give the rows of `dyad_weeks` a hundred thousand or so at a time.

    Args:
        cube: As in `dyad_weeks`.
        totals: All dyads of the source.
        since: Give rows from this week on.

    Yields:
        Whole dyads, in order; one empty table where there is no row.
    """
    require_columns(cube, _NEEDED)
    ordered = SortedCube.of(cube, totals.first, totals.last)
    del cube  # the blocks need no names, which are most of it
    for grid in ordered.grids():
        yield _told(grid, _columns(grid, totals, None), since)


def renewed_weeks(recent: pa.Table, past: pa.Table, totals: WeekTotals, *, since: int) -> pa.Table:
    """Return the rows of the latest weeks, from rows that are built for the weeks before.

    Args:
        recent: Rows of the cube of some dyads, of the eleven weeks before `since` and all after.
        past: Rows of the panel, with `PAST_COLUMNS`, of these dyads and of the 271 weeks before
            `since`; those of other dyads change nothing.
        totals: All dyads of the source.
        since: The first week to make anew, at most twelve before the last.

    Returns:
        The very rows that `dyad_weeks` gives from that week on.
    """
    require_columns(recent, _NEEDED)
    both = {name: pa.chunked_array([*recent[name].chunks, *past[name].chunks]) for name in NAMES}
    cube = SortedCube.of(recent, totals.first, totals.last, both)
    built = _Past.of(past, cube)
    [grid] = cube.grids(size=recent.num_rows + 1)
    return _told(grid, _columns(grid, totals, built), since)


def _told(grid: Grid, columns: Mapping[str, pa.Array], since: int | None) -> pa.Table:
    table = pa.table(columns)
    told = grid.has_event if since is None else grid.has_event & (grid.weeks >= since)
    return table if told.all() else table.filter(pa.array(told))


def _columns(grid: Grid, totals: WeekTotals, past: "_Past | None") -> Mapping[str, pa.Array]:
    window = grid.near.sums(grid.n)
    return {
        **grid.names(),
        **_week_columns(grid),
        **_window_columns(grid, window),
        **_indices(grid, window, totals, past),
    }


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


def _week_columns(grid: Grid) -> dict[str, pa.Array]:
    n, value = _by_quad(grid.n), _by_quad(grid.goldstein)
    events = grid.n.sum(axis=0)
    return {
        "n_events": pa.array(events),
        **{f"n_{name}": pa.array(counts) for name, counts in zip(QUADS, n, strict=True)},
        "n_statements": pa.array(grid.n[STATEMENT]),
        "n_meetings": pa.array(grid.n[MEETING]),
        **{
            f"goldstein_{name}": pa.array(sums / 100.0)
            for name, sums in zip(QUADS, value, strict=True)
        },
        "n_reports": pa.array(grid.reports),
        "reports_per_event": pa.array(grid.reports / np.maximum(events, 1)),
        **_shares(cell_tones(grid.n), ""),
    }


def _window_columns(grid: Grid, cells: Counts) -> dict[str, pa.Array]:
    n = _by_quad(cells)
    goldstein = grid.near.sums(grid.goldstein.sum(axis=0))
    return {
        **{f"n_{name}_12w": pa.array(counts) for name, counts in zip(QUADS, n, strict=True)},
        "n_meetings_12w": pa.array(cells[MEETING]),
        "goldstein_12w": pa.array(goldstein / 100.0),
        "n_reports_12w": pa.array(grid.near.sums(grid.reports)),
        **_shares(cell_tones(cells), "_12w"),
    }


def _by_quad(cells: Counts) -> list[Counts]:
    """Statements and meetings are verbal cooperation."""
    return [cells[0] + cells[STATEMENT] + cells[MEETING], cells[1], cells[2], cells[3]]


def _shares(tones: Tones, suffix: str) -> dict[str, pa.Array]:
    found = {}
    for realm, name in _REALMS.items():
        coop, conf = tones[realm]
        n = coop + conf
        share = coop / np.maximum(n, 1)
        found[f"share_cooperative_{name}{suffix}"] = pa.array(share, mask=n == 0)
    return found


@dataclass(frozen=True, eq=False)
class _Past:
    """What figures are compared with: rows of the same dyads, by ascending key."""

    keys: Counts
    tones: Tones
    words: Floats
    deeds: Floats
    gap: Floats
    is_fine: NDArray[np.bool_]
    """Rows whose window lies within the source."""
    has_gap: NDArray[np.bool_]

    @classmethod
    def of(cls, rows: pa.Table, cube: SortedCube) -> "_Past":
        codes = {name: codes[-rows.num_rows or None :] for name, codes in cube.codes.items()}
        if not rows.num_rows:
            codes = {name: found[:0] for name, found in codes.items()}
        days = rows["week"].cast(pa.int32()).to_numpy()
        weeks = (days - DAYS_TO_ZERO) // 7
        keys = dyad_keys(cube.words, codes, weeks, cube.span, cube.first)
        order = np.argsort(keys)
        tones = panel_tones(rows)
        words, deeds, gap = (
            pc.fill_null(rows[name], 0.0).to_numpy()[order] for name in ("words", "deeds", "gap")
        )
        return cls(
            keys=keys[order],
            tones={realm: (warm[order], cold[order]) for realm, (warm, cold) in tones.items()},
            words=words,
            deeds=deeds,
            gap=gap,
            is_fine=(weeks >= cube.first + WINDOW_WEEKS - 1)[order],
            has_gap=pc.is_valid(rows["gap"]).to_numpy()[order],
        )


def _indices(
    grid: Grid, window: Counts, totals: WeekTotals, built: _Past | None
) -> dict[str, pa.Array]:
    tones = cell_tones(window)
    keys, past = (grid.keys, cell_tones(grid.n)) if built is None else (built.keys, built.tones)
    before = (
        grid.near.start if built is None else np.searchsorted(keys, grid.keys - (WINDOW_WEEKS - 1))
    )
    history = Spans(np.searchsorted(keys, grid.keys - REACH), before)
    words, deeds = (
        _posterior(grid, totals, realm, tones[realm], [history.sums(n) for n in past[realm]])
        for realm in _REALMS
    )
    enough = tones[Realm.DO][0] + tones[Realm.DO][1] >= LEAST_DEEDS
    gap = words.index - deeds.index
    half = np.full(gap.size, np.nan)
    variance = words.variance(enough) + deeds.variance(enough)
    half[enough] = special.ndtri(tails(LEVEL)[1]) * np.sqrt(variance)
    bounds = {"gap": gap, "gap_low": gap - half, "gap_high": gap + half}
    fine = grid.is_whole & grid.has_event
    own = built or _Past(keys, past, words.index, deeds.index, gap, fine, enough)
    trailing = Spans(np.searchsorted(keys, grid.keys - TRAILING_WEEKS), before)
    return {
        "reference_words": pa.array(words.reference),
        "reference_deeds": pa.array(deeds.reference),
        "words": pa.array(words.index),
        "deeds": pa.array(deeds.index),
        **{name: pa.array(values, mask=~enough) for name, values in bounds.items()},
        "z_words": _z(words.index, fine, trailing, own.words, own.is_fine),
        "z_deeds": _z(deeds.index, fine, trailing, own.deeds, own.is_fine),
        "z_gap": _z(gap, fine & enough, trailing, own.gap, own.is_fine & own.has_gap),
    }


def _z(
    values: Floats,
    fine: NDArray[np.bool_],
    trailing: Spans,
    past: Floats,
    past_fine: NDArray[np.bool_],
) -> pa.Array:
    z = z_scores(values, fine, trailing, LEAST_HISTORY, past=(past, past_fine))
    return pa.array(z, mask=np.isnan(z))


@dataclass(frozen=True, eq=False)
class _Posterior:
    alpha: Floats
    beta: Floats
    reference: Floats
    index: Floats

    def variance(self, rows: NDArray[np.bool_]) -> Floats:
        """Return the posterior variance of the log-odds of some rows."""
        return trigamma(self.alpha[rows]) + trigamma(self.beta[rows])


def _posterior(
    grid: Grid,
    totals: WeekTotals,
    realm: Realm,
    window: tuple[Counts, Counts],
    history: Sequence[Counts],
) -> _Posterior:
    usual = totals.reference(realm, np.arange(totals.first, totals.last + 1))
    at = grid.weeks - totals.first
    p, log_odds = usual[at], logit(usual)[at]
    own, other = history
    scale = PRIOR_EVENTS / (own + other + HISTORY_EVENTS)
    alpha = scale * (own + HISTORY_EVENTS * p) + window[0]
    beta = scale * (other + HISTORY_EVENTS * (1 - p)) + window[1]
    index = special.psi(alpha) - special.psi(beta) - log_odds
    return _Posterior(np.asarray(alpha, np.float64), np.asarray(beta, np.float64), p, index)
