"""Rewrites the weeks that new or withdrawn rows touch, and no others.

New files are drafts until the manifest names them; what it no longer names is swept away later.
"""

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from ibis import Table

from detente.panel.cells import DAY_OF_WEEK_ZERO, iso_week
from detente.panel.engine import Engine
from detente.panel.expressions import CUBE_SCHEMA, EVENTS_SCHEMA, marked, weekly_cube
from detente.panel.manifest import WeekEntry, sync_folder

CHUNK = 1_000_000
"""Rows of neighbouring weeks marked at a time, at least a week."""

_IN_ORDER = ("actor", "recipient", "day", "published", "file_number", "origin_line")
_CUBE_ORDER = ("week", "issue", "actor", "recipient", "cell")
_COUNTED = ("file_number", "is_kept")


@dataclass
class WeekDraft:
    """The weeks of one source as they will be once the manifest names them.

    Attributes:
        folder: The panel's folder.
        source: The source's name.
        weeks: Its weeks, by number.
        generation: Number of the change being made.
    """

    engine: Engine
    folder: Path
    source: str
    weeks: dict[int, WeekEntry]
    generation: int
    written: dict[int, WeekEntry] = field(default_factory=dict)
    emptied: set[int] = field(default_factory=set)
    kept: Counter[int] = field(default_factory=Counter)
    """By how much the kept rows of each file changed."""
    is_whole: bool = True
    """False while rows go in, and for good where that failed: such a draft must not be named."""
    _steps: int = 0
    _superseded: list[WeekEntry] = field(default_factory=list)

    def add(self, rows: pa.Table) -> None:
        """Put rows into their weeks.

        Args:
            rows: Rows of `EVENTS_SCHEMA`, in any order.
        """
        self._apply(rows, frozenset())

    def withdraw(self, numbers: Iterable[int]) -> None:
        """Take the rows of some files out.

        Args:
            numbers: The files' numbers.
        """
        self._apply(EVENTS_SCHEMA.empty_table(), frozenset(numbers))

    def _apply(self, rows: pa.Table, withdrawn: frozenset[int]) -> None:
        before = dict(self.weeks)
        self.is_whole = False
        self._steps += 1
        days = np.unique(rows["day"].to_numpy())
        if withdrawn:
            days = np.union1d(days, self._days_of(withdrawn))
        touched = {int(_week(day + by)) for day in days for by in (-1, 0, 1)}
        for chunk in _chunks(sorted(touched), _sizes(rows, before)):
            self._rewrite(chunk, before, rows, withdrawn)
        self._discard()
        self.is_whole = True

    def _days_of(self, numbers: frozenset[int]) -> npt.NDArray[np.int32]:
        def query(stored: Table) -> Table:
            return stored.filter(stored.file_number.isin(sorted(numbers))).select("day").distinct()

        files = [self.folder / entry.events for entry in self.weeks.values()]
        found: npt.NDArray[np.int32] = self.engine.run(files, query, EVENTS_SCHEMA)[
            "day"
        ].to_numpy()
        return found

    def _rewrite(
        self,
        chunk: Sequence[int],
        before: Mapping[int, WeekEntry],
        rows: pa.Table,
        withdrawn: frozenset[int],
    ) -> None:
        near = range(chunk[0] - 1, chunk[-1] + 2)
        files = [self.folder / before[week].events for week in near if week in before]
        last = pc.less_equal(rows["week"], near[-1])
        fresh = rows.filter(pc.and_(pc.greater_equal(rows["week"], near[0]), last))

        def query(stored: Table) -> Table:
            stored = stored.mutate(was_kept=stored.is_kept)
            if withdrawn:
                stored = stored.filter(~stored.file_number.isin(sorted(withdrawn)))
            first = chunk[0] * 7 + DAY_OF_WEEK_ZERO
            end = chunk[-1] * 7 + DAY_OF_WEEK_ZERO + 7
            found = marked(stored.filter(stored.day >= first - 1, stored.day <= end))
            inside = found.filter(found.week >= chunk[0], found.week <= chunk[-1])
            return inside.order_by("week", *_IN_ORDER)

        found = self.engine.run(files, query, EVENTS_SCHEMA, fresh)
        changed = [
            (week, part)
            for week, part in _by_week(found, chunk)
            if _differs(part, before.get(week))
        ]
        for week, part in changed:
            self._count(part, before.get(week))
            if part.num_rows == 0:
                self._drop(week)
        self._write([part.select(EVENTS_SCHEMA.names) for _, part in changed if part.num_rows])

    def _count(self, part: pa.Table, old: WeekEntry | None) -> None:
        self.kept.update(_kept_by_file(part))
        if old is not None:
            path = self.folder / old.events
            self.kept.subtract(_kept_by_file(pq.read_table(path, columns=list(_COUNTED))))

    def _drop(self, week: int) -> None:
        self._supersede(week)
        if self.weeks.pop(week, None):
            self.emptied.add(week)

    def _write(self, parts: Sequence[pa.Table]) -> None:
        if not parts:
            return
        rows = pa.concat_tables(parts)
        has_issues = pc.max(pc.list_value_length(rows["issues"])).as_py() > 0
        cubes = self.engine.run(
            [], lambda table: weekly_cube(table, by_issue=has_issues), EVENTS_SCHEMA, rows
        )
        cubes = cubes.cast(CUBE_SCHEMA).sort_by([(name, "ascending") for name in _CUBE_ORDER])
        weeks = [part["week"][0].as_py() for part in parts]
        for part, (week, cube) in zip(parts, _by_week(cubes, weeks), strict=True):
            self._supersede(week)
            self.weeks[week] = self.written[week] = self._entry(week, part, cube)
            self.emptied.discard(week)

    def _entry(self, week: int, events: pa.Table, cube: pa.Table) -> WeekEntry:
        stem = f"weeks/{self.source}/{iso_week(week)}/{self.generation:06d}-{self._steps:04d}"
        published = pc.min_max(events["published"]).as_py()
        entry = WeekEntry(
            source=self.source,
            week=week,
            events=f"{stem}.events.parquet",
            cube=f"{stem}.cube.parquet",
            rows=events.num_rows,
            first_published=published["min"],
            last_published=published["max"],
            last_day=pc.max(events["day"]).as_py(),
            has_issues=pc.max(pc.list_value_length(events["issues"])).as_py() > 0,
            generation=self.generation,
        )
        write_parquet(self.folder / entry.events, events)
        write_parquet(self.folder / entry.cube, cube)
        return entry

    def _supersede(self, week: int) -> None:
        """Give up a week's files of this draft, which neighbouring weeks may still be read with."""
        entry = self.written.pop(week, None)
        if entry is not None:
            self._superseded.append(entry)

    def _discard(self) -> None:
        for entry in self._superseded:
            (self.folder / entry.events).unlink()
            (self.folder / entry.cube).unlink()
        self._superseded.clear()


def write_parquet(path: Path, table: pa.Table) -> None:
    """Bring a file to disk that no manifest names yet.

    Args:
        path: Where; its folder is made.
        table: Its rows.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with parquet_writer(path, table.schema) as writer:
        writer.write_table(table)
    sync_file(path)


def parquet_writer(path: Path, schema: pa.Schema) -> pq.ParquetWriter:
    """Open a file for rows; names and codes are kept as a dictionary.

    Args:
        path: Where.
        schema: Its columns.
    """
    texts = [f.name for f in schema if pa.types.is_string(f.type) and f.name != "url"]
    return pq.ParquetWriter(path, schema, compression="zstd", use_dictionary=texts)


def sync_file(path: Path) -> None:
    """Bring a written file and its name to disk.

    Args:
        path: The file.
    """
    with path.open("rb+") as file:
        os.fsync(file.fileno())
    sync_folder(path.parent)


def _differs(part: pa.Table, old: WeekEntry | None) -> bool:
    if part.num_rows != (old.rows if old else 0):
        return True
    return not pc.all(pc.equal(part["was_kept"], part["is_kept"]), min_count=0).as_py()


def _kept_by_file(rows: pa.Table) -> dict[int, int]:
    numbers = rows["file_number"].to_numpy()[rows["is_kept"].to_numpy(zero_copy_only=False)]
    found, counts = np.unique(numbers, return_counts=True)
    return dict(zip(found.tolist(), counts.tolist(), strict=True))


def _by_week(rows: pa.Table, weeks: Sequence[int]) -> Iterator[tuple[int, pa.Table]]:
    numbers = rows["week"].to_numpy()
    starts = np.searchsorted(numbers, weeks, side="left")
    ends = np.searchsorted(numbers, weeks, side="right")
    for week, start, end in zip(weeks, starts.tolist(), ends.tolist(), strict=True):
        yield week, rows.slice(start, end - start)


def _sizes(rows: pa.Table, before: Mapping[int, WeekEntry]) -> Counter[int]:
    found, counts = np.unique(rows["week"].to_numpy(), return_counts=True)
    sizes = Counter(dict(zip(found.tolist(), counts.tolist(), strict=True)))
    sizes.update({week: entry.rows for week, entry in before.items()})
    return sizes


def _chunks(weeks: Sequence[int], sizes: Mapping[int, int]) -> Iterator[list[int]]:
    """Split weeks into runs of neighbours that fit into memory."""
    chunk: list[int] = []
    for week in weeks:
        full = sum(sizes[w] for w in chunk) + sizes[week] > CHUNK
        if chunk and (week != chunk[-1] + 1 or full):
            yield chunk
            chunk = []
        chunk.append(week)
    if chunk:
        yield chunk


def _week(day: int) -> int:
    return (int(day) - DAY_OF_WEEK_ZERO) // 7
