"""Readings: all that one coder version read in one document, between records and rows.

A stored reading never changes: a better coder adds a reading of its own beside it.
"""

from collections.abc import Iterable, Iterator
from itertools import chain

import sqlalchemy as sa
from pydantic import BaseModel

from detente.errors import LedgerError
from detente.ledger import tables
from detente.ledger.documents import Appended
from detente.ledger.engine import insert_if_absent
from detente.ledger.tables import in_utc
from detente.ledger.urls import hidden
from detente.records import Commitment, Event, Meeting, Reading, SharedInterest, Step

Row = dict[str, object]


def country(actor: str) -> str:
    """Return the country or organisation of an actor code.

    Args:
        actor: `CCC/ROLE` or a bare country.

    Examples:
        >>> country("USA/GOV"), country("CHN")
        ('USA', 'CHN')
    """
    return actor.partition("/")[0]


def append_readings(connection: sa.Connection, batch: Iterable[Reading]) -> Appended:
    """Add the readings that are not there yet.

    Args:
        connection: Within a write transaction.
        batch: Readings of stored documents.

    Returns:
        Counts of added and known; the same document, coder and version is known.

    Raises:
        LedgerError: A reading's document is not stored, or its evidence is another document's.
    """
    added = known = 0
    rows: dict[str, list[Row]] = {}
    for reading in batch:
        if why := _objection(connection, reading):
            url = hidden(connection.engine.url)
            raise LedgerError(url=url, reason=f"reading of document {reading.document_id}: {why}")
        if (reading_id := _insert(connection, reading)) is None:
            known += 1
            continue
        added += 1
        for name, row in _rows(reading):
            rows.setdefault(name, []).append({"reading_id": reading_id} | row)
    for table in tables.METADATA.sorted_tables:
        if table.name in rows:
            connection.execute(sa.insert(table), rows[table.name])
    return Appended(added=added, known=known)


def _objection(connection: sa.Connection, reading: Reading) -> str | None:
    stored = sa.select(sa.literal(1)).where(tables.documents.c.document_id == reading.document_id)
    if connection.execute(stored).one_or_none() is None:
        return "no such document; add the document first"
    foreign = {e for e in _evidence(reading) if e != reading.document_id}
    if foreign:
        return f"its evidence lies in {', '.join(sorted(foreign))}; evidence must be its own"
    return None


def _evidence(reading: Reading) -> Iterator[str]:
    single: Iterable[Event | SharedInterest | Commitment | Step] = chain(
        reading.events, reading.shared_interests, reading.commitments, reading.steps
    )
    yield from (record.evidence.document_id for record in single)
    yield from (e.document_id for meeting in reading.meetings for e in meeting.evidence)


def _insert(connection: sa.Connection, reading: Reading) -> int | None:
    """Return the new row's id; None where the same reading is stored."""
    coded_at = in_utc(reading.coded_at)
    statement = insert_if_absent(tables.readings, connection.dialect.name)
    row = {
        "document_id": reading.document_id,
        "coder": reading.coder,
        "coder_version": reading.coder_version,
        "coded_at": coded_at,
        "passages_skipped": reading.passages_skipped,
    }
    inserted = connection.execute(statement.returning(tables.readings.c.reading_id), row)
    reading_id: int | None = inserted.scalar_one_or_none()
    if reading_id is not None:
        log = {"at": coded_at, "what": "reading", "name": reading.document_id}
        connection.execute(sa.insert(tables.additions), log)
    return reading_id


def _rows(reading: Reading) -> Iterator[tuple[str, Row]]:
    """Every row of a reading with its table's name, the order of the records kept."""
    for at, event in enumerate(reading.events):
        yield "events", {"position": at} | _event_row(event)
        for issue in dict.fromkeys(event.issues):
            yield "event_issues", {"position": at, "issue": issue}
    for at, meeting in enumerate(reading.meetings):
        yield "meetings", {"position": at} | _meeting_row(meeting)
        for name in dict.fromkeys(country(p.country) for p in meeting.participants):
            yield "meeting_countries", {"position": at, "country": name}
    for at, interest in enumerate(reading.shared_interests):
        yield "shared_interests", {"position": at} | _interest_row(interest)
    for at, commitment in enumerate(reading.commitments):
        yield "commitments", {"position": at} | _commitment_row(commitment)
        for party in _parties(commitment):
            yield "commitment_parties", {"position": at} | party
    for at, step in enumerate(reading.steps):
        yield "steps", {"position": at} | _step_row(step)


def _payload(record: BaseModel) -> Row:
    return {"payload": record.model_dump(mode="json")}


def _event_row(event: Event) -> Row:
    return _payload(event) | {
        "event_id": event.event_id,
        "actor": event.actor,
        "actor_country": country(event.actor),
        "recipient": event.recipient,
        "recipient_country": country(event.recipient) if event.recipient else None,
        "root": event.root,
        "realm": event.realm.value,
        "tone": event.tone.value,
        "mode": event.mode.value,
        "act": event.act.value if event.act else None,
        "occurred_start": event.occurred.start,
        "occurred_end": event.occurred.end,
    }


def _meeting_row(meeting: Meeting) -> Row:
    return _payload(meeting) | {
        "meeting_id": meeting.meeting_id,
        "within_start": meeting.within.start,
        "within_end": meeting.within.end,
        "level": meeting.level.value,
        "status": meeting.status,
    }


def _interest_row(interest: SharedInterest) -> Row:
    first, second = sorted(country(party) for party in interest.parties)
    pair = {"first_country": first, "second_country": second}
    return _payload(interest) | pair | {"issue": interest.issue}


def _commitment_row(commitment: Commitment) -> Row:
    return _payload(commitment) | {
        "commitment_id": commitment.commitment_id,
        "issue": commitment.issue,
        "status": commitment.status.value,
        "made_start": commitment.made.start,
        "made_end": commitment.made.end,
        "due_end": commitment.due.end if commitment.due else None,
    }


def _parties(commitment: Commitment) -> Iterator[Row]:
    for maker in dict.fromkeys(country(m) for m in commitment.makers):
        yield {"country": maker, "is_maker": True}
    if commitment.beneficiary:
        yield {"country": country(commitment.beneficiary), "is_maker": False}


def _step_row(step: Step) -> Row:
    return _payload(step) | {"issue": step.issue, "difficulty": step.difficulty.value}
