"""The built panel of a source: its dyad-weeks as Parquet by ISO year, named by the manifest."""

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from detente.panel.cells import monday, week_number
from detente.panel.engine import MissingFileError, read_parquet, read_schema
from detente.panel.manifest import Change, Manifest, YearEntry, only_writer
from detente.panel.weeks import parquet_writer, sync_file


class BuiltPanel:
    """Dyad-weeks as last built; the caller says how they are made.

    Args:
        folder: The panel's folder.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest = Manifest(folder)

    def generation(self, source: str) -> int | None:
        """Return which change of the panel the build had seen.

        Args:
            source: Its name.

        Returns:
            The number of the change; None where nothing is built.
        """
        return min((entry.generation for entry in self.manifest.years(source)), default=None)

    def weeks(self, source: str) -> frozenset[int]:
        """Return the weeks that have rows, of a source that is built.

        Args:
            source: Its name.
        """
        days = self.read(source, columns=["week"])["week"]
        return frozenset(week_number(day) for day in pc.unique(days).to_pylist())

    def size(self, source: str) -> int:
        """Return how many rows are built.

        Args:
            source: Its name.
        """
        entries = self.manifest.years(source)
        return sum(pq.read_metadata(self.folder / entry.path).num_rows for entry in entries)

    def read(
        self,
        source: str,
        where: ds.Expression | None = None,
        years: range | None = None,
        columns: Sequence[str] | None = None,
    ) -> pa.Table:
        """Read dyad-weeks of a source that is built.

        Args:
            source: Name of the source.
            where: Only rows for which this holds.
            years: Only these ISO years.
            columns: Only these; None gives all.

        Returns:
            The rows, year by year.

        Raises:
            MissingFileError: A file is missing or damaged.
        """
        entries = self.manifest.years(source)
        chosen = [e for e in entries if years is None or e.year in years]
        paths = [self.folder / entry.path for entry in chosen]
        try:
            schema = read_schema(self.folder / entries[0].path)
            return read_parquet(paths, schema, where, columns)
        except MissingFileError:
            if self.manifest.years(source) == entries:
                raise
            return self.read(source, where, years, columns)  # a writer replaced a year meanwhile

    def replace(
        self,
        source: str,
        blocks: Iterable[pa.Table],
        generation: int,
        years: range | None = None,
    ) -> None:
        """Write years anew, in one step.

        Args:
            source: Name of the source.
            blocks: Rows, each year's in their order; held in memory one block at a time.
            generation: The change of the panel that the rows were made from.
            years: The ISO years the rows are all of; the others are as good as new. None: all years.
        """
        with only_writer(self.folder):
            written = self._write(source, blocks, generation)
            held = {entry.year: entry for entry in self.manifest.years(source)}
            renewed = [
                YearEntry(source, year, entry.path, generation)
                for year, entry in held.items()
                if years is not None and year not in years
            ]
            gone = held.keys() - {entry.year for entry in (*written, *renewed)}
            dropped = [(source, year) for year in gone]
            self.manifest.commit(Change(years=[*written, *renewed], dropped_years=dropped))

    def _write(self, source: str, blocks: Iterable[pa.Table], generation: int) -> list[YearEntry]:
        folder = self.folder / "years" / source
        folder.mkdir(parents=True, exist_ok=True)
        step = 1 + max((int(path.stem.rpartition("-")[2]) for path in folder.iterdir()), default=0)
        entries: dict[int, YearEntry] = {}
        parts = (part for block in blocks for part in by_iso_year(block).items())
        with ExitStack() as open_files:
            writers: dict[int, pq.ParquetWriter] = {}
            for year, rows in parts:
                if year not in writers:
                    path = f"years/{source}/{year}-{generation:06d}-{step:02d}.parquet"
                    writer = parquet_writer(self.folder / path, rows.schema)
                    writers[year] = open_files.enter_context(writer)
                    entries[year] = YearEntry(source, year, path, generation)
                writers[year].write_table(rows)
        for entry in entries.values():
            sync_file(self.folder / entry.path)
        return list(entries.values())


def by_iso_year(rows: pa.Table) -> dict[int, pa.Table]:
    """Split dyad-weeks by ISO year.

    Args:
        rows: With a column `week`, its Monday.

    Examples:
        >>> from datetime import date
        >>> sorted(by_iso_year(pa.table({"week": [date(2019, 12, 30), date(2019, 12, 23)]})))
        [2019, 2020]
    """
    years = pc.iso_year(rows["week"])
    return {year: rows.filter(pc.equal(years, year)) for year in pc.unique(years).to_pylist()}


def year_of(week: int) -> int:
    """Return the ISO year of a week.

    Args:
        week: Whole weeks since Monday 1900-01-01.

    Examples:
        >>> from datetime import date
        >>> from detente.panel.cells import week_number
        >>> year_of(week_number(date(2019, 12, 30)))
        2020
    """
    return monday(week).isocalendar()[0]
