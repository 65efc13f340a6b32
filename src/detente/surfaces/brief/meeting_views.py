"""Meetings as the page lists them: those of the window in full, those of the timeline by number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from detente.pipeline.answers import MeetingEntry
from detente.pipeline.briefs import Brief
from detente.records import Meeting
from detente.surfaces.brief.evidence import Evidence, Item
from detente.surfaces.brief.figures import days_text, plural, slug
from detente.surfaces.brief.gap_views import side_class
from detente.surfaces.charts.names import state_name


@dataclass(frozen=True)
class Delegation:
    """Those of one country at a meeting."""

    country: str
    side: str
    people: str


@dataclass(frozen=True)
class MeetingView:
    """One meeting."""

    anchor: str
    number: int | None
    """Its mark on the timeline."""
    when: str
    what: str
    place: str
    level: str
    track: str
    is_leader: bool
    is_planned: bool
    delegations: tuple[Delegation, ...]
    accounts: str
    items: list[Item]


def meeting_views(answer: Brief, evidence: Evidence) -> tuple[list[MeetingView], list[MeetingView]]:
    """Return the meetings of the window, newest first, and those of the timeline, oldest first.

    Args:
        answer: The brief.
        evidence: Gives references.
    """
    ordered = timeline_order(answer.timeline_meetings)
    numbers = {entry.meeting.meeting_id: n for n, entry in enumerate(ordered, 1)}
    inside = {entry.meeting.meeting_id for entry in answer.meetings}
    window = [_meeting(e, numbers, "m", answer, evidence) for e in answer.meetings]
    strip = [
        _meeting(e, numbers, "m" if e.meeting.meeting_id in inside else "t", answer, evidence)
        for e in ordered
    ]
    return window, strip


def timeline_order(entries: Sequence[MeetingEntry]) -> list[MeetingEntry]:
    """Return meetings oldest first: the order of their numbers.

    Args:
        entries: In any order.
    """
    return sorted(
        entries, key=lambda e: (e.meeting.within.start, e.meeting.within.end, e.meeting.meeting_id)
    )


def _meeting(
    entry: MeetingEntry,
    numbers: Mapping[str, int],
    prefix: str,
    answer: Brief,
    evidence: Evidence,
) -> MeetingView:
    meeting = entry.meeting
    anchor = slug(prefix, meeting.meeting_id)
    when = days_text(meeting.within)
    return MeetingView(
        anchor=anchor,
        number=numbers.get(meeting.meeting_id),
        when=when,
        what=meeting.format.replace("_", " "),
        place=meeting.place or "",
        level=f"{meeting.level.value} level",
        track=f"{meeting.track} track",
        is_leader=meeting.level.value == "leader",
        is_planned=meeting.status != "held",
        delegations=_delegations(meeting, answer.pair),
        accounts=plural(entry.n_documents, "account"),
        items=evidence.refer(entry.accounts, anchor, f"meeting of {when}"),
    )


def _delegations(meeting: Meeting, pair: Sequence[str]) -> tuple[Delegation, ...]:
    order = {country: index for index, country in enumerate(pair)}
    found: dict[str, list[str]] = {}
    for person in sorted(meeting.participants, key=lambda p: order.get(p.country, 2)):
        name = state_name(person.country)
        told = f"{person.name}, {person.office}" if person.office else person.name
        found.setdefault(person.country, []).append("" if told == name else told)
    return tuple(
        Delegation(state_name(c), side_class(c, pair), "; ".join(t for t in told if t))
        for c, told in found.items()
    )
