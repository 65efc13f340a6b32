"""POLECAT event files, yearly or weekly: tab-separated with a header; PLOVER types, not CAMEO codes.

Several countries may share a side: the row is then one event for each directed pair of different
countries, and counts once for each. PLOVER's intensity is another scale than Goldstein's and is not read.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from detente.ontology.cameo import CameoCode, QuadClass, cameo_code, quad_class, realm_of, tone_of
from detente.ontology.plover import EventType
from detente.ontology.tables import read_table
from detente.sources.blocks import blocks, headed, tab_rows
from detente.sources.columns import encoded, is_blank, joined, mapped, plain
from detente.sources.countries import code_reader, organisation_names
from detente.sources.events import EventBatch, Reading, dated_wrongly, event_batches
from detente.sources.gdelt import type_role
from detente.sources.rows import Rows, opened_bytes, require_columns
from detente.sources.topics import LIST, topic_issues
from detente.sources.values import RowError, day_reader

SOURCE = "POLECAT"

_COLUMNS: Mapping[str, str] = {
    "id": "Event ID",
    "date": "Event Date",
    "published": "Publication Date",
    "type": "Event Type",
    "mode": "Event Mode",
    "quad": "Quad Code",
    "issues": "Contexts",
    **{
        f"{side}{kind}": f"{before}{name}{after}"
        for side, name in (("actor", "Actor"), ("recipient", "Recipient"))
        for kind, before, after in (
            ("", "", " Country"),
            ("_name", "", " Name"),
            ("_sector", "Primary ", " Sector"),
        )
    },
}
_MEND = "give a yearly or weekly ngecEvents file, or load other layouts by a mapping"
_SIDES = ("actor", "recipient")
_REPEATS = (
    *("date", "actor", "actor_name", "actor_role"),
    *("recipient", "recipient_name", "recipient_role", "cameo"),
)
_OF_STATE = ("GOV", "MIL", "LEG")


@cache
def _codes() -> dict[tuple[str, str, str], str]:
    rows = read_table("plover_cameo")
    return {(row["event_type"], row["mode"], row["quad"]): row["cameo"] for row in rows}


def plover_code(kind: str) -> CameoCode:
    """Return the CAMEO code of a PLOVER event.

    Args:
        kind: `type|mode|quad code`, as released; mode and quad code may be empty. A mode the table
            does not list gives the type's own code; the quad code tells demands from appeals.

    Raises:
        RowError: No PLOVER type or quad code, or a type that does not go with the quad code. For
            SANCTION both conflicts go: PLOVER's own tables disagree.

    References:
        PLOVER manual (2023), Open Event Data Alliance; `data/plover_cameo.csv`.

    Examples:
        >>> plover_code("CONSULT|visit|VERBAL COOPERATION").code
        '042'
        >>> plover_code("REQUEST|meet|VERBAL CONFLICT").code, plover_code("SANCTION||").code
        ('106', '160')
    """
    name, mode, given = (part.strip() for part in kind.split("|"))
    event = name.upper()
    if event not in set(EventType):
        raise RowError(field="event type", received=name, expected="no PLOVER event type")
    quad = _quad(given)
    manner = re.sub(r"[\s_]+", "-", mode.lower())
    keys = [(event, m, q) for q in dict.fromkeys((quad, "")) for m in (manner, "")]
    code = cameo_code(next(_codes()[key] for key in keys if key in _codes()))
    own = quad_class(realm_of(code.root), tone_of(code.root))
    disputed = event == EventType.SANCTION and quad.endswith("conflict")
    if quad and quad != own and not disputed:
        expected = f"does not go with event type {event}"
        raise RowError(field="quad code", received=given, expected=expected)
    return code


def _quad(given: str) -> str:
    quad = re.sub(r"[\s-]+", "_", given.lower())
    if quad and quad not in set(QuadClass):
        expected = f"expected one of {', '.join(QuadClass)}"
        raise RowError(field="quad code", received=given, expected=expected)
    return quad


def sector_role(sectors: str) -> str:
    """Read a side's sectors as one role.

    Args:
        sectors: PLOVER codes parted by `|` or `;`; empty for the country itself.

    Returns:
        A role of the codebook, an organ of the state's first. `IGO` is the organisation itself;
        journalists are media, groups of any other kind the public.

    References:
        PLOVER manual (2023), Open Event Data Alliance, section on sectors.

    Examples:
        >>> sector_role("MIL"), sector_role("BUS;GOV"), sector_role("JRN"), sector_role("")
        ('MIL', 'GOV', 'MED', '')
    """
    names = [name.strip().upper() for name in LIST.split(sectors) if name.strip()]
    roles = [_SECTORS.get(name, type_role(f"{name}|||")) for name in names]
    organs = [role for role in roles if role in _OF_STATE]
    return next(iter([*organs, *roles]), "")


_SECTORS = {"IGO": "", "JRN": "MED"}

_DAY = day_reader("%Y-%m-%d")


def _day(text: str) -> date:
    """Read a day; a time of day after it is left out."""
    return _DAY(text[:10] if text[10:11] in {" ", "T"} else text)


def _publication(text: str) -> date | None:
    return _day(text) if text.strip() else None


_READING = Reading(
    day=_day,
    published=_publication,
    country=code_reader(),
    role=sector_role,
    code=plover_code,
    row_issues=topic_issues,
    repeats=_REPEATS,
    check=dated_wrongly,
)


def read_polecat(path: Path) -> Iterator[EventBatch]:
    """Read one POLECAT file.

    Args:
        path: `ngecEvents.DV.YYYY.txt` or a weekly file, plain or zipped.

    Yields:
        Batches in file order. A row with several countries on a side gives one event or refusal for
        each directed pair, all with the row's line; so rows in are directed pairs.
    """
    yield from event_batches(_rows(path), _READING)


def _rows(path: Path) -> Iterator[Rows]:
    with opened_bytes(path, SOURCE) as raw:
        header, stretches = headed(blocks(raw, path, SOURCE))
        require_columns(header, tuple(_COLUMNS.values()), SOURCE, str(path), _MEND)
        for rows in tab_rows(stretches, header, _COLUMNS, str(path)):
            yield paired(_prepared(rows))


def _prepared(rows: Rows) -> Rows:
    columns = {name: _unmarked(column) for name, column in rows.columns.items()}
    parts = [mapped(columns.pop(name), _cell) for name in ("type", "mode", "quad")]
    columns["cameo"] = joined(parts, "|")
    for side in _SIDES:
        columns[f"{side}_role"] = columns.pop(f"{side}_sector")
        columns[side] = _with_organisations(columns[side], columns[f"{side}_name"])
    return replace(rows, columns=columns)


def _unmarked(column: pa.Array) -> pa.DictionaryArray:
    held = encoded(column)
    is_mark = pc.equal(pc.utf8_trim_whitespace(held.dictionary), "None")
    words = pc.if_else(is_mark, "", held.dictionary)
    return pa.DictionaryArray.from_arrays(held.indices, words)


def _with_organisations(countries: pa.Array, names: pa.Array) -> pa.Array:
    """Name the organisations as the countries of rows that have none."""
    missing = is_blank(countries)
    if not missing.any():
        return countries
    bodies = mapped(pc.if_else(pa.array(missing), plain(names), ""), _organisations)
    return encoded(pc.if_else(pa.array(missing), plain(bodies), plain(countries)))


def _cell(text: str) -> str:
    return text.replace("|", "/")


def _organisations(names: str) -> str:
    known = organisation_names()
    return ";".join(known[name] for name in _parts(names) if name in known)


def _parts(cell: str) -> list[str]:
    return [name for part in LIST.split(cell) if (name := part.strip()) and name != "None"]


def paired(rows: Rows) -> Rows:
    """Make one row of each directed pair of countries.

    Args:
        rows: `actor`, `recipient`, `actor_role` and `recipient_role` may be lists.

    Returns:
        Every row at least once; `original` still gives the whole line.
    """
    sides = joined([rows.columns[name] for name in _PAIRED], "\t")
    pairs = [_pairs(*text.split("\t")) for text in sides.dictionary.to_pylist()]
    counts = np.array([len(some) for some in pairs], np.int64)
    kinds = sides.indices.to_numpy()
    at = np.repeat(np.arange(rows.size), counts[kinds])
    firsts = (np.cumsum(counts[kinds]) - counts[kinds])[at]
    places = pa.array((np.cumsum(counts) - counts)[kinds[at]] + np.arange(len(at)) - firsts)
    flat = [pair for some in pairs for pair in some]
    taken = pa.array(at)
    columns = {name: column.take(taken) for name, column in rows.columns.items()}
    for number, name in enumerate(_PAIRED):
        words = pa.array([pair[number] for pair in flat], pa.string()).dictionary_encode()
        columns[name] = pa.DictionaryArray.from_arrays(words.indices.take(places), words.dictionary)
    lines = rows.lines.take(taken)
    return replace(rows, columns=columns, lines=lines, original=_originals(rows, at))


_PAIRED = ("actor", "recipient", "actor_role", "recipient_role")


def _pairs(
    actors: str, recipients: str, actor_sectors: str, recipient_sectors: str
) -> list[tuple[str, str, str, str]]:
    left, right = _side(actors, actor_sectors), _side(recipients, recipient_sectors)
    every = [(a, r, left[a], right[r]) for a in left for r in right]
    return [pair for pair in every if pair[0] != pair[1]] or every[:1]


def _side(countries: str, sectors: str) -> dict[str, str]:
    """Give each country of a side its sectors: its own where the lists are equally long."""
    names, parts = _parts(countries) or [""], _parts(sectors)
    if len(names) != len(parts):
        return dict.fromkeys(names, sectors)
    own: dict[str, str] = {}
    for name, part in zip(names, parts, strict=True):
        own[name] = f"{own[name]};{part}" if name in own else part
    return own


def _originals(
    rows: Rows, at: npt.NDArray[np.int64]
) -> Callable[[npt.NDArray[np.int64]], list[str]]:
    return lambda places: rows.original(at[places])
