"""ICEWS releases: tab-separated with a header, plain or zipped, or Parquet in snake case.

Event ids are not unique over files, and a release gives no day of publication: the event's day stands
for it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from detente.sources.blocks import blocks, headed, tab_rows
from detente.sources.columns import encoded, is_blank, mapped, plain
from detente.sources.countries import name_reader, organisation_names
from detente.sources.events import EventBatch, Reading, event_batches
from detente.sources.parquet import is_parquet, parquet_header, parquet_rows
from detente.sources.rows import Rows, opened_bytes, require_columns
from detente.sources.values import day_reader

SOURCE = "ICEWS"

_COLUMNS: Mapping[str, str] = {
    "id": "Event ID",
    "date": "Event Date",
    "actor": "Source Country",
    "actor_name": "Source Name",
    "actor_role": "Source Sectors",
    "recipient": "Target Country",
    "recipient_name": "Target Name",
    "recipient_role": "Target Sectors",
    "cameo": "CAMEO Code",
    "goldstein": "Intensity",
}
_REPEATS = tuple(name for name in _COLUMNS if name not in {"id", "goldstein"})
_MEND = "give a weekly or yearly ICEWS release, or load other layouts by a mapping"

_SECTORS: tuple[tuple[str, frozenset[str]], ...] = (
    ("", frozenset({"International Government Organization"})),
    ("GOV", frozenset({"Executive", "Executive Office", "Cabinet"})),
    ("MIL", frozenset({"Military", "Army", "Navy", "Air Force", "Military Intelligence"})),
    ("LEG", frozenset({"Legislative / Parliamentary", "Upper House", "Lower House", "Unicameral"})),
    ("JUD", frozenset({"Judicial", "National / Supreme Court"})),
    ("GOV", frozenset({"Government", "Police"})),
    ("REB", frozenset({"Rebel", "Insurgents", "Separatists", "Organized Violent"})),
    ("REB", frozenset({"Unidentified Forces", "Radicals / Extremists / Fundamentalists"})),
    ("OPP", frozenset({"Dissident", "Protestors / Popular Opposition / Mobs", "Exiles"})),
    ("MED", frozenset({"Media", "News", "Print News", "Television News", "State Media"})),
    ("BUS", frozenset({"Business", "Multinational Corporation", "State Owned Enterprises"})),
    ("PTY", frozenset({"Parties"})),
)


def sector_role(sectors: str) -> str:
    """Read an actor's sectors as one role.

    The first that fits of: executive, ministry, armed forces, legislature, courts, any other organ of
    the state, armed groups, opposition, media, business, party. Other sectors are the public.

    Args:
        sectors: A comma list, as released; empty for the country itself.

    Returns:
        A role of the codebook; empty for the country itself and for organisations of states.

    References:
        Boschee and others (2015), ICEWS Coded Event Data, sector list.

    Examples:
        >>> sector_role("Government,Military"), sector_role("Government,Foreign Ministry")
        ('MIL', 'GOV')
        >>> sector_role(""), sector_role("Social,General Population / Civilian / Social")
        ('', 'CVL')
    """
    found = {part.strip() for part in sectors.split(",") if part.strip()}
    if not found:
        return ""
    if any(part.endswith("Ministry") for part in found):
        return "GOV"
    return next((role for role, of_role in _SECTORS if found & of_role), "CVL")


_READING = Reading(
    day=day_reader("%Y-%m-%d"), country=name_reader(), role=sector_role, repeats=_REPEATS
)


def read_icews(path: Path) -> Iterator[EventBatch]:
    """Read one ICEWS release.

    Args:
        path: The tab-separated file, plain or zipped, or its Parquet form.

    Yields:
        Batches in file order. The originals of text rows are their lines, of Parquet rows their JSON.
    """
    yield from event_batches((_with_organisations(rows) for rows in _rows(path)), _READING)


def _with_organisations(rows: Rows) -> Rows:
    """Name the organisation as the country where a row has none: releases leave that empty."""
    columns = dict(rows.columns)
    known = organisation_names()
    for side in ("actor", "recipient"):
        bodies = mapped(columns[f"{side}_name"], lambda name: name if name in known else "")
        missing = is_blank(columns[side]) & ~is_blank(bodies)
        if missing.any():
            named = pc.if_else(pa.array(missing), plain(bodies), plain(columns[side]))
            columns[side] = encoded(named)
    return replace(rows, columns=columns)


def _rows(path: Path) -> Iterator[Rows]:
    if is_parquet(path):
        snake = {name: given.lower().replace(" ", "_") for name, given in _COLUMNS.items()}
        found = parquet_header(path, SOURCE)
        require_columns(found, tuple(snake.values()), SOURCE, str(path), _MEND)
        yield from parquet_rows(path, snake, SOURCE)
        return
    with opened_bytes(path, SOURCE) as raw:
        header, stretches = headed(blocks(raw, path, SOURCE))
        require_columns(header, tuple(_COLUMNS.values()), SOURCE, str(path), _MEND)
        yield from tab_rows(stretches, header, _COLUMNS, str(path))
