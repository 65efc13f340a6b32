"""The event panel: ingests event files once, answers what was known as of a day.

A row is counted exactly once: rows in = kept + duplicate + quarantined.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import file_digest
from pathlib import Path

import ibis
import pyarrow as pa
from ibis import Table

from detente.errors import SourceError, UnknownNameError
from detente.panel import expressions as events_of
from detente.panel.engine import Engine
from detente.panel.manifest import (
    FileEntry,
    Manifest,
    only_writer,
    read_manifest,
    settle,
    write_manifest,
)
from detente.panel.storage import Batch, write_batches


@dataclass(frozen=True)
class Ingest:
    """What became of a file."""

    entry: FileEntry
    is_new: bool
    """False: the panel held these bytes already, and nothing changed."""


@dataclass(frozen=True)
class PanelSource:
    """What the panel holds of one source."""

    name: str
    files: int
    rows: int
    """Distinct events."""
    first: date | None
    last: date | None


class EventPanel:
    """Events of all sources in one folder.

    Args:
        folder: Where the files lie; made at the first ingestion.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._engine = Engine()

    @property
    def manifest(self) -> Manifest:
        """The files of the panel as they are now."""
        return read_manifest(self.folder)

    def ingest(self, source: str, file: Path, batches: Iterable[Batch]) -> Ingest:
        """Take a file's events in, or none of them.

        Args:
            source: The source's name; repeats are sought within it.
            file: The file as given; its bytes tell whether it is here already.
            batches: Its events and refusals, in file order; not asked for where it is.
        """
        sha256 = _digest(file, source)
        with only_writer(self.folder):
            manifest = self.manifest
            held = manifest.held(source, sha256)
            if held:
                return Ingest(held, is_new=False)
            entry = self._store(manifest, source, file.name, sha256, batches)
            write_manifest(self.folder, Manifest((*manifest.files, entry)))
        return Ingest(entry, is_new=True)

    def _store(
        self, manifest: Manifest, source: str, name: str, sha256: str, batches: Iterable[Batch]
    ) -> FileEntry:
        number = max((entry.number for entry in manifest.files), default=0) + 1
        stem = f"files/{number:06d}-{sha256[:12]}"
        finals = [self.folder / f"{stem}.parquet", self.folder / f"{stem}.quarantine.jsonl"]
        finals[0].parent.mkdir(exist_ok=True)
        for stale in finals[0].parent.glob("*.part"):
            stale.unlink()
        drafts = [path.with_name(path.name + ".part") for path in finals]
        try:
            account = write_batches(batches, number, *drafts)
            held = [self.folder / other.events for other in manifest.of(source)]
            kept = self._first_reported([*held, drafts[0]], number)
            for draft, final in zip(drafts, finals, strict=True):
                settle(draft, final)
        finally:
            for draft in drafts:
                draft.unlink(missing_ok=True)
        return FileEntry(
            number=number,
            source=source,
            file=name,
            sha256=sha256,
            events=f"{stem}.parquet",
            quarantine=f"{stem}.quarantine.jsonl",
            rows_in=account.rows_in,
            kept=kept,
            duplicate=account.rows_in - account.quarantined - kept,
            quarantined=account.quarantined,
            first=account.first,
            last=account.last,
        )

    def _first_reported(self, files: Sequence[Path], number: int) -> int:
        table = self._engine.run(files, lambda rows: events_of.first_reported_by(rows, number))
        return int(table["n"][0].as_py())

    def daily_counts(
        self, source: str, actor: str, recipient: str, as_of: date, issue: str | None = None
    ) -> pa.Table:
        """Count a directed dyad's events by day.

        Args:
            source: Name of the source.
            actor: Code of the acting side.
            recipient: Code of the other side.
            as_of: The last day whose publications may be used.
            issue: Only events in this issue area.

        Returns:
            One row per day, root and tone: occurred_on, root, tone, n, goldstein_sum. Only events
            whose two sides both count as the state.
        """

        def query(rows: Table) -> Table:
            chosen = events_of.of_dyad(events_of.known_by(rows, as_of), actor, recipient)
            if issue is not None:
                chosen = chosen.filter(chosen.issues.contains(issue))
            return events_of.daily(events_of.of_state(chosen))

        return self._read(source, query)

    def daily_totals(self, source: str, as_of: date) -> pa.Table:
        """Count the events of all dyads of different sides by day.

        Args:
            source: Name of the source.
            as_of: The last day whose publications may be used.

        Returns:
            One row per day, root and tone: occurred_on, root, tone, n, goldstein_sum.
        """
        return self._read(
            source,
            lambda rows: events_of.daily(events_of.between_states(events_of.known_by(rows, as_of))),
        )

    def rows(
        self,
        source: str,
        actor: str,
        recipient: str,
        start: date,
        end: date,
        as_of: date,
        realm: str | None = None,
        limit: int = 1000,
    ) -> pa.Table:
        """Return the single events behind a figure.

        Args:
            source: Name of the source.
            actor: Code of the acting side.
            recipient: Code of the other side.
            start: First day.
            end: Last day.
            as_of: The last day whose publications may be used.
            realm: Only `say` or only `do`.
            limit: At most so many, the newest first.

        Returns:
            One row per event: the columns of `TAKEN_SCHEMA` without `repeat_key`, and `file`, the name
            of the file whose line `origin_line` holds it.
        """

        def query(rows: Table) -> Table:
            chosen = events_of.of_dyad(events_of.known_by(rows, as_of), actor, recipient)
            events = events_of.distinct_events(events_of.of_state(chosen))
            events = events.filter(events.occurred_on >= start, events.occurred_on <= end)
            if realm is not None:
                events = events.filter(events.realm == realm)
            shown = [name for name in events_of.TAKEN_SCHEMA.names if name != "repeat_key"]
            newest = (ibis.desc("occurred_on"), ibis.desc("file_number"), ibis.desc("origin_line"))
            ordered = events.order_by(*newest).limit(limit)
            return ordered.select(*shown, "file_number")

        table = self._read(source, query)
        at = table.schema.get_field_index("n_reports")
        table = table.set_column(at, "n_reports", table["n_reports"].cast(pa.int64()))
        names = {entry.number: entry.file for entry in self.manifest.files}
        files = [names[number] for number in table["file_number"].to_pylist()]
        return table.drop_columns(["file_number"]).append_column(
            "file", pa.array(files, pa.string())
        )

    def sources(self) -> tuple[PanelSource, ...]:
        """List the sources of the panel by name."""
        manifest = self.manifest
        names = sorted({entry.source for entry in manifest.files})
        return tuple(_summary(name, manifest.of(name)) for name in names)

    def _read(self, source: str, query: Callable[[Table], Table]) -> pa.Table:
        manifest = self.manifest
        entries = manifest.of(source)
        if not entries:
            known = {entry.source for entry in manifest.files}
            raise UnknownNameError(kind="event source", name=source, known=known)
        return self._engine.run([self.folder / entry.events for entry in entries], query)


def _digest(file: Path, source: str) -> str:
    try:
        with file.open("rb") as raw:
            return file_digest(raw, "sha256").hexdigest()
    except OSError as error:
        reason = f"cannot be read ({error.strerror}); give the path of a downloaded file"
        raise SourceError(source=source, location=str(file), reason=reason) from error


def _summary(name: str, entries: Sequence[FileEntry]) -> PanelSource:
    firsts = [entry.first for entry in entries if entry.first]
    lasts = [entry.last for entry in entries if entry.last]
    return PanelSource(
        name=name,
        files=len(entries),
        rows=sum(entry.kept for entry in entries),
        first=min(firsts, default=None),
        last=max(lasts, default=None),
    )
