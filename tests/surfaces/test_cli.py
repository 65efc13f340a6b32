import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from detente.surfaces.cli.app import COMMANDS, main

TEXT = "Beijing accused Washington of pressure. The two sides agreed to keep talking all year."
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*words: object) -> tuple[int, str, str]:
        code = main([str(word) for word in words])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


@pytest.fixture
def study(tmp_path: Path, run: Run) -> Path:
    folder = tmp_path / "study"
    note = tmp_path / "note.md"
    note.write_text(f"---\ntitle: A note\npublished: 2023-06-19\n---\n{TEXT}\n", encoding="utf-8")
    assert run("init", folder)[0] == 0
    assert run("add", note, "-w", folder)[0] == 0
    assert run("code", "-w", folder)[0] == 0
    return folder


def bad_calls(study: Path) -> dict[str, tuple[tuple[object, ...], str]]:
    brief = ("brief", "USA", "CHN", "-w", study)
    table = study.parent / "events.parquet"
    table.write_bytes(b"PAR1")
    empty = study.parent / "empty.txt"
    empty.touch()
    return {
        "unknown country": (("gap", "USA", "Chyna", "-w", study), "did you mean"),
        "one state": (("brief", "USA", "United States", "-w", study), "two different states"),
        "future day": ((*brief, "--as-of", "2099-01-01"), "is after today"),
        "no day": ((*brief, "--as-of", "June"), "write it as 2023-06-30"),
        "no workspace": (("code", "-w", study.parent / "none"), "detente init"),
        "unknown issue": (("gap", "USA", "CHN", "--issue", "tawan", "-w", study), "taiwan"),
        "table untold": (("add", table, "-w", study), "--mapping"),
        "future document": (("add", study / "x", "--date", "2099-01-01", "-w", study), "is after"),
        "empty file": (("add", empty, "-w", study), "empty"),
        "not empty": (("init", study), "is not empty"),
        "no such option": (("gap", "--nope"), "No such option"),
    }


@pytest.mark.parametrize(
    "kind",
    [
        "unknown country",
        "one state",
        "future day",
        "no day",
        "no workspace",
        "unknown issue",
        "table untold",
        "future document",
        "empty file",
        "not empty",
        "no such option",
    ],
)
def test_what_a_user_can_mend_is_one_line_and_code_two(study: Path, run: Run, kind: str) -> None:
    words, told = bad_calls(study)[kind]
    code, _, err = run(*words)
    assert code == 2
    assert told in err
    assert err.count("\n") == 1


def test_a_newer_workspace_is_left_alone(study: Path, run: Run) -> None:
    settings = study / "detente.toml"
    newer = settings.read_text(encoding="utf-8").replace("version = 1", "version = 99")
    settings.write_text(newer, encoding="utf-8")
    code, _, err = run("code", "-w", study)
    assert (code, "upgrade detente" in err) == (2, True)
    assert settings.read_text(encoding="utf-8") == newer


def test_debug_shows_the_traceback(study: Path, run: Run) -> None:
    assert "Traceback" in run("--debug", "gap", "USA", "Chyna", "-w", study)[2]


@pytest.mark.parametrize(
    "words",
    [
        ("code",),
        ("verify",),
        ("brief", "USA", "CHN", "--as-of", "2023-06-30"),
        ("gap", "USA", "CHN", "--as-of", "2023-06-30"),
        ("meetings", "USA", "CHN", "--as-of", "2023-06-30"),
        ("commitments", "USA", "CHN", "--as-of", "2023-06-30"),
    ],
    ids=lambda words: words[0],
)
def test_json_is_json(study: Path, run: Run, words: tuple[str, ...]) -> None:
    code, out, _ = run(*words, "--json", "-w", study)
    assert code == 0
    assert isinstance(json.loads(out), dict)


def test_the_brief_prints_and_writes_its_page(study: Path, run: Run) -> None:
    code, out, _ = run("brief", "USA", "China", "--as-of", "2023-06-30", "-w", study)
    assert code == 0
    assert "Words, deeds and gap" in out
    page = study / "briefs" / "usa-chn-2023-06-30.html"
    assert "keep talking all year" in page.read_text(encoding="utf-8")


def test_the_workspace_is_found_from_within(
    study: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = study / "originals"
    monkeypatch.chdir(inside)
    assert run("verify")[0] == 0
    monkeypatch.chdir(study.parent)
    assert "looked in --workspace" in run("verify")[2]
    monkeypatch.setenv("DETENTE_WORKSPACE", str(study))
    assert run("verify")[0] == 0


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(run: Run, name: str) -> None:
    code, out, _ = run(name, "--help")
    assert code == 0
    assert "--json" in out


def test_the_installed_command_runs() -> None:
    script = Path(sys.executable).parent / "detente"
    done = subprocess.run([script, "--help"], capture_output=True, text=True, check=True)
    assert all(name in done.stdout for name in COMMANDS)
