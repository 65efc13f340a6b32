"""Files larger than what is held in memory, and stores that fail while they are written."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from detente.errors import SourceError
from detente.panel import EventFile, EventPanel, events, ingest, weeks
from detente.panel.expressions import EVENTS_SCHEMA
from tests.pipeline.panel_work import Stretch, batches, event_rows

CUBE_ORDER = [(name, "ascending") for name in ("issue", "actor", "recipient", "week", "cell")]


@pytest.fixture(name="files")
def files_fixture(tmp_path: Path) -> list[EventFile]:
    """Three files over the same eight weeks."""
    paths = [tmp_path / f"events{seed}.parquet" for seed in range(3)]
    for seed, path in enumerate(paths):
        pq.write_table(event_rows(700, seed, range(56)), path)
    return [EventFile(path, partial(small_batches, path)) for path in paths]


def small_batches(path: Path) -> Iterator[Stretch]:
    for stretch in batches(path):
        for start in range(0, stretch.events.num_rows, 100):
            yield Stretch(stretch.events.slice(start, 100))


def held(panel: EventPanel) -> tuple[pa.Table, list[tuple[Any, ...]]]:
    accounts = [(f.file, f.rows_in, f.kept, f.duplicate) for f in panel.manifest.files()]
    return panel.cube("icews").sort_by(CUBE_ORDER), accounts


def n_rows(panel: EventPanel) -> int:
    files = [panel.folder / entry.events for entry in panel.manifest.weeks("icews")]
    return sum(pq.read_metadata(path).num_rows for path in files)


@pytest.fixture(name="expected")
def expected_fixture(files: list[EventFile], tmp_path: Path) -> tuple[pa.Table, list[Any]]:
    panel = EventPanel(tmp_path / "whole")
    list(panel.ingest_all("icews", files))
    return held(panel)


def small(patch: pytest.MonkeyPatch, rows: int) -> None:
    """Hold so few rows in memory that a file takes several slices, and a slice several runs."""
    patch.setattr(ingest, "SLICE", rows)
    patch.setattr(weeks, "CHUNK", rows // 2)
    patch.setattr(events, "RUN", rows // 2)


@pytest.mark.parametrize("rows", [250, 800, 1500])
def test_slices_of_any_size_make_the_same_panel(
    files: list[EventFile],
    expected: tuple[pa.Table, list[Any]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    rows: int,
) -> None:
    small(monkeypatch, rows)
    panel = EventPanel(tmp_path / "sliced")
    list(panel.ingest_all("icews", files))
    assert held(panel) == expected
    counted = panel.counted_cube("icews").sort_by(CUBE_ORDER)
    assert counted == expected[0]


def test_a_file_that_breaks_off_after_some_slices_leaves_the_others(
    files: list[EventFile],
    expected: tuple[pa.Table, list[Any]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    small(monkeypatch, 250)
    panel = EventPanel(tmp_path / "broken")

    def broken() -> Iterator[Stretch]:
        yield from small_batches(files[1].path)
        raise SourceError(source="icews", location="f", reason="damaged; fetch it again")

    with pytest.raises(SourceError, match="fetch it again"):
        list(panel.ingest_all("icews", [files[0], EventFile(files[1].path, broken), files[2]]))
    assert [f.file for f in panel.manifest.files()] == ["events0.parquet"]
    assert n_rows(panel) == 700
    list(panel.ingest_all("icews", files))
    assert held(panel) == expected


@pytest.mark.parametrize("after", range(0, 12, 3))
def test_a_store_that_cannot_be_written_takes_no_file_by_halves(
    files: list[EventFile],
    expected: tuple[pa.Table, list[Any]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    after: int,
) -> None:
    panel = EventPanel(tmp_path / "full")
    with monkeypatch.context() as patch:
        small(patch, 900)
        patch.setattr(weeks, "write_parquet", full_after(after))
        with pytest.raises(OSError, match="No space left"):
            list(panel.ingest_all("icews", files))
    assert n_rows(panel) == sum(f.rows_in for f in panel.manifest.files())
    list(panel.ingest_all("icews", files))
    assert held(panel) == expected


def full_after(count: int) -> Callable[[Path, pa.Table], None]:
    """Write so many files, then find the disk full, and go on finding it so."""
    left = [count]

    def write(path: Path, table: pa.Table) -> None:
        if not left[0]:
            raise OSError(28, "No space left on device")
        left[0] -= 1
        path.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(table, path)

    return write


def test_the_lean_columns_are_what_is_stored(files: list[EventFile], tmp_path: Path) -> None:
    panel = EventPanel(tmp_path / "whole")
    list(panel.ingest_all("icews", files))
    first = panel.manifest.weeks("icews")[0]
    assert pq.read_schema(panel.folder / first.events).names == EVENTS_SCHEMA.names
