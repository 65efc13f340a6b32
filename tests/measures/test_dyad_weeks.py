"""The panel against a plain second implementation, and the laws it keeps."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import UnknownNameError
from detente.measures.cube_grid import REACH, TRAILING_WEEKS, WINDOW_WEEKS
from detente.measures.dyad_weeks import (
    dyad_week_blocks,
    dyad_weeks,
    panel_columns,
    renewed_weeks,
)
from detente.measures.week_totals import PAST_COLUMNS, panel_totals, week_totals
from tests.measures.cubes import SCHEMA, Nature, Row, table
from tests.measures.plain_panel import plain_panel

FEW = settings(max_examples=25, deadline=None)
CLOSE = 1e-9

NATURES = {
    "plain": Nature(),
    "issues": Nature(issues=("taiwan", "trade"), weeks=60),
    "gaps of many weeks": Nature(density=0.05, weeks=900, usual=9),
    "one-sided words and deeds": Nature(cells=(1, 4, 6), usual=20),
    "fewer than 200 events": Nature(dyads=2, density=0.3, usual=1, weeks=60),
    "before 1970": Nature(first=40, weeks=200, partial=False),
    "the week of 1970": Nature(first=3600, weeks=120),
    "single rows": Nature(dyads=9, density=0.01, weeks=300),
    "begin and end": Nature(dyads=14, weeks=200),
    "constant stretches": Nature(dyads=2, wobble=0, density=1, usual=3, weeks=420, partial=False),
    "constant, under the shipped rate": Nature(
        dyads=1, wobble=0, density=1, usual=1, cells=(2, 4), weeks=420, partial=False
    ),
    "near-constant values": Nature(dyads=2, usual=10**9, density=1, wobble=1e-4, partial=False),
    "huge counts": Nature(dyads=3, usual=10**12),
    "statements only": Nature(cells=(5,)),
    "later reports without an event": Nature(unheard=0.5, usual=2, density=0.4),
}


def panel_of(rows: Sequence[Row], of_all: Sequence[Row] | None = None) -> pa.Table:
    return dyad_weeks(table(rows), week_totals(table(rows if of_all is None else of_all)))


def assert_same_figures(found: pa.Table, wanted: Sequence[dict[str, Any]]) -> None:
    assert found.num_rows == len(wanted)
    for name in found.column_names:
        expected = pa.array([row[name] for row in wanted], found[name].type)
        assert found[name].is_null().equals(pa.chunked_array([expected.is_null()])), name
        if pa.types.is_floating(expected.type):
            values, others = (side.fill_null(0.0).to_numpy() for side in (found[name], expected))
            np.testing.assert_allclose(values, others, rtol=CLOSE, atol=CLOSE, err_msg=name)
        else:
            assert found[name].equals(pa.chunked_array([expected])), name


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("nature", NATURES.values(), ids=NATURES.keys())
def test_every_figure_is_the_plain_one(nature: Nature, seed: int) -> None:
    rows = nature.rows(seed)
    assert rows
    assert_same_figures(panel_of(rows), plain_panel(rows))


natures = st.builds(
    Nature,
    dyads=st.integers(1, 4),
    weeks=st.integers(1, 160),
    first=st.sampled_from([0, 3640, 6100]),
    density=st.sampled_from([0.02, 0.3, 1.0]),
    usual=st.sampled_from([1, 3, 40, 10**9]),
    wobble=st.sampled_from([0, 1e-3, 1.0]),
    cells=st.lists(st.integers(1, 6), min_size=1, max_size=6, unique=True).map(tuple),
    issues=st.sampled_from([(), ("trade",)]),
    partial=st.booleans(),
    unheard=st.sampled_from([0.0, 0.2]),
)
seeds = st.integers(0, 2**32)


@given(nature=natures, seed=seeds)
@settings(max_examples=60, deadline=None)
@pytest.mark.slow
def test_any_cube_gives_the_plain_figures(nature: Nature, seed: int) -> None:
    rows = nature.rows(seed)
    assert_same_figures(panel_of(rows), plain_panel(rows))


@pytest.mark.slow
def test_a_larger_cube_gives_the_plain_figures() -> None:
    rows = Nature(dyads=300, weeks=400, density=0.15, usual=2, cells=(1, 2, 4, 6)).rows(20)
    assert len({(row["actor"], row["recipient"]) for row in rows}) > 290
    assert_same_figures(panel_of(rows), plain_panel(rows))


def of_weeks(panel: pa.Table, first: int, last: int) -> pa.Table:
    days = [date(1900, 1, 1) + timedelta(weeks=week) for week in (first, last)]
    weeks = pc.and_(pc.greater_equal(panel["week"], days[0]), pc.less_equal(panel["week"], days[1]))
    return panel.filter(weeks)


def bits(panel: pa.Table) -> Iterator[tuple[str, object]]:
    """What two panels share only where they are the same to the last bit."""
    for name in panel.column_names:
        column = panel[name].combine_chunks()
        values = (
            column.fill_null(0.0).to_numpy().tobytes() if name in FLOATS else column.to_pylist()
        )
        yield name, (column.is_null().to_pylist(), values)


FLOATS = {name for name, kind in panel_columns().items() if pa.types.is_floating(kind)}


@given(nature=natures, seed=seeds, back=st.integers(0, 170))
@FEW
def test_rows_since_a_week_are_those_of_the_full_run(nature: Nature, seed: int, back: int) -> None:
    rows, since = nature.rows(seed), nature.first + nature.weeks - back
    whole, totals = panel_of(rows), week_totals(table(rows))
    needed = [row for row in rows if row["week"] >= since - REACH - TRAILING_WEEKS]
    wanted = dict(bits(of_weeks(whole, since, 10_000)))
    for read in (rows, needed):
        assert dict(bits(dyad_weeks(table(read), totals, since=since))) == wanted


@pytest.mark.parametrize("back", [1, 5, 12])
def test_the_latest_weeks_follow_from_those_built_before(back: int) -> None:
    """Long enough that the weeks before are not all that there are."""
    rows = Nature(weeks=800, density=0.5, partial=False).rows(3)
    last = max(row["week"] for row in rows)
    since = last - back + 1
    whole = panel_of(rows)
    recent = table([row for row in rows if row["week"] >= since - WINDOW_WEEKS + 1])
    past = of_weeks(whole, since - REACH, since - 1).select(PAST_COLUMNS)
    totals = panel_totals(past, min(row["week"] for row in rows), last)
    found = renewed_weeks(recent, past, totals, since=since)
    assert dict(bits(found)) == dict(bits(of_weeks(whole, since, 10_000)))


@given(nature=natures, seed=seeds)
@FEW
def test_blocks_of_any_size_give_the_same_bits(nature: Nature, seed: int) -> None:
    rows = nature.rows(seed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("detente.measures.cube_grid.BLOCK", 3)
        blocks = list(dyad_week_blocks(table(rows), week_totals(table(rows))))
    assert len(blocks) > 1 or len(rows) < 200
    assert dict(bits(pa.concat_tables(blocks))) == dict(bits(panel_of(rows)))


@given(nature=natures, seed=seeds, at=st.integers(0, 3))
@FEW
def test_some_dyads_give_the_bits_they_have_among_all(nature: Nature, seed: int, at: int) -> None:
    rows = nature.rows(seed)
    chosen = {f"A{at}", "A0"}
    whole = panel_of(rows)
    among = whole.filter(pc.is_in(whole["actor"], pa.array(sorted(chosen))))
    alone = panel_of([row for row in rows if row["actor"] in chosen], rows)
    assert dict(bits(alone)) == dict(bits(among))


@given(nature=natures, seed=seeds, order=st.randoms(use_true_random=False))
@FEW
def test_order_of_the_rows_changes_nothing(nature: Nature, seed: int, order: Random) -> None:
    rows = nature.rows(seed)
    panel = panel_of(rows)
    order.shuffle(rows)
    assert dict(bits(panel_of(rows))) == dict(bits(panel))
    who = [panel[name].to_pylist() for name in ("actor", "recipient", "issue", "week")]
    assert list(zip(*who, strict=True)) == sorted(zip(*who, strict=True))


@given(nature=natures, seed=seeds, later=seeds, ahead=st.integers(1, 20))
@FEW
def test_what_comes_after_a_week_changes_nothing_up_to_it(
    nature: Nature, seed: int, later: int, ahead: int
) -> None:
    rows, last = nature.rows(seed), nature.first + nature.weeks
    added = Nature(first=last + ahead, weeks=30, issues=("arms",)).rows(later)
    found = of_weeks(panel_of(rows + added), 0, last)
    assert dict(bits(found)) == dict(bits(panel_of(rows)))


@given(nature=natures, seed=seeds, cut=st.integers(0, 50))
@FEW
def test_parts_of_a_cell_add_up(nature: Nature, seed: int, cut: int) -> None:
    """Cells told twice, in tables put together, are the cells of their sums."""
    rows = nature.rows(seed)
    counts = ("n", "goldstein_hundredths", "n_reports")
    halves = [{**row, **{name: row[name] // 3 for name in counts}} for row in rows]
    rests = [
        {**row, **{name: row[name] - half[name] for name in counts}}
        for row, half in zip(rows, halves, strict=True)
    ]
    parts = [table(halves[:cut]), table(rests), table([]), table(halves[cut:])]
    whole = pa.concat_tables(parts)
    assert dict(bits(dyad_weeks(whole, week_totals(whole)))) == dict(bits(panel_of(rows)))


@pytest.mark.parametrize("name", SCHEMA.names)
def test_a_missing_column_is_refused_by_name(name: str) -> None:
    rows = table(Nature().rows(1))
    with pytest.raises(UnknownNameError, match=f"unknown column '{name}'"):
        dyad_weeks(rows.drop_columns([name]), week_totals(rows))


@pytest.mark.parametrize("name", ["week", "cell", "issue", "n"])
def test_totals_refuse_a_missing_column_by_name(name: str) -> None:
    with pytest.raises(UnknownNameError, match=f"unknown column '{name}'"):
        week_totals(table(Nature().rows(1)).drop_columns([name]))


def test_no_row_gives_no_row() -> None:
    panel = panel_of([])
    assert (panel.num_rows, panel.column_names) == (0, list(panel_columns()))


def entry(week: int, cell: int, n: int, **facts: int) -> Row:
    return {
        "actor": "USA",
        "recipient": "CHN",
        "week": week,
        "cell": cell,
        "issue": "",
        "n": n,
        "goldstein_hundredths": 0,
        "n_reports": n,
        **facts,
    }


def test_a_week_of_later_reports_is_no_row_but_its_reports_count() -> None:
    rows = [entry(6100, 2, 3), entry(6101, 2, 0, n_reports=5), entry(6102, 4, 1)]
    panel = panel_of(rows)
    assert panel["n_events"].to_pylist() == [3, 1]
    assert panel["n_reports_12w"].to_pylist() == [3, 9]


def test_counts_beyond_what_a_float_holds_add_up_exactly() -> None:
    rows = [entry(6100, 2, 2**53), entry(6100, 2, 1), entry(6101, 2, 2)]
    assert panel_of(rows)["n_material_cooperation_12w"].to_pylist() == [2**53 + 1, 2**53 + 3]


@pytest.mark.parametrize(
    ("deeds", "told"), [(9, False), (10, True)], ids=["nine deeds", "ten deeds"]
)
def test_a_gap_needs_ten_deeds(deeds: int, told: bool) -> None:
    row = panel_of([entry(6100, 4, deeds), entry(6100, 1, 50)]).to_pylist()[0]
    assert [row[name] is not None for name in ("gap", "gap_low", "gap_high")] == [told] * 3
