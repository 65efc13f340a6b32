"""Who met whom: one entry per meeting, with every account of it."""

from collections.abc import Sequence
from datetime import date, timedelta

from detente.pipeline.answers import Cite, MeetingEntry, MeetingsAnswer
from detente.pipeline.counts import CodedDocuments
from detente.pipeline.limits import limitations
from detente.pipeline.naming import named_pair
from detente.pipeline.workspace import Workspace
from detente.records import DateInterval, Meeting

_SLACK = timedelta(days=1)
"""Two accounts of one meeting may differ by a day: time zones, visits, late releases."""


def meetings(
    workspace: Workspace,
    actor: str,
    recipient: str,
    *,
    as_of: date,
    since: date | None = None,
) -> MeetingsAnswer:
    """List the meetings of two states, newest first.

    Args:
        workspace: The study.
        actor: One state, by code or name.
        recipient: The other.
        as_of: Nothing published later is read.
        since: Leave out meetings that ended before this day.

    Returns:
        One entry per meeting; accounts of several documents are joined where their days meet and
        a participant of each side is the same, or one traveller saw several counterparts.
    """
    pair = named_pair(actor, recipient)
    with workspace.ledger() as ledger:
        documents = CodedDocuments(ledger, as_of, pair)
        found = [f.record for f in ledger.meetings(as_of=as_of, countries=pair)]
        entries, cites = meeting_entries(documents, found, since)
        return MeetingsAnswer(
            as_of=as_of,
            coders=tuple(sorted(set(documents.coders.values()))),
            limitations=limitations(documents, pair),
            cites=cites,
            pair=pair,
            meetings=entries,
        )


def meeting_entries(
    documents: CodedDocuments, found: Sequence[Meeting], since: date | None
) -> tuple[tuple[MeetingEntry, ...], tuple[Cite, ...]]:
    """Join the accounts of each meeting.

    Args:
        documents: To cite from.
        found: Meetings as read, one per document.
        since: Leave out meetings that ended before this day.

    Returns:
        Entries, newest first, and their cites.
    """
    recent = [m for m in found if since is None or m.within.end >= since]
    groups: list[list[Meeting]] = []
    for meeting in sorted(recent, key=lambda m: (m.within.start, m.within.end, m.meeting_id)):
        home = next((g for g in groups if any(_same(meeting, other) for other in g)), None)
        if home is None:
            groups.append([meeting])
        else:
            home.append(meeting)
    cites: dict[str, Cite] = {}
    entries = [_entry(documents, group, cites) for group in groups]
    entries.sort(key=lambda e: e.meeting.within.start, reverse=True)
    return tuple(entries), tuple(cites.values())


def _same(left: Meeting, right: Meeting) -> bool:
    if left.status != right.status or (left.format == "call") != (right.format == "call"):
        return False
    if (
        left.within.start > right.within.end + _SLACK
        or right.within.start > left.within.end + _SLACK
    ):
        return False
    sides = {p.country for p in left.participants}
    return _one_visit(left, right) or all(_overlap(left, right, side) for side in sides)


def _one_visit(left: Meeting, right: Meeting) -> bool:
    """Whether one traveller saw several counterparts in one place: sessions of one meeting."""
    names = {p.name for p in left.participants if p.office}
    shared = names & {p.name for p in right.participants if p.office}
    places = [m.place.split(",")[0] for m in (left, right) if m.place]
    return bool(shared) and left.format != "call" and len(set(places)) < 2


def _overlap(left: Meeting, right: Meeting, side: str) -> bool:
    mine = {p.name for p in left.participants if p.country == side and p.office}
    theirs = {p.name for p in right.participants if p.country == side and p.office}
    return not mine or not theirs or bool(mine & theirs)


def _entry(
    documents: CodedDocuments, group: Sequence[Meeting], cites: dict[str, Cite]
) -> MeetingEntry:
    names: list[str] = []
    for meeting in group:
        for number, evidence in enumerate(meeting.evidence):
            name = f"{meeting.meeting_id}-{number}"
            document = documents.documents[evidence.document_id]
            coder = documents.coders.get(evidence.document_id, "")
            cites[name] = Cite.of_sentence(name, evidence, document, coder)
            names.append(name)
    documents_named = {e.document_id for m in group for e in m.evidence}
    return MeetingEntry(
        meeting=_merged(group), accounts=tuple(names), n_documents=len(documents_named)
    )


def _merged(group: Sequence[Meeting]) -> Meeting:
    """The days its closest accounts give, everybody named, the fullest place."""
    first = max(group, key=lambda m: (sum(p.office is not None for p in m.participants), m.level))
    least = min(m.within.end - m.within.start for m in group)
    close = [m.within for m in group if m.within.end - m.within.start == least]
    people = {p.name: p for m in group for p in m.participants}
    offices = {p.country for p in people.values() if p.office}
    kept = tuple(p for p in people.values() if p.office or p.country not in offices)
    places = [m.place for m in group if m.place]
    within = DateInterval(start=min(w.start for w in close), end=max(w.end for w in close))
    return first.model_copy(
        update={
            "participants": kept,
            "within": within,
            "place": max(places, key=len) if places else None,
            "days": next((m.days for m in group if m.days), None),
            "evidence": tuple(e for m in group for e in m.evidence),
        }
    )
