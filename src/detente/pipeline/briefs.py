"""Where the relationship stands on a date, in one page, every figure with its evidence."""

from collections.abc import Sequence
from datetime import date, timedelta

from detente.measures.weekly_series import weekly_series
from detente.measures.windows import WINDOW_DAYS
from detente.ontology.cameo import Realm
from detente.pipeline.answers import (
    Answer,
    Cite,
    CommitmentEntry,
    GapRow,
    MeetingEntry,
)
from detente.pipeline.commitments import commitment_entries
from detente.pipeline.counts import CodedDocuments, CountSource
from detente.pipeline.gaps import both_ways, chosen_sources, gap_row, issues_seen
from detente.pipeline.limits import limitations
from detente.pipeline.meetings import meeting_entries
from detente.pipeline.naming import named_pair
from detente.pipeline.workspace import Workspace
from detente.records import Event, Record

_TIMELINE_WEEKS = 78


class BriefEvent(Record):
    """One event in the window as the brief lists it."""

    cite: str
    actor: str
    recipient: str | None
    realm: str
    tone: str
    root: str
    act: str | None
    issues: tuple[str, ...]
    occurred: str
    text: str


class Side(Record):
    """What one side said and did in the window."""

    actor: str
    recipient: str
    words: tuple[BriefEvent, ...]
    deeds: tuple[BriefEvent, ...]
    """Toward the other side, and those at no named state or at third parties."""


class TimelinePoint(Record):
    """One week of one side's words or deeds."""

    week_end: date
    actor: str
    realm: str
    value: float
    low: float
    high: float
    n: int


class Interest(Record):
    """An issue both sides are said to affirm."""

    issue: str
    cites: tuple[str, ...]


class NextStep(Record):
    """A measure somebody calls for."""

    issue: str
    difficulty: str
    cites: tuple[str, ...]


class Brief(Answer):
    """One page on a pair of states."""

    pair: tuple[str, str]
    window_start: date
    n_documents: int
    """Published by `as_of`."""
    gaps: tuple[GapRow, ...]
    """Over all issues, each source and direction."""
    gaps_by_issue: tuple[GapRow, ...]
    sides: tuple[Side, Side]
    meetings: tuple[MeetingEntry, ...]
    shared_interests: tuple[Interest, ...]
    commitments: tuple[CommitmentEntry, ...]
    steps: tuple[NextStep, ...]
    timeline: tuple[TimelinePoint, ...]
    timeline_meetings: tuple[MeetingEntry, ...]


def brief(workspace: Workspace, actor: str, recipient: str, *, as_of: date) -> Brief:
    """Say where the relation of two states stands on a day.

    Args:
        workspace: The study.
        actor: One state, by code or name.
        recipient: The other.
        as_of: Nothing published later is read; the window of 12 weeks ends on this day.

    Returns:
        The brief; every figure names its cites.
    """
    pair = named_pair(actor, recipient)
    since = as_of - timedelta(days=WINDOW_DAYS - 1)
    with workspace.ledger() as ledger:
        documents = CodedDocuments(ledger, as_of, pair)
        sources = chosen_sources(workspace, documents, pair, None)
        cites: dict[str, Cite] = {}
        gaps = _gaps(documents, sources, pair, cites)
        by_issue = _gaps_by_issue(documents, pair, cites)
        found = [f.record for f in ledger.meetings(as_of=as_of, countries=pair)]
        met, met_cites = meeting_entries(documents, found, since)
        all_met, all_cites = meeting_entries(
            documents, found, as_of - timedelta(weeks=_TIMELINE_WEEKS)
        )
        promised, promise_cites = commitment_entries(
            documents, [f.record for f in ledger.commitments(as_of=as_of, pair=pair)]
        )
        sides = tuple(_side(documents, way, since, cites) for way in both_ways(pair))
        interests = _interests(documents, pair, since, cites)
        steps = _steps(documents, since, cites)
        cites.update({c.id: c for c in (*met_cites, *all_cites, *promise_cites)})
        return Brief(
            as_of=as_of,
            coders=tuple(sorted(set(documents.coders.values()))),
            limitations=limitations(documents, pair, gaps + by_issue),
            cites=tuple(cites.values()),
            pair=pair,
            window_start=since,
            n_documents=len(documents.documents),
            gaps=gaps,
            gaps_by_issue=by_issue,
            sides=(sides[0], sides[1]),
            meetings=met,
            shared_interests=interests,
            commitments=promised,
            steps=steps,
            timeline=tuple(_timeline(documents, pair, as_of)),
            timeline_meetings=all_met,
        )


def _gaps(
    documents: CodedDocuments,
    sources: Sequence[CountSource],
    pair: tuple[str, str],
    cites: dict[str, Cite],
) -> tuple[GapRow, ...]:
    rows = []
    for source in sources:
        for way in both_ways(pair):
            row, found = gap_row(documents.ledger, source, way, None, documents.as_of)
            rows.append(row)
            cites.update({c.id: c for c in found})
    return tuple(rows)


def _gaps_by_issue(
    documents: CodedDocuments, pair: tuple[str, str], cites: dict[str, Cite]
) -> tuple[GapRow, ...]:
    rows = []
    for issue in issues_seen(documents, documents, pair, by_issue=True):
        for way in both_ways(pair):
            row, found = gap_row(documents.ledger, documents, way, issue, documents.as_of)
            rows.append(row)
            cites.update({c.id: c for c in found})
    return tuple(rows)


def _side(
    documents: CodedDocuments, way: tuple[str, str], since: date, cites: dict[str, Cite]
) -> Side:
    actor, recipient = way
    mine = [
        e for e in documents.events if e.actor.split("/")[0] == actor and e.occurred.end >= since
    ]
    mine.sort(key=lambda e: (e.occurred.end, e.evidence.span.start), reverse=True)
    words = [e for e in mine if e.realm is Realm.SAY and _toward(e) == recipient]
    deeds = [e for e in mine if e.realm is Realm.DO and _toward(e) != actor]
    cites.update({e.event_id: documents.cite(e) for e in (*words, *deeds)})
    return Side(
        actor=actor,
        recipient=recipient,
        words=tuple(_listed(e) for e in words),
        deeds=tuple(_listed(e) for e in deeds),
    )


def _toward(event: Event) -> str | None:
    return event.recipient.split("/")[0] if event.recipient else None


def _listed(event: Event) -> BriefEvent:
    return BriefEvent(
        cite=event.event_id,
        actor=event.actor,
        recipient=event.recipient,
        realm=event.realm.value,
        tone=event.tone.value,
        root=event.root,
        act=event.act.value if event.act else None,
        issues=event.issues,
        occurred=str(event.occurred),
        text=" ".join(event.evidence.text.split()),
    )


def _interests(
    documents: CodedDocuments, pair: tuple[str, str], since: date, cites: dict[str, Cite]
) -> tuple[Interest, ...]:
    by_issue: dict[str, list[str]] = {}
    for found in documents.ledger.shared_interests(as_of=documents.as_of, pair=pair):
        interest = found.record
        document = documents.documents[interest.evidence.document_id]
        if document.published is None or document.published.end < since:
            continue
        name = f"i-{document.document_id}-{interest.evidence.passage}"
        coder = documents.coders.get(document.document_id, "")
        cites[name] = Cite.of_sentence(name, interest.evidence, document, coder)
        by_issue.setdefault(interest.issue, []).append(name)
    ranked = sorted(by_issue, key=lambda i: (-len(by_issue[i]), i))
    return tuple(Interest(issue=i, cites=tuple(dict.fromkeys(by_issue[i]))) for i in ranked)


def _steps(documents: CodedDocuments, since: date, cites: dict[str, Cite]) -> tuple[NextStep, ...]:
    order = {"easy": 0, "medium": 1, "hard": 2}
    found: dict[tuple[str, str], list[str]] = {}
    for read in documents.ledger.steps(as_of=documents.as_of):
        step = read.record
        document = documents.documents[step.evidence.document_id]
        if document.published is None or document.published.end < since:
            continue
        name = f"s-{document.document_id}-{step.evidence.passage}"
        coder = documents.coders.get(document.document_id, "")
        cites[name] = Cite.of_sentence(name, step.evidence, document, coder)
        found.setdefault((step.difficulty.value, step.issue), []).append(name)
    return tuple(
        NextStep(issue=issue, difficulty=grade, cites=tuple(dict.fromkeys(names)))
        for (grade, issue), names in sorted(found.items(), key=lambda i: order[i[0][0]])
    )


def _timeline(documents: CodedDocuments, pair: tuple[str, str], as_of: date) -> list[TimelinePoint]:
    totals = documents.totals()
    points = []
    for actor, recipient in both_ways(pair):
        dyad = documents.dyad(actor, recipient, None)
        for realm in Realm:
            series = weekly_series(dyad, totals, realm, as_of=as_of, weeks=_TIMELINE_WEEKS)
            points += [
                TimelinePoint(actor=actor, realm=realm.value, **row) for row in series.to_pylist()
            ]
    return points
