"""`detente events`: fetch a publisher's event files, and list what the panel holds."""

import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.table import Table

from detente.pipeline.archive_settings import gdelt_settings
from detente.pipeline.event_sources import EventSources, event_sources
from detente.pipeline.fetched import Fate, FetchReport
from detente.pipeline.fetching import fetch_gdelt
from detente.sources.gdelt_archive import Gap
from detente.surfaces import settings
from detente.surfaces.cli.fetch_bars import FetchBars
from detente.surfaces.cli.options import JsonOption, WorkspaceOption
from detente.surfaces.cli.output import console, print_json

_SHOWN = 10
"""Items of each sort that are told of; `--json` has all."""

group = typer.Typer(help="Fetch publishers' event files, and list what is held.")
fetch = typer.Typer(help="Fetch a publisher's event files.")
group.add_typer(fetch, name="fetch")


@fetch.command(
    "gdelt",
    help="Fetch GDELT's event files of some days and take them in; run it again to go on.",
)
def fetch_gdelt_command(
    first: Annotated[str, typer.Option("--from", metavar="DAY", help="First day (UTC).")],
    last: Annotated[str, typer.Option("--to", metavar="DAY", help="Last day (UTC).")],
    workspace: WorkspaceOption = None,
    edition: Annotated[
        int,
        typer.Option(
            metavar="1|2",
            min=1,
            max=2,
            help="1: a file a day, from 1979; 2: a file each 15 minutes.",
        ),
    ] = 2,
    url: Annotated[
        str | None, typer.Option(metavar="BASE", help="Folder of a mirror; else the publisher's.")
    ] = None,
    rate: Annotated[
        float | None, typer.Option(metavar="SECONDS", help="At least so long between requests.")
    ] = None,
    *,
    translation: Annotated[
        bool, typer.Option("--translation", help="Also reports in other languages (edition 2).")
    ] = False,
    keep: Annotated[
        bool,
        typer.Option(
            "--keep-downloads/--no-keep-downloads",
            help="Keep the files once their events are taken.",
        ),
    ] = True,
    as_json: JsonOption = False,
) -> None:
    """Fetch GDELT's event files of some days and take them in; run it again to go on.

    Raises:
        Exit: With code 1, where a file failed.
    """
    place = settings.workspace(workspace)
    given = {f"url_{edition}": url, "rate": rate}
    with FetchBars(quiet=as_json) as bars:
        report = fetch_gdelt(
            place,
            settings.day(first),
            settings.day(last),
            asked_at=settings.now(),
            edition=edition,
            translation=translation,
            settings=gdelt_settings(place, {k: v for k, v in given.items() if v is not None}),
            keep_downloads=keep,
            downloading=bars.downloading,
            loading=bars.loading,
        )
    if as_json:
        print_json(report)
    else:
        _print(report)
        if report.failed:
            switch = ["--translation"] if translation else []
            _tell(f"Try the failed ones again: {_words(report, given, place.folder, switch)}")
        _tell(f"In {place.folder}")
    if report.failed:
        raise typer.Exit(1)


@group.command("list")
def list_command(workspace: WorkspaceOption = None, *, as_json: JsonOption = False) -> None:
    """List the sources of events: files, events, first and last day."""
    answer = event_sources(settings.workspace(workspace))
    if as_json:
        print_json(answer)
    elif answer.sources:
        _print_sources(answer)
    else:
        _tell(
            "No events yet; take some with: detente add --as gdelt FILES, or detente events fetch"
        )


def _print_sources(answer: EventSources) -> None:
    table = Table(box=box.SIMPLE)
    for name in ("source", "files", "events", "first day", "last day"):
        table.add_column(name, justify="right" if name in {"files", "events"} else "left")
    for source in answer.sources:
        days = (str(day) if day else "-" for day in (source.first, source.last))
        table.add_row(source.name, f"{source.files:,}", f"{source.rows:,}", *days)
    console.print(table)


def _print(report: FetchReport) -> None:
    _tell(
        f"GDELT {report.edition}.0, {report.first} to {report.last}: {report.fetched:,} files fetched, "
        f"{report.held:,} held already, {report.missing:,} missing at the publisher, "
        f"{report.failed:,} failed."
    )
    rows = [file for file in report.files if file.rows_in is not None]
    if rows:
        sums = {
            name: sum(getattr(file, name) or 0 for file in rows)
            for name in ("rows_in", "kept", "duplicate", "quarantined")
        }
        _tell(
            f"{sums['rows_in']:,} rows = {sums['kept']:,} kept + {sums['duplicate']:,} repeated + "
            f"{sums['quarantined']:,} set aside."
        )
    _tell_each([_gap(gap, report.edition) for gap in report.gaps])
    _tell_each([f"Gap: {f.file}: {f.reason}" for f in report.files if f.fate is Fate.GAP])
    _tell_each([f"Refused: {r.origin}, line {r.line}: {r.reason}" for r in report.refused])
    _tell_each([f"Failed: {f.file}: {f.reason}" for f in report.files if f.fate is Fate.FAILED])


def _words(
    report: FetchReport, given: Mapping[str, object], folder: Path, switches: Sequence[str]
) -> str:
    """The command that repeats a run; what arrived is not asked for again."""
    words = ["detente", "events", "fetch", "gdelt", "--from", report.first, "--to", report.last]
    words += ["--edition", report.edition, *switches]
    for setting, value in given.items():
        words += [] if value is None else [f"--{setting.partition('_')[0]}", value]
    return shlex.join(map(str, [*words, "-w", folder]))


def _gap(gap: Gap, edition: int) -> str:
    form = "%Y-%m-%d %H:%M" if edition == 2 else "%Y-%m-%d"
    begins, ends = gap.begins.strftime(form), gap.ends.strftime(form)
    when = begins if begins == ends else f"{begins} to {ends}"
    what = "translated files" if gap.translation else "files"
    return f"Gap: {when}: {gap.files:,} {what} not listed"


def _tell_each(lines: list[str]) -> None:
    for line in lines[:_SHOWN]:
        _tell(f"  {line}")
    if len(lines) > _SHOWN:
        _tell(f"  ... and {len(lines) - _SHOWN:,} more; --json tells of all")


def _tell(line: str) -> None:
    console.print(line, markup=False, highlight=False, soft_wrap=True)
