import shutil
from datetime import date
from pathlib import Path

import pytest

from detente.errors import UnknownNameError, WorkspaceError
from detente.pipeline.briefs import brief
from detente.pipeline.workspace import SETTINGS_FILE, Workspace, init


def test_init_writes_a_folder_that_opens(tmp_path: Path) -> None:
    made = init(tmp_path / "deep" / "study", ("China", "united states"))
    assert made.pair == ("CHN", "USA")
    assert Workspace.open(tmp_path / "deep" / "study") == made
    assert {path.name for path in made.folder.iterdir()} == {SETTINGS_FILE, "ledger.sqlite"}


def test_init_takes_an_empty_folder(tmp_path: Path) -> None:
    assert init(tmp_path).folder == tmp_path.resolve()


def test_init_leaves_a_full_folder_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(WorkspaceError, match="name a new folder"):
        init(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_init_below_a_file_says_what_to_mend(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(WorkspaceError, match="where you may write"):
        init(tmp_path / "file" / "study")


def test_init_of_an_unknown_state_makes_no_folder(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match=r"did you mean .*China"):
        init(tmp_path / "study", ("USA", "Chyna"))
    assert not (tmp_path / "study").exists()


@pytest.mark.parametrize(
    ("settings", "mend"),
    [
        pytest.param('version = 99\npair = ["USA", "CHN"]', "upgrade detente", id="newer"),
        pytest.param("version = 99\nstates = 3", "upgrade detente", id="newer and unlike"),
        pytest.param('version = "x"\npair = ["USA", "CHN"]', "it needs version = 1", id="text"),
        pytest.param('version = []\npair = ["USA", "CHN"]', "it needs version = 1", id="list"),
        pytest.param("version = 1", "it needs version = 1 and pair", id="no pair"),
        pytest.param('version = 1\npair = ["USA"]', "it needs version = 1", id="one state"),
        pytest.param("version = 1\npair = [1, 2]", "it needs version = 1", id="numbers"),
        pytest.param('version = 1\npair = ["USA", "Oz"]', "unknown country 'Oz'", id="no state"),
        pytest.param("version = = 1", "it needs version = 1", id="no TOML"),
    ],
)
def test_open_says_what_is_wrong_with_the_settings(
    empty: Workspace, settings: str, mend: str
) -> None:
    (empty.folder / SETTINGS_FILE).write_text(settings, encoding="utf-8")
    with pytest.raises(WorkspaceError, match=mend):
        Workspace.open(empty.folder)


def test_open_where_there_is_none(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="make one with: detente init"):
        Workspace.open(tmp_path)


def test_to_copy_the_folder_is_to_copy_the_study(study: Workspace, tmp_path: Path) -> None:
    shutil.copytree(study.folder, tmp_path / "copy")
    copied = Workspace.open(tmp_path / "copy")
    day = date(2023, 6, 30)
    assert brief(copied, "USA", "CHN", as_of=day) == brief(study, "USA", "CHN", as_of=day)
