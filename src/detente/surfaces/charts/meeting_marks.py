"""Numbered marks of meetings above a timeline, in lanes so that none covers another."""

from collections.abc import Sequence
from datetime import date

import altair as alt

from detente.pipeline.answers import MeetingEntry
from detente.records import Level
from detente.surfaces.charts.frame import Frame
from detente.surfaces.charts.theme import INK, MUTED, PAPER, ZERO, Layers, Row, layer

_LANE = 18
_APART = 19
_FOOT = 12
_SHIFT = 19


def middle(entry: MeetingEntry) -> date:
    """Return the day a meeting is marked on: the middle of the days it can have taken place on.

    Args:
        entry: The meeting.
    """
    within = entry.meeting.within
    return within.start + (within.end - within.start) // 2


def lanes(
    places: Sequence[float], *, least: float = _APART, shift: float = _SHIFT
) -> list[tuple[int, float]]:
    """Give each label a lane and a place in it so that no two in one lane touch.

    Latest first, each label takes the lowest lane where it fits, moved left by `shift` at most:
    meetings crowd at the end, where the reader looks.

    Args:
        places: Pixels from the left, in any order.
        least: Distance between centres that keeps two labels apart, pixels.
        shift: How far left of its own place a label may stand, pixels.

    Returns:
        Lane of each label, 0 nearest the axis, and pixels from the left.

    Examples:
        >>> lanes([0, 25, 30], least=19, shift=15)
        [(1, 0), (0, 11), (0, 30)]
    """
    free: list[float] = []
    found = [(0, 0.0)] * len(places)
    for index in sorted(range(len(places)), key=lambda i: (-places[i], -i)):
        place = places[index]
        lane = next((n for n, end in enumerate(free) if _fits(place, end, shift)), len(free))
        if lane == len(free):
            free.append(place)
        at = min(place, free[lane])
        free[lane] = at - least
        found[index] = (lane, at)
    return found


def _fits(place: float, end: float, shift: float) -> bool:
    """Whether a label fits in a lane taken from `end` on: moved little, and not over the edge."""
    return place <= end or (place - end <= shift and end >= 0)


def leader_rules(frame: Frame, meetings: Sequence[MeetingEntry]) -> list[alt.Chart]:
    """Return a fine line through the panel at each meeting of leaders; no chart where there is none.

    Args:
        frame: The panel.
        meetings: All that are marked.
    """
    rows = [{"on": middle(m).isoformat()} for m in meetings if m.meeting.level is Level.LEADER]
    if not rows:
        return []
    return [
        layer(rows).mark_rule(color=MUTED, strokeWidth=1, strokeDash=[1, 3]).encode(x=frame.x())
    ]


def meeting_strip(frame: Frame, meetings: Sequence[MeetingEntry]) -> Layers:
    """Return the strip of numbered discs, filled where leaders met, over the days they span.

    Args:
        frame: The panel beneath.
        meetings: Numbered 1, 2, ... in the order given; at least one.
    """
    places = [frame.across(middle(m)) for m in meetings]
    found = lanes(places)
    height = (max(lane for lane, _ in found) + 1) * _LANE + _FOOT
    rows = [
        {
            **_span(frame, meeting),
            "number": str(number),
            "x": at,
            "place": place,
            "y": height - _FOOT - _LANE / 2 - lane * _LANE,
            "foot": height - 3,
            **_ink(meeting),
        }
        for number, (meeting, place, (lane, at)) in enumerate(
            zip(meetings, places, found, strict=True), 1
        )
    ]
    return _drawn(rows).properties(width=frame.width, height=height)


def _span(frame: Frame, entry: MeetingEntry) -> Row:
    within = entry.meeting.within
    start, end = frame.across(within.start), frame.across(within.end)
    return {"from": min(start, frame.across(middle(entry)) - 1.5), "to": max(end, start + 1.5)}


def _ink(entry: MeetingEntry) -> Row:
    is_leader = entry.meeting.level is Level.LEADER
    return {"fill": INK if is_leader else PAPER, "ink": PAPER if is_leader else INK}


def _drawn(rows: Sequence[Row]) -> Layers:
    chart = layer(rows)
    x = alt.X("x:Q", scale=None, axis=None)
    y = alt.Y("y:Q", scale=None, axis=None)
    foot = alt.Y("foot:Q", scale=None, axis=None)
    disc = chart.mark_point(shape="circle", size=240, opacity=1, stroke=INK, strokeWidth=1)
    return alt.layer(
        chart.mark_rule(color=ZERO, strokeWidth=0.8).encode(x=x, x2="place:Q", y=y, y2="foot:Q"),
        chart.mark_rule(color=INK, strokeWidth=3).encode(
            x=alt.X("from:Q", scale=None, axis=None), x2="to:Q", y=foot
        ),
        disc.encode(x=x, y=y, fill=alt.Fill("fill:N", scale=None)),
        chart.mark_text(baseline="middle", fontSize=10).encode(
            x=x, y=y, text="number:N", color=alt.Color("ink:N", scale=None)
        ),
    )
