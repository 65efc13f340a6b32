"""Phoenix event files: CSV or tab-separated with a header, CAMEO codes, several links a row.

A root code or class that contradicts the event code means that columns slipped; the row is refused.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from detente.ontology.cameo import CameoCode, cameo_code
from detente.sources.blocks import blocks, headed, tab_rows
from detente.sources.columns import joined, mapped
from detente.sources.countries import code_reader
from detente.sources.events import EventBatch, Reading, event_batches
from detente.sources.gdelt import type_role
from detente.sources.mapping import shipped_mapping
from detente.sources.rows import (
    Rows,
    delimited_rows,
    opened_bytes,
    opened_text,
    quoted_records,
    require_columns,
)
from detente.sources.topics import topic_issues
from detente.sources.values import RowError, day_reader

SOURCE = "Phoenix"

_COLUMNS: Mapping[str, str] = {
    "id": "EventID",
    "date": "Date",
    "actor": "SourceActorEntity",
    "actor_name": "SourceActorFull",
    "actor_role": "SourceActorRole",
    "recipient": "TargetActorEntity",
    "recipient_name": "TargetActorFull",
    "recipient_role": "TargetActorRole",
    "code": "EventCode",
    "root": "EventRootCode",
    "penta": "PentaClass",
    "goldstein": "GoldsteinScore",
    "issues": "Issues",
    "url": "URLs",
}
_MEND = "give a Phoenix file with its header, or load other layouts by a mapping"
_REPEATS = ("date", "actor_name", "recipient_name", "cameo")
_NEXT_URL = re.compile(r"[;,|\s]+(?=https?://)")
_CLASSES: Mapping[str, frozenset[str]] = {
    "0": frozenset({"01", "02"}),
    "1": frozenset({"01", "02", "03", "04", "05"}),
    "2": frozenset({"06", "07", "08"}),
    "3": frozenset({"09", "10", "11", "12", "13"}),
    "4": frozenset({"14", "15", "16", "17", "18", "19", "20"}),
}
"""PentaClass to the CAMEO roots it may stand with; editions differ in where statements and appeals go."""


def phoenix_code(kind: str) -> CameoCode:
    """Read an event's code and check it against its root and class.

    Args:
        kind: `code|root|class`; root and class may be empty.

    Raises:
        RowError: Root or class contradicts the code, or there is no such class.

    References:
        Gerner, Schrodt, Yilmaz (2012), CAMEO codebook 1.1b3; Open Event Data Alliance, Phoenix
        codebook, PentaClass.

    Examples:
        >>> phoenix_code("042|04|1").code
        '042'
    """
    code, root, penta = (part.strip() for part in kind.split("|"))
    known = cameo_code(code)
    if root and root.zfill(2) != known.root:
        expected = f"the code {code} has root {known.root}"
        raise RowError(field="root code", received=root, expected=expected)
    if penta and known.root not in _CLASSES.get(penta, ()):
        expected = f"does not go with code {code}"
        raise RowError(field="PentaClass", received=penta, expected=expected)
    return known


def _day(text: str) -> date:
    return _PLAIN(text) if text.isdecimal() else _DASHED(text[:10])


_PLAIN, _DASHED = day_reader("%Y%m%d"), day_reader("%Y-%m-%d")


def _role(text: str) -> str:
    return type_role(f"{text.strip()}|||")


def read_phoenix(path: Path) -> Iterator[EventBatch]:
    """Read one Phoenix file.

    Args:
        path: CSV or tab-separated, told by the header; plain or zipped.

    Yields:
        Batches in file order. The first link of a row is its URL, their number its reports.
    """
    bodies = shipped_mapping("icews_parquet").aliases
    aliases = {code: body for code, body in bodies.items() if code.startswith("IGO")}
    reading = Reading(
        day=_day,
        country=code_reader(aliases),
        role=_role,
        code=phoenix_code,
        row_issues=topic_issues,
        repeats=_REPEATS,
    )
    yield from event_batches((_prepared(rows) for rows in _rows(path)), reading)


def _rows(path: Path) -> Iterator[Rows]:
    with opened_text(path, SOURCE) as lines:
        is_tabbed = "\t" in next(lines)
    with _tabbed(path) if is_tabbed else _quoted(path) as rows:
        yield from rows


@contextmanager
def _tabbed(path: Path) -> Iterator[Iterator[Rows]]:
    with opened_bytes(path, SOURCE) as raw:
        header, stretches = headed(blocks(raw, path, SOURCE))
        require_columns(header, tuple(_COLUMNS.values()), SOURCE, str(path), _MEND)
        yield tab_rows(stretches, header, _COLUMNS, str(path))


@contextmanager
def _quoted(path: Path) -> Iterator[Iterator[Rows]]:
    with opened_text(path, SOURCE) as lines:
        records = quoted_records(lines, ",", path, SOURCE)
        _, _, first = next(records)
        header = [name.strip() for name in first]
        require_columns(header, tuple(_COLUMNS.values()), SOURCE, str(path), _MEND)
        yield delimited_rows(records, header, _COLUMNS, str(path))


def _prepared(rows: Rows) -> Rows:
    columns = dict(rows.columns)
    parts = [mapped(columns.pop(name), _cell) for name in ("code", "root", "penta")]
    columns["cameo"] = joined(parts, "|")
    columns["n_reports"] = mapped(columns["url"], _number)
    columns["url"] = mapped(columns["url"], lambda cell: _NEXT_URL.split(cell.strip())[0])
    for side in ("actor", "recipient"):
        both = joined([columns[side], columns[f"{side}_name"]], "\t")
        columns[side] = mapped(both, _country)
    return replace(rows, columns=columns)


def _cell(text: str) -> str:
    return text.replace("|", "/")


def _number(cell: str) -> str:
    return str(len(dict.fromkeys(_NEXT_URL.split(cell.strip()))))


def _country(both: str) -> str:
    """Take an organisation's whole code; of all others the country alone."""
    entity, full = both.split("\t", maxsplit=1)
    return full if entity == "IGO" else entity
