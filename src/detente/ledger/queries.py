"""What a day may see: the selects behind every dated read.

A document counts from the last day of its publication interval; an undated one never does.
"""

from collections.abc import Sequence
from datetime import date
from operator import itemgetter
from typing import Any, Generic, NamedTuple, TypeVar

import sqlalchemy as sa

from detente.ledger.tables import documents, readings
from detente.records import DateInterval, Record

RecordT = TypeVar("RecordT", bound=Record)
Condition = sa.ColumnElement[bool]


class Found(NamedTuple, Generic[RecordT]):
    """A record with the document it was read in."""

    document_id: str
    published: DateInterval
    record: RecordT


def known_by(as_of: date) -> Condition:
    """Return the condition that a document was published by a day.

    Args:
        as_of: The last day whose publications may be used.
    """
    return documents.c.published_end <= as_of


def is_first_report(as_of: date) -> Condition:
    """Return the condition that no earlier visible document holds nearly the same text.

    Two documents do where one is said to repeat the other, or both the same third. The earliest
    of them stays the same however far `as_of` moves on, and one that is not published yet
    hides nobody.

    Args:
        as_of: The last day whose publications may be used.
    """
    own, other = documents.c, documents.alias("other").c
    earlier = sa.tuple_(
        other.published_end, other.duplicate_of.is_not(None), other.document_id
    ) < sa.tuple_(own.published_end, own.duplicate_of.is_not(None), own.document_id)
    same_text = sa.or_(
        other.document_id == own.duplicate_of,
        other.duplicate_of == own.document_id,
        other.duplicate_of == own.duplicate_of,
    )
    return ~sa.exists().where(same_text, other.published_end <= as_of, earlier)


def is_latest_reading(coder: str | None) -> Condition:
    """Return the condition that no later reading of the same document exists.

    Args:
        coder: Only readings by this coder count; None for any.
    """
    other = readings.alias("later")
    later = sa.tuple_(other.c.coded_at, other.c.reading_id) > sa.tuple_(
        readings.c.coded_at, readings.c.reading_id
    )
    rivals = [other.c.document_id == readings.c.document_id, later]
    if coder is None:
        return ~sa.exists().where(*rivals)
    return sa.and_(readings.c.coder == coder, ~sa.exists().where(*rivals, other.c.coder == coder))


def visible_readings(*, as_of: date, coder: str | None, include_duplicates: bool) -> sa.Select[Any]:
    """Return the select of the readings a day may use: the latest of each visible document.

    Args:
        as_of: The last day whose publications may be used.
        coder: Only readings by this coder count; None for any.
        include_duplicates: Whether near-duplicate documents count as well.

    Returns:
        Columns reading_id, document_id, published_start, published_end.
    """
    query = (
        sa.select(
            readings.c.reading_id,
            documents.c.document_id,
            documents.c.published_start,
            documents.c.published_end,
        )
        .join_from(readings, documents)
        .where(known_by(as_of), is_latest_reading(coder))
    )
    return query if include_duplicates else query.where(is_first_report(as_of))


def read_found(
    connection: sa.Connection,
    table: sa.Table,
    record: type[RecordT],
    *,
    readings_select: sa.Select[Any],
    conditions: Sequence[Condition],
    day: str | None = None,
) -> list[Found[RecordT]]:
    """Return one kind of record out of some readings.

    Args:
        connection: Within a transaction.
        table: The records' table.
        record: What its payload is.
        readings_select: From `visible_readings`.
        conditions: What else must hold.
        day: The column to sort by, or None for the last day of publication; document ids and
            the coder's own order break ties.
    """
    sources = {
        reading_id: (document_id, DateInterval(start=start, end=end))
        for reading_id, document_id, start, end in connection.execute(readings_select)
    }
    of_readings = table.c.reading_id.in_(readings_select.with_only_columns(readings.c.reading_id))
    sorter = sa.null() if day is None else table.c[day]
    payload = sa.cast(table.c.payload, sa.Text)  # parsed and checked in one go, by the record
    query = sa.select(table.c.reading_id, table.c.position, sorter, payload)
    found = []
    for reading_id, position, on, text in connection.execute(query.where(of_readings, *conditions)):
        name, published = sources[reading_id]
        item = Found(name, published, record.model_validate_json(text))
        found.append((on or published.end, name, position, item))
    found.sort(key=itemgetter(0, 1, 2))
    return [item for *_, item in found]


def names(child: sa.Table, parent: sa.Table, *conditions: Condition) -> Condition:
    """Return the condition that a record names something in a side table.

    Args:
        child: The side table, such as `event_issues`.
        parent: The records' table.
        conditions: What the side table's row must be.
    """
    return sa.exists().where(
        child.c.reading_id == parent.c.reading_id,
        child.c.position == parent.c.position,
        *conditions,
    )


def equal(table: sa.Table, wanted: dict[str, str | None]) -> list[Condition]:
    """Return the conditions that columns hold given values.

    Args:
        table: The records' table.
        wanted: Column to value; None asks nothing.
    """
    return [table.c[name] == value for name, value in wanted.items() if value is not None]
