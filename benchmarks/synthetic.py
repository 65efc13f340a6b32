"""Invented events in the shape of GDELT's: stores, days already read, and zipped files as published.

Dyads, roots, reports and repeats follow power laws, as in the real files. The same seed gives the
same rows.
"""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from detente.ontology.cameo import realm_of, tone_of
from detente.ontology.states import countries
from detente.panel.cells import DAY_OF_WEEK_ZERO, STATE_ROLES, cell_of
from detente.panel.engine import Engine
from detente.panel.expressions import EVENTS_SCHEMA, TAKEN_SCHEMA
from detente.panel.manifest import Change, FileEntry, Manifest, only_writer
from detente.panel.weeks import WeekDraft
from detente.records import Refusal

N_WEEKS = 520
"""Ten years."""
LAST_WEEK = 6599
"""The store's last week, of June 2026, whose Sunday is left for the day that comes in."""
FIRST_WEEK = LAST_WEEK - N_WEEKS + 1
NEW_DAY = DAY_OF_WEEK_ZERO + 7 * LAST_WEEK + 6
"""That Sunday, in days since 1970-01-01."""

SOURCE = "synthetic"
N_COUNTRIES = 200
STEEPNESS = 1.38
"""Of the power law of countries: with it 20 million rows make about 1.8 million dyad-weeks."""
REPEATS = 0.2
"""Share of rows that report an event once more."""
PRIVATE = 0.163
"""Share of sides that are no state: about 30 % of rows have one."""
LINKED = 0.9
"""Share of rows with a URL."""

ROOTS = tuple(f"{number:02}" for number in range(1, 21))
_ROOT_WEIGHTS = (18, 9, 8, 24, 8, 2, 3, 3, 2, 2, 6, 5, 2, 2, 1, 1, 5, 4, 6, 0.2)
_GOLDSTEIN = (
    *(0.0, 3.0, 4.0, 2.5, 3.5, 6.4, 7.0, 5.0, -2.0, -5.0),
    *(-2.0, -4.0, -5.0, -6.5, -7.2, -4.0, -6.0, -9.0, -10.0, -10.0),
)
_ROLES = (*STATE_ROLES, "BUS", "CVL", "MED", "OPP")
_N_STATE = len(STATE_ROLES)
_STATE_WEIGHTS = (55, 35, 8, 2)

Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Drawn:
    """Rows as whole numbers; all arrays share the rows."""

    actor: Ints
    recipient: Ints
    roles: tuple[Ints, Ints]
    root: Ints
    day: Ints
    """Days since 1970-01-01."""
    delay: Ints
    """Days until it was published."""
    reports: Ints
    hundredths: Ints
    key: Ints
    linked: NDArray[np.bool_]

    @property
    def size(self) -> int:
        """Number of rows."""
        return self.actor.size


def country_codes() -> list[str]:
    """Return the countries that act, the most frequent first."""
    known = sorted(countries())
    shuffled = np.random.default_rng(0).permutation(len(known))[:N_COUNTRIES]
    return [known[at] for at in shuffled]


def drawn(rng: np.random.Generator, n: int, days: tuple[int, int]) -> Drawn:
    """Draw rows of some days.

    Args:
        rng: The seeded source of chance.
        n: How many rows, at least 1; a fifth of them report an event once more.
        days: First and last day, since 1970-01-01.
    """
    new = n - int(n * REPEATS)
    told = np.concatenate([np.arange(new), (new * rng.random(n - new) ** 2).astype(np.int64)])
    dyads = _picked(rng, _dyad_bounds(), new)
    roots = _picked(rng, _bounds(np.array(_ROOT_WEIGHTS)), new)
    first_days = rng.integers(days[0], days[1] + 1, new)
    keys = rng.integers(-(2**63), 2**63 - 1, new)
    linked = rng.random(new) < LINKED
    delay = (rng.random(n) < 0.1).astype(np.int64)
    noise = np.rint(rng.normal(0, 40, new)).astype(np.int64)
    value = (100 * np.array(_GOLDSTEIN)).astype(np.int64)[roots] + noise
    return Drawn(
        actor=dyads[told] // N_COUNTRIES,
        recipient=dyads[told] % N_COUNTRIES,
        roles=(_roles(rng, new)[told], _roles(rng, new)[told]),
        root=roots[told],
        day=first_days[told],
        delay=delay,
        reports=1 + _picked(rng, _bounds(1.0 / np.arange(1, 201)), n),
        hundredths=np.clip(value, -1000, 1000)[told],
        key=keys[told],
        linked=linked[told],
    )


def stored(rows: Drawn, number: int, first_line: int = 1) -> pa.Table:
    """Return rows as the panel stores them, not marked yet.

    Args:
        rows: What was drawn.
        number: The file they are of.
        first_line: The line of the first.
    """
    states = [roles < _N_STATE for roles in rows.roles]
    of_state = states[0] & states[1]
    cells = np.array([int(cell_of(root)) for root in ROOTS])
    lines = np.arange(first_line, first_line + rows.size)
    columns = {
        **_texts(rows),
        "week": (rows.day - DAY_OF_WEEK_ZERO) // 7,
        "day": rows.day,
        "published": rows.day + rows.delay,
        "cell": cells[rows.root],
        "goldstein_hundredths": rows.hundredths,
        "n_reports": rows.reports,
        "is_kept": np.zeros(rows.size, np.bool_),
        "is_dyad": of_state & (rows.actor != rows.recipient),
        "has_url": rows.linked,
        "of_state": of_state,
        "issues": _no_issues(rows.size),
        "repeat_key": rows.key,
        "file_number": np.full(rows.size, number),
        "origin_line": lines,
    }
    return pa.table({name: columns[name] for name in EVENTS_SCHEMA.names}).cast(EVENTS_SCHEMA)


def write_store(folder: Path, n: int, *, n_weeks: int = N_WEEKS, seed: int = 0) -> None:
    """Write a store of the panel, through the panel's own writer.

    Args:
        folder: A new folder.
        n: How many rows.
        n_weeks: Over how many weeks they spread; the last one lacks its Sunday.
        seed: Of the random numbers.
    """
    rng = np.random.default_rng(seed)
    weeks = range(LAST_WEEK - n_weeks + 1, LAST_WEEK + 1)
    at_once = max(1, 1_000_000 * n_weeks // n)
    manifest = Manifest(folder)
    with only_writer(folder):
        draft = WeekDraft(Engine(), folder, SOURCE, {}, 1)
        parts = [weeks[at : at + at_once] for at in range(0, n_weeks, at_once)]
        files = []
        for number, part in enumerate(parts, 1):
            size = n * (part[-1] - weeks[0] + 1) // n_weeks - n * (part[0] - weeks[0]) // n_weeks
            days = (_first_day(part[0]), min(_first_day(part[-1]) + 6, NEW_DAY - 1))
            draft.add(stored(drawn(rng, size, days), number))
            files.append((number, size))
        entries = [_file_entry(number, size, draft.kept[number]) for number, size in files]
        manifest.commit(Change(files=entries, weeks=list(draft.written.values())))


@dataclass(frozen=True)
class ReadStretch:
    """One stretch of a file as a source hands it over, nothing refused."""

    events: pa.RecordBatch
    refusals: tuple[Refusal, ...] = ()
    refused_keys: tuple[int | None, ...] = ()


def taken(rows: Drawn) -> pa.Table:
    """Return rows as a source hands them over.

    Args:
        rows: What was drawn.
    """
    realms, tones = ([of(root).value for root in ROOTS] for of in (realm_of, tone_of))
    numbers = np.arange(1, rows.size + 1)
    urls = np.char.add("https://news.example/world/", np.abs(rows.key).astype(str))
    columns = {
        **_texts(rows),
        "event_id": numbers.astype(str),
        "occurred_on": pa.array(rows.day.astype(np.int32)).cast(pa.date32()),
        "published_on": pa.array((rows.day + rows.delay).astype(np.int32)).cast(pa.date32()),
        "realm": _named(realms, rows.root),
        "tone": _named(tones, rows.root),
        "goldstein": rows.hundredths / 100.0,
        "issues": _no_issues(rows.size),
        "n_reports": rows.reports,
        "url": pa.array(urls, pa.string(), mask=~rows.linked),
        "origin_line": numbers,
        "repeat_key": rows.key,
    }
    return pa.table({name: columns[name] for name in TAKEN_SCHEMA.names}).cast(TAKEN_SCHEMA)


def new_day(n: int, seed: int = 1) -> pa.Table:
    """Return the day that comes in: the Sunday the stores lack.

    Args:
        n: How many rows.
        seed: Of the random numbers.
    """
    return taken(drawn(np.random.default_rng(seed), n, (NEW_DAY, NEW_DAY)))


def stretches(day: pa.Table, size: int = 65_536) -> Iterator[ReadStretch]:
    """Yield a day in the stretches a reader would give.

    Args:
        day: Rows of the columns a batch must have.
        size: Rows of a stretch.
    """
    for batch in day.combine_chunks().to_batches(max_chunksize=size):
        yield ReadStretch(batch)


FAULTS = ("date", "country", "width", "code", "goldstein", "late")
"""What a bad row suffers from, in turn."""
_PLACE = ("4", "Geneva, Geneve, Switzerland", "SZ", "SZ07", "SZ071", "46.2", "6.16667", "-2551")
_NO_PLACE = ("0", "", "", "", "", "", "", "")


@dataclass(frozen=True)
class Expected:
    """The account a file must give."""

    rows_in: int
    kept: int
    quarantined: int


def write_gdelt_day(path: Path, n: int, *, bad_share: float = 0.03, seed: int = 2) -> Expected:
    """Write one day of GDELT 2.0 as published: 61 tab-separated columns, one member in a zip.

    Args:
        path: The zip to write.
        n: How many rows.
        bad_share: Share of rows with one of `FAULTS`.
        seed: Of the random numbers.

    Returns:
        What must be counted when it is read.
    """
    rng = np.random.default_rng(seed)
    rows = drawn(rng, n, (NEW_DAY, NEW_DAY))
    bad = rng.random(n) < bad_share
    texts = {name: column.to_pylist() for name, column in _texts(rows).items()}
    pages = (rows.key.view(np.uint64) % np.uint64(max(1, n // 3))).tolist()
    lines, events, turn = [], set(), 0
    for at in range(n):
        row = {name: column[at] for name, column in texts.items()}
        fields = _gdelt_fields(at, row, int(rows.reports[at]), int(rows.hundredths[at]), pages[at])
        if bad[at]:
            _spoil(fields, FAULTS[turn % len(FAULTS)])
            turn += 1
        else:
            of_state = row["actor_role"] in STATE_ROLES and row["recipient_role"] in STATE_ROLES
            event = (row["actor"], row["recipient"], row["root"], of_state, pages[at])
            events.add(event)
        lines.append("\t".join(fields))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(path.name.removesuffix(".zip"), "\n".join(lines) + "\n")
    return Expected(rows_in=n, kept=len(events), quarantined=turn)


def _gdelt_fields(
    at: int, row: dict[str, str], reports: int, hundredths: int, page: int
) -> list[str]:
    day = str(np.datetime64(NEW_DAY, "D")).replace("-", "")
    root = row["root"]
    quad = 1 + (root > "05") + (root > "08") + (root > "13")
    url = f"https://news{page % 997}.example/{day}/world/a-story-with-a-long-name-{page}"
    return [
        *(str(1_000_000_000 + at), day, day[:6], day[:4], f"{day[:4]}.4712"),
        *_gdelt_side(row["actor"], row["actor_role"]),
        *_gdelt_side(row["recipient"], row["recipient_role"]),
        *("1", row["cameo_code"], row["cameo_code"], root, str(quad), f"{hundredths / 100}"),
        *(str(2 * reports), "1", str(reports), f"{-1.5 - page % 7 * 0.625}"),
        *(*_PLACE, *_NO_PLACE, *_PLACE),
        *(f"{day}{at % 24:02}1500", url),
    ]


def _gdelt_side(country: str, role: str) -> list[str]:
    return [country + role, f"NAME OF {country}", country, *("",) * 4, role, "", ""]


def _spoil(fields: list[str], fault: str) -> None:
    match fault:
        case "date":
            fields[1] = f"{fields[1][:4]}0631"
        case "country":
            fields[17] = ""
        case "width":
            del fields[-3:]
        case "code":
            fields[26] = "13y"
        case "goldstein":
            fields[30] = "77.0"
        case _:
            fields[1] = f"{int(fields[1][:4]) - 3}0618"


def _first_day(week: int) -> int:
    return DAY_OF_WEEK_ZERO + 7 * week


def _file_entry(number: int, rows: int, kept: int) -> FileEntry:
    return FileEntry(
        number=number,
        source=SOURCE,
        file=f"part{number:03}",
        sha256=f"{number:064x}",
        quarantine=None,
        rows_in=rows,
        kept=kept,
        quarantined=0,
        first=None,
        last=None,
    )


def _texts(rows: Drawn) -> dict[str, pa.Array]:
    codes = country_codes()
    return {
        "actor": _named(codes, rows.actor),
        "recipient": _named(codes, rows.recipient),
        "root": _named(ROOTS, rows.root),
        "cameo_code": _named([f"{root}0" for root in ROOTS], rows.root),
        "actor_role": _named(_ROLES, rows.roles[0]),
        "recipient_role": _named(_ROLES, rows.roles[1]),
    }


def _named(words: list[str] | tuple[str, ...], at: Ints) -> pa.Array:
    return pa.array(words, pa.string()).take(pa.array(at))


def _no_issues(n: int) -> pa.Array:
    return pa.ListArray.from_arrays(np.zeros(n + 1, np.int32), pa.array([], pa.string()))


def _bounds(weights: NDArray[np.float64]) -> NDArray[np.float64]:
    sums = np.cumsum(weights)
    return np.asarray(sums / sums[-1])


@cache
def _dyad_bounds() -> NDArray[np.float64]:
    weights = 1.0 / np.arange(1, N_COUNTRIES + 1) ** STEEPNESS
    dyads = np.outer(weights, weights)
    np.fill_diagonal(dyads, 0.0)
    return _bounds(dyads.ravel())


def _picked(rng: np.random.Generator, bounds: NDArray[np.float64], n: int) -> Ints:
    """Draw places by their bounds; sorted draws are found faster, so they are shuffled after."""
    found = np.searchsorted(bounds, np.sort(rng.random(n)), side="right")
    return rng.permutation(np.minimum(found, bounds.size - 1))


def _roles(rng: np.random.Generator, n: int) -> Ints:
    state = _picked(rng, _bounds(np.array(_STATE_WEIGHTS, np.float64)), n)
    private = rng.integers(_N_STATE, len(_ROLES), n)
    return np.where(rng.random(n) < PRIVATE, private, state)
