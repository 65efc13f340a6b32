"""`detente verify`: find every quoted span again."""

import typer

from detente.pipeline.verifying import verify
from detente.surfaces import settings
from detente.surfaces.cli.options import JsonOption, WorkspaceOption
from detente.surfaces.cli.output import ProgressBar, console, print_json


def command(workspace: WorkspaceOption = None, *, as_json: JsonOption = False) -> None:
    """Check every sentence and every record's evidence against the stored originals.

    Raises:
        Exit: With code 1, where a span is not found.
    """
    place = settings.workspace(workspace)
    with ProgressBar(quiet=as_json) as bar:
        report = verify(place, progress=bar)
    if as_json:
        print_json(report)
    else:
        console.print(
            f"{report.documents} documents: {report.sentences:,} sentences and {report.evidence:,} "
            f"pieces of evidence checked, {len(report.broken)} not found."
        )
        for broken in report.broken[:20]:
            console.print(
                f"  {broken.document_id} {broken.title[:60]}: {broken.reason}", markup=False
            )
    if report.broken:
        raise typer.Exit(1)
