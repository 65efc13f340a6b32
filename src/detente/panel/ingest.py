"""Takes event files in: all of a file, or nothing of it.

Rows gather until they fill a slice, files until they fill a commit; a stopped writer leaves the panel
as the last commit left it.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from hashlib import file_digest
from pathlib import Path

import pyarrow as pa

from detente.errors import SourceError
from detente.panel.engine import Engine
from detente.panel.lean import LINKS_SCHEMA, Account, Batch, lean_events, links
from detente.panel.manifest import (
    Change,
    FileEntry,
    LinksEntry,
    Manifest,
    only_writer,
    settle,
)
from detente.panel.weeks import WeekDraft, write_parquet

SLICE = 1_000_000
"""Rows held in memory before they go into their weeks."""


@dataclass(frozen=True)
class Ingest:
    """What became of a file."""

    entry: FileEntry
    is_new: bool
    """False: the panel held these bytes already, and nothing changed."""


@dataclass(frozen=True)
class EventFile:
    """A file to ingest."""

    path: Path
    """Its bytes tell whether it is in the panel already."""
    batches: Callable[[], Iterable[Batch]]
    """Reads its events and refusals, in file order; not called where it is held."""


@dataclass
class _Commit:
    """What goes into the panel together."""

    draft: WeekDraft
    files: list[FileEntry] = field(default_factory=list)
    held: list[Ingest] = field(default_factory=list)
    links: list[LinksEntry] = field(default_factory=list)
    events: list[pa.Table] = field(default_factory=list)
    ids: list[pa.Table] = field(default_factory=list)
    rows: int = 0
    """Rows taken, those in the draft among them."""

    @property
    def waiting(self) -> int:
        """Rows not in the draft yet."""
        return sum(table.num_rows for table in self.events)


class Ingestion:
    """Takes files of one source into a panel, as its only writer.

    Args:
        engine: Runs the expressions.
        folder: The panel's folder.
        source: The source's name; repeats are sought within it.
        replace: Files take the place of earlier ones of their name.
    """

    def __init__(self, engine: Engine, folder: Path, source: str, *, replace: bool) -> None:
        self._engine = engine
        self._folder = folder
        self._source = source
        self._replace = replace
        self._manifest = Manifest(folder)

    def take(self, files: Iterable[EventFile]) -> Iterator[Ingest]:
        """Take files in.

        Args:
            files: In order of ingestion.

        Yields:
            What became of each, once it is in the panel for good.
        """
        with only_writer(self._folder):
            sweep(self._folder, self._manifest)
            commit = self._begun()
            for file in files:
                try:
                    self._take(file, commit)
                except BaseException:
                    yield from self._commit(commit)
                    raise
                if commit.rows >= SLICE:
                    yield from self._commit(commit)
                    commit = self._begun()
            yield from self._commit(commit)

    def _begun(self) -> _Commit:
        weeks = {entry.week: entry for entry in self._manifest.weeks(self._source)}
        generation = self._manifest.generation + 1
        return _Commit(WeekDraft(self._engine, self._folder, self._source, weeks, generation))

    def _take(self, file: EventFile, commit: _Commit) -> None:
        sha256 = digest(file.path, self._source)
        held = self._manifest.held(self._source, sha256) or next(
            (entry for entry in commit.files if entry.sha256 == sha256), None
        )
        if held:
            commit.held.append(Ingest(held, is_new=False))
            return
        number = max((self._manifest.last_number, *(e.number for e in commit.files))) + 1
        try:
            account, quarantine = self._read(file, number, sha256, commit)
        except BaseException:
            self._forget(number, commit)
            raise
        if self._replace:
            self._withdraw(file.path.name, commit)
        commit.files.append(
            FileEntry(
                number=number,
                source=self._source,
                file=file.path.name,
                sha256=sha256,
                quarantine=quarantine,
                rows_in=account.rows_in,
                kept=0,
                quarantined=account.quarantined,
                first=account.first,
                last=account.last,
            )
        )
        commit.held.append(Ingest(commit.files[-1], is_new=True))

    def _forget(self, number: int, commit: _Commit) -> None:
        """Take back what was gathered of a file that could not be read to its end."""
        commit.events = [rows for rows in commit.events if rows["file_number"][0].as_py() != number]
        commit.ids = [rows for rows in commit.ids if rows["file_number"][0].as_py() != number]
        if commit.draft.is_whole and any(number <= entry.last for entry in commit.links):
            commit.draft.withdraw([number])

    def _withdraw(self, name: str, commit: _Commit) -> None:
        earlier = self._manifest.namesakes(self._source, name)
        if earlier:
            commit.draft.withdraw(entry.number for entry in earlier)
            commit.files += [replace(entry, is_replaced=True) for entry in earlier]

    def _read(
        self, file: EventFile, number: int, sha256: str, commit: _Commit
    ) -> tuple[Account, str | None]:
        account = Account()
        name = f"files/{number:06d}-{sha256[:12]}.quarantine.jsonl"
        final = self._folder / name
        final.parent.mkdir(exist_ok=True)
        draft = final.with_name(final.name + ".part")
        try:
            with draft.open("w", encoding="utf-8", newline="\n") as quarantine:
                for batch in file.batches():
                    account.add(batch, quarantine)
                    self._gather(batch, number, commit)
            if not account.quarantined:
                return account, None
            settle(draft, final)
        finally:
            draft.unlink(missing_ok=True)
        return account, name

    def _gather(self, batch: Batch, number: int, commit: _Commit) -> None:
        if batch.events.num_rows:
            commit.events.append(lean_events(batch.events, number))
            commit.ids.append(links(batch.events, number))
            commit.rows += batch.events.num_rows
        if commit.waiting >= SLICE:
            self._apply(commit)

    def _apply(self, commit: _Commit) -> None:
        if not commit.events:
            return
        ids = pa.concat_tables(commit.ids)
        first, last = ids["file_number"][0].as_py(), ids["file_number"][-1].as_py()
        generation, step = commit.draft.generation, len(commit.links)
        name = f"links/{self._source}/{generation:06d}-{step:04d}.parquet"
        write_parquet(self._folder / name, ids.cast(LINKS_SCHEMA))
        commit.draft.add(pa.concat_tables(commit.events))
        commit.links.append(LinksEntry(self._source, first, last, name))
        commit.events, commit.ids = [], []

    def _commit(self, commit: _Commit) -> Iterator[Ingest]:
        if not commit.draft.is_whole:
            return
        self._apply(commit)
        new = {entry.number for entry in commit.files}
        if new:
            kept = commit.draft.kept
            change = Change(
                files=[replace(e, kept=e.kept + kept[e.number]) for e in commit.files],
                weeks=list(commit.draft.written.values()),
                emptied=[(self._source, week) for week in commit.draft.emptied],
                links=commit.links,
                kept={number: by for number, by in kept.items() if number not in new},
            )
            self._manifest.commit(change)
        for ingest in commit.held:
            yield replace(ingest, entry=self._manifest.file(ingest.entry.number))


def sweep(folder: Path, manifest: Manifest) -> int:
    """Remove what the manifest no longer names, or never did.

    Args:
        folder: The panel's folder; its only writer calls this.
        manifest: Its manifest.

    Returns:
        How many files went.
    """
    named = manifest.named()
    strays = []
    for kind in ("weeks", "links", "files", "years"):
        for parent, _, names in os.walk(folder / kind):
            inside = Path(parent).relative_to(folder).as_posix()
            strays += [Path(parent, name) for name in names if f"{inside}/{name}" not in named]
    for path in strays:
        path.unlink()
    return len(strays)


def digest(file: Path, source: str) -> str:
    """Return the SHA-256 of a file.

    Args:
        file: Its path.
        source: For messages.

    Raises:
        SourceError: The file cannot be read.
    """
    try:
        with file.open("rb") as raw:
            return file_digest(raw, "sha256").hexdigest()
    except OSError as error:
        reason = f"cannot be read ({error.strerror}); give the path of a downloaded file"
        raise SourceError(source=source, location=str(file), reason=reason) from error
