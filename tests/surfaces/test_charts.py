import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.pipeline.answers import GapRow
from detente.pipeline.briefs import Brief
from detente.surfaces.charts import chart_svg, gap_strips, timeline, words_deeds
from detente.surfaces.charts.gap_strips import counted_text
from detente.surfaces.charts.meeting_marks import lanes
from detente.surfaces.charts.names import issue_label, state_names
from detente.surfaces.charts.theme import NARROW, PALETTE, WIDE, span_of
from detente.surfaces.charts.timeline import first_day
from detente.surfaces.charts.words_deeds import counts_text

NAMES = {"USA": "United States", "CHN": "China"}
PAIR = ("USA", "CHN")
MakeBrief = Callable[..., Brief]
MakeRow = Callable[..., GapRow]


def marks(part: dict[str, Any], data: object = None) -> Iterator[dict[str, Any]]:
    """Every unit of a specification, however deep it is layered, with the data it draws."""
    data = part.get("data", data)
    if "mark" in part:
        yield {**part, "data": data}
    for inner in (*part.get("layer", ()), *part.get("vconcat", ())):
        yield from marks(inner, data)


def rows(spec: dict[str, Any], unit: dict[str, Any]) -> list[dict[str, Any]]:
    data = unit["data"]
    found: list[dict[str, Any]] = data.get("values") or spec["datasets"][data["name"]]
    return found


def said(spec: dict[str, Any]) -> set[str]:
    units = [u for u in marks(spec) if u["mark"]["type"] == "text"]
    return {row["text"] for u in units for row in rows(spec, u) if "text" in row}


def timeline_spec(brief: Brief, width: int = WIDE) -> dict[str, Any]:
    met = sorted(brief.timeline_meetings, key=lambda m: m.meeting.within.start)
    chart = timeline(
        brief.timeline, met, brief.pair, NAMES, window_start=brief.window_start, width=width
    )
    spec: dict[str, Any] = chart.to_dict()
    return spec


@pytest.mark.parametrize("width", [WIDE, NARROW], ids=["wide", "narrow"])
def test_timeline_has_a_band_and_a_line_per_side_and_realm(
    make_brief: MakeBrief, width: int
) -> None:
    units = list(marks(timeline_spec(make_brief(), width)))
    bands = [u for u in units if u["mark"]["type"] == "area"]
    assert len(bands) == 4
    assert {(b["encoding"]["y"]["field"], b["encoding"]["y2"]["field"]) for b in bands} == {
        ("low", "high")
    }
    lines = [u for u in units if u["mark"]["type"] == "line" and u["mark"]["strokeWidth"] > 1]
    assert len({(u["mark"]["color"], tuple(u["mark"]["strokeDash"])) for u in lines}) == 4


def test_timeline_line_breaks_where_nothing_was_counted(make_brief: MakeBrief) -> None:
    brief = make_brief()
    spec = timeline_spec(brief)
    line = next(u for u in marks(spec) if u["mark"]["type"] == "line")
    values = rows(spec, line)
    assert {row["value"] is None for row in values if row["n"] == 0} == {True}
    assert all(row["value"] is not None for row in values if row["n"])


def test_timeline_begins_two_weeks_before_the_first_event(make_brief: MakeBrief) -> None:
    brief = make_brief(timeline_meetings=())
    counted = min(p.week_end for p in brief.timeline if p.n)
    assert first_day(brief.timeline, ()) == counted - timedelta(weeks=2)


def test_timeline_says_in_words_what_zero_and_direction_mean(make_brief: MakeBrief) -> None:
    assert {"as usual among states", "↑ warmer", "↓ colder", "words", "deeds"} <= said(
        timeline_spec(make_brief())
    )


@given(st.lists(st.floats(0, 700), max_size=40), st.floats(0, 60))
def test_labels_of_one_lane_never_touch_nor_stray(places: list[float], shift: float) -> None:
    found = lanes(places, least=19, shift=shift)
    assert all(-1e-9 <= p - at <= shift + 1e-9 for p, (_, at) in zip(places, found, strict=True))
    for lane in {lane for lane, _ in found}:
        held = sorted(at for one, at in found if one == lane)
        assert all(b - a >= 19 - 1e-9 for a, b in pairwise(held))


@pytest.mark.parametrize("width", [WIDE, NARROW], ids=["wide", "narrow"])
def test_words_and_deeds_draw_an_interval_per_figure(make_row: MakeRow, width: int) -> None:
    spec = words_deeds([make_row("USA"), make_row("CHN")], PAIR, NAMES, width=width).to_dict()
    bars = [u for u in marks(spec) if u["encoding"].get("x2", {}).get("field") == "high"]
    assert len(rows(spec, bars[0])) == 6
    assert {"46 of 58 warm, usual 89%", "Words, without meetings", "2×"} <= said(spec)


def test_sides_differ_by_colour_and_shape(make_row: MakeRow) -> None:
    spec = words_deeds([make_row("USA"), make_row("CHN")], PAIR, NAMES).to_dict()
    dots = next(u for u in marks(spec) if u["mark"]["type"] == "point")
    looks = {(row["color"], row["shape"]) for row in rows(spec, dots)}
    assert looks == {("#1f5a92", "circle"), ("#b8651b", "diamond")}


def test_gap_rows_with_too_few_deeds_are_shown_with_their_counts(make_row: MakeRow) -> None:
    groups = [
        ("Trade", [make_row("USA", "trade"), make_row("CHN", "trade", gap=None)]),
        ("Cyber", [make_row("USA", "cyber", gap=None), make_row("CHN", "cyber", gap=None)]),
    ]
    spec = gap_strips(groups, PAIR, NAMES).to_dict()
    bars = [u for u in marks(spec) if u["encoding"].get("x2", {}).get("field") == "high"]
    assert len(rows(spec, bars[0])) == 1
    assert {"Cyber", "3 deeds / 58 words", "too few deeds: 3"} <= said(spec)


def test_gap_chart_without_any_gap_still_lists_the_counts(make_row: MakeRow) -> None:
    groups = [("Cyber", [make_row("USA", "cyber", gap=None)])]
    spec = gap_strips(groups, PAIR, NAMES, width=NARROW).to_dict()
    assert not [u for u in marks(spec) if u["mark"]["type"] == "point"]
    assert "3 + 0 / 58" in said(spec)


def test_every_colour_drawn_has_a_dark_counterpart(
    make_brief: MakeBrief, make_row: MakeRow
) -> None:
    met = make_brief().timeline_meetings
    brief = make_brief()
    charts = [
        timeline(brief.timeline, met, PAIR, NAMES, window_start=brief.window_start),
        words_deeds([make_row("USA"), make_row("CHN")], PAIR, NAMES),
        gap_strips([("All", [make_row("USA"), make_row("CHN", gap=None)])], PAIR, NAMES),
    ]
    drawn = "".join(chart_svg(c, name="c", title="t", description="d") for c in charts)
    colours = set(re.findall(r'(?:fill|stroke)="(#[0-9a-fA-F]{3,8}|[a-z]+)"', drawn))
    assert colours <= {*PALETTE, "none", "transparent"}


def test_svg_has_a_text_alternative_and_ids_of_its_own(make_row: MakeRow) -> None:
    chart = words_deeds([make_row("USA")], PAIR, NAMES)
    drawn = chart_svg(chart, name="one", title="A < B", description="Dots & bars.")
    assert 'role="img" aria-labelledby="one-t one-d"' in drawn
    assert '<title id="one-t">A &lt; B</title><desc id="one-d">Dots &amp; bars.</desc>' in drawn
    assert all(name.startswith("one-") for name in re.findall(r'\bid="([^"]+)"', drawn))


@given(st.lists(st.floats(-8, 8), max_size=6))
def test_scale_holds_every_value_and_zero(values: list[float]) -> None:
    low, high = span_of(values)
    assert low <= -2 < 2 <= high
    assert all(low <= value <= high for value in values)


def test_counts_of_an_empty_realm_are_said_to_be_none(make_row: MakeRow) -> None:
    words = make_row("USA").words.model_copy(update={"n_cooperative": 0, "n_conflictual": 0})
    assert counts_text(words) == "none counted, usual 89%"
    assert counted_text(make_row("USA")) == "16 deeds, 1 indicator / 58 words"


def test_unknown_codes_keep_their_own_name() -> None:
    assert state_names(["USA", "ZZZ"]) == {"USA": "United States", "ZZZ": "ZZZ"}
    assert issue_label("cyber") == "Cyber"
