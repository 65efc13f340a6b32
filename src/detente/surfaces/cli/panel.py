"""`detente panel`: every directed dyad, every week."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated

import pyarrow as pa
import pyarrow.compute as pc
import typer
from rich import box
from rich.table import Table

from detente.errors import DateError, NotEnoughDataError
from detente.pipeline.panel_tables import Format, export_panel, panel
from detente.pipeline.panels import PanelReport, build_panel, update_panel
from detente.records import Record
from detente.surfaces import settings
from detente.surfaces.cli.options import Actor, AsOfOption, JsonOption, Recipient, WorkspaceOption
from detente.surfaces.cli.output import ProgressBar, console, print_json

group = typer.Typer(help="Every directed dyad, every week, from the event files.")

SourceOption = Annotated[str | None, typer.Option(help="One source; else each.")]
IssueOption = Annotated[str | None, typer.Option(help="One issue, as taiwan or trade.")]
FromOption = Annotated[
    str | None, typer.Option("--from", metavar="DAY", help="First day; its week is the first.")
]
ToOption = Annotated[
    str | None, typer.Option("--to", metavar="DAY", help="Last day; its week is the last.")
]


class PanelRows(Record):
    """Rows of the panel, as JSON."""

    as_of: date
    columns: tuple[str, ...]
    rows: tuple[dict[str, str | int | float | None], ...]


@group.command("build")
def build(
    workspace: WorkspaceOption = None, source: SourceOption = None, *, as_json: JsonOption = False
) -> None:
    """Build the panel from all event files."""
    _make(build_panel, workspace, source, as_json=as_json)


@group.command("update")
def update(
    workspace: WorkspaceOption = None, source: SourceOption = None, *, as_json: JsonOption = False
) -> None:
    """Make those weeks anew that changed since the last build."""
    _make(update_panel, workspace, source, as_json=as_json)


@group.command("query")
def query(
    actor: Actor,
    recipient: Recipient,
    workspace: WorkspaceOption = None,
    as_of: AsOfOption = None,
    source: SourceOption = None,
    issue: IssueOption = None,
    first: FromOption = None,
    last: ToOption = None,
    weeks: Annotated[int, typer.Option(min=1, help="So many weeks, the latest.")] = 12,
    *,
    as_json: JsonOption = False,
) -> None:
    """Print the weeks of a directed dyad."""
    table = panel(
        settings.workspace(workspace),
        actor,
        recipient,
        as_of=settings.day(as_of),
        source=source,
        issue=issue,
        start=_day(first),
        end=_day(last),
    )
    _require_rows(table, f"{actor} > {recipient}")
    if as_json:
        print_json(_rows(table, settings.day(as_of)))
        return
    for name in table["source"].unique().to_pylist():
        mine = table.filter(pc.equal(table["source"], name))
        _print_weeks(mine.slice(max(0, mine.num_rows - weeks)), name)


@group.command("export")
def export(
    file: Annotated[Path, typer.Argument(help="File to write.")],
    workspace: WorkspaceOption = None,
    kind: Annotated[
        Format | None, typer.Option("--format", help="Else told by the file's suffix.")
    ] = None,
    actor: Annotated[str | None, typer.Option(help="Only this state's acts.")] = None,
    recipient: Annotated[str | None, typer.Option(help="Only acts toward this state.")] = None,
    as_of: AsOfOption = None,
    source: SourceOption = None,
    issue: IssueOption = None,
    first: FromOption = None,
    last: ToOption = None,
    *,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Write the panel to a Parquet, CSV or Arrow file."""
    table = panel(
        settings.workspace(workspace),
        actor,
        recipient,
        as_of=settings.day(as_of),
        source=source,
        issue=issue,
        start=_day(first),
        end=_day(last),
    )
    written = export_panel(table, file, kind or Format.of(file), overwrite=force)
    if as_json:
        print_json(written)
    else:
        console.print(
            f"{written.rows:,} rows of {written.columns} columns in {written.path}",
            markup=False,
            soft_wrap=True,
        )


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise DateError(received=text, reason="not a day", hint="write it as 2023-06-30") from error


def _require_rows(table: pa.Table, dyad: str) -> None:
    if table.num_rows == 0:
        raise NotEnoughDataError(measure=f"the panel of {dyad}", found=0, needed=1)


def _rows(table: pa.Table, as_of: date) -> PanelRows:
    at = table.schema.get_field_index("week")
    text = table.set_column(at, "week", table["week"].cast(pa.string()))
    return PanelRows(as_of=as_of, columns=tuple(text.column_names), rows=tuple(text.to_pylist()))


def _make(
    verb: Callable[..., PanelReport], workspace: Path | None, source: str | None, *, as_json: bool
) -> None:
    with ProgressBar(quiet=as_json) as bar:
        report = verb(settings.workspace(workspace), source=source, progress=bar)
    if as_json:
        print_json(report)
        return
    for found in report.sources:
        console.print(
            f"{found.source}: {found.rows:,} dyad-weeks in {found.weeks:,} weeks, "
            f"{found.first} to {found.last}.",
            markup=False,
        )
        made = f"{found.rows_made:,} rows of {found.dyads_made:,} directed dyads made anew"
        told = f"{made}, from the week of {found.since} on." if found.since else "Nothing changed."
        console.print(f"  {told}", style="dim", markup=False)


def _print_weeks(table: pa.Table, source: str) -> None:
    rows = table.to_pylist()
    title = f"{rows[0]['actor']} > {rows[0]['recipient']}, {source}: log-odds over twelve weeks"
    shown = Table(box=box.SIMPLE, title=title, padding=(0, 1, 0, 0))
    for name in ("week", "events", "VC", "MC", "VK", "MK", "words", "deeds", "gap", "90 %", "z"):
        shown.add_column(name, justify="right")
    for row in rows:
        interval = (
            f"{row['gap_low']:+.2f}..{row['gap_high']:+.2f}"
            if row["gap"] is not None
            else "too few"
        )
        shown.add_row(
            "{}-W{:02}".format(*row["week"].isocalendar()[:2]),
            str(row["n_events"]),
            *(str(row[name]) for name in _QUADS),
            *(_figure(row[name]) for name in ("words", "deeds", "gap")),
            interval,
            _figure(row["z_gap"]),
        )
    console.print(shown)
    console.print(_KEY, style="dim", markup=False)


_QUADS = (
    "n_verbal_cooperation",
    "n_material_cooperation",
    "n_verbal_conflict",
    "n_material_conflict",
)
_KEY = (
    "VC, MC verbal and material cooperation, VK, MK conflict, events of the week; words, deeds and "
    "gap against what is usual among states; too few: under ten deeds in twelve weeks."
)


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:+.2f}"
