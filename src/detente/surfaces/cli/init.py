"""`detente init`: make a new workspace."""

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from detente.ledger import hidden
from detente.pipeline.workspace import init
from detente.records import Record
from detente.surfaces import settings
from detente.surfaces.cli.options import JsonOption
from detente.surfaces.cli.output import console, print_json


class Made(Record):
    """What `init` made."""

    workspace: str
    pair: tuple[str, str]


def command(
    folder: Annotated[Path, typer.Argument(help="A new or empty folder.")],
    first: Annotated[str, typer.Option(help="One state of the pair.")] = "USA",
    second: Annotated[str, typer.Option(help="The other state.")] = "CHN",
    ledger: Annotated[
        str | None,
        typer.Option(
            metavar="URL",
            help="PostgreSQL database for the records; else DETENTE_LEDGER, else a file.",
        ),
    ] = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """Make a workspace: one folder that holds a study of two states."""
    url = ledger or settings.ledger()
    workspace = init(folder, (first, second), url)
    if as_json:
        print_json(Made(workspace=str(workspace.folder), pair=workspace.pair))
        return
    path = escape(str(workspace.folder))
    console.print(f"Workspace [bold]{path}[/] for {' and '.join(workspace.pair)}.", soft_wrap=True)
    if url:
        console.print(f"Records: {hidden(url)}", markup=False, soft_wrap=True)
    console.print(f"Next: detente add FILES -w {folder}", markup=False, soft_wrap=True)
