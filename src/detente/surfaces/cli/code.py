"""`detente code`: read what is not yet read."""

from typing import Annotated

import typer

from detente.pipeline.coding import DEFAULT_CODER, code
from detente.surfaces import settings
from detente.surfaces.cli.options import JsonOption, WorkspaceOption
from detente.surfaces.cli.output import ProgressBar, console, print_json


def command(
    workspace: WorkspaceOption = None,
    coder: Annotated[str, typer.Option(help="Which coder reads.")] = DEFAULT_CODER,
    *,
    as_json: JsonOption = False,
) -> None:
    """Code every English document this coder version has not read; goes on where it stopped."""
    place = settings.workspace(workspace)
    with ProgressBar(quiet=as_json) as bar:
        report = code(place, coded_at=settings.now(), coder=coder, progress=bar)
    if as_json:
        print_json(report)
        return
    if not report.documents:
        console.print(f"Nothing new for {report.coder} {report.coder_version}.")
        return
    console.print(
        f"{report.documents} documents, {report.sentences:,} sentences read by {report.coder} "
        f"{report.coder_version} ({report.skipped:,} without a pair of actors): "
        f"{report.events:,} events, {report.meetings} meetings, {report.commitments} commitments."
    )
