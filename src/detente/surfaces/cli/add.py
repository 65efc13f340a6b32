"""`detente add`: take documents, event files or indicators."""

from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from detente.errors import SettingsError
from detente.pipeline.adding import AddReport, add
from detente.pipeline.loading import (
    EventsReport,
    IndicatorsReport,
    LoadedFile,
    add_events,
    add_indicators,
    indicator_files,
)
from detente.pipeline.workspace import Workspace
from detente.records import DateInterval, DocumentKind, Original, Record
from detente.surfaces import settings
from detente.surfaces.cli.options import JsonOption, WorkspaceOption
from detente.surfaces.cli.output import ProgressBar, console, print_json


def command(
    paths: Annotated[list[Path], typer.Argument(help="Files or folders.")],
    workspace: WorkspaceOption = None,
    date: Annotated[
        str | None, typer.Option(metavar="DAY", help="When it was published, if it does not say.")
    ] = None,
    publisher: Annotated[str | None, typer.Option(help="Who published it.")] = None,
    kind: Annotated[DocumentKind | None, typer.Option(help="What sort of text it is.")] = None,
    account_of: Annotated[
        str | None, typer.Option(metavar="ACTOR", help="Whose account it is, as USA/GOV.")
    ] = None,
    source_format: Annotated[
        str | None,
        typer.Option("--as", metavar="gdelt|icews|phoenix|polecat", help="Read as event files."),
    ] = None,
    mapping: Annotated[
        Path | None, typer.Option(metavar="TOML", help="Read as event tables by this mapping.")
    ] = None,
    *,
    replace: Annotated[
        bool,
        typer.Option("--replace", help="Event files take the place of earlier ones of their name."),
    ] = False,
    quarantine: Annotated[
        bool, typer.Option("--quarantine", help="Set unreadable items aside and take the rest.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Take documents (HTML, PDF, text, Markdown, JSON Lines), event files or indicators."""
    place = settings.workspace(workspace)
    report: Record
    with ProgressBar(quiet=as_json) as bar:
        if source_format or mapping:
            report = add_events(
                place,
                paths,
                source_format=source_format,
                mapping=mapping,
                replace=replace,
                progress=bar,
            )
        elif indicators := _only_indicators(paths):
            report = add_indicators(place, indicators, added_at=settings.now())
        else:
            _refuse_tables(paths)
            given = _given(date, publisher, kind, account_of)
            report = add(
                place,
                paths,
                added_at=settings.now(),
                given=given,
                quarantine=quarantine,
                progress=bar,
            )
    if as_json:
        print_json(report)
    else:
        _print(report, place)


def _only_indicators(paths: list[Path]) -> list[Path]:
    found = indicator_files(paths)
    covered = {f.parent for f in found} | set(found)
    return found if found and all(p in covered for p in paths) else []


def _refuse_tables(paths: list[Path]) -> None:
    tables = (".parquet", ".csv", ".tab", ".tsv", ".zip")
    for path in paths:
        if path.is_file() and path.name.lower().endswith(tables):
            raise SettingsError(
                setting=path.name,
                reason="a table needs to be told how to be read: --as gdelt, icews, phoenix or "
                "polecat, or --mapping FILE.toml; an indicator needs a TOML of the same stem beside it",
                tried=("--as", "--mapping", str(path.with_suffix(".toml"))),
            )


def _given(
    date: str | None, publisher: str | None, kind: DocumentKind | None, account_of: str | None
) -> Original:
    published = DateInterval.day(settings.day(date)) if date else None
    try:
        return Original(
            content=b"",
            media_type="text/plain",
            origin="",
            published=published,
            publisher=publisher,
            kind=kind,
            account_of=account_of,
        )
    except ValidationError as error:
        raise SettingsError(
            setting="account of",
            reason=f"{account_of!r} is no actor; write a state and a role, as USA/GOV",
            tried=("--account-of",),
        ) from error


def _print(report: Record, place: Workspace) -> None:
    if isinstance(report, AddReport):
        _print_documents(report)
    elif isinstance(report, EventsReport):
        for file in report.files:
            _print_file(file)
    elif isinstance(report, IndicatorsReport):
        console.print(
            f"{len(report.names)} indicators, {report.values_added} values added, "
            f"{report.values_known} known already, {len(report.refused)} refused."
        )
        for refusal in report.refused[:10]:
            console.print(
                f"  {refusal.origin}, line {refusal.line}: {refusal.reason}", markup=False
            )
    console.print(f"In {place.folder}", style="dim", markup=False, soft_wrap=True)


def _print_file(file: LoadedFile) -> None:
    state = "" if file.is_new else " (known already)"
    console.print(
        f"{file.file}{state}: {file.rows_in:,} rows = {file.kept:,} kept + "
        f"{file.duplicate:,} repeated + {file.quarantined:,} set aside.",
        markup=False,
    )
    if file.quarantined:
        where = f"  Set aside, with reasons: {file.quarantine}"
        console.print(where, markup=False, soft_wrap=True)
    if file.is_new and file.earlier:
        console.print(
            "  Another file of this name is held besides; add --replace if this one corrects it.",
            markup=False,
        )


def _print_documents(report: AddReport) -> None:
    notes = [
        f"{report.near_duplicates} near-duplicates linked" if report.near_duplicates else "",
        f"{report.not_english} not in English, kept uncoded" if report.not_english else "",
        f"{report.undated} undated: give them a date with --date" if report.undated else "",
        f"{len(report.refused)} set aside" if report.refused else "",
    ]
    told = "; ".join(note for note in notes if note)
    console.print(
        f"{report.added} documents added, {report.known} known already{'; ' if told else ''}{told}."
    )
    for refusal in report.refused[:10]:
        where = f"{refusal.origin}, line {refusal.line}" if refusal.line else refusal.origin
        console.print(f"  {where}: {refusal.reason}", markup=False, soft_wrap=True)
