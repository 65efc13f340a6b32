"""Options every command shares, worded once."""

from pathlib import Path
from typing import Annotated

import typer

WorkspaceOption = Annotated[
    Path | None,
    typer.Option(
        "--workspace", "-w", help="Workspace folder; else DETENTE_WORKSPACE, else here or above."
    ),
]
AsOfOption = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DAY", help="Use only what was published by this day."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")]
Actor = Annotated[str, typer.Argument(metavar="STATE", help="A state by code or name: USA, China.")]
Recipient = Annotated[str, typer.Argument(metavar="STATE", help="The other state.")]
