"""A workspace: one folder that holds a study, its originals, its ledger and its event panel.

Copy the folder and the study is copied; nothing outside it is written.
"""

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from detente.errors import WorkspaceError
from detente.ledger import Ledger
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
    """

    folder: Path
    pair: tuple[str, str]

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open an existing workspace.

        Args:
            folder: Path that holds `detente.toml`.

        Returns:
            The workspace; nothing is written.

        Raises:
            WorkspaceError: No workspace there, one of a newer version, or a damaged file.
        """
        path = folder / SETTINGS_FILE
        if not path.is_file():
            raise WorkspaceError(
                folder=str(folder),
                reason=f"not a workspace (no {SETTINGS_FILE})",
                hint=f"make one with: detente init {folder}",
            )
        return cls(folder=folder.resolve(), pair=_read_pair(path))

    @property
    def ledger_url(self) -> str:
        """URL of the record store."""
        return f"sqlite:///{self.folder / _LEDGER}"

    def ledger(self) -> Ledger:
        """Open the record store; use it as a context manager."""
        return Ledger.open(self.ledger_url, self.folder / "originals")

    def panel(self) -> EventPanel:
        """Open the event panel."""
        return EventPanel(self.folder / "events")


def init(folder: Path, pair: tuple[str, str] = ("USA", "CHN")) -> Workspace:
    """Make a new workspace.

    Args:
        folder: A path that does not exist yet, or an empty folder.
        pair: Two states by any name the actor tables know.

    Returns:
        The new workspace.

    Raises:
        WorkspaceError: The folder is not empty, or cannot be made.
    """
    first, second = named_pair(*pair)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise WorkspaceError(
            folder=str(folder), reason="is not empty", hint="name a new folder for the workspace"
        )
    _make_folder(folder)
    workspace = Workspace(folder=folder.resolve(), pair=(first, second))
    with Ledger.create(workspace.ledger_url, workspace.folder / "originals"):
        pass
    _write_settings(workspace)
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


def _write_settings(workspace: Workspace) -> None:
    first, second = workspace.pair
    text = (
        "# A Detente workspace. Copy the folder and the study is copied.\n"
        f"version = {WORKSPACE_VERSION}\n"
        f'pair = ["{first}", "{second}"]\n'
    )
    path = workspace.folder / SETTINGS_FILE
    draft = path.with_suffix(".tmp")
    with draft.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _read_pair(path: Path) -> tuple[str, str]:
    folder = str(path.parent)
    try:
        settings = tomllib.loads(path.read_text(encoding="utf-8"))
        _refuse_newer(folder, int(settings["version"]))
        first, second = (resolve_country(str(name)) for name in settings["pair"])
    except (OSError, LookupError, TypeError, ValueError) as error:
        raise WorkspaceError(
            folder=folder,
            reason=f"{SETTINGS_FILE} cannot be read ({error})",
            hint='it needs version = 1 and pair = ["USA", "CHN"]',
        ) from error
    return first, second


def _refuse_newer(folder: str, version: int) -> None:
    if version > WORKSPACE_VERSION:
        raise WorkspaceError(
            folder=folder,
            reason=f"written by a newer detente (version {version}, this one reads up to "
            f"{WORKSPACE_VERSION})",
            hint="upgrade detente; nothing was changed",
        )
