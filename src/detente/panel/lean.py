"""What a source hands over, made lean: typed columns by week, ids and URLs apart.

The refused rows of a file go to its quarantine, a repeated one once.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, TextIO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from detente.panel.cells import DAY_OF_WEEK_ZERO, STATE_ROLES, cell_of
from detente.panel.expressions import EVENTS_SCHEMA, TAKEN_SCHEMA
from detente.records import Refusal

LINKS_SCHEMA = pa.schema(
    [
        pa.field("file_number", pa.int32()),
        pa.field("origin_line", pa.int32()),
        pa.field("event_id", pa.string()),
        pa.field("url", pa.string()),
    ]
)
"""Ids and URLs of events, in the order of files and lines."""


class Batch(Protocol):
    """What a source hands over: one stretch of a file."""

    @property
    def events(self) -> pa.RecordBatch:
        """Rows with at least the columns of `TAKEN_SCHEMA`."""

    @property
    def refusals(self) -> Sequence[Refusal]:
        """The rows that were not taken."""

    @property
    def refused_keys(self) -> Sequence[int | None]:
        """What makes two refused rows repeats of each other; None where nothing does."""


@dataclass
class Account:
    """What was found in a file so far."""

    rows_in: int = 0
    quarantined: int = 0
    first: date | None = None
    last: date | None = None
    refused_keys: set[int] = field(default_factory=set)

    def add(self, batch: Batch, quarantine: TextIO) -> None:
        """Count a batch, and write its refused rows.

        Args:
            batch: One stretch of the file.
            quarantine: JSON Lines: line, reason, original.
        """
        self.rows_in += batch.events.num_rows + len(batch.refusals)
        if batch.events.num_rows:
            span = pc.min_max(batch.events["occurred_on"]).as_py()
            self.first = min(span["min"], self.first or span["min"])
            self.last = max(span["max"], self.last or span["max"])
        for refusal, key in zip(batch.refusals, batch.refused_keys, strict=True):
            if key is None or key not in self.refused_keys:
                self._write(refusal, key, quarantine)

    def _write(self, refusal: Refusal, key: int | None, quarantine: TextIO) -> None:
        if key is not None:
            self.refused_keys.add(key)
        row = {"line": refusal.line, "reason": refusal.reason, "original": refusal.original}
        quarantine.write(json.dumps(row, ensure_ascii=False) + "\n")
        self.quarantined += 1


def lean_events(events: pa.RecordBatch, number: int) -> pa.Table:
    """Return rows as the panel stores them.

    Args:
        events: Rows with the columns of `TAKEN_SCHEMA`.
        number: The file's place in the manifest.

    Returns:
        Rows of `EVENTS_SCHEMA`; `is_kept` is still False.
    """
    days = events["occurred_on"].cast(pa.int32())
    states = pc.and_(_state(events["actor_role"]), _state(events["recipient_role"]))
    hundredths = np.rint(events["goldstein"].to_numpy(zero_copy_only=False) * 100)
    n_rows = events.num_rows
    columns = {
        **{name: events[name] for name in TAKEN_SCHEMA.names if name in EVENTS_SCHEMA.names},
        "week": pa.array((days.to_numpy() - DAY_OF_WEEK_ZERO) // 7),
        "day": days,
        "published": events["published_on"].cast(pa.int32()),
        "cell": _cells(events["root"]),
        "goldstein_hundredths": pa.array(hundredths.astype(np.int16)),
        "is_kept": pa.array(np.zeros(n_rows, np.bool_)),
        "of_state": states,
        "is_dyad": pc.and_(states, pc.not_equal(events["actor"], events["recipient"])),
        "has_url": pc.is_valid(events["url"]),
        "file_number": pa.array(np.full(n_rows, number, np.int32)),
    }
    return pa.table({f.name: columns[f.name] for f in EVENTS_SCHEMA}).cast(EVENTS_SCHEMA)


def links(events: pa.RecordBatch, number: int) -> pa.Table:
    """Return the ids and URLs of rows.

    Args:
        events: Rows with the columns of `TAKEN_SCHEMA`.
        number: The file's place in the manifest.

    Returns:
        Rows of `LINKS_SCHEMA`.
    """
    numbers = pa.array(np.full(events.num_rows, number, np.int32))
    columns = [numbers, *(events[name] for name in LINKS_SCHEMA.names[1:])]
    return pa.table(columns, names=LINKS_SCHEMA.names).cast(LINKS_SCHEMA)


def _state(roles: pa.Array) -> pa.Array:
    return pc.is_in(roles, pa.array(STATE_ROLES))


def _cells(roots: pa.Array) -> pa.Array:
    encoded = roots.dictionary_encode()
    cells = [int(cell_of(root)) for root in encoded.dictionary.to_pylist()]
    return pa.array(cells, pa.int8()).take(encoded.indices)
