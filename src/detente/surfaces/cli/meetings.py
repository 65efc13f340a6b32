"""`detente meetings`: who met whom."""

from typing import Annotated

import typer
from rich import box
from rich.markup import escape
from rich.table import Table

from detente.pipeline.answers import MeetingEntry
from detente.pipeline.meetings import meetings
from detente.surfaces import settings
from detente.surfaces.cli.options import Actor, AsOfOption, JsonOption, Recipient, WorkspaceOption
from detente.surfaces.cli.output import console, print_json


def command(
    actor: Actor,
    recipient: Recipient,
    workspace: WorkspaceOption = None,
    as_of: AsOfOption = None,
    since: Annotated[str | None, typer.Option(metavar="DAY", help="Leave out older ones.")] = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """List the meetings of two states, newest first, each with its accounts."""
    answer = meetings(
        settings.workspace(workspace),
        actor,
        recipient,
        as_of=settings.day(as_of),
        since=settings.day(since) if since else None,
    )
    if as_json:
        print_json(answer)
        return
    print_meetings(answer.meetings)
    console.print(f"Limit: {answer.limitations[0]}", style="dim", markup=False)


def print_meetings(entries: tuple[MeetingEntry, ...]) -> None:
    """Print a table of meetings.

    Args:
        entries: Newest first.
    """
    table = Table(box=box.SIMPLE, title=f"{len(entries)} meetings")
    for name in ("when", "who", "where", "what", "accounts"):
        table.add_column(name)
    for entry in entries:
        met = entry.meeting
        days = f" ({met.days} days)" if met.days else ""
        table.add_row(
            f"{met.within}{days}".replace("/", "\n"),
            "\n".join(f"{escape(p.name)} ({p.country})" for p in met.participants),
            escape(met.place or "-"),
            f"{met.level.value} {met.format}\n{met.track}",
            str(entry.n_documents),
        )
    console.print(table)
