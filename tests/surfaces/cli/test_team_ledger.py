"""The commands on a workspace whose records lie on a server; its password is never shown."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from detente.surfaces.settings import LEDGER_VARIABLE
from tests.pdfs import block, pdf
from tests.servers import PASSWORD, database_fixture, server_fixture

__all__ = ["database_fixture", "server_fixture"]

Run = Callable[..., tuple[int, str, str]]
TEXT = (
    "BEIJING, 19 June 2023 - The United States praised China for candid talks in Beijing.\n"
    "China condemned the United States over arms sales to Taiwan."
)


def test_the_commands_work_and_show_no_password(
    tmp_path: Path, run: Run, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "report.pdf").write_bytes(pdf([block(TEXT, size=9)]))
    monkeypatch.setenv(LEDGER_VARIABLE, database)
    folder = tmp_path / "study"
    calls = [
        ("init", folder),
        ("migrate", "-w", folder, "--json"),
        ("add", "-w", folder, tmp_path / "report.pdf", "--json"),
        ("code", "-w", folder, "--coder", "patterns", "--processes", 1),
        ("brief", "USA", "CHN", "-w", folder, "--as-of", "2023-06-30", "--json"),
        ("verify", "-w", folder, "--json"),
    ]
    answers = [run(*words) for words in calls]
    assert [(code, err) for code, _, err in answers] == [(0, "")] * len(calls)
    assert PASSWORD not in repr(answers)
    assert json.loads(answers[2][1])["added"] == 1
    verified = json.loads(answers[-1][1])
    assert (verified["documents"], verified["broken"]) == (1, [])
    assert verified["evidence"] > 0
    files = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pdf"]
    assert not any(PASSWORD.encode() in path.read_bytes() for path in files)


@pytest.mark.parametrize("how", ["by option", "by variable"])
def test_a_server_that_is_away_is_told_in_a_line(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    away = f"postgresql://desk:{PASSWORD}@127.0.0.1:1/study"
    if how == "by variable":
        monkeypatch.setenv(LEDGER_VARIABLE, away)
    words = ["--ledger", away] if how == "by option" else []
    code, out, err = run("init", tmp_path / "study", *words)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "start the server, or mend host and port in the URL" in err
    assert PASSWORD not in err
