"""Fetch a publisher's event files for a range of days and take them into the panel.

Each group of files is taken as soon as it has arrived, so that an interruption costs one group at most.
"""

import time
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path

from detente.errors import SettingsError, SourceError, SourceMissingError, SourceUnavailableError
from detente.pipeline.archive_settings import gdelt_settings
from detente.pipeline.fetched import Fate, FetchedFile, FetchReport, Receipts
from detente.pipeline.loading import LoadedFile, add_events
from detente.pipeline.progress import Progress, Silent
from detente.pipeline.workspace import Workspace
from detente.records import Refusal
from detente.sources.download_files import Wanted, move_aside, only_fetcher
from detente.sources.downloads import LONGEST_WAIT, Downloader
from detente.sources.gdelt import SOURCE
from detente.sources.gdelt_archive import (
    ArchiveFile,
    Gap,
    Listing,
    Span,
    gaps_in,
    list_names,
    read_lists,
    span,
)
from detente.sources.gdelt_settings import GdeltSettings

GROUP = 96
"""Files taken into the panel together: a day of GDELT 2.0."""
_FORMAT = "gdelt"
_MOST_SILENT = 3
"""Files in a row without an answer, after which the server is left alone."""


def fetch_gdelt(
    workspace: Workspace,
    first: date,
    last: date,
    *,
    asked_at: datetime,
    edition: int = 2,
    translation: bool = False,
    settings: GdeltSettings | None = None,
    keep_downloads: bool = True,
    downloading: Progress | None = None,
    loading: Progress | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> FetchReport:
    """Fetch GDELT's event files and take them into the panel.

    Days are those in the files' names (UTC): when the reports were seen, not when the events were.

    Args:
        workspace: Where they go.
        first: First day.
        last: Last day.
        asked_at: Instant of the call; files due later are no gaps.
        edition: 2 for a file each 15 minutes from February 2015, 1 for a file a day and older ones.
        translation: Also the files of reports in other languages; of edition 2 alone.
        settings: Addresses and manners; None reads those of the workspace.
        keep_downloads: False removes each file once its events are in the panel.
        downloading: Told of bytes.
        loading: Told of files.
        sleep: Waits so many seconds.

    Returns:
        The fate of every file; repeating the call fetches only what failed or was not there.

    Raises:
        SettingsError: Translations are asked of edition 1.
    """
    if translation and edition != 2:
        reason = "edition 1 has no files of translated reports; take edition 2 or leave it out"
        raise SettingsError(setting="translation", reason=reason, tried=("the call",))
    chosen = settings or gdelt_settings(workspace)
    folder = workspace.folder / "downloads" / f"gdelt-{edition}"
    days = span(first, last)
    with only_fetcher(folder), Downloader(SOURCE, chosen, sleep=sleep) as downloader:
        lists = _Lists(downloader, folder, chosen.url(edition), edition)
        listings = {t: lists.of(days, translation=t) for t in {False, translation}}
        gaps = [
            gap.model_copy(update={"translation": translated})
            for translated, listing in listings.items()
            for gap in gaps_in(listing, days, asked_at, edition)
        ]
        work = _Fetch(
            workspace,
            folder,
            downloader,
            downloading or Silent(),
            loading or Silent(),
            keep_downloads=keep_downloads,
        )
        files = work.run([file for listing in listings.values() for file in listing.files])
    return _report(chosen.url(edition), days, edition, files, gaps, list(listings.values()))


class _Lists:
    """The publisher's lists: fetched, unless those at hand reach beyond the days asked for."""

    def __init__(self, downloader: Downloader, folder: Path, base: str, edition: int) -> None:
        self._downloader = downloader
        self._folder = folder
        self._base = base
        self._edition = edition

    def of(self, days: Span, *, translation: bool) -> Listing:
        names = list_names(self._edition, translation=translation)
        held = [self._folder / name for name in names if (self._folder / name).is_file()]
        if held and (listing := self._held(held, days)) is not None:
            return listing
        return read_lists(self._fetched(names), days, self._base, self._edition)

    def _held(self, paths: Sequence[Path], days: Span) -> Listing | None:
        try:
            listing = read_lists(paths, days, self._base, self._edition)
        except SourceError:
            return None  # it is fetched again, and told of if it is no better then
        return listing if listing.ends >= days.ends else None

    def _fetched(self, names: Sequence[str]) -> list[Path]:
        """Fetch the lists; of two, one may be missing."""
        missing: SourceMissingError | None = None
        found = []
        for name in names:
            wanted = Wanted(name=name, url=f"{self._base}/{name}")
            try:
                self._downloader.fetch(wanted, self._folder, _unheard)
                found.append(self._folder / name)
            except SourceMissingError as error:
                missing = error
        if not found and missing is not None:
            raise missing
        return found


class _Fetch:
    """One run: files come group by group, and each group goes into the panel."""

    def __init__(
        self,
        workspace: Workspace,
        folder: Path,
        downloader: Downloader,
        downloading: Progress,
        loading: Progress,
        *,
        keep_downloads: bool,
    ) -> None:
        self._workspace = workspace
        self._folder = folder
        self._downloader = downloader
        self._downloading = downloading
        self._loading = loading
        self._keep = keep_downloads
        self._receipts = Receipts(folder, taken=_taken_names(workspace))
        self._silent = 0

    def run(self, files: Sequence[ArchiveFile]) -> list[FetchedFile]:
        sizes = [file.wanted.size for file in files]
        total = None if None in sizes else sum(size or 0 for size in sizes)
        self._downloading.start("fetching event files", total)
        done: list[FetchedFile] = []
        for start in range(0, len(files), GROUP):
            group = [file.wanted for file in files[start : start + GROUP]]
            done += self._taken(group, [self._brought(wanted) for wanted in group])
        return done

    def _brought(self, wanted: Wanted) -> FetchedFile:
        """One file on disk, or why it is not."""
        if (known := self._receipts.of(wanted)) is not None:
            self._downloading.advance(wanted.size or 0)
            return known
        if self._silent >= _MOST_SILENT:
            reason = "not tried: the server did not answer for the files before; run again later"
            return FetchedFile(file=wanted.name, fate=Fate.FAILED, reason=reason)
        try:
            is_new = self._downloader.fetch(wanted, self._folder, self._downloading.advance)
        except SourceError as error:
            return self._not_brought(wanted, error)
        self._silent = 0
        return FetchedFile(file=wanted.name, fate=Fate.FETCHED if is_new else Fate.HELD)

    def _not_brought(self, wanted: Wanted, error: SourceError) -> FetchedFile:
        fate = Fate.GAP if isinstance(error, SourceMissingError) else Fate.FAILED
        if isinstance(error, SourceUnavailableError):
            self._silent += _MOST_SILENT if error.after > LONGEST_WAIT else 1
        else:
            self._silent = 0
        return FetchedFile(file=wanted.name, fate=fate, reason=error.reason)

    def _taken(self, group: Sequence[Wanted], brought: Sequence[FetchedFile]) -> list[FetchedFile]:
        """The same files, those on disk taken into the panel."""
        here = [self._folder / file.file for file in brought if file.is_on_disk]
        accounts, faults = self._loaded(here)
        done = []
        for wanted, file in zip(group, brought, strict=True):
            if file.file in accounts:
                told = file.with_account(accounts[file.file])
                done.append(told)
                if not self._keep:
                    self._receipts.write(wanted, told)
                    (self._folder / file.file).unlink()
            elif file.file in faults:
                done.append(file.failed(f"came, and cannot be read: {faults[file.file]}"))
            else:
                done.append(file)
        return done

    def _loaded(self, paths: Sequence[Path]) -> tuple[dict[str, LoadedFile], dict[str, str]]:
        # accounts and faults by file: one with a fault is set aside, the others go on
        waiting = {str(path): path for path in paths}
        faults: dict[str, str] = {}
        while waiting:
            try:
                report = add_events(
                    self._workspace,
                    list(waiting.values()),
                    source_format=_FORMAT,
                    progress=self._loading,
                )
            except SourceError as error:
                if error.location not in waiting:
                    raise
                bad = waiting.pop(error.location)
                faults[bad.name] = error.reason
                move_aside(bad)
            else:
                names = [path.name for path in waiting.values()]
                return dict(zip(names, report.files, strict=True)), faults
        return {}, faults


def _unheard(_count: int) -> None:
    """Lists are fetched without a word."""


def _taken_names(workspace: Workspace) -> frozenset[str]:
    return frozenset(entry.file for entry in workspace.panel().manifest.files(_FORMAT))


def _report(
    url: str,
    days: Span,
    edition: int,
    files: Sequence[FetchedFile],
    gaps: Sequence[Gap],
    listings: Sequence[Listing],
) -> FetchReport:
    fates = [file.fate for file in files]
    refused: list[Refusal] = [line for listing in listings for line in listing.refused]
    return FetchReport(
        source=_FORMAT,
        edition=edition,
        url=url,
        first=days.first,
        last=days.last,
        fetched=fates.count(Fate.FETCHED),
        held=fates.count(Fate.HELD),
        missing=fates.count(Fate.GAP) + sum(gap.files for gap in gaps),
        failed=fates.count(Fate.FAILED),
        files=tuple(files),
        gaps=tuple(gaps),
        refused=tuple(refused),
    )
