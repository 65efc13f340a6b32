"""Take event files and deed indicators into a workspace; bad rows are set aside, not lost."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from detente.errors import SourceError, UnknownNameError
from detente.panel import EventFile, EventPanel, Ingest
from detente.pipeline.progress import Progress, Silent
from detente.pipeline.workspace import Workspace
from detente.records import Record, Refusal
from detente.sources.events import EventBatch
from detente.sources.gdelt import read_gdelt
from detente.sources.icews import read_icews
from detente.sources.indicators import read_indicator
from detente.sources.mapping import EventMapping, load_mapping, read_mapped
from detente.sources.phoenix import read_phoenix
from detente.sources.polecat import read_polecat

EVENT_FORMATS: dict[str, Callable[[Path], Iterator[EventBatch]]] = {
    "gdelt": read_gdelt,
    "icews": read_icews,
    "phoenix": read_phoenix,
    "polecat": read_polecat,
}
"""Publishers whose files are read as they are; any other table needs a mapping."""


class LoadedFile(Record):
    """What came of one event file: rows in = kept + duplicate + quarantined."""

    file: str
    source: str
    is_new: bool
    """False where the workspace held the file already."""
    rows_in: int
    kept: int
    duplicate: int
    quarantined: int
    quarantine: str | None
    """File with the refused rows, each with its reason and its original line; None where none was."""
    earlier: int = 0
    """Files of this name with other bytes that the workspace holds besides."""


class EventsReport(Record):
    """What one loading of event files did."""

    files: tuple[LoadedFile, ...]


class IndicatorsReport(Record):
    """What one loading of indicators did."""

    names: tuple[str, ...]
    values_added: int
    values_known: int
    refused: tuple[Refusal, ...] = ()


def add_events(
    workspace: Workspace,
    paths: Sequence[Path],
    *,
    source_format: str | None = None,
    mapping: Path | None = None,
    replace: bool = False,
    progress: Progress | None = None,
) -> EventsReport:
    """Take event files into the panel.

    Args:
        workspace: Where they go.
        paths: Files, plain or zipped.
        source_format: A key of `EVENT_FORMATS`; or give a mapping.
        mapping: TOML that names a table's columns.
        replace: A file takes the place of an earlier one of its name: a corrected release.
        progress: Told about each file.

    Returns:
        Exact accounts, a file each.

    Raises:
        UnknownNameError: No such format.
    """
    chosen = load_mapping(mapping) if mapping is not None else None
    if chosen is None and source_format not in EVENT_FORMATS:
        raise UnknownNameError(
            kind="event format", name=str(source_format), known=EVENT_FORMATS.keys()
        )
    bar = progress or Silent()
    bar.start("loading events", len(paths))
    panel = workspace.panel()
    name = chosen.name if chosen else str(source_format)
    files = [EventFile(path, partial(_batches, path, name, chosen)) for path in paths]
    found = []
    for outcome in panel.ingest_all(name, files, replace=replace):
        found.append(_loaded(panel, outcome))
        bar.advance()
    return EventsReport(files=tuple(found))


def _batches(path: Path, source: str, mapping: EventMapping | None) -> Iterator[EventBatch]:
    return EVENT_FORMATS[source](path) if mapping is None else read_mapped(path, mapping)


def _loaded(panel: EventPanel, outcome: Ingest) -> LoadedFile:
    entry = outcome.entry
    namesakes = panel.manifest.namesakes(entry.source, entry.file)
    return LoadedFile(
        file=entry.file,
        source=entry.source,
        is_new=outcome.is_new,
        rows_in=entry.rows_in,
        kept=entry.kept,
        duplicate=entry.duplicate,
        quarantined=entry.quarantined,
        quarantine=str(panel.folder / entry.quarantine) if entry.quarantine else None,
        earlier=sum(other.number != entry.number for other in namesakes),
    )


def indicator_files(paths: Sequence[Path]) -> list[Path]:
    """Return the CSV files among paths that have a TOML of the same stem beside them.

    Args:
        paths: Files and folders.
    """
    found: list[Path] = []
    for path in paths:
        files = sorted(path.glob("*.csv")) if path.is_dir() else [path]
        found += [f for f in files if f.suffix == ".csv" and f.with_suffix(".toml").is_file()]
    return found


def add_indicators(
    workspace: Workspace, paths: Sequence[Path], *, added_at: datetime
) -> IndicatorsReport:
    """Take deed indicators into a workspace.

    Args:
        workspace: Where they go.
        paths: CSV files with a TOML of the same stem beside each.
        added_at: Instant of the call, UTC.

    Returns:
        Counts and refused rows; values that were there already change nothing.

    Raises:
        SourceError: No file is an indicator.
    """
    if not paths:
        raise SourceError(
            source="indicators",
            location="-",
            reason="no CSV with a TOML of the same stem beside it",
        )
    read = [read_indicator(path) for path in paths]
    with workspace.ledger() as ledger:
        outcome = ledger.append_indicators([r.series for r in read], added_at=added_at)
    refused = tuple(r for one in read for r in one.refusals) + outcome.refused
    return IndicatorsReport(
        names=tuple(r.series.name for r in read),
        values_added=outcome.added,
        values_known=outcome.known,
        refused=refused,
    )
