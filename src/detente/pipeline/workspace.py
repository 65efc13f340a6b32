"""A workspace: one folder that holds a study, its originals, its ledger and its event panel.

Copy the folder and the study is copied; nothing outside it is written, unless it is told to keep its
ledger on a PostgreSQL server. Originals are files of the folder either way.
"""

import json
import os
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self, cast

from detente.errors import LedgerError, WorkspaceError
from detente.ledger import Ledger, hidden, same_database, without_password
from detente.ontology.states import resolve_country
from detente.panel import EventPanel
from detente.pipeline.naming import named_pair

SETTINGS_FILE = "detente.toml"
WORKSPACE_VERSION = 1
_LEDGER = "ledger.sqlite"


@dataclass(frozen=True)
class Workspace:
    """The folder and the pair of states it studies.

    Attributes:
        folder: Absolute path.
        pair: Two ISO-3 codes, the first pair of the study.
        ledger_url: URL of the record store; it may hold a password and is never shown.
    """

    folder: Path
    pair: tuple[str, str]
    ledger_url: str = field(repr=False)

    @classmethod
    def open(cls, folder: Path, ledger: str | None = None) -> Self:
        """Open an existing workspace.

        Args:
            folder: Path that holds `detente.toml`.
            ledger: `postgresql` URL to use in place of the one in the file: of the same database,
                with a password that no file need hold.

        Returns:
            The workspace; nothing is written.

        Raises:
            WorkspaceError: No workspace there, one of a newer version, a damaged file, or a
                ledger that is not this workspace's.
        """
        path = folder / SETTINGS_FILE
        if not path.is_file():
            raise WorkspaceError(
                folder=str(folder),
                reason=f"not a workspace (no {SETTINGS_FILE})",
                hint=f"make one with: detente init {folder}",
            )
        settings = _read(path)
        url = _chosen_ledger(folder.resolve(), settings.get("ledger"), ledger)
        return cls(folder=folder.resolve(), pair=_pair(path, settings), ledger_url=url)

    def ledger(self) -> Ledger:
        """Open the record store; use it as a context manager."""
        return Ledger.open(self.ledger_url, self.folder / "originals")

    def panel(self) -> EventPanel:
        """Open the event panel."""
        return EventPanel(self.folder / "events")


def init(
    folder: Path, pair: tuple[str, str] = ("USA", "CHN"), ledger: str | None = None
) -> Workspace:
    """Make a new workspace.

    Args:
        folder: A path that does not exist yet, or an empty folder.
        pair: Two states by any name the actor tables know.
        ledger: `postgresql` URL of an empty database for the records; None for a file in the
            folder. It is written into `detente.toml` without its password.

    Returns:
        The new workspace.

    Raises:
        WorkspaceError: The folder is not empty, or cannot be made; or `ledger` is no such URL.
    """
    first, second = named_pair(*pair)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise WorkspaceError(
            folder=str(folder), reason="is not empty", hint="name a new folder for the workspace"
        )
    url = _own_ledger(folder.resolve()) if ledger is None else _checked(folder, ledger)
    _make_folder(folder)
    workspace = Workspace(folder=folder.resolve(), pair=(first, second), ledger_url=url)
    with Ledger.create(workspace.ledger_url, workspace.folder / "originals"):
        pass
    _write_settings(workspace, None if ledger is None else without_password(url))
    return workspace


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WorkspaceError(
            folder=str(folder),
            reason=f"cannot be made ({error.strerror})",
            hint="name a folder where you may write",
        ) from error


def _write_settings(workspace: Workspace, ledger: str | None) -> None:
    first, second = workspace.pair
    head = (
        "# A Detente workspace. Copy the folder and the study is copied.\n"
        if ledger is None
        else "# A Detente workspace: originals and events lie here, records in the ledger named.\n"
    )
    text = f'{head}version = {WORKSPACE_VERSION}\npair = ["{first}", "{second}"]\n'
    if ledger is not None:
        text += f"ledger = {json.dumps(ledger)}\n"
    path = workspace.folder / SETTINGS_FILE
    draft = path.with_suffix(".tmp")
    with draft.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _read(path: Path) -> Mapping[str, object]:
    try:
        settings = tomllib.loads(path.read_text(encoding="utf-8"))
        version = int(settings["version"])
    except (OSError, LookupError, TypeError, ValueError) as error:
        raise _damaged(path, error) from error
    _refuse_newer(str(path.parent), version)
    return settings


def _pair(path: Path, settings: Mapping[str, object]) -> tuple[str, str]:
    named = settings.get("pair")
    try:
        first, second = (resolve_country(str(name)) for name in cast(Sequence[object], named))
    except (LookupError, TypeError, ValueError) as error:
        raise _damaged(path, error) from error
    return first, second


def _damaged(path: Path, error: Exception) -> WorkspaceError:
    return WorkspaceError(
        folder=str(path.parent),
        reason=f"{SETTINGS_FILE} cannot be read ({error})",
        hint='it needs version = 1 and pair = ["USA", "CHN"]',
    )


def _own_ledger(folder: Path) -> str:
    return f"sqlite:///{folder / _LEDGER}"


def _chosen_ledger(folder: Path, named: object, given: str | None) -> str:
    """Return the ledger's URL; one from outside must be the one this workspace has.

    Raises:
        WorkspaceError: The workspace has another, in the folder or on a server.
    """
    settled = None if named is None else _checked(folder, named)
    if given is None:
        return _own_ledger(folder) if settled is None else settled
    asked = _checked(folder, given)
    if settled is None and (folder / _LEDGER).exists():
        rival = _LEDGER
    elif settled is not None and not same_database(settled, asked):
        rival = hidden(settled)
    else:
        return asked
    raise WorkspaceError(
        folder=str(folder),
        reason=f"its ledger is {rival}, not {hidden(asked)} as asked for",
        hint="unset DETENTE_LEDGER or name the workspace it belongs to",
    )


def _checked(folder: Path, url: object) -> str:
    """Return a server's URL.

    Raises:
        WorkspaceError: It is none: a ledger in a file has its place in the folder.
    """
    try:
        if isinstance(url, str) and url.startswith("postgresql") and same_database(url, url):
            return url
        reason = "the ledger named is no PostgreSQL URL"
    except LedgerError as error:
        reason = str(error)
    raise WorkspaceError(
        folder=str(folder),
        reason=reason,
        hint='write ledger = "postgresql://USER@HOST/DATABASE", or leave it out for a file',
    )


def _refuse_newer(folder: str, version: int) -> None:
    if version > WORKSPACE_VERSION:
        raise WorkspaceError(
            folder=folder,
            reason=f"written by a newer detente (version {version}, this one reads up to "
            f"{WORKSPACE_VERSION})",
            hint="upgrade detente; nothing was changed",
        )
