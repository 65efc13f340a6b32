"""`detente migrate`: bring an older workspace up to this version."""

from detente.ledger import migrate
from detente.records import Record
from detente.surfaces import settings
from detente.surfaces.cli.options import JsonOption, WorkspaceOption
from detente.surfaces.cli.output import console, print_json


class Migrated(Record):
    """What `migrate` reached."""

    workspace: str
    schema_version: str


def command(workspace: WorkspaceOption = None, *, as_json: JsonOption = False) -> None:
    """Bring a workspace that an older detente wrote up to this version's schema."""
    place = settings.workspace(workspace)
    report = Migrated(workspace=str(place.folder), schema_version=migrate(place.ledger_url))
    if as_json:
        print_json(report)
    else:
        told = f"{report.workspace} is at schema {report.schema_version}."
        console.print(told, markup=False, soft_wrap=True)
