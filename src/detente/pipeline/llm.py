"""The language-model coder of a workspace: its `[llm]` table and the folder of its answers."""

import tomllib

from pydantic import ValidationError

from detente.coding.llm import LlmCoder
from detente.coding.llm_settings import LlmSettings
from detente.errors import SettingsError
from detente.pipeline.workspace import SETTINGS_FILE, Workspace

ANSWERS = "llm-answers"
"""Folder of a workspace that keeps the answers of language models."""

_TABLE = 'write a table [llm] with base_url = "http://127.0.0.1:8080/v1" and model = "..."'


def llm_settings(workspace: Workspace) -> LlmSettings:
    """Read which model a workspace asks.

    Args:
        workspace: Its `detente.toml` holds a table `[llm]`.

    Returns:
        Endpoint, model and budget.

    Raises:
        SettingsError: There is no such table, or a setting in it that cannot be used.
    """
    path = workspace.folder / SETTINGS_FILE
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8")).get("llm")
    except (OSError, ValueError) as error:
        raise SettingsError(
            setting="llm", reason=f"cannot be read ({error})", tried=(str(path),)
        ) from error
    if table is None:
        reason = f"the coder llm has no settings; {_TABLE}"
        raise SettingsError(setting="llm", reason=reason, tried=(str(path),))
    try:
        return LlmSettings.model_validate(table)
    except ValidationError as error:
        name, reason = _first(error)
        raise SettingsError(setting=name, reason=reason, tried=(str(path),)) from error


def llm_coder(workspace: Workspace, key: str | None = None) -> LlmCoder:
    """Make the language-model coder of a workspace, with the budget of one run.

    Args:
        workspace: Its settings say whom to ask; answers are kept in its folder.
        key: The endpoint's key; None only where the settings name no `key_env`.

    Returns:
        A coder to give to `code`; nothing is sent yet.

    Raises:
        SettingsError: The settings cannot be used, or they want a key and none is given.
    """
    settings = llm_settings(workspace)
    if settings.key_env is not None and not key:
        raise SettingsError(
            setting="llm.key_env",
            reason=f"the key is missing; pass the value of {settings.key_env}, or leave key_env out",
            tried=("the key that was passed",),
        )
    return LlmCoder(settings, key=key, answers=workspace.folder / ANSWERS)


def _first(error: ValidationError) -> tuple[str, str]:
    """The first setting that cannot be used, and why; never its value, which may be a key."""
    first = error.errors(include_url=False, include_input=False)[0]
    name = ".".join(["llm", *map(str, first["loc"])])
    if first["type"] == "extra_forbidden":
        return name, f"no such setting; known are {', '.join(LlmSettings.model_fields)}"
    reason = first["msg"].removeprefix("Value error, ")
    return name, f"{reason[:1].lower()}{reason[1:]}"
