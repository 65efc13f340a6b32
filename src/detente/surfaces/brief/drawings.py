"""The page's charts in two widths, with the words that stand for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from detente.pipeline.answers import GapRow
from detente.pipeline.briefs import Brief, TimelinePoint
from detente.surfaces.brief.figures import day_text, figure_text, plural, slug
from detente.surfaces.brief.meeting_views import timeline_order
from detente.surfaces.charts import chart_svg, gap_strips, timeline, words_deeds
from detente.surfaces.charts.names import issue_label
from detente.surfaces.charts.theme import NARROW, WIDE, plain, signed
from detente.surfaces.charts.timeline import first_day

_WIDTHS = {"wide": WIDE, "narrow": NARROW}


@dataclass(frozen=True)
class Drawing:
    """One chart, drawn for wide and for narrow pages."""

    wide: Markup
    narrow: Markup


def timeline_drawing(answer: Brief, names: Mapping[str, str]) -> Drawing | None:
    """Draw the timeline; None where there is no week to draw.

    Args:
        answer: The brief.
        names: Name of each state by code.
    """
    if not answer.timeline:
        return None
    meetings = timeline_order(answer.timeline_meetings)
    told = f"{plural(len(meetings), 'meeting')} marked above. " + " ".join(
        _trend(answer, side, names) for side in answer.pair
    )
    charts = {
        name: timeline(
            answer.timeline,
            meetings,
            answer.pair,
            names,
            window_start=answer.window_start,
            width=width,
        )
        for name, width in _WIDTHS.items()
    }
    title = "Words and deeds of both sides, week by week, against what is usual among states"
    drawn = {
        name: Markup(chart_svg(c, name=f"timeline-{name}", title=title, description=told))
        for name, c in charts.items()
    }
    return Drawing(**drawn)


def _trend(answer: Brief, side: str, names: Mapping[str, str]) -> str:
    parts = []
    for realm, word in (("say", "words"), ("do", "deeds")):
        points = [p for p in answer.timeline if p.actor == side and p.realm == realm]
        if points:
            last = max(points, key=lambda p: p.week_end)
            parts.append(f"{word} {signed(last.value)} ({plain(last.low)} to {plain(last.high)})")
    return f"{names[side]} in the last week: {', '.join(parts)}."


def timeline_start(answer: Brief) -> str:
    """Say on what day the timeline's axis begins.

    Args:
        answer: The brief.
    """
    return day_text(first_day(answer.timeline, answer.timeline_meetings))


@dataclass(frozen=True)
class Week:
    """One week of the timeline's table."""

    end: str
    cells: tuple[str, ...]
    """Words and deeds of the first side, then of the second."""


def timeline_weeks(answer: Brief) -> list[Week]:
    """Return the figures behind the timeline, newest first.

    Args:
        answer: The brief.
    """
    if not answer.timeline:
        return []
    first = first_day(answer.timeline, answer.timeline_meetings)
    by_week: dict[str, dict[tuple[str, str], TimelinePoint]] = {}
    for point in sorted(answer.timeline, key=lambda p: p.week_end, reverse=True):
        if point.week_end >= first:
            key = (point.actor, point.realm)
            by_week.setdefault(day_text(point.week_end), {})[key] = point
    columns = [(side, realm) for side in answer.pair for realm in ("say", "do")]
    return [
        Week(end, tuple(_cell(found.get(column)) for column in columns))
        for end, found in by_week.items()
    ]


def _cell(point: TimelinePoint | None) -> str:
    if point is None or point.n == 0:
        return "none counted"
    return f"{signed(point.value)} ({plain(point.low)} to {plain(point.high)}), n {point.n}"


def words_deeds_drawing(
    source: str, rows: Sequence[GapRow], answer: Brief, names: Mapping[str, str]
) -> Drawing:
    """Draw words and deeds of both sides from one source.

    Args:
        source: Its name.
        rows: One per direction.
        answer: The brief.
        names: Name of each state by code.
    """
    told = " ".join(
        f"{names[r.actor]}: words {figure_text(r.words.index)}, without meetings "
        f"{figure_text(r.words_without_meetings)}, deeds {figure_text(r.deeds.index)}."
        for r in rows
    )
    drawn = {
        name: Markup(
            chart_svg(
                words_deeds(rows, answer.pair, names, width=width),
                name=slug("words-deeds", source, name),
                title="Words and deeds of each side against what is usual among states",
                description=told,
            )
        )
        for name, width in _WIDTHS.items()
    }
    return Drawing(**drawn)


def gap_drawing(answer: Brief, names: Mapping[str, str]) -> Drawing | None:
    """Draw the gap per issue; None where there is no row.

    Args:
        answer: The brief.
        names: Name of each state by code.
    """
    groups: dict[str, list[GapRow]] = {}
    sources = list(dict.fromkeys(r.source for r in answer.gaps))
    for row in answer.gaps:
        label = "All issues" if row.source == sources[0] else f"All, {row.source}"
        groups.setdefault(label, []).append(row)
    for row in answer.gaps_by_issue:
        groups.setdefault(issue_label(row.issue), []).append(row)
    if not groups:
        return None
    drawn = {
        name: Markup(
            chart_svg(
                gap_strips(list(groups.items()), answer.pair, names, width=width),
                name=slug("gap", name),
                title="The gap between words and deeds, by issue and side",
                description=_gap_words(groups, names),
            )
        )
        for name, width in _WIDTHS.items()
    }
    return Drawing(**drawn)


def _gap_words(groups: Mapping[str, Sequence[GapRow]], names: Mapping[str, str]) -> str:
    told = []
    for label, rows in groups.items():
        for row in rows:
            said = figure_text(row.gap) if row.gap else "too few deeds"
            told.append(f"{label}, {names[row.actor]}: {said}.")
    return " ".join(told)
