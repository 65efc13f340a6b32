import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import blake2b
from itertools import count
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from detente.panel import EventPanel, Ingest
from detente.panel.expressions import TAKEN_SCHEMA
from detente.records import Refusal

START = date(2023, 1, 1)


@dataclass(frozen=True)
class Stretch:
    events: pa.RecordBatch
    refusals: tuple[Refusal, ...] = ()
    refused_keys: tuple[int | None, ...] = ()


def event(day: int = 0, **given: object) -> dict[str, Any]:
    """One row; equal fields make equal keys, as the sources do it."""
    row: dict[str, Any] = {
        "actor": "USA",
        "actor_role": "",
        "recipient": "CHN",
        "recipient_role": "",
        "cameo_code": "042",
        "root": "04",
        "realm": "say",
        "tone": "coop",
        "goldstein": 1.9,
        "issues": [],
        "n_reports": 1,
        "url": None,
        "occurred_on": START + timedelta(days=day),
        **given,
    }
    row.setdefault("published_on", row["occurred_on"])
    own = "|".join(str(row[key]) for key in sorted(row) if key not in {"n_reports", "published_on"})
    text = row["url"] or own
    key = blake2b(text.encode(), digest_size=8).digest()
    return {"event_id": key.hex(), "repeat_key": int.from_bytes(key, "big", signed=True), **row}


def stretch(rows: Sequence[dict[str, Any]], refusals: Sequence[Refusal] = ()) -> Stretch:
    numbered = [{**row, "origin_line": line} for line, row in enumerate(rows, 1)]
    events = pa.RecordBatch.from_pylist(numbered, TAKEN_SCHEMA)
    keys = tuple(hash(refusal.original) for refusal in refusals)
    return Stretch(events, tuple(refusals), keys)


@contextmanager
def fresh_panel() -> Iterator[tuple[EventPanel, Path]]:
    """A panel of its own for each example of a property."""
    with tempfile.TemporaryDirectory() as folder:
        yield EventPanel(Path(folder) / "panel"), Path(folder)


@pytest.fixture
def panel(tmp_path: Path) -> EventPanel:
    return EventPanel(tmp_path / "panel")


Take = Callable[..., Ingest]


@pytest.fixture
def take(panel: EventPanel, tmp_path: Path) -> Take:
    """Ingest rows as a new file each time."""
    number = count(1)

    def ingest(rows: Sequence[dict[str, Any]], refusals: Sequence[Refusal] = ()) -> Ingest:
        file = tmp_path / f"week{next(number)}.tab"
        file.write_text(file.name, encoding="utf-8")
        return panel.ingest("icews", file, [stretch(rows, refusals)])

    return ingest
