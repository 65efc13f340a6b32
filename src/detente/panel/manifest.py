"""The manifest: which files the panel consists of, in one SQLite file that changes as a whole.

What it does not name does not exist for a reader; a stopped writer leaves it as it was.
"""

import os
import sqlite3
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import astuple, dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from detente.errors import WorkspaceError

VERSION = 2
"""Layout of the panel's folder."""

NAME = "manifest.sqlite"


@dataclass(frozen=True)
class FileEntry:
    """One ingested file and its account: rows_in = kept + duplicate + quarantined."""

    number: int
    """Its place in the order of ingestion, from 1."""
    source: str
    file: str
    """The name it had."""
    sha256: str
    """Of the file's bytes."""
    quarantine: str | None
    """JSON Lines of its refused rows, relative to the folder; None where none was refused."""
    rows_in: int
    kept: int
    """Events this file is the first to report, as the panel stands."""
    quarantined: int
    first: date | None
    """Earliest day of an event; None where no row was taken."""
    last: date | None
    is_replaced: bool = False
    """A later release of the file took its place: its rows are no longer in the panel."""

    @property
    def duplicate(self) -> int:
        """Rows that repeat an event, or a refused row of the same file."""
        return self.rows_in - self.kept - self.quarantined


@dataclass(frozen=True)
class WeekEntry:
    """One ISO week of one source."""

    source: str
    week: int
    """Whole weeks since Monday 1900-01-01."""
    events: str
    """Parquet file of its events, relative to the folder."""
    cube: str
    """Parquet file of its cube."""
    rows: int
    first_published: int
    """Days since 1970-01-01."""
    last_published: int
    last_day: int
    """Last day of an event."""
    has_issues: bool
    generation: int
    """Number of the change that wrote it."""

    def is_known(self, day: int) -> bool:
        """Say whether all of the week had happened and was published by a day.

        Args:
            day: Days since 1970-01-01.
        """
        return self.last_published <= day and self.last_day <= day


@dataclass(frozen=True)
class LinksEntry:
    """Ids and URLs of the events of some files."""

    source: str
    first: int
    """Number of the first file."""
    last: int
    path: str


@dataclass(frozen=True)
class YearEntry:
    """Dyad-weeks of one source and ISO year, as last built."""

    source: str
    year: int
    path: str
    generation: int
    """The change of the panel that the build had seen."""


_TABLES: Mapping[str, type] = {
    "files": FileEntry,
    "weeks": WeekEntry,
    "links": LinksEntry,
    "years": YearEntry,
}
_KEYS = {
    "files": "number",
    "weeks": "source, week",
    "links": "path",
    "years": "source, year",
}


@dataclass(frozen=True)
class Change:
    """What one writer adds and takes away, all at once."""

    files: Sequence[FileEntry] = ()
    weeks: Sequence[WeekEntry] = ()
    emptied: Sequence[tuple[str, int]] = ()
    """Weeks, with their source, that no longer hold a row."""
    links: Sequence[LinksEntry] = ()
    years: Sequence[YearEntry] = ()
    dropped_years: Sequence[tuple[str, int]] = ()
    kept: Mapping[int, int] | None = None
    """By how much `kept` of earlier files changes, by number."""


class Manifest:
    """The panel's list of files; every call reads it as it is then.

    Args:
        folder: The panel's folder; one without a manifest is an empty panel.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / NAME

    def sources(self) -> tuple[str, ...]:
        """Return the names of the sources that have files."""
        with self._reading() as connection:
            if connection is None:
                return ()
            rows = connection.execute("SELECT DISTINCT source FROM files ORDER BY source")
            return tuple(row[0] for row in rows)

    def files(self, source: str | None = None) -> tuple[FileEntry, ...]:
        """Return the files in the order of ingestion.

        Args:
            source: Only those of one source.
        """
        return tuple(_file(row) for row in self._rows("files", source))

    def weeks(self, source: str) -> tuple[WeekEntry, ...]:
        """Return the weeks of a source in order.

        Args:
            source: Its name.
        """
        rows = self._rows("weeks", source)
        return tuple(replace(WeekEntry(*row), has_issues=bool(row[8])) for row in rows)

    def links(self, source: str) -> tuple[LinksEntry, ...]:
        """Return the files of ids and URLs of a source.

        Args:
            source: Its name.
        """
        return tuple(LinksEntry(*row) for row in self._rows("links", source))

    def years(self, source: str) -> tuple[YearEntry, ...]:
        """Return the built years of a source.

        Args:
            source: Its name.
        """
        return tuple(YearEntry(*row) for row in self._rows("years", source))

    def held(self, source: str, sha256: str) -> FileEntry | None:
        """Return the entry of a file that is in the panel already, if it is.

        Args:
            source: The source's name.
            sha256: Of the file's bytes.
        """
        where = "source = ? AND sha256 = ? AND NOT is_replaced"
        rows = self._select("files", where, (source, sha256))
        return _file(rows[0]) if rows else None

    def file(self, number: int) -> FileEntry:
        """Return the entry of one file.

        Args:
            number: Its place in the order of ingestion; one the manifest holds.
        """
        return _file(self._select("files", "number = ?", (number,))[0])

    def namesakes(self, source: str, name: str) -> tuple[FileEntry, ...]:
        """Return the files of one name whose rows are in the panel.

        Args:
            source: The source's name.
            name: The name the files had.
        """
        where = "source = ? AND file = ? AND NOT is_replaced"
        return tuple(_file(row) for row in self._select("files", where, (source, name)))

    @property
    def last_number(self) -> int:
        """The highest number of a file; 0 where there is none."""
        with self._reading() as connection:
            if connection is None:
                return 0
            return connection.execute("SELECT max(number) FROM files").fetchone()[0] or 0

    @property
    def generation(self) -> int:
        """How often the panel's events changed."""
        with self._reading() as connection:
            if connection is None:
                return 0
            return int(connection.execute("SELECT generation FROM meta").fetchone()[0])

    def commit(self, change: Change) -> None:
        """Make a change in one step.

        Args:
            change: Its files are on disk already.
        """
        with closing(self._writable()) as connection, connection:
            connection.execute("BEGIN IMMEDIATE")
            self._put(connection, change)
            if change.files or change.weeks or change.emptied:
                connection.execute("UPDATE meta SET generation = generation + 1")

    def _put(self, connection: sqlite3.Connection, change: Change) -> None:
        for name in _TABLES:
            rows = [_values(entry) for entry in getattr(change, name)]
            if rows:
                marks = ", ".join("?" * len(rows[0]))
                text = f"INSERT OR REPLACE INTO {name} VALUES ({marks})"  # noqa: S608 (own names)
                connection.executemany(text, rows)
        connection.executemany("DELETE FROM weeks WHERE source = ? AND week = ?", change.emptied)
        gone = change.dropped_years
        connection.executemany("DELETE FROM years WHERE source = ? AND year = ?", gone)
        deltas = [(by, number) for number, by in (change.kept or {}).items() if by]
        connection.executemany("UPDATE files SET kept = kept + ? WHERE number = ?", deltas)

    def named(self) -> frozenset[str]:
        """Return every path the manifest names, relative to the folder."""
        columns = (("weeks", "events"), ("weeks", "cube"), ("links", "path"), ("years", "path"))
        with self._reading() as connection:
            if connection is None:
                return frozenset()
            found = {
                row[0]
                for table, column in (*columns, ("files", "quarantine"))
                for row in connection.execute(f"SELECT {column} FROM {table}")  # noqa: S608
            }
        return frozenset(path for path in found if path)

    def _rows(self, table: str, source: str | None) -> list[tuple[Any, ...]]:
        if source is None:
            return self._select(table, "1", ())
        return self._select(table, "source = ?", (source,))

    def _select(self, table: str, where: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        text = f"SELECT * FROM {table} WHERE {where} ORDER BY {_KEYS[table]}"  # noqa: S608
        with self._reading() as connection:
            return [] if connection is None else connection.execute(text, values).fetchall()

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection | None]:
        if not self.path.exists():
            if (self.folder / "manifest.json").exists():
                raise self._of_version("1")
            yield None
            return
        try:
            with closing(self._connected()) as connection:
                self._require_version(connection)
                yield connection
        except sqlite3.DatabaseError as error:
            damage = f"manifest is damaged ({error})"
            raise self._unreadable(damage) from error

    def _connected(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=60, isolation_level=None)
        connection.execute("PRAGMA synchronous = FULL")
        return connection

    def _writable(self) -> sqlite3.Connection:
        if self.path.exists():
            return self._connected()
        draft = self.path.with_suffix(".part")
        draft.unlink(missing_ok=True)
        with closing(sqlite3.connect(draft, isolation_level=None)) as connection:
            connection.execute("CREATE TABLE meta (version INTEGER, generation INTEGER)")
            connection.execute("INSERT INTO meta VALUES (?, 0)", (VERSION,))
            for name, entry in _TABLES.items():
                columns = ", ".join(field.name for field in fields(entry))
                connection.execute(f"CREATE TABLE {name} ({columns}, PRIMARY KEY ({_KEYS[name]}))")
            connection.execute("CREATE INDEX by_digest ON files (source, sha256)")
            connection.execute("CREATE INDEX by_name ON files (source, file)")
        settle(draft, self.path)
        return self._connected()

    def _require_version(self, connection: sqlite3.Connection) -> None:
        found = connection.execute("SELECT version FROM meta").fetchone()
        if found is None or found[0] != VERSION:
            raise self._of_version(str(found[0]) if found else "unknown")

    def _of_version(self, found: str) -> WorkspaceError:
        return self._unreadable(f"has panel version {found}, this one reads {VERSION}")

    def _unreadable(self, reason: str) -> WorkspaceError:
        hint = "restore the folder from a backup, or ingest the files again into an empty one"
        return WorkspaceError(folder=str(self.folder), reason=reason, hint=hint)


def settle(draft: Path, final: Path) -> None:
    """Bring a finished file to disk, then give it its name.

    Args:
        draft: The file as written.
        final: Its name, in the same folder.
    """
    with draft.open("rb+") as file:
        os.fsync(file.fileno())
    draft.replace(final)
    sync_folder(final.parent)


def sync_folder(folder: Path) -> None:
    """Bring a folder's names to disk.

    Args:
        folder: Its path.
    """
    if sys.platform == "win32":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


@contextmanager
def only_writer(folder: Path) -> Iterator[None]:
    """Wait until no other process writes to the panel, and keep others out meanwhile.

    Args:
        folder: The panel's folder; made where it does not exist.

    Yields:
        Nothing; the lock ends with the block, or with the process.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("a+b") as lock:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(lock.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _values(entry: Any) -> tuple[Any, ...]:  # noqa: ANN401 (any of the entries)
    return tuple(v.isoformat() if isinstance(v, date) else v for v in astuple(entry))


def _file(row: Sequence[Any]) -> FileEntry:
    entry = FileEntry(*row)
    first, last = (date.fromisoformat(str(day)) if day else None for day in row[8:10])
    return replace(entry, first=first, last=last, is_replaced=bool(entry.is_replaced))
