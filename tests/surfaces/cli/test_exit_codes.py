import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from detente.pipeline.workspace import Workspace
from detente.surfaces.cli import code as code_command
from detente.surfaces.cli.output import ProgressBar

Run = Callable[..., tuple[int, str, str]]
DETENTE = Path(sys.executable).with_name("detente")


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        pytest.param(KeyboardInterrupt(), 130, "run the same command again to go on", id="Ctrl-C"),
        pytest.param(
            ZeroDivisionError("x / 0"), 1, "unexpected ZeroDivisionError: x / 0", id="bug"
        ),
    ],
)
def test_what_a_user_cannot_mend_is_one_line_too(
    study: Workspace,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    error: BaseException,
    code: int,
    told: str,
) -> None:
    def fail(*args: object, **facts: object) -> None:
        raise error

    monkeypatch.setattr(code_command, "code", fail)
    found, out, err = run("code", "-w", study.folder)
    assert (found, out, err.count("\n")) == (code, "", 1)
    assert told in err


def test_an_interruption_has_no_traceback_to_show(
    study: Workspace, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*args: object, **facts: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(code_command, "code", stop)
    code, _, err = run("--debug", "code", "-w", study.folder)
    assert (code, err.count("\n")) == (130, 1)


def test_interrupted_coding_goes_on(
    empty: Workspace, study_once: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("add", "-w", empty.folder, study_once.parent / "in")

    class Breaking(ProgressBar):
        def advance(self, steps: int = 1) -> None:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("detente.pipeline.coding._BATCH", 5)
        patch.setattr(code_command, "ProgressBar", Breaking)
        assert run("code", "-w", empty.folder)[0] == 130
    code, out, _ = run("code", "-w", empty.folder)
    assert code == 0
    assert out.startswith("13 documents")


def test_a_damaged_original_fails_the_check(study: Workspace, run: Run) -> None:
    assert run("verify", "-w", study.folder)[0] == 0
    path = next(p for p in sorted((study.folder / "originals").rglob("*")) if p.is_file())
    content = path.read_bytes()
    path.write_bytes(content[:-2] + bytes([content[-2] ^ 1]) + content[-1:])
    code, out, err = run("verify", "-w", study.folder)
    assert (code, err) == (1, "")
    assert "1 not found" in " ".join(out.split())
    assert "its bytes have changed" in " ".join(out.split())


def call(*words: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    """The installed script in a process of its own."""
    line = [str(DETENTE), *map(str, words)]
    return subprocess.run(line, cwd=cwd, capture_output=True, text=True, check=False, timeout=120)


@pytest.mark.slow
def test_the_installed_script(study: Workspace, tmp_path: Path) -> None:
    done = call("gap", "USA", "CHN", "--as-of", "2023-06-30", cwd=study.folder / "originals")
    assert (done.returncode, done.stderr) == (0, "")
    assert "too few deeds" in done.stdout
    failed = call("gap", "USA", "Chyna", cwd=study.folder)
    assert (failed.returncode, failed.stdout, failed.stderr.count("\n")) == (2, "", 1)
    lost = call("verify", cwd=tmp_path)
    assert (lost.returncode, lost.stderr.count("\n")) == (2, 1)
    assert "Traceback" not in failed.stderr + lost.stderr
