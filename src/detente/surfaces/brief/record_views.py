"""Words and deeds, commitments, interests and steps as the page lists them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from detente.ontology.cameo import Tone, cameo_codes
from detente.pipeline.answers import Cite
from detente.pipeline.briefs import Brief, BriefEvent, Side
from detente.records import Commitment, CommitmentStatus
from detente.surfaces.brief.evidence import Evidence, Item, is_quotable
from detente.surfaces.brief.figures import days_text, read_days, slug
from detente.surfaces.brief.gap_views import side_class
from detente.surfaces.charts.names import in_sentence, issue_label, issue_scope, state_name, toward

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
    before: str
    """What the sentence says before `what`."""
    what: str
    after: str
    due: str
    status: str
    is_overdue: bool
    is_quoted: bool
    items: list[Item]


@dataclass(frozen=True)
class IssueView:
    """An issue with the sentences that name it."""

    anchor: str
    issue: str
    scope: str
    difficulty: str
    items: list[Item]


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
            words=_lines(side, side.words, "words", cites, evidence),
            deeds=_lines(side, side.deeds, "deeds", cites, evidence),
        )
        for side in answer.sides
    ]


def _lines(
    side: Side,
    events: Sequence[BriefEvent],
    kind: str,
    cites: Mapping[str, Cite],
    evidence: Evidence,
) -> list[Line]:
    name = state_name(side.actor)
    groups: dict[tuple[str, str, str], list[BriefEvent]] = {}
    for event in events:
        groups.setdefault((event.text, event.occurred, event.tone), []).append(event)
    found = []
    for number, ((text, occurred, tone), same) in enumerate(groups.items(), 1):
        anchor = slug("l", side.actor, kind, str(number))
        called, mark = _TONES.get(tone, (tone, "·"))
        issues = dict.fromkeys(i for event in same for i in event.issues if i != "other")
        found.append(
            Line(
                anchor=anchor,
                when=read_days(occurred),
                tone=called,
                mark=mark,
                what=" and ".join(dict.fromkeys(_what(event, side) for event in same)),
                issues=", ".join(issue_label(i) for i in issues),
                text=text,
                is_quoted=all(e.cite in cites and is_quotable(cites[e.cite]) for e in same),
                items=evidence.refer([e.cite for e in same], anchor, f"{name}: list of {kind}"),
            )
        )
    return found


def _what(event: BriefEvent, side: Side) -> str:
    known = cameo_codes().get(event.root)
    what = event.act or (known.name.lower() if known else f"root {event.root}")
    by = _role(event.actor)
    by = f" by the {by}" if by and by != "government" else ""
    return f"{what}{by}{_toward(event.recipient, side.recipient)}"


def _toward(recipient: str | None, other: str) -> str:
    """Whom it was toward, where it was not the other side's state itself."""
    if recipient is None:
        return ", toward no named state"
    country, role = recipient.split("/", maxsplit=1)[0], _role(recipient)
    is_state = role in {"", "government"}
    if country == other and is_state:
        return ""
    name = in_sentence(state_name(country))
    return f", toward {name}" if is_state else f", toward {role} of {name}"


def _role(actor: str) -> str:
    return _ROLES.get(actor.split("/", maxsplit=1)[-1], "") if "/" in actor else ""


def commitment_views(answer: Brief, evidence: Evidence) -> list[CommitmentView]:
    """Return the undertakings, overdue ones first, then newest first.

    Args:
        answer: The brief.
        evidence: Gives references.
    """
    cites = {cite.id: cite for cite in answer.cites}
    ordered = sorted(answer.commitments, key=lambda c: not c.is_overdue)
    found = []
    for entry in ordered:
        made = entry.commitment
        anchor = slug("p", made.commitment_id)
        before, what, after = _parts(made)
        found.append(
            CommitmentView(
                anchor=anchor,
                made=days_text(made.made),
                before=before,
                what=what,
                after=after,
                makers=_makers(made, answer.pair),
                issue=issue_label(made.issue),
                due=days_text(made.due) if made.due else "no date named",
                status=_STATUS.get(made.status, made.status.value.replace("_", " ")),
                is_overdue=entry.is_overdue,
                is_quoted=bool(before or after)
                and entry.cite in cites
                and is_quotable(cites[entry.cite]),
                items=evidence.refer([entry.cite], anchor, "commitment"),
            )
        )
    return found


def _parts(made: Commitment) -> tuple[str, str, str]:
    """The sentence with the undertaking set apart; the undertaking alone where it is reworded."""
    parts = " ".join(made.evidence.text.split()).partition(made.what)
    return parts if parts[1] else ("", made.what, "")


_STATUS = {CommitmentStatus.MADE: "made, not rated"}


def _makers(made: Commitment, pair: Sequence[str]) -> tuple[tuple[str, str], ...]:
    countries = dict.fromkeys(maker.split("/", maxsplit=1)[0] for maker in made.makers)
    return tuple((state_name(c), side_class(c, pair)) for c in countries)


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
