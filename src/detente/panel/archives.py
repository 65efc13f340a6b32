"""The weekly cube of a whole archive, counted where the archive lies: Spark, BigQuery or DuckDB.

Nothing runs here: these are expressions and their SQL. Days are whole numbers, keys are texts; no
engine's calendar and no engine's hash comes in.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
from ibis import Table

from detente.errors import SourceChangedError
from detente.ontology.cameo import cameo_codes
from detente.panel.cells import Cell, cell_of, day_number
from detente.panel.expressions import (
    CUBE_SCHEMA,
    SAME_REPORT,
    classified,
    known_by,
    marked,
    weekly_cube,
    without,
)


class Dialect(StrEnum):
    """The engines an expression can be written for."""

    DUCKDB = "duckdb"
    SPARK = "databricks"
    """Spark 3.5 and later, and Databricks: the SQL is the same."""
    BIGQUERY = "bigquery"


_SIDES = (1, 2)
_GROUP_CODES = ("KnownGroupCode", "EthnicCode", "Religion1Code")
_TEXTS = ("Code", "CountryCode", *_GROUP_CODES, "Type1Code")

GDELT_COLUMNS: Mapping[str, str] = {
    "GLOBALEVENTID": "int64",
    "SQLDATE": "int64",
    **{f"Actor{side}{name}": "string" for side in _SIDES for name in _TEXTS},
    "EventCode": "string",
    "GoldsteinScale": "float64",
    "NumArticles": "int64",
    "DATEADDED": "int64",
    "SOURCEURL": "string",
}
"""The columns that are read of GDELT's event table, with their types.

References:
    GDELT Event Database, data format codebook 2.0; `gdelt-bq.gdeltv2.events` on BigQuery.
"""


@dataclass(frozen=True)
class GdeltCodes:
    """What the loader of GDELT files makes of its codes, and which dates it takes."""

    countries: Mapping[str, str]
    """Country code as given to the product's code; a row with any other code is left out."""
    roles: Mapping[str, str]
    """`Type1Code` to role."""
    other_role: str
    """Role of every other type, and of an actor that only has a group code."""
    loaded_on: date
    """Before this day `DATEADDED` tells no publication; the event's day stands for it."""
    days_late: int
    """An event dated so many days before its publication, or more, is left out."""


def gdelt_events(name: str, *, project: str | None = None, dataset: str | None = None) -> Table:
    """Return GDELT's event table as the archive holds it.

    Args:
        name: The table: `events` or `events_partitioned` on BigQuery.
        project: On BigQuery `gdelt-bq`.
        dataset: On BigQuery `gdeltv2`, or `full` for GDELT 1.0.

    Examples:
        >>> gdelt_events("events", project="gdelt-bq", dataset="gdeltv2").columns[0]
        'GLOBALEVENTID'
    """
    return ibis.table(dict(GDELT_COLUMNS), name=name, catalog=project, database=dataset)


def gdelt_lines(name: str, layout: Sequence[str]) -> Table:
    """Read the lines of GDELT's files as the columns of its event table.

    A line with another number of columns is left out. A number that cannot be read becomes one that
    `gdelt_rows` refuses.

    Args:
        name: The table of lines; its one column is `value`.
        layout: The files' columns in order, 61, 58 or 57.
    """
    lines = ibis.table({"value": "string"}, name=name)
    fields = lines.value.re_replace("\r+$", "").split("\t")
    whole = lines.select(fields=fields).filter(lambda t: t.fields.length() == len(layout))
    places = {column: at for at, column in enumerate(layout)}
    return whole.select(
        **{
            column: _typed(whole.fields[places[column]], column)
            if column in places
            else ibis.null(kind)
            for column, kind in GDELT_COLUMNS.items()
        }
    )


_UNREAD = {"SQLDATE": 0, "DATEADDED": 0, "NumArticles": 0, "GLOBALEVENTID": 0, "GoldsteinScale": 99}
"""What stands for a text that is no number; the first row of a day, or out of bounds."""
_NUMBER = {"int64": r"^[0-9]+$", "float64": r"^ *[+-]?[0-9]*[.]?[0-9]+([eE][+-]?[0-9]+)? *$"}
_WITH_DEFAULT = ("NumArticles", "GoldsteinScale")


def _typed(text: Any, column: str) -> Any:  # noqa: ANN401 (Ibis columns)
    kind = GDELT_COLUMNS[column]
    if kind == "string":
        return text
    unread = ibis.literal(_UNREAD[column], kind)
    number = ibis.ifelse(text.re_search(_NUMBER[kind]), text.strip().try_cast(kind), unread)
    read = number.fill_null(unread)
    if column in _WITH_DEFAULT:
        return ibis.ifelse(text.strip() == "", ibis.null(kind), read)
    return read


def gdelt_rows(events: Table, codes: GdeltCodes) -> Table:
    """Read GDELT's event table as rows that `marked` and `weekly_cube` take.

    The same rows are left out, and the others get the same values, as when the files are loaded: a
    country or CAMEO code that is not known, no two countries, no such day, dated a year off its
    publication or after it, a Goldstein value off the scale, no whole number of reports.

    Args:
        events: Columns of `GDELT_COLUMNS`.
        codes: What the loader makes of codes and dates.

    Returns:
        The columns of `EVENTS_SCHEMA` but `is_kept` and `issues`, which GDELT does not tell, and
        `event_id`. `repeat_key` is a text: the URL, or a blank and the row's own fields where it has
        none. `origin_line` is the place among the reports of one event: by day of publication, then
        by `GLOBALEVENTID`.
    """
    read = _read(events, codes)
    dated = _dated(read.filter(_is_readable(read)), codes)
    lag = dated.published - dated.day
    timely = dated.filter(lag < codes.days_late, lag >= -1)
    rows = classified(timely).mutate(file_number=ibis.literal(0, "int32"))
    order = ("published", "event_number", "day", "goldstein_hundredths", "n_reports")
    place = ibis.row_number().over(ibis.window(group_by=list(SAME_REPORT), order_by=list(order)))
    rows = rows.mutate(origin_line=place.cast("int64"), event_id=rows.event_number.cast("string"))
    return without(rows, "event_number")


def gdelt_cube(events: Table, codes: GdeltCodes, as_of: date | None = None) -> Table:
    """Count GDELT's events between states by directed dyad, week and cell.

    Args:
        events: Columns of `GDELT_COLUMNS`: `gdelt_events` or `gdelt_lines`.
        codes: What the loader makes of codes and dates.
        as_of: The last day whose publications may be used; None uses all.

    Returns:
        Rows of `CUBE_SCHEMA`.
    """
    rows = gdelt_rows(events, codes)
    if as_of is None:
        return weekly_cube(marked(rows))
    published = rows.filter(rows.published <= day_number(as_of))
    return weekly_cube(known_by(marked(published), as_of))


def sql_of(table: Table, dialect: Dialect) -> str:
    """Write an expression as the SQL of an engine.

    Args:
        table: The expression.
        dialect: The engine.

    Examples:
        >>> sql_of(gdelt_events("events").select("SOURCEURL"), Dialect.SPARK).split()
        ['SELECT', '`t0`.`SOURCEURL`', 'FROM', '`events`', 'AS', '`t0`']
    """
    return str(ibis.to_sql(table, dialect=dialect.value))


def read_cube(path: Path) -> pa.Table:
    """Read a cube that an engine wrote as Parquet.

    Args:
        path: A file, or the folder of files that Spark writes.

    Returns:
        Rows of `CUBE_SCHEMA`, by week, issue, actor, recipient and cell.

    Raises:
        SourceChangedError: A column is missing.
    """
    found = pq.read_table(path)
    missing = [name for name in CUBE_SCHEMA.names if name not in found.column_names]
    if missing:
        reason = f"columns {', '.join(missing)} looked for, found {', '.join(found.column_names)}"
        mend = "give the cube that gdelt_cube counts"
        raise SourceChangedError(source="cube", location=str(path), reason=f"{reason}; {mend}")
    order = [(name, "ascending") for name in ("week", "issue", "actor", "recipient", "cell")]
    return found.select(CUBE_SCHEMA.names).cast(CUBE_SCHEMA).sort_by(order)


def _read(events: Table, codes: GdeltCodes) -> Table:
    code = events.EventCode.fill_null("")
    url = events.SOURCEURL.fill_null("").strip()
    own = ibis.literal(" ") + events.SQLDATE.cast("string")
    for text in (events.Actor1Code, events.Actor2Code, code):
        own = own + "|" + text.fill_null("")
    return events.select(
        event_number=events.GLOBALEVENTID.fill_null(0),
        actor=_country(events.Actor1CountryCode, codes),
        actor_role=_role(events, 1, codes),
        recipient=_country(events.Actor2CountryCode, codes),
        recipient_role=_role(events, 2, codes),
        cameo_code=code,
        root=code.substr(0, 2),
        goldstein=events.GoldsteinScale,
        n_reports=events.NumArticles.fill_null(1),
        occurred=_eight_digits(events.SQLDATE),
        added=_eight_digits(events.DATEADDED),
        has_url=url != "",
        repeat_key=ibis.ifelse(url != "", url, own),
    )


def _is_readable(read: Table) -> Any:  # noqa: ANN401 (Ibis columns)
    return (
        read.actor.notnull()
        & read.recipient.notnull()
        & read.cameo_code.isin(sorted(cameo_codes()))
        & (read.goldstein.isnull() | read.goldstein.between(-10.0, 10.0))
        & (read.n_reports >= 1)
        & _is_day(read.occurred)
        & _is_day(read.added)
    )


def _dated(read: Table, codes: GdeltCodes) -> Table:
    day, added = _day_number(read.occurred), _day_number(read.added)
    loaded = added < day_number(codes.loaded_on)
    given = (read.goldstein * 100.0 + 0.5).floor().cast("int64")
    rows = read.mutate(
        day=day.cast("int32"),
        published=ibis.ifelse(loaded, day, added).cast("int32"),
        cell=_cell_of(read.root),
        goldstein_hundredths=ibis.coalesce(given, _hundredths_of(read.cameo_code)).cast("int16"),
        n_reports=read.n_reports.cast("int32"),
    )
    return without(rows, "goldstein", "occurred", "added")


def _country(text: Any, codes: GdeltCodes) -> Any:  # noqa: ANN401 (Ibis columns)
    plain = text.fill_null("").strip()
    same = sorted(given for given, code in codes.countries.items() if given == code)
    others = {given: code for given, code in codes.countries.items() if given != code}
    return ibis.cases((plain.isin(same), plain), *_by_value(plain, others))


def _role(events: Table, side: int, codes: GdeltCodes) -> Any:  # noqa: ANN401 (Ibis columns)
    kind = events[f"Actor{side}Type1Code"].fill_null("")
    groups = [events[f"Actor{side}{name}"].fill_null("") != "" for name in _GROUP_CODES]
    known = _by_value(kind, codes.roles)
    return ibis.cases(
        (kind == "", ibis.ifelse(groups[0] | groups[1] | groups[2], codes.other_role, "")),
        *known,
        else_=codes.other_role,
    )


def _by_value(
    column: Any,  # noqa: ANN401 (Ibis columns)
    values: Mapping[str, Any],
) -> list[tuple[Any, Any]]:
    pairs = sorted((value, key) for key, value in values.items())
    return [
        (column.isin([key for _, key in group]), value)
        for value, group in groupby(pairs, key=lambda pair: pair[0])
    ]


def _hundredths_of(code: Any) -> Any:  # noqa: ANN401 (Ibis columns)
    values = {row.code: round(row.goldstein * 100) for row in cameo_codes().values()}
    return ibis.cases(*_by_value(code, values)).cast("int64")


def _cell_of(root: Any) -> Any:  # noqa: ANN401 (Ibis columns)
    cells = {text: int(cell_of(text)) for text in (f"{number:02}" for number in range(1, 21))}
    return ibis.cases(*_by_value(root, cells), else_=int(Cell.STATEMENT)).cast("int8")


def _eight_digits(number: Any) -> Any:  # noqa: ANN401 (Ibis columns)
    """Cut an instant of fourteen digits down to its day; any other length is no day."""
    instant = (number >= 10**13) & (number < 10**14)
    return ibis.cases(
        (instant, number // 10**6), ((number >= 10**7) & (number < 10**8), number), else_=0
    )


def _is_day(digits: Any) -> Any:  # noqa: ANN401 (Ibis columns)
    year, month, day = digits // 10_000, digits // 100 % 100, digits % 100
    leap = ((year % 4 == 0) & (year % 100 != 0)) | (year % 400 == 0)
    length = ibis.cases(
        (month == 2, ibis.ifelse(leap, 29, 28)), (month.isin([4, 6, 9, 11]), 30), else_=31
    )
    return (month >= 1) & (month <= 12) & (day >= 1) & (day <= length)


def _day_number(digits: Any) -> Any:  # noqa: ANN401 (Ibis columns)
    """Count days from 1970-01-01 in whole numbers; years begin in March, so that leap days end them.

    References:
        Richards (2013), Calendars, in Explanatory Supplement to the Astronomical Almanac, 3rd
        edition, section 15.11.
    """
    year, month, day = digits // 10_000, digits // 100 % 100, digits % 100
    since = year - ibis.ifelse(month <= 2, 1, 0)
    leaps = since // 4 - since // 100 + since // 400
    return since * 365 + leaps + (((month + 9) % 12) * 153 + 2) // 5 + day - 719_469
