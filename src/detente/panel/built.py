"""The built panel of a source: its dyad-weeks as Parquet by ISO year, named by the manifest."""

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from detente.panel.cells import monday, week_number
from detente.panel.engine import MissingFileError, read_parquet, read_schema
from detente.panel.ingest import sweep
from detente.panel.manifest import Change, Manifest, YearEntry, only_writer
from detente.panel.weeks import write_parquet


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
        """Return the weeks that have rows.

        Args:
            source: Its name.
        """
        paths = [self.folder / entry.path for entry in self.manifest.years(source)]
        days = read_parquet(paths, pa.schema([("week", pa.date32())]))["week"]
        return frozenset(week_number(day) for day in pc.unique(days).to_pylist())

    def size(self, source: str) -> int:
        """Return how many rows are built.

        Args:
            source: Its name.
        """
        entries = self.manifest.years(source)
        return sum(pq.read_metadata(self.folder / entry.path).num_rows for entry in entries)

    def read(
        self, source: str, where: ds.Expression | None = None, years: range | None = None
    ) -> pa.Table:
        """Read dyad-weeks of a source that is built.

        Args:
            source: Name of the source.
            where: Only rows for which this holds.
            years: Only these ISO years.

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
            return read_parquet(paths, schema, where)
        except MissingFileError:
            if self.manifest.years(source) == entries:
                raise
            return self.read(source, where, years)  # a writer replaced a year meanwhile

    def replace(
        self, source: str, years: Mapping[int, pa.Table], generation: int, *, all_years: bool
    ) -> None:
        """Write years anew, in one step.

        Args:
            source: Name of the source.
            years: Rows by ISO year; a year without rows is dropped.
            generation: The change of the panel that the rows were made from.
            all_years: Drop the years that are not given; else they are as good as new.
        """
        with only_writer(self.folder):
            sweep(self.folder, self.manifest)
            held = {entry.year: entry for entry in self.manifest.years(source)}
            fresh = {y: self._write(source, y, rows, generation) for y, rows in years.items()}
            kept = () if all_years else set(held) - set(years)
            renewed = [
                YearEntry(source, year, held[year].path, generation) for year in sorted(kept)
            ]
            written = [entry for entry in fresh.values() if entry]
            gone = [(source, y) for y in held if y not in kept and not fresh.get(y)]
            self.manifest.commit(Change(years=[*written, *renewed], dropped_years=gone))

    def _write(self, source: str, year: int, rows: pa.Table, generation: int) -> YearEntry | None:
        if rows.num_rows == 0:
            return None
        stem = f"years/{source}/{year}"
        steps = len(list((self.folder / f"years/{source}").glob(f"{year}-*.parquet")))
        path = f"{stem}-{generation:06d}-{steps:02d}.parquet"
        write_parquet(self.folder / path, rows)
        return YearEntry(source, year, path, generation)


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
