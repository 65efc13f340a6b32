"""What every event file becomes: typed Arrow batches, and a refusal for each row that was not taken.

A row is never repaired in silence: it fits the schema, or it is refused with its reason and its line.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from detente.errors import DetenteError
from detente.ontology.cameo import cameo_code, realm_of, tone_of
from detente.records import Refusal
from detente.sources.row_keys import stable_hash
from detente.sources.rows import Rows
from detente.sources.values import goldstein_of_code, goldstein_value, report_count, unless_blank

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
    issues: tuple[str, ...] = ()
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
        self._refuse_each(rows, np.full(self.size, reason, dtype=object))

    def read(
        self, name: str, texts: pa.Array, reader: Callable[[str], Any], kind: pa.DataType
    ) -> None:
        """Read a column, each distinct text once.

        Args:
            name: The column of `EVENT_SCHEMA` it becomes.
            texts: The texts as given; null counts as empty.
            reader: Turns one text into a value, or raises a `DetenteError`.
            kind: The column's Arrow type.
        """
        encoded = pc.fill_null(texts, "").dictionary_encode()
        pairs = [_tried(reader, text) for text in encoded.dictionary.to_pylist()]
        self.values[name] = pa.array([value for value, _ in pairs], kind).take(encoded.indices)
        if any(why for _, why in pairs):
            whys = np.array([why for _, why in pairs], dtype=object)
            failed = np.array([why is not None for _, why in pairs], dtype=np.bool_)
            at = encoded.indices.to_numpy()
            self._refuse_each(failed[at], whys[at])

    def _refuse_each(self, rows: npt.NDArray[np.bool_], reasons: npt.NDArray[np.object_]) -> None:
        newly = rows & self.fine
        self.reasons[newly] = reasons[newly]
        self.fine = self.fine & ~newly


def _tried(reader: Callable[[str], Any], text: str) -> tuple[Any, str | None]:
    try:
        return reader(text), None
    except DetenteError as error:
        return None, str(error)


def event_batches(rows: Iterator[Rows], reading: Reading) -> Iterator[EventBatch]:
    """Turn the rows of a file into batches of events and refusals.

    Args:
        rows: Stretches whose columns have the product's names: `date`, `actor`, `recipient` and
            `cameo`, and where the file has them `published`, `actor_role`, `recipient_role`,
            `goldstein`, `n_reports`, `url`, `id`.
        reading: How the publisher's words are read.

    Yields:
        One batch per stretch, in file order.
    """
    for stretch in rows:
        yield _event_batch(stretch, reading)


def _event_batch(rows: Rows, reading: Reading) -> EventBatch:
    read = EventColumns(rows.size)
    given = rows.columns
    blank = pa.array([""] * rows.size, pa.string())
    unpaired = pc.or_(_is_blank(given["actor"]), _is_blank(given["recipient"]))
    read.refuse(_mask(unpaired), "no dyad: the row names no country for actor or recipient")
    text = pa.string()
    read.read("occurred_on", given["date"], reading.day, pa.date32())
    published = reading.published or reading.day
    read.read("published_on", given.get("published", given["date"]), published, pa.date32())
    read.values["published_on"] = pc.coalesce(*(read.values[n] for n in _DAYS))
    for side in ("actor", "recipient"):
        read.read(side, given[side], unless_blank(reading.country), text)
        read.read(f"{side}_role", given.get(f"{side}_role", blank), reading.role, text)
    for name, reader in _CODED.items():
        read.read(name, given["cameo"], reader, text)
    _read_figures(read, given, blank)
    read.values["url"] = _url(given.get("url", blank))
    for failed, reason in reading.check(read) if reading.check else ():
        read.refuse(failed, reason)
    return _sealed(rows, read, reading)


def _read_figures(read: EventColumns, given: Mapping[str, pa.Array], blank: pa.Array) -> None:
    read.read("goldstein", given.get("goldstein", blank), goldstein_value, pa.float64())
    missing = _mask(pc.is_null(read.values["goldstein"])) & read.fine
    if missing.any():
        read.read("of_code", given["cameo"], goldstein_of_code, pa.float64())
        filled = pc.coalesce(read.values["goldstein"], read.values.pop("of_code"))
        read.values["goldstein"] = filled
    read.read("n_reports", given.get("n_reports", blank), report_count, pa.int64())


def _sealed(rows: Rows, read: EventColumns, reading: Reading) -> EventBatch:
    columns, values = rows.columns, read.values
    own = stable_hash([columns[name] for name in reading.repeats if name in columns])
    linked = _mask(pc.is_valid(values["url"]))
    keys = np.where(linked, stable_hash([values["url"]]), own)
    values["repeat_key"] = pa.array(keys, pa.int64())
    values["origin_line"] = rows.lines
    values["event_id"] = _ids(columns.get("id"), own)
    values["issues"] = pa.array([list(reading.issues)] * read.size, pa.list_(pa.string()))
    whole = pa.RecordBatch.from_arrays([values[n] for n in EVENT_SCHEMA.names], EVENT_SCHEMA.names)
    fine = read.fine
    events = whole.filter(pa.array(fine)).cast(EVENT_SCHEMA)
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

_CODED: Mapping[str, Callable[[str], str]] = {
    "cameo_code": lambda text: cameo_code(text).code,
    "root": lambda text: cameo_code(text).root,
    "realm": lambda text: realm_of(cameo_code(text).root).value,
    "tone": lambda text: tone_of(cameo_code(text).root).value,
}


def _is_blank(texts: pa.Array) -> pa.Array:
    return pc.equal(pc.utf8_trim_whitespace(pc.fill_null(texts, "")), "")


def _mask(booleans: pa.Array) -> npt.NDArray[np.bool_]:
    return np.asarray(booleans.to_numpy(zero_copy_only=False), dtype=np.bool_)


def _url(texts: pa.Array) -> pa.Array:
    trimmed = pc.utf8_trim_whitespace(pc.fill_null(texts, ""))
    return pc.if_else(pc.equal(trimmed, ""), pa.scalar(None, pa.string()), trimmed)


def _ids(given: pa.Array | None, keys: npt.NDArray[np.int64]) -> pa.Array:
    made = pa.array([f"{key:016x}" for key in keys.view(np.uint64).tolist()], pa.string())
    if given is None:
        return made
    return pc.if_else(_is_blank(given), made, pc.fill_null(given, ""))
