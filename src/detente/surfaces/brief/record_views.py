"""Meetings, words and deeds, commitments, interests and steps as the page lists them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from detente.ontology.cameo import Tone, cameo_codes
from detente.pipeline.answers import Cite, MeetingEntry
from detente.pipeline.briefs import Brief, BriefEvent, Side
from detente.records import Commitment, CommitmentStatus, Meeting
from detente.surfaces.brief.evidence import Evidence, Item, is_quotable
from detente.surfaces.brief.figures import days_text, plural, read_days, slug
from detente.surfaces.brief.gap_views import side_class
from detente.surfaces.charts.names import issue_label, issue_scope, toward

_TONES = {
    Tone.COOPERATION.value: ("warm", "+"),
    Tone.CONFLICT.value: ("cold", "−"),
    Tone.NEUTRAL.value: ("neutral", "·"),
}
_ROLES = {
    "GOV": "government",
    "LEG": "legislature",
    "MIL": "armed forces",
    "JUD": "courts",
    "PTY": "party",
    "BUS": "firms",
    "MED": "media",
    "CVL": "citizens",
    "OPP": "opposition",
    "REB": "armed groups",
}


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


@dataclass(frozen=True)
class Line:
    """One thing said or done."""

    anchor: str
    when: str
    tone: str
    mark: str
    what: str
    """Act or kind of event, and toward whom where it is not the other side."""
    issues: str
    text: str
    is_quoted: bool
    items: list[Item]


@dataclass(frozen=True)
class SideView:
    """What one side said and did."""

    side: str
    name: str
    title: str
    words: list[Line]
    deeds: list[Line]


@dataclass(frozen=True)
class CommitmentView:
    """One undertaking."""

    anchor: str
    made: str
    makers: tuple[tuple[str, str], ...]
    """Name and class of each."""
    issue: str
    what: str
    due: str
    status: str
    is_overdue: bool
    items: list[Item]


@dataclass(frozen=True)
class IssueView:
    """An issue with the sentences that name it."""

    anchor: str
    issue: str
    scope: str
    difficulty: str
    items: list[Item]


def meeting_views(
    answer: Brief, evidence: Evidence, names: Mapping[str, str]
) -> tuple[list[MeetingView], list[MeetingView]]:
    """Return the meetings of the window, newest first, and those of the timeline, oldest first.

    Args:
        answer: The brief.
        evidence: Gives references.
        names: Name of each state by code.
    """
    ordered = timeline_order(answer.timeline_meetings)
    numbers = {entry.meeting.meeting_id: n for n, entry in enumerate(ordered, 1)}
    inside = {entry.meeting.meeting_id for entry in answer.meetings}
    window = [_meeting(e, numbers, "m", answer, evidence, names) for e in answer.meetings]
    strip = [
        _meeting(
            e, numbers, "m" if e.meeting.meeting_id in inside else "t", answer, evidence, names
        )
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
    names: Mapping[str, str],
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
        delegations=_delegations(meeting, answer.pair, names),
        accounts=plural(entry.n_documents, "account"),
        items=evidence.refer(entry.accounts, anchor, f"meeting of {when}"),
    )


def _delegations(
    meeting: Meeting, pair: Sequence[str], names: Mapping[str, str]
) -> tuple[Delegation, ...]:
    order = {country: index for index, country in enumerate(pair)}
    found: dict[str, list[str]] = {}
    for person in sorted(meeting.participants, key=lambda p: order.get(p.country, 2)):
        name = names.get(person.country, person.country)
        told = f"{person.name}, {person.office}" if person.office else person.name
        found.setdefault(person.country, []).append("" if told == name else told)
    return tuple(
        Delegation(names.get(c, c), side_class(c, pair), "; ".join(t for t in told if t))
        for c, told in found.items()
    )


def side_views(answer: Brief, evidence: Evidence, names: Mapping[str, str]) -> list[SideView]:
    """Return what each side said and did, newest first.

    Args:
        answer: The brief.
        evidence: Gives references.
        names: Name of each state by code.
    """
    cites = {cite.id: cite for cite in answer.cites}
    return [
        SideView(
            side=side_class(side.actor, answer.pair),
            name=names[side.actor],
            title=toward(names, side.actor, side.recipient),
            words=_lines(side, side.words, "words", cites, evidence, names),
            deeds=_lines(side, side.deeds, "deeds", cites, evidence, names),
        )
        for side in answer.sides
    ]


def _lines(
    side: Side,
    events: Sequence[BriefEvent],
    kind: str,
    cites: Mapping[str, Cite],
    evidence: Evidence,
    names: Mapping[str, str],
) -> list[Line]:
    found = []
    for number, event in enumerate(events, 1):
        tone, mark = _TONES.get(event.tone, (event.tone, "·"))
        anchor = slug("l", side.actor, kind, str(number))
        cite = cites.get(event.cite)
        found.append(
            Line(
                anchor=anchor,
                when=read_days(event.occurred),
                tone=tone,
                mark=mark,
                what=_what(event, side, names),
                issues=", ".join(issue_label(i) for i in event.issues if i != "other"),
                text=event.text,
                is_quoted=cite is not None and is_quotable(cite),
                items=evidence.refer([event.cite], anchor, f"{names[side.actor]}: {kind}, list"),
            )
        )
    return found


def _what(event: BriefEvent, side: Side, names: Mapping[str, str]) -> str:
    known = cameo_codes().get(event.root)
    what = event.act or (known.name.lower() if known else f"root {event.root}")
    by = _role(event.actor)
    by = f" by its {by}" if by and by != "government" else ""
    if event.recipient is None:
        return f"{what}{by}, toward no named state"
    country = event.recipient.split("/", maxsplit=1)[0]
    role = _role(event.recipient)
    if country == side.recipient:
        return f"{what}{by}" if role in {"", "government"} else f"{what}{by}, toward its {role}"
    return f"{what}{by}, toward {names.get(country, country)}{f' ({role})' if role else ''}"


def _role(actor: str) -> str:
    return _ROLES.get(actor.split("/", maxsplit=1)[-1], "") if "/" in actor else ""


def commitment_views(
    answer: Brief, evidence: Evidence, names: Mapping[str, str]
) -> list[CommitmentView]:
    """Return the undertakings, overdue ones first, then newest first.

    Args:
        answer: The brief.
        evidence: Gives references.
        names: Name of each state by code.
    """
    ordered = sorted(answer.commitments, key=lambda c: not c.is_overdue)
    found = []
    for entry in ordered:
        made = entry.commitment
        anchor = slug("p", made.commitment_id)
        found.append(
            CommitmentView(
                anchor=anchor,
                made=days_text(made.made),
                makers=_makers(made, answer.pair, names),
                issue=issue_label(made.issue),
                what=made.what,
                due=days_text(made.due) if made.due else "no date named",
                status=_STATUS.get(made.status, made.status.value.replace("_", " ")),
                is_overdue=entry.is_overdue,
                items=evidence.refer([entry.cite], anchor, "commitment"),
            )
        )
    return found


_STATUS = {CommitmentStatus.MADE: "made, not rated"}


def _makers(
    made: Commitment, pair: Sequence[str], names: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    countries = dict.fromkeys(maker.split("/", maxsplit=1)[0] for maker in made.makers)
    return tuple((names.get(c, c), side_class(c, pair)) for c in countries)


def interest_views(answer: Brief, evidence: Evidence) -> list[IssueView]:
    """Return the issues both sides are said to affirm.

    Args:
        answer: The brief.
        evidence: Gives references.
    """
    return [
        _issue("i", interest.issue, "", interest.cites, evidence, "shared interest")
        for interest in answer.shared_interests
    ]


def step_views(answer: Brief, evidence: Evidence) -> list[tuple[str, list[IssueView]]]:
    """Return the measures called for, easy to hard.

    Args:
        answer: The brief.
        evidence: Gives references.
    """
    steps = [
        _issue("s", step.issue, step.difficulty, step.cites, evidence, "next step")
        for step in answer.steps
    ]
    grades = ("easy", "medium", "hard")
    return [
        (grade, found) for grade in grades if (found := [s for s in steps if s.difficulty == grade])
    ]


def _issue(
    prefix: str,
    issue: str,
    difficulty: str,
    cites: Sequence[str],
    evidence: Evidence,
    label: str,
) -> IssueView:
    anchor = slug(prefix, issue, difficulty)
    return IssueView(
        anchor=anchor,
        issue=issue_label(issue),
        scope=issue_scope(issue),
        difficulty=difficulty,
        items=evidence.refer(cites, anchor, f"{label}: {issue_label(issue)}"),
    )
