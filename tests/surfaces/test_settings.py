from datetime import UTC, timedelta
from pathlib import Path

import pytest

from detente.errors import DateError, SettingsError, WorkspaceError
from detente.pipeline.workspace import init
from detente.surfaces import settings
from detente.surfaces.settings import LEDGER_VARIABLE, WORKSPACE_VARIABLE


@pytest.fixture(name="place")
def place_fixture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is no workspace, to be in."""
    for variable in (WORKSPACE_VARIABLE, LEDGER_VARIABLE):
        monkeypatch.delenv(variable, raising=False)
    (tmp_path / "place").mkdir()
    monkeypatch.chdir(tmp_path / "place")
    return tmp_path


def test_the_option_goes_before_the_variable_before_the_folder(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_option, by_variable = init(place / "option"), init(place / "variable")
    here = init(place / "place")
    (place / "place" / "deep" / "er").mkdir(parents=True)
    assert settings.workspace(None) == here
    monkeypatch.chdir(place / "place" / "deep" / "er")
    assert settings.workspace(None) == here
    monkeypatch.setenv(WORKSPACE_VARIABLE, str(by_variable.folder))
    assert settings.workspace(None) == by_variable
    assert settings.workspace(by_option.folder) == by_option


def test_a_named_place_is_not_looked_past(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    init(place / "place")
    monkeypatch.setenv(WORKSPACE_VARIABLE, str(place))
    with pytest.raises(WorkspaceError, match="not a workspace"):
        settings.workspace(None)


def test_nowhere(place: Path) -> None:
    with pytest.raises(
        SettingsError, match=r"then DETENTE_WORKSPACE, then .*place and the folders"
    ):
        settings.workspace(None)


def test_no_day_is_today_and_tomorrow_is_refused() -> None:
    today = settings.day(None)
    assert today == settings.now().date()
    assert settings.now().tzinfo is UTC
    assert settings.day(str(today - timedelta(days=1))) == today - timedelta(days=1)
    with pytest.raises(DateError, match="name today or an earlier day"):
        settings.day(str(today + timedelta(days=2)))


@pytest.mark.parametrize("text", ["", "nonsense", "2023-06-31", "30.06.2023", "2023-06", "None"])
def test_no_day(text: str) -> None:
    with pytest.raises(DateError, match="write it as 2023-06-30"):
        settings.day(text)
