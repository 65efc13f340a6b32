"""GDELT event files, 1.0 and 2.0: tab-separated, no header, plain or zipped.

`SQLDATE` is the event's day, `DATEADDED` the publication in UTC; codes stay text.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain
from pathlib import Path

from detente.errors import SourceChangedError
from detente.sources.blocks import blocks, head, tab_rows
from detente.sources.columns import joined
from detente.sources.countries import code_reader
from detente.sources.events import EventBatch, Reading, dated_wrongly, event_batches
from detente.sources.rows import Rows, opened_bytes
from detente.sources.values import RowError, day_reader

SOURCE = "GDELT"

_ACTOR = (
    *("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode"),
    *("Religion1Code", "Religion2Code", "Type1Code", "Type2Code", "Type3Code"),
)
_GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
_PLACES = ("Actor1Geo", "Actor2Geo", "ActionGeo")

COLUMNS_2: tuple[str, ...] = (
    *("GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate"),
    *(f"Actor{side}{name}" for side in (1, 2) for name in _ACTOR),
    *("IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale"),
    *("NumMentions", "NumSources", "NumArticles", "AvgTone"),
    *(f"{place}_{name}" for place in _PLACES for name in _GEO),
    *("DATEADDED", "SOURCEURL"),
)
"""The 61 columns of GDELT 2.0, in the publisher's order."""

COLUMNS_1: tuple[str, ...] = tuple(name for name in COLUMNS_2 if not name.endswith("_ADM2Code"))
"""The 58 columns of GDELT 1.0; files before April 2013 have no `SOURCEURL`."""

_LAYOUTS: Mapping[int, Sequence[str]] = {61: COLUMNS_2, 58: COLUMNS_1, 57: COLUMNS_1[:-1]}

_WANTED: Mapping[str, str] = {
    "id": "GLOBALEVENTID",
    "date": "SQLDATE",
    "published": "DATEADDED",
    "actor": "Actor1CountryCode",
    "recipient": "Actor2CountryCode",
    "cameo": "EventCode",
    "goldstein": "GoldsteinScale",
    "n_reports": "NumArticles",
    "actor_name": "Actor1Code",
    "recipient_name": "Actor2Code",
    "url": "SOURCEURL",
}
_ROLE_COLUMNS = ("Type1Code", "KnownGroupCode", "EthnicCode", "Religion1Code")
_REPEATS = ("date", "actor_name", "recipient_name", "cameo")

TYPE_ROLES: Mapping[str, str] = {
    **{kind: kind for kind in ("GOV", "MIL", "LEG", "JUD", "PTY", "MED", "OPP", "BUS")},
    **dict.fromkeys(("COP", "SPY"), "GOV"),
    **dict.fromkeys(("REB", "INS", "SEP", "UAF", "RAD"), "REB"),
    "MNC": "BUS",
}
"""`Type1Code` to role; any other type is the public."""

PUBLIC = "CVL"


def type_role(codes: str) -> str:
    """Read an actor's type, group, ethnic and religion codes as one role.

    Args:
        codes: `Type1Code|KnownGroupCode|EthnicCode|Religion1Code`, empty where the file has none.

    Returns:
        A role of the codebook; empty for the country itself. Groups of any other kind are the public.

    References:
        Gerner, Schrodt, Yilmaz (2012), CAMEO codebook 1.1b3, chapter on actors.

    Examples:
        >>> type_role("MIL|||"), type_role("MNC|||"), type_role("COP|||"), type_role("|||")
        ('MIL', 'BUS', 'GOV', '')
        >>> type_role("EDU|||"), type_role("|||CHR")
        ('CVL', 'CVL')
    """
    kind, *groups = codes.split("|")
    if kind:
        return TYPE_ROLES.get(kind, PUBLIC)
    return PUBLIC if any(groups) else ""


ARCHIVE_LOADED = date(2013, 4, 1)
"""Before this day `DATEADDED` is when the past was loaded, not when it was published."""


_DAY = day_reader("%Y%m%d")


def _day(text: str) -> date:
    if len(text) not in {8, 14} or not text.isdecimal():
        raise RowError(field="date", received=text, expected="not 8 or 14 digits")
    return _DAY(text[:8])


def _publication(text: str) -> date | None:
    day = _day(text)
    return None if day < ARCHIVE_LOADED else day


_READING = Reading(
    day=_day,
    published=_publication,
    country=code_reader(),
    role=type_role,
    repeats=_REPEATS,
    check=dated_wrongly,
)


def read_gdelt(path: Path) -> Iterator[EventBatch]:
    """Read one GDELT event file.

    Args:
        path: A `.export.CSV` file of GDELT 1.0 or 2.0, plain or zipped.

    Yields:
        Batches in file order. Rows without two countries, and rows dated a year or more off their
        publication, are refused.
    """
    yield from event_batches(_rows(path), _READING)


def _rows(path: Path) -> Iterator[Rows]:
    with opened_bytes(path, SOURCE) as raw:
        stretches = blocks(raw, path, SOURCE)
        first = next(stretches)
        header = _layout(head(first, 50), path)
        roles = {f"{s}:{name}": f"Actor{s}{name}" for s in (1, 2) for name in _ROLE_COLUMNS}
        wanted = {name: given for name, given in _WANTED.items() if given in header} | roles
        for rows in tab_rows(chain([first], stretches), header, wanted, str(path)):
            yield _with_roles(rows)


def _layout(lines: Sequence[Sequence[str]], path: Path) -> Sequence[str]:
    widths = Counter(len(fields) for fields in lines)
    known = [width for width, _ in widths.most_common() if width in _LAYOUTS]
    if not known:
        found = ", ".join(str(width) for width in sorted(widths))
        reason = (
            f"61, 58 or 57 tab-separated columns looked for, found {found}; "
            "give a .export.CSV file of GDELT, not of another table"
        )
        raise SourceChangedError(source=SOURCE, location=str(path), reason=reason)
    return _LAYOUTS[known[0]]


def _with_roles(rows: Rows) -> Rows:
    columns = dict(rows.columns)
    for number, side in ((1, "actor"), (2, "recipient")):
        parts = [columns.pop(f"{number}:{name}") for name in _ROLE_COLUMNS]
        columns[f"{side}_role"] = joined(parts, "|")
    return replace(rows, columns=columns)
