"""Clock and environment: read here and nowhere else, and passed on as arguments."""

import os
from datetime import UTC, date, datetime
from pathlib import Path

from detente.errors import DateError, SettingsError
from detente.pipeline.workspace import SETTINGS_FILE, Workspace

WORKSPACE_VARIABLE = "DETENTE_WORKSPACE"
LEDGER_VARIABLE = "DETENTE_LEDGER"


def now() -> datetime:
    """Return the present instant, UTC."""
    return datetime.now(UTC)


def day(text: str | None) -> date:
    """Read an `--as-of` day.

    Args:
        text: ISO day, `2023-06-30`; None means today (UTC).

    Returns:
        The day.

    Raises:
        DateError: Not an ISO day, or after today.

    Examples:
        >>> day("2023-06-30").year
        2023
    """
    today = now().date()
    if text is None:
        return today
    try:
        read = date.fromisoformat(text)
    except ValueError as error:
        raise DateError(received=text, reason="not a day", hint="write it as 2023-06-30") from error
    if read > today:
        raise DateError(
            received=text, reason=f"is after today ({today})", hint="name today or an earlier day"
        )
    return read


def cores() -> int:
    """Return how many processes this machine can run side by side."""
    return os.cpu_count() or 1


def secret(variable: str | None) -> str | None:
    """Read a secret from the environment; it is passed on and never shown.

    Args:
        variable: Name of the environment variable, as a setting names it; None for no secret.

    Returns:
        Its value without blanks around it, or None.

    Raises:
        SettingsError: The variable is not set, or empty.
    """
    if variable is None:
        return None
    value = os.environ.get(variable, "").strip()
    if not value:
        raise SettingsError(
            setting="llm.key_env",
            reason=f"the variable {variable} is not set; set it to the endpoint's key, or leave "
            "key_env out for a server that wants none",
            tried=("the environment",),
        )
    return value


def ledger() -> str | None:
    """Return the ledger's URL out of the environment; it may hold a password and is never shown."""
    return os.environ.get(LEDGER_VARIABLE, "").strip() or None


def workspace(folder: Path | None) -> Workspace:
    """Open the workspace that is meant.

    Args:
        folder: The `--workspace` option; else the environment, else this folder or one above.

    Returns:
        The opened workspace.

    Raises:
        SettingsError: None is named and none is found.
    """
    named = os.environ.get(WORKSPACE_VARIABLE)
    if folder is not None or named:
        return Workspace.open(folder or Path(str(named)), ledger())
    here = Path.cwd()
    for place in (here, *here.parents):
        if (place / SETTINGS_FILE).is_file():
            return Workspace.open(place, ledger())
    raise SettingsError(
        setting="workspace",
        reason="none found; make one with: detente init FOLDER",
        tried=("--workspace", WORKSPACE_VARIABLE, f"{here} and the folders above it"),
    )
