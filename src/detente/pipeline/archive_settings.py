"""How a workspace treats a publisher's archive: the tables of its `detente.toml`."""

import tomllib
from collections.abc import Mapping

from pydantic import ValidationError

from detente.errors import SettingsError
from detente.pipeline.workspace import SETTINGS_FILE, Workspace
from detente.records import first_fault
from detente.sources.gdelt_settings import GdeltSettings


def gdelt_settings(
    workspace: Workspace, given: Mapping[str, object] | None = None
) -> GdeltSettings:
    """Read where a workspace fetches GDELT's files.

    Args:
        workspace: Its `detente.toml` may hold a table `[gdelt]`.
        given: Settings that stand before those of the table.

    Returns:
        Addresses and manners; the publisher's own address where nothing else is named.

    Raises:
        SettingsError: A setting that is unknown or cannot be used.
    """
    path = workspace.folder / SETTINGS_FILE
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8")).get("gdelt", {})
        return GdeltSettings.model_validate({**table, **(given or {})})
    except ValidationError as error:
        reason = first_fault(error)
        if error.errors()[0]["type"] == "extra_forbidden":
            reason = f"{reason}; known are {', '.join(GdeltSettings.model_fields)}"
    except (OSError, TypeError, ValueError) as error:
        reason = f"cannot be read ({error})"
    raise SettingsError(setting="gdelt", reason=reason, tried=("the call", str(path)))
