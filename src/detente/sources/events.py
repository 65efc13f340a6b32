"""What every event file becomes: typed Arrow batches, and a refusal for each row that was not taken.

A row is never repaired in silence: it fits the schema, or it is refused with its reason and its line.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache, partial
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from detente.errors import DetenteError
from detente.ontology.cameo import CameoCode, cameo_code, realm_of, tone_of
from detente.records import Refusal
from detente.sources.columns import constant, encoded, is_blank, mask, plain
from detente.sources.row_keys import stable_hash
from detente.sources.rows import Rows
from detente.sources.values import (
    YEAR,
    days_apart,
    goldstein_value,
    report_count,
    unless_blank,
)

EVENT_SCHEMA = pa.schema(
    [
        pa.field("event_id", pa.string(), nullable=False),
        pa.field("occurred_on", pa.date32(), nullable=False),
        pa.field("published_on", pa.date32(), nullable=False),
        pa.field("actor", pa.string(), nullable=False),
        pa.field("actor_role", pa.string(), nullable=False),
        pa.field("recipient", pa.string(), nullable=False),
        pa.field("recipient_role", pa.string(), nullable=False),
        pa.field("cameo_code", pa.string(), nullable=False),
        pa.field("root", pa.string(), nullable=False),
        pa.field("realm", pa.string(), nullable=False),
        pa.field("tone", pa.string(), nullable=False),
        pa.field("goldstein", pa.float64(), nullable=False),
        pa.field("issues", pa.list_(pa.string()), nullable=False),
        pa.field("n_reports", pa.int64(), nullable=False),
        pa.field("url", pa.string()),
        pa.field("origin_line", pa.int64(), nullable=False),
        pa.field("repeat_key", pa.int64(), nullable=False),
    ]
)
"""One row per reported event. `actor` and `recipient` are ISO 3166-1 alpha-3 codes or organisations;
a role is empty for the country itself. `published_on` equals `occurred_on` where a file has no such
day. `repeat_key` is a stable hash of the URL, or of the row's own fields where the file has no URL:
rows that share it report the same thing."""


@dataclass(frozen=True)
class EventBatch:
    """One stretch of an event file. Rows in = rows of `events` + number of `refusals`."""

    events: pa.RecordBatch
    """Rows of `EVENT_SCHEMA`."""
    refusals: tuple[Refusal, ...]
    refused_keys: tuple[int | None, ...]
    """The `repeat_key` of each refused row; None where the row cannot be told from another."""


@dataclass(frozen=True)
class Reading:
    """How a publisher's words are read: each function gets one distinct text of a column.

    A function that cannot read a text raises a `DetenteError`, whose message becomes the reason.
    """

    day: Callable[[str], date]
    country: Callable[[str], str]
    role: Callable[[str], str]
    published: Callable[[str], date | None] | None = None
    """Reads the day of publication; None where a text tells none. Left out: `day` does."""
    code: Callable[[str], CameoCode] = cameo_code
    """Reads the kind of event."""
    reports: Callable[[str], int] = report_count
    issues: tuple[str, ...] = ()
    """What every row of the file is about."""
    row_issues: Callable[[str], Sequence[str]] | None = None
    """Reads what a row is about, where the file has such a column; then `issues` is not used."""
    repeats: tuple[str, ...] = ()
    """Columns whose equal values make two rows of a file without URLs exact repeats."""
    check: "Callable[[EventColumns], Iterator[tuple[npt.NDArray[np.bool_], str]]] | None" = None
    """Further tests of a stretch: rows that fail, and why."""


@dataclass
class EventColumns:
    """The columns of one stretch while they are read, and why a row is refused, if it is."""

    size: int
    values: dict[str, pa.Array] = field(default_factory=dict)
    reasons: npt.NDArray[np.object_] = field(init=False)
    fine: npt.NDArray[np.bool_] = field(init=False)
    """True for rows that nothing refused so far."""

    def __post_init__(self) -> None:
        self.reasons = np.full(self.size, None, dtype=object)
        self.fine = np.ones(self.size, dtype=np.bool_)

    def refuse(self, rows: npt.NDArray[np.bool_], reason: str) -> None:
        """Refuse rows that no earlier test refused.

        Args:
            rows: True where the test fails.
            reason: What was found and what was expected.
        """
        newly = rows & self.fine
        self.reasons[newly] = reason
        self.fine &= ~newly

    def read(self, texts: pa.Array, attempt: "Attempt", kinds: Mapping[str, pa.DataType]) -> None:
        """Read a column of texts into one or more columns, each distinct text once.

        Args:
            texts: The texts as given; null counts as empty.
            attempt: Turns one text into a value for each column, or says why not.
            kinds: The columns it becomes, with their Arrow types.
        """
        held = encoded(texts)
        tried = [attempt(text) for text in held.dictionary.to_pylist()]
        for at, (name, kind) in enumerate(kinds.items()):
            values = pa.array([values[at] if values else None for values, _ in tried], kind)
            self.values[name] = values.take(held.indices)
        failed = np.array([why is not None for _, why in tried], dtype=np.bool_)
        if failed.any():
            places = held.indices.to_numpy()
            newly = np.flatnonzero(failed[places] & self.fine)
            whys = np.array([why for _, why in tried], dtype=object)
            self.reasons[newly] = whys[places[newly]]
            self.fine[newly] = False


Attempt = Callable[[str], tuple[tuple[Any, ...] | None, str | None]]
"""Reads one text: its values, or None and why it cannot be read."""


def dated_wrongly(read: EventColumns) -> Iterator[tuple[npt.NDArray[np.bool_], str]]:
    """Find events whose day cannot be told from their publication: known errors of coded dates.

    Args:
        read: A stretch with `occurred_on` and `published_on`.

    Yields:
        The rows a year or more before their publication, and those after it by more than a day: a
        day begins earlier in the east.
    """
    late = days_apart(read.values["occurred_on"], read.values["published_on"])
    yield late >= YEAR, f"dated {YEAR} days or more before its publication"
    yield late < -1, "dated after its publication"


@dataclass(frozen=True)
class _Attempts:
    """A file's readers; each text is read once in a file."""

    day: Attempt
    published: Attempt
    country: Attempt
    role: Attempt
    code: Attempt
    goldstein: Attempt
    reports: Attempt
    issues: Attempt


def _attempts(reading: Reading) -> _Attempts:
    return _Attempts(
        day=_once(reading.day),
        published=_once(reading.published or reading.day),
        country=_once(unless_blank(reading.country)),
        role=_once(reading.role),
        code=lru_cache(_MOST)(partial(_tried, lambda text: _coded(reading.code(text)))),
        goldstein=_once(goldstein_value),
        reports=_once(reading.reports),
        issues=_once(reading.row_issues or (lambda _: reading.issues)),
    )


_MOST = 65_536
"""Texts of a column remembered over the stretches of a file."""


def _once(reader: Callable[[str], Any]) -> Attempt:
    return lru_cache(_MOST)(partial(_tried, lambda text: (reader(text),)))


def _tried(
    reader: Callable[[str], tuple[Any, ...]], text: str
) -> tuple[tuple[Any, ...] | None, str | None]:
    try:
        return reader(text), None
    except DetenteError as error:
        return None, str(error)


def _coded(code: CameoCode) -> tuple[str, str, str, str, float]:
    return code.code, code.root, realm_of(code.root).value, tone_of(code.root).value, code.goldstein


_CODED: Mapping[str, pa.DataType] = {
    **dict.fromkeys(("cameo_code", "root", "realm", "tone"), pa.string()),
    "of_code": pa.float64(),
}
"""What a CAMEO code tells; `of_code` is its Goldstein value."""


def event_batches(rows: Iterator[Rows], reading: Reading) -> Iterator[EventBatch]:
    """Turn the rows of a file into batches of events and refusals.

    Args:
        rows: Stretches whose columns have the product's names: `date`, `actor`, `recipient` and
            `cameo`, and where the file has them `published`, `actor_role`, `recipient_role`,
            `goldstein`, `n_reports`, `url`, `id`, `issues`.
        reading: How the publisher's words are read.

    Yields:
        One batch per stretch, in file order.
    """
    attempts = _attempts(reading)
    for stretch in rows:
        yield _event_batch(stretch, reading, attempts)


def _event_batch(rows: Rows, reading: Reading, attempts: _Attempts) -> EventBatch:
    read = EventColumns(rows.size)
    given, text, day = rows.columns, pa.string(), pa.date32()
    blank = constant("", rows.size)
    unpaired = is_blank(given["actor"]) | is_blank(given["recipient"])
    read.refuse(unpaired, "no dyad: the row names no country for actor or recipient")
    read.read(given["date"], attempts.day, {"occurred_on": day})
    read.read(given.get("published", given["date"]), attempts.published, {"published_on": day})
    read.values["published_on"] = pc.coalesce(*(read.values[n] for n in _DAYS))
    for side in ("actor", "recipient"):
        read.read(given[side], attempts.country, {side: text})
        role = f"{side}_role"
        read.read(given.get(role, blank), attempts.role, {role: text})
    read.read(given["cameo"], attempts.code, _CODED)
    read.read(given.get("goldstein", blank), attempts.goldstein, {"goldstein": pa.float64()})
    told = read.values["goldstein"], read.values.pop("of_code")
    read.values["goldstein"] = pc.coalesce(*told)
    read.read(given.get("n_reports", blank), attempts.reports, {"n_reports": pa.int64()})
    read.read(given.get("issues", blank), attempts.issues, {"issues": pa.list_(text)})
    for failed, reason in reading.check(read) if reading.check else ():
        read.refuse(failed, reason)
    return _sealed(rows, read, reading)


def _sealed(rows: Rows, read: EventColumns, reading: Reading) -> EventBatch:
    columns, values, fine = rows.columns, read.values, read.fine
    own = stable_hash([columns[name] for name in reading.repeats if name in columns])
    url = _url(columns.get("url", constant("", rows.size)))
    linked = mask(pc.is_valid(url.indices))
    values["repeat_key"] = pa.array(np.where(linked, stable_hash([url]), own), pa.int64())
    values["url"] = plain(url)
    values["origin_line"] = rows.lines
    values["event_id"] = _ids(columns.get("id"), own)
    whole = pa.RecordBatch.from_arrays([values[n] for n in EVENT_SCHEMA.names], EVENT_SCHEMA.names)
    events = (whole if fine.all() else whole.filter(pa.array(fine))).cast(EVENT_SCHEMA)
    refused = np.flatnonzero(~fine)
    refusals = tuple(
        Refusal(origin=rows.origin, line=line, reason=reason, original=original)
        for line, reason, original in zip(
            rows.lines.take(pa.array(refused)).to_pylist(),
            read.reasons[refused],
            rows.original(refused),
            strict=True,
        )
    )
    told = [
        None if url else int(key) for url, key in zip(linked[refused], own[refused], strict=True)
    ]
    return EventBatch(events, rows.broken + refusals, (None,) * len(rows.broken) + tuple(told))


_DAYS = ("published_on", "occurred_on")
"""The event's day stands for a publication that nothing tells."""


def _url(texts: pa.Array) -> pa.DictionaryArray:
    """Trim a column of links; no link is null."""
    held = encoded(texts)
    trimmed = pc.utf8_trim_whitespace(held.dictionary)
    places = pc.if_else(pa.array(is_blank(held)), pa.scalar(None, pa.int32()), held.indices)
    return pa.DictionaryArray.from_arrays(places, trimmed)


def _ids(given: pa.Array | None, keys: npt.NDArray[np.int64]) -> pa.Array:
    if given is None:
        return _hex(keys)
    blank = pc.equal(pc.utf8_trim_whitespace(plain(given)), "").fill_null(True)  # noqa: FBT003
    missing = mask(blank)
    if not missing.any():
        return plain(given)
    return pc.replace_with_mask(plain(given), blank, _hex(keys[missing]))


def _hex(keys: npt.NDArray[np.int64]) -> pa.StringArray:
    """Write 64-bit keys as 16 hexadecimal digits each."""
    digits = keys.astype(">i8").tobytes().hex().encode()
    ends = np.arange(len(keys) + 1, dtype=np.int32) * 16
    return pa.StringArray.from_buffers(len(keys), pa.py_buffer(ends), pa.py_buffer(digits))
