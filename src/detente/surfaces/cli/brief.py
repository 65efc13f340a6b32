"""`detente brief`: where the relationship stands on a date, in one page."""

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from detente.pipeline.briefs import Brief, brief
from detente.surfaces import settings
from detente.surfaces.cli.commitments import print_commitments
from detente.surfaces.cli.gap import print_gaps
from detente.surfaces.cli.meetings import print_meetings
from detente.surfaces.cli.options import Actor, AsOfOption, JsonOption, Recipient, WorkspaceOption
from detente.surfaces.cli.output import console, print_json

_MOST_COMMITMENTS = 8


def command(
    actor: Actor,
    recipient: Recipient,
    workspace: WorkspaceOption = None,
    as_of: AsOfOption = None,
    page: Annotated[
        Path | None, typer.Option(help="Where to write the page; else in the workspace.")
    ] = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """Say where the relation of two states stands: a summary here, a page with all evidence."""
    place = settings.workspace(workspace)
    answer = brief(place, actor, recipient, as_of=settings.day(as_of))
    if as_json:
        print_json(answer)
        return
    from detente.surfaces.brief import write_page

    name = f"{answer.pair[0]}-{answer.pair[1]}-{answer.as_of}.html".lower()
    path = write_page(answer, page or place.folder / "briefs" / name)
    _print_summary(answer)
    console.print(f"\nPage with all evidence: [bold]{escape(str(path))}[/]", soft_wrap=True)


def _print_summary(answer: Brief) -> None:
    first, second = answer.pair
    console.rule(f"{first} and {second}, as of {answer.as_of}")
    console.print(
        f"{answer.n_documents} documents; window {answer.window_start} to {answer.as_of}; "
        f"coded by {', '.join(answer.coders) or 'nobody yet: run detente code'}."
    )
    print_gaps(answer.gaps)
    print_gaps(tuple(row for row in answer.gaps_by_issue if row.gap is not None))
    print_meetings(answer.meetings)
    shared = ", ".join(interest.issue for interest in answer.shared_interests)
    console.print(f"Shared interests named: {shared or 'none'}.")
    print_commitments(answer.commitments[:_MOST_COMMITMENTS])
    for step in answer.steps:
        console.print(f"Called for ({step.difficulty}): {step.issue}")
    for line in answer.limitations:
        console.print(f"Limit: {line}", style="dim", markup=False)
