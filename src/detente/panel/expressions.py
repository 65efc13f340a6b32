"""What counts as one event, and the weekly cube: written once in Ibis, run by any engine.

Days and weeks are whole numbers inside these expressions; calendar intervals differ between engines.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import ibis
import pyarrow as pa
from ibis import Table

from detente.panel.cells import DAY_OF_WEEK_ZERO, STATE_ROLES, day_number

TAKEN_SCHEMA = pa.schema(
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
    ]
)
"""The columns a batch of events must have to be ingested."""

EVENTS_SCHEMA = pa.schema(
    [
        pa.field("actor", pa.string()),
        pa.field("recipient", pa.string()),
        pa.field("week", pa.int32()),
        pa.field("day", pa.int32()),
        pa.field("published", pa.int32()),
        pa.field("cell", pa.int8()),
        pa.field("goldstein_hundredths", pa.int16()),
        pa.field("n_reports", pa.int32()),
        pa.field("is_kept", pa.bool_()),
        pa.field("is_dyad", pa.bool_()),
        pa.field("has_url", pa.bool_()),
        pa.field("root", pa.string()),
        pa.field("cameo_code", pa.string()),
        pa.field("actor_role", pa.string()),
        pa.field("recipient_role", pa.string()),
        pa.field("of_state", pa.bool_()),
        pa.field("issues", pa.list_(pa.string())),
        pa.field("repeat_key", pa.int64()),
        pa.field("file_number", pa.int32()),
        pa.field("origin_line", pa.int32()),
    ]
)
"""One row per reported event, repeats included. `week` counts Mondays from 1900-01-01, `day` and
`published` days from 1970-01-01; `cell` is of `cells.Cell`; Goldstein values are whole hundredths, so
that sums are exact on every engine. `is_kept` is False for a repeat of an event published earlier;
`of_state` is True where both sides count as the state, `is_dyad` where they differ as well."""

CUBE_SCHEMA = pa.schema(
    [
        pa.field("actor", pa.string()),
        pa.field("recipient", pa.string()),
        pa.field("week", pa.int32()),
        pa.field("cell", pa.int8()),
        pa.field("issue", pa.string()),
        pa.field("n", pa.int64()),
        pa.field("goldstein_hundredths", pa.int64()),
        pa.field("n_reports", pa.int64()),
    ]
)
"""One row per directed dyad, week, cell and issue; an empty issue holds all events of the cell, each
once. Counts and sums of weeks, and of cells, add up; those of issues do not, for an event may have
several."""

SAME_REPORT = ("actor", "recipient", "root", "of_state", "repeat_key")
"""What rows of one event share, besides days at most one apart."""


def stored_events(name: str) -> Table:
    """Return the stored rows as a table of that name.

    Args:
        name: The view or table the engine knows them by.
    """
    return ibis.table(ibis.Schema.from_pyarrow(EVENTS_SCHEMA), name=name)


def known_by(rows: Table, as_of: date) -> Table:
    """Keep what had happened and was published by a day.

    Args:
        rows: Rows of `EVENTS_SCHEMA`.
        as_of: The last day whose publications may be used.
    """
    last = day_number(as_of)
    return rows.filter(rows.published <= last, rows.day <= last)


def of_dyad(rows: Table, actor: str, recipient: str) -> Table:
    """Keep the rows of one directed dyad whose two sides both count as the state.

    Args:
        rows: Rows of `EVENTS_SCHEMA`.
        actor: Code of the acting side.
        recipient: Code of the other side.
    """
    return rows.filter(rows.actor == actor, rows.recipient == recipient, rows.of_state)


def classified(rows: Table) -> Table:
    """Say of each row whether its sides are two states, and in which week it falls.

    Args:
        rows: Rows with actor, actor_role, recipient, recipient_role and day.

    Returns:
        The rows with `of_state`, `is_dyad` and `week`.
    """
    states = rows.actor_role.isin(STATE_ROLES) & rows.recipient_role.isin(STATE_ROLES)
    rows = rows.mutate(of_state=states, week=week_of(rows.day))
    return rows.mutate(is_dyad=rows.of_state & (rows.actor != rows.recipient))


def week_of(day: Any) -> Any:  # noqa: ANN401 (Ibis columns)
    """Return the week of a day: whole weeks since Monday 1900-01-01.

    Args:
        day: A column of days since 1970-01-01, none before 1900.
    """
    return ((day - DAY_OF_WEEK_ZERO) / 7.0).floor().cast("int32")


def marked(rows: Table, same: Sequence[str] = SAME_REPORT) -> Table:
    """Mark the rows that count, so that an event reported often counts once.

    A row is a repeat when another of the same directed dyad, root and key (the URL, or all of the
    row's own fields where it has no URL) lies on the same day or the day next to it, and comes
    earlier in order of publication. So nothing published later changes what counts, and a report
    that repeats a repeat is one too. The act of a state is never joined to that of a private actor.

    Args:
        rows: Rows with `published`, `file_number`, `origin_line`, `day` and the columns of `same`.
        same: What rows of one event share.

    Returns:
        The rows with `is_kept`.
    """
    place = rows.file_number.cast("int64") * 2**26 + rows.origin_line
    rows = rows.mutate(place=rows.published.cast("int64") * 2**46 + place)
    near = ibis.window(group_by=list(same), order_by="day", range=(-1, 1))
    rows = rows.mutate(earliest=rows.place.min().over(near))
    return without(rows.mutate(is_kept=rows.place == rows.earliest), "place", "earliest")


def without(rows: Table, *names: str) -> Table:
    """Leave columns out; unlike Ibis's own `drop`, in SQL that is the same in every process.

    Args:
        rows: Any rows.
        names: The columns to leave out.

    Examples:
        >>> without(ibis.table({"a": "int64", "b": "int64"}, name="t"), "a").columns
        ('b',)
    """
    return rows.select([name for name in rows.columns if name not in names])


def weekly_cube(rows: Table, *, by_issue: bool = False) -> Table:
    """Count the distinct events between states by directed dyad, week and cell.

    Args:
        rows: Rows of `EVENTS_SCHEMA`, or of `marked` and `classified`.
        by_issue: Add the rows of each issue to those of all.

    Returns:
        Rows of `CUBE_SCHEMA`. `n_reports` sums the reports of distinct events and of exact repeats
        without URL; rows that share a URL are one report.
    """
    counted = rows.filter(rows.is_dyad, rows.is_kept | ~rows.has_url)
    whole = _counted(counted, _CUBE_KEYS).mutate(issue=ibis.literal("")).select(CUBE_SCHEMA.names)
    if not by_issue:
        return whole
    each = counted.mutate(issue=counted.issues.unnest())
    return whole.union(_counted(each, (*_CUBE_KEYS, "issue")).select(CUBE_SCHEMA.names))


_CUBE_KEYS = ("actor", "recipient", "week", "cell")


def _counted(rows: Table, keys: Sequence[str]) -> Table:
    hundredths = ibis.ifelse(rows.is_kept, rows.goldstein_hundredths, 0)
    sums = {  # as doubles: exact below 2 ** 53, and far cheaper than the wide integers of an engine
        "n": rows.is_kept.cast("int64").sum(),
        "goldstein_hundredths": hundredths.cast("float64").sum(),
        "n_reports": rows.n_reports.cast("float64").sum(),
    }
    cube = rows.group_by(*keys).agg(**sums)
    return cube.mutate(**{name: cube[name].cast("int64") for name in sums})


def daily(rows: Table) -> Table:
    """Count distinct events by day and root.

    Args:
        rows: Rows of `EVENTS_SCHEMA`, filtered.

    Returns:
        One row per day and root: day, root, n, goldstein_hundredths.
    """
    counted = (
        rows.filter(rows.is_kept)
        .group_by("day", "root")
        .agg(
            n=lambda t: t.count().cast("int64"),
            goldstein_hundredths=lambda t: t.goldstein_hundredths.cast("int64").sum(),
        )
    )
    return counted.mutate(goldstein_hundredths=counted.goldstein_hundredths.cast("int64")).order_by(
        "day", "root"
    )
