"""Indicator series between records and rows.

A figure, once published, never changes: a revision is another figure with a later `published_on`.
"""

from collections.abc import Iterator
from datetime import date, datetime

import sqlalchemy as sa

from detente.errors import LedgerError
from detente.ledger.documents import Appended
from detente.ledger.engine import insert_if_absent
from detente.ledger.tables import additions, in_utc, indicator_values, indicators
from detente.ledger.urls import hidden
from detente.records import IndicatorSeries, IndicatorValue, Refusal


def append_series(
    connection: sa.Connection, series: IndicatorSeries, added_at: datetime
) -> Appended:
    """Add the figures of one series that are not there yet.

    Args:
        connection: Within a write transaction.
        series: The series, its figures in any order.
        added_at: When they were fetched.

    Returns:
        Counts of figures added and known; one that contradicts a stored figure of the same
        `on` and `published_on` is refused.
    """
    _describe(connection, series)
    stored = {(v.on, v.published_on): v for v in _values(connection, series.name)}
    fresh = [v for v in series.values if (v.on, v.published_on) not in stored]
    old = [v for v in series.values if (v.on, v.published_on) in stored]
    pairs = [(v, stored[v.on, v.published_on]) for v in old]
    refused = tuple(_refusal(series, v, kept) for v, kept in pairs if v.value != kept.value)
    if fresh:
        statement = insert_if_absent(indicator_values, connection.dialect.name)
        connection.execute(statement, [_value_row(series.name, v) for v in fresh])
        log = {"at": in_utc(added_at), "what": "indicator", "name": series.name}
        connection.execute(sa.insert(additions), log)
    return Appended(added=len(fresh), known=len(old) - len(refused), refused=refused)


def read_series(
    connection: sa.Connection, *, as_of: date, actor: str | None, recipient: str | None
) -> list[IndicatorSeries]:
    """Return series as they stood on a day: of each `on`, the last figure published by then.

    Args:
        connection: Within a transaction.
        as_of: The last day whose publications may be used.
        actor: Actor code or country; None for any.
        recipient: Actor code or country; None for any.

    Returns:
        Series that have a figure by then, by name; figures by `on`.
    """
    query = sa.select(indicators.c.payload).order_by(indicators.c.name)
    for column, side in ((indicators.c.actor, actor), (indicators.c.recipient, recipient)):
        if side is not None:
            query = query.where(sa.or_(column == side, _begins(column, f"{side}/")))
    found = [IndicatorSeries.model_validate(payload) for payload in connection.scalars(query)]
    dated = [s.model_copy(update={"values": _as_known(connection, s.name, as_of)}) for s in found]
    return [s for s in dated if s.values]


def _describe(connection: sa.Connection, series: IndicatorSeries) -> None:
    """Keep what the series is; under a name that is taken it must be the same.

    Raises:
        LedgerError: The name is taken by a series of another side, unit, sign or source.
    """
    description = series.model_copy(update={"values": ()})
    row = {
        "name": series.name,
        "actor": series.actor,
        "recipient": series.recipient,
        "payload": description.model_dump(mode="json"),
    }
    connection.execute(insert_if_absent(indicators, connection.dialect.name), row)
    query = sa.select(indicators.c.payload).where(indicators.c.name == series.name)
    stored = IndicatorSeries.model_validate(connection.execute(query).scalar_one())
    if stored != description:
        url = hidden(connection.engine.url)
        new, old = description.model_dump(), stored.model_dump()
        differing = [name for name in new if new[name] != old[name]]
        reason = (
            f"indicator {series.name} is stored with another {', '.join(differing)}; "
            "give the new series another name"
        )
        raise LedgerError(url=url, reason=reason)


def _value_row(name: str, figure: IndicatorValue) -> dict[str, object]:
    """A row; minus zero becomes zero, which is all that every database keeps of it."""
    return {"name": name} | figure.model_dump() | {"value": figure.value + 0.0}


def _begins(column: sa.Column[str], start: str) -> sa.ColumnElement[bool]:
    """Letter by letter; LIKE tells capitals from small letters on one database and not on another."""
    return sa.func.substr(column, 1, len(start)) == start


def _values(connection: sa.Connection, name: str) -> Iterator[IndicatorValue]:
    """All figures of a series, a revision after what it revises."""
    table = indicator_values
    query = sa.select(table.c.on, table.c.published_on, table.c.value, table.c.note)
    ordered = query.where(table.c.name == name).order_by(table.c.on, table.c.published_on)
    for on, published_on, value, note in connection.execute(ordered):
        yield IndicatorValue(on=on, published_on=published_on, value=value, note=note)


def _as_known(connection: sa.Connection, name: str, as_of: date) -> tuple[IndicatorValue, ...]:
    known = {v.on: v for v in _values(connection, name) if v.published_on <= as_of}
    return tuple(known.values())


def _refusal(series: IndicatorSeries, new: IndicatorValue, kept: IndicatorValue) -> Refusal:
    reason = (
        f"indicator {series.name} on {new.on}, published on {new.published_on}: {new.value} "
        f"against the stored {kept.value}; give a revision a later published_on"
    )
    return Refusal(origin=series.source, line=None, reason=reason, original=str(new.value))
