"""Writes one file's events and refused rows, and counts them.

The files written here are drafts: nothing reads them before the manifest names them.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Protocol, TextIO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from detente.panel.expressions import STORED_SCHEMA, TAKEN_SCHEMA
from detente.records import Refusal


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


def write_batches(batches: Iterable[Batch], number: int, events: Path, quarantine: Path) -> Account:
    """Write the events and the refused rows of one file.

    A refused row that repeats another in all its fields is counted, and written once.

    Args:
        batches: The file's rows.
        number: The file's place in the manifest.
        events: Parquet file to write.
        quarantine: JSON Lines file to write: line, reason, original.

    Returns:
        The account; `kept` and `duplicate` are not known here.
    """
    account = Account()
    with (
        pq.ParquetWriter(events, STORED_SCHEMA, compression="zstd") as writer,
        quarantine.open("w", encoding="utf-8", newline="\n") as refused,
    ):
        for batch in batches:
            account.rows_in += batch.events.num_rows + len(batch.refusals)
            if batch.events.num_rows:
                writer.write_table(_stored(batch.events, number))
                _widen(account, batch.events)
            _write_refusals(batch, refused, account)
    return account


def _stored(events: pa.RecordBatch, number: int) -> pa.Table:
    table = pa.Table.from_batches([events]).select(TAKEN_SCHEMA.names).cast(TAKEN_SCHEMA)
    numbers = pa.array([number], pa.int32()).take(pa.array([0] * table.num_rows))
    table = table.append_column("day", table["occurred_on"].cast(pa.int32()))
    return table.append_column("file_number", numbers)


def _widen(account: Account, events: pa.RecordBatch) -> None:
    span = pc.min_max(events["occurred_on"]).as_py()
    account.first = min(span["min"], account.first or span["min"])
    account.last = max(span["max"], account.last or span["max"])


def _write_refusals(batch: Batch, refused: TextIO, account: Account) -> None:
    for refusal, key in zip(batch.refusals, batch.refused_keys, strict=True):
        if key is not None and key in account.refused_keys:
            continue
        if key is not None:
            account.refused_keys.add(key)
        row = {"line": refusal.line, "reason": refusal.reason, "original": refusal.original}
        refused.write(json.dumps(row, ensure_ascii=False) + "\n")
        account.quarantined += 1
