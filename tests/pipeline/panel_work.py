"""Loads event files into a workspace and updates its panel: work that can be killed anywhere."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from detente.panel import EventFile
from detente.panel.expressions import TAKEN_SCHEMA
from detente.pipeline.panels import update_panel
from detente.pipeline.workspace import Workspace
from detente.records import Refusal

STATES = ("USA", "CHN", "RUS", "JPN", "IND", "GBR", "FRA", "KOR")
ROOTS = ("01", "02", "03", "04", "05", "06", "08", "10", "11", "13", "16", "17", "19")
FIRST_DAY = 17_500


@dataclass(frozen=True)
class Stretch:
    events: pa.RecordBatch
    refusals: tuple[Refusal, ...] = ()
    refused_keys: tuple[int | None, ...] = ()


def event_rows(n: int, seed: int, days: range = range(700)) -> pa.Table:
    """Seeded rows of `TAKEN_SCHEMA`; one in five shares a page with another."""
    random = np.random.default_rng(seed)
    pages = random.integers(0, max(n // 3, 1), n)
    linked = random.random(n) < 0.4
    day = FIRST_DAY + np.sort(random.integers(days.start, days.stop, n))
    roots = random.choice(ROOTS, n)
    return pa.table(
        {
            "event_id": [f"{seed}-{at}" for at in range(n)],
            "occurred_on": pa.array(day.astype(np.int32)).cast(pa.date32()),
            "published_on": pa.array((day + random.integers(0, 9, n)).astype(np.int32)).cast(
                pa.date32()
            ),
            "actor": random.choice(STATES, n),
            "actor_role": random.choice(["", "GOV", "MIL", "BUS"], n),
            "recipient": random.choice(STATES, n),
            "recipient_role": random.choice(["", "GOV", "CVL"], n),
            "cameo_code": [f"{root}0" for root in roots],
            "root": roots,
            "realm": ["say"] * n,
            "tone": ["coop"] * n,
            "goldstein": np.round(random.uniform(-10, 10, n), 1),
            "issues": [["trade"] if at % 5 == 0 else [] for at in range(n)],
            "n_reports": random.integers(1, 20, n),
            "url": [
                f"https://a.example/{p}" if u else None for p, u in zip(pages, linked, strict=True)
            ],
            "origin_line": np.arange(1, n + 1),
            "repeat_key": np.where(linked, pages, 10**9 * seed + np.arange(n)),
        }
    ).cast(TAKEN_SCHEMA)


def write_files(folder: Path, n_files: int = 4, n: int = 4000) -> list[Path]:
    """Write event files, the later ones reaching back over the earlier."""
    paths = [folder / f"events{at}.parquet" for at in range(n_files)]
    for at, path in enumerate(paths):
        pq.write_table(event_rows(n, at, range(100 * at, 400 + 100 * at)), path)
    return paths


def batches(path: Path) -> Iterator[Stretch]:
    for batch in pq.read_table(path).cast(TAKEN_SCHEMA).to_batches(max_chunksize=1000):
        yield Stretch(batch)


def work(workspace: Workspace, paths: Sequence[Path]) -> None:
    """Load every file and bring the panel up to date after each."""
    for path in paths:
        list(workspace.panel().ingest_all("icews", [EventFile(path, partial(batches, path))]))
        update_panel(workspace)


def main() -> None:
    """Say when ready, then work."""
    workspace = Workspace.open(Path(sys.argv[1]))
    paths = [Path(name) for name in sys.argv[2:]]
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    work(workspace, paths)


if __name__ == "__main__":
    main()
