"""Words and deeds of each side, week by week, with the meetings that fell between."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import altair as alt

from detente.pipeline.answers import MeetingEntry
from detente.pipeline.briefs import TimelinePoint
from detente.surfaces.charts.frame import Frame
from detente.surfaces.charts.meeting_marks import leader_rules, meeting_strip
from detente.surfaces.charts.names import toward
from detente.surfaces.charts.theme import (
    MUTED,
    NARROW,
    SHADE,
    WIDE,
    ZERO,
    Layers,
    Row,
    SideStyle,
    layer,
    side_styles,
    span_of,
    texts,
)

_PANEL = {WIDE: 172, NARROW: 150}
_RIGHT = {WIDE: 60, NARROW: 56}
_LEFT = {WIDE: 34, NARROW: 34}
_LEAD = timedelta(weeks=2)


def timeline(
    points: Sequence[TimelinePoint],
    meetings: Sequence[MeetingEntry],
    pair: Sequence[str],
    names: Mapping[str, str],
    *,
    window_start: date,
    width: int = WIDE,
) -> alt.VConcatChart:
    """Draw both sides' words and deeds as lines with interval bands, one panel a side.

    The axis begins shortly before the first week that rests on any event. A line breaks where no
    event lies in the twelve weeks; the band there is the prior alone.

    Args:
        points: Weeks of both sides and realms.
        meetings: Numbered 1, 2, ... in the order given, oldest first.
        pair: The two states in the order of the answer.
        names: Name of each state by code.
        window_start: First day of the brief's window, shaded.
        width: `WIDE` or `NARROW`.

    Returns:
        A strip of numbered meetings over two panels on one axis of days.
    """
    size = WIDE if width >= WIDE else NARROW
    first = first_day(points, meetings)
    shown = [p for p in points if p.week_end >= first]
    frame = Frame(
        width=width - _LEFT[size] - _RIGHT[size],
        height=_PANEL[size],
        first=first,
        last=max(p.week_end for p in points),
        reach=span_of([b for p in shown for b in (p.low, p.high)], most=5.0),
    )
    styles = side_styles(pair)
    panels = [
        _panel(
            frame, [p for p in shown if p.actor == side], meetings, window_start, styles[side]
        ).properties(
            width=frame.width, height=frame.height, title=_title(side, pair, names, styles)
        )
        for side in pair
    ]
    strip = [meeting_strip(frame, meetings)] if meetings else []
    return alt.vconcat(*strip, *panels, spacing=12).properties(
        autosize=alt.AutoSizeParams(type="pad"),
        padding={"left": 6, "right": 12, "top": 2, "bottom": 2},
    )


def first_day(points: Sequence[TimelinePoint], meetings: Sequence[MeetingEntry]) -> date:
    """Return the day the axis begins on.

    Args:
        points: Weeks of both sides and realms, at least one.
        meetings: Those to be marked.
    """
    earliest = min(p.week_end for p in points)
    counted = [p.week_end for p in points if p.n > 0]
    counted += [m.meeting.within.start for m in meetings]
    return max(earliest, min(counted) - _LEAD) if counted else earliest


def _title(
    side: str, pair: Sequence[str], names: Mapping[str, str], styles: Mapping[str, SideStyle]
) -> alt.TitleParams:
    other = pair[1] if side == pair[0] else pair[0]
    return alt.TitleParams(
        toward(names, side, other), color=styles[side].color, anchor="start", offset=8
    )


def _panel(
    frame: Frame,
    points: Sequence[TimelinePoint],
    meetings: Sequence[MeetingEntry],
    window_start: date,
    style: SideStyle,
) -> Layers:
    parts: list[alt.Chart | Layers] = [
        _window(frame, window_start),
        layer([{"value": 0}]).mark_rule(color=ZERO, strokeWidth=1.2).encode(y=frame.y()),
        *leader_rules(frame, meetings),
    ]
    for realm in ("do", "say"):
        rows = [_point(p) for p in points if p.realm == realm]
        if rows:
            parts += _band_and_line(frame, rows, realm, style)
    return alt.layer(*parts, texts(_words(frame, points, style)))


def _point(point: TimelinePoint) -> Row:
    return {
        "on": point.week_end.isoformat(),
        "value": point.value if point.n else None,
        "low": point.low,
        "high": point.high,
        "n": point.n,
    }


def _band_and_line(
    frame: Frame, rows: Sequence[Row], realm: str, style: SideStyle
) -> list[alt.Chart | Layers]:
    is_words = realm == "say"
    band = layer(rows).mark_area(color=style.color, opacity=0.24 if is_words else 0.1, clip=True)
    line = layer(rows).mark_line(
        color=style.color,
        strokeWidth=2.4 if is_words else 1.8,
        strokeDash=[1, 0] if is_words else [5, 3],
        clip=True,
    )
    parts: list[alt.Chart | Layers] = [
        band.encode(x=frame.x(), y=frame.y("low"), y2="high:Q"),
        line.encode(x=frame.x(), y=frame.y()),
    ]
    if not is_words:
        edge = layer(rows).mark_line(
            color=style.color, strokeWidth=0.7, strokeDash=[2, 2], opacity=0.7, clip=True
        )
        parts += [edge.encode(x=frame.x(), y=frame.y(end)) for end in ("low", "high")]
    return parts


def _window(frame: Frame, window_start: date) -> alt.Chart:
    row = {"on": max(window_start, frame.first).isoformat(), "end": frame.last.isoformat()}
    rect = layer([row]).mark_rect(color=SHADE)
    shade: alt.Chart = rect.encode(
        x=frame.x(), x2="end:T", y=alt.value(0), y2=alt.value(frame.height)
    )
    return shade


def _words(frame: Frame, points: Sequence[TimelinePoint], style: SideStyle) -> list[Row]:
    note = {"color": MUTED, "size": 11, "style": "italic"}
    rows: list[Row] = [
        {"x": 4, "y": frame.down(0) - 8, "text": "as usual among states", **note},
        {"x": 4, "y": 9, "text": "↑ warmer", **note},
        {"x": 4, "y": frame.height - 9, "text": "↓ colder", **note},
    ]
    ends = {
        realm: frame.down(max((p for p in points if p.realm == realm), key=_week).value)
        for realm in ("say", "do")
        if any(p.realm == realm for p in points)
    }
    for realm, at in _apart(ends).items():
        text, weight = ("words", "bold") if realm == "say" else ("deeds", "normal")
        rows.append(
            {
                "x": frame.width + 6,
                "y": at,
                "text": text,
                "weight": weight,
                "size": 12,
                "color": style.color,
            }
        )
    return rows


def _week(point: TimelinePoint) -> date:
    return point.week_end


def _apart(ends: Mapping[str, float], least: float = 14.0) -> dict[str, float]:
    """Move two labels apart where they would touch."""
    if len(ends) < 2 or abs(ends["say"] - ends["do"]) >= least:
        return dict(ends)
    middle = (ends["say"] + ends["do"]) / 2
    upper, lower = ("say", "do") if ends["say"] <= ends["do"] else ("do", "say")
    return {upper: middle - least / 2, lower: middle + least / 2}
