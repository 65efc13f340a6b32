"""What counts as one event, and how events are counted: written once in Ibis, run by any engine.

Days are whole numbers inside these expressions; calendar intervals differ between engines.
"""

from datetime import date
from typing import Any

import ibis
import pyarrow as pa
from ibis import Table

STORED_SCHEMA = pa.schema(
    [
        pa.field("event_id", pa.string()),
        pa.field("occurred_on", pa.date32()),
        pa.field("published_on", pa.date32()),
        pa.field("actor", pa.string()),
        pa.field("actor_role", pa.string()),
        pa.field("recipient", pa.string()),
        pa.field("recipient_role", pa.string()),
        pa.field("cameo_code", pa.string()),
        pa.field("root", pa.string()),
        pa.field("realm", pa.string()),
        pa.field("tone", pa.string()),
        pa.field("goldstein", pa.float64()),
        pa.field("issues", pa.list_(pa.string())),
        pa.field("n_reports", pa.int64()),
        pa.field("url", pa.string()),
        pa.field("origin_line", pa.int64()),
        pa.field("repeat_key", pa.int64()),
        pa.field("day", pa.int32()),
        pa.field("file_number", pa.int32()),
    ]
)
"""One row per reported event, repeats included. `day` is `occurred_on` in days since 1970-01-01;
`file_number` is the file's place in the manifest. The rest is as the sources give it."""

TAKEN_SCHEMA = pa.schema([f for f in STORED_SCHEMA if f.name not in {"day", "file_number"}])
"""The columns a batch of events must have to be ingested."""

STATE_ROLES = ("", "GOV", "MIL", "LEG")
"""Roles whose acts count as the state's: the country itself, government, military, legislature."""

_SAME = ("actor", "recipient", "root", "of_state", "repeat_key")
_ORDER = ("day", "published_on", "cameo_code", "file_number", "origin_line")


def stored_events(name: str) -> Table:
    """Return the stored rows as a table of that name.

    Args:
        name: The view or table the engine knows them by.
    """
    return ibis.table(ibis.Schema.from_pyarrow(STORED_SCHEMA), name=name)


def known_by(rows: Table, as_of: date) -> Table:
    """Keep what had happened and was published by a day.

    Args:
        rows: Rows of `STORED_SCHEMA`.
        as_of: The last day whose publications may be used.
    """
    return rows.filter(rows.published_on <= as_of, rows.occurred_on <= as_of)


def of_dyad(rows: Table, actor: str, recipient: str) -> Table:
    """Keep the rows of one directed dyad.

    Args:
        rows: Rows of `STORED_SCHEMA`.
        actor: Code of the acting side.
        recipient: Code of the other side.
    """
    return rows.filter(rows.actor == actor, rows.recipient == recipient)


def between_states(rows: Table) -> Table:
    """Keep rows whose two sides differ and both count as the state.

    Args:
        rows: Rows of `STORED_SCHEMA`.
    """
    return rows.filter(rows.actor != rows.recipient, _of_state(rows))


def of_state(rows: Table) -> Table:
    """Keep rows whose two sides both count as the state.

    Args:
        rows: Rows of `STORED_SCHEMA`.
    """
    return rows.filter(_of_state(rows))


def distinct_events(rows: Table) -> Table:
    """Join repeated reports of one event.

    Rows are the same event when directed dyad, root and `repeat_key` (the URL, or all of the row's
    own fields where it has no URL) are equal and their days are at most one apart, link by link. The
    act of a state is never joined to that of a private actor.

    Args:
        rows: Rows of `STORED_SCHEMA`.

    Returns:
        The earliest row of each event, with `n_reports` of all: the sum over exact repeats, the
        largest over rows that share a URL, since these are one report.
    """
    rows = _begun(rows).mutate(begins=lambda t: t.begins.cast("int64"))
    so_far = ibis.window(group_by=list(_SAME), order_by=list(_ORDER), rows=(None, 0))
    rows = rows.mutate(place=rows.begins.sum().over(so_far))
    event = ibis.window(group_by=[*_SAME, "place"])
    reports = ibis.ifelse(
        rows.url.isnull(), rows.n_reports.sum().over(event), rows.n_reports.max().over(event)
    )
    first_file = rows.file_number.min().over(event)
    rows = rows.mutate(n_reports=reports.cast("int64"), first_file=first_file)
    return rows.filter(rows.begins == 1).drop("begins", "previous", "place")


def daily(rows: Table) -> Table:
    """Count distinct events by day, root and tone.

    Args:
        rows: Rows of `STORED_SCHEMA`, filtered.

    Returns:
        One row per day, root and tone: occurred_on, root, tone, n, goldstein_sum. Values are summed
        in whole hundredths, so that the order of rows changes no digit.
    """
    begun = _begun(rows)
    events = begun.filter(begun.begins)
    events = events.mutate(hundredths=(events.goldstein * 100).round().cast("int64"))
    counted = events.group_by("occurred_on", "root", "tone").agg(
        n=events.count().cast("int64"), goldstein_sum=events.hundredths.sum().cast("float64") / 100
    )
    return counted.order_by("occurred_on", "root", "tone")


def first_reported_by(rows: Table, number: int) -> Table:
    """Count the events that one file was the first to report.

    Args:
        rows: Rows of `STORED_SCHEMA` of one source.
        number: The file's number; rows of files with higher numbers must not be among them.

    Returns:
        One row, one column: n.
    """
    mine = rows.filter(rows.file_number == number).select("repeat_key").distinct()
    touched = rows.semi_join(mine, "repeat_key")
    events = distinct_events(touched)
    return events.filter(events.first_file == number).agg(n=lambda t: t.count().cast("int64"))


def _of_state(rows: Table) -> Any:  # noqa: ANN401 (an Ibis column)
    return rows.actor_role.isin(STATE_ROLES) & rows.recipient_role.isin(STATE_ROLES)


def _begun(rows: Table) -> Table:
    """Mark each row that begins an event: none of its repeats lies on the day or the day before."""
    rows = rows.mutate(of_state=_of_state(rows))
    in_order = ibis.window(group_by=list(_SAME), order_by=list(_ORDER))
    rows = rows.mutate(previous=rows.day.lag().over(in_order))
    return rows.mutate(begins=rows.previous.isnull() | (rows.day - rows.previous > 1))
