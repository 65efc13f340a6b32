"""`detente commitments`: who promised what, by when."""

from typing import Annotated

import typer
from rich import box
from rich.markup import escape
from rich.table import Table

from detente.pipeline.answers import CommitmentEntry
from detente.pipeline.commitments import commitments
from detente.surfaces import settings
from detente.surfaces.cli.options import Actor, AsOfOption, JsonOption, Recipient, WorkspaceOption
from detente.surfaces.cli.output import console, print_json


def command(
    actor: Actor,
    recipient: Recipient,
    workspace: WorkspaceOption = None,
    as_of: AsOfOption = None,
    issue: Annotated[str | None, typer.Option(help="One issue, as narcotics.")] = None,
    since: Annotated[str | None, typer.Option(metavar="DAY", help="Leave out older ones.")] = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """List the undertakings two states made, newest first, each with its sentence."""
    answer = commitments(
        settings.workspace(workspace),
        actor,
        recipient,
        as_of=settings.day(as_of),
        issue=issue,
        since=settings.day(since) if since else None,
    )
    if as_json:
        print_json(answer)
        return
    print_commitments(answer.commitments)
    console.print(f"Limit: {answer.limitations[0]}", style="dim", markup=False)


def print_commitments(entries: tuple[CommitmentEntry, ...]) -> None:
    """Print a table of commitments.

    Args:
        entries: Newest first.
    """
    table = Table(box=box.SIMPLE, title=f"{len(entries)} commitments")
    for name in ("made", "by", "issue", "what", "due", "status"):
        table.add_column(name)
    for entry in entries:
        made = entry.commitment
        table.add_row(
            str(made.made),
            " and ".join(made.makers),
            made.issue,
            escape(made.what),
            f"{made.due}{' overdue' if entry.is_overdue else ''}" if made.due else "-",
            made.status.value,
        )
    console.print(table)
