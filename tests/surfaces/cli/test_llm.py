"""`detente code --coder llm` as a user meets it."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from detente.pipeline.workspace import SETTINGS_FILE, Workspace
from tests.chat import ChatServer, Say, unused_url
from tests.studies import TALKS, write_documents

Run = Callable[..., tuple[int, str, str]]
KEY = "sk-never-shown-12345"


@pytest.fixture(name="server")
def server_fixture() -> Iterator[ChatServer]:
    with ChatServer() as server:
        yield server


@pytest.fixture(name="talks")
def talks_fixture(empty: Workspace, tmp_path: Path, run: Run) -> Workspace:
    run("add", "-w", empty.folder, write_documents(tmp_path / "in", TALKS))
    return empty


def set_up(workspace: Workspace, url: str, *lines: str) -> Path:
    with (workspace.folder / SETTINGS_FILE).open("a", encoding="utf-8") as file:
        file.write(f'[llm]\nbase_url = "{url}"\nmodel = "a-model"\npause = 0\n' + "\n".join(lines))
    return workspace.folder


def test_tells_what_it_read_and_what_it_cost(
    talks: Workspace, server: ChatServer, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MY_KEY", f" {KEY}\n")
    folder = set_up(talks, server.url, 'key_env = "MY_KEY"')
    code, out, err = run("code", "--coder", "llm", "-w", folder)
    told = " ".join(out.split())
    assert (code, err, set(server.keys)) == (0, "", {f"Bearer {KEY}"})
    assert told.startswith("4 documents, 14 sentences read by llm a-model (prompt ")
    assert "4 requests, 400 tokens; 0 answers from earlier runs." in told
    assert "items of answers refused, 5 of them (all with --json):" in told
    assert run("code", "--coder", "llm", "-w", folder)[1].startswith("Nothing new for llm a-model")
    assert run("brief", "USA", "CHN", "--as-of", "2023-06-30", "-w", folder)[0] == 0
    assert run("verify", "-w", folder)[0] == 0
    written = [p for p in folder.rglob("*") if p.is_file() and KEY.encode() in p.read_bytes()]
    assert (written, KEY in out) == ([], False)


def test_json_tells_all_refusals(talks: Workspace, server: ChatServer, run: Run) -> None:
    server.script = [Say("Certainly!")]
    folder = set_up(talks, server.url, "retries = 0")
    code, out, _ = run("code", "--coder", "llm", "-w", folder, "--json")
    report = json.loads(out)
    assert (code, report["documents"], len(report["left"])) == (0, 3, 1)
    assert len(report["llm"]["refused"]) > 5
    assert {"origin", "reason", "original"} <= report["llm"]["refused"][0].keys()


def test_documents_left_are_told(talks: Workspace, server: ChatServer, run: Run) -> None:
    server.script = [Say("Certainly!")] * 4
    code, out, _ = run("code", "--coder", "llm", "-w", set_up(talks, server.url, "retries = 0"))
    told = " ".join(out.split())
    assert (code, "0 documents, 0 sentences read by llm" in told) == (0, True)
    assert "4 documents left uncoded:" in told
    assert "the answer is no JSON (1 try)" in told


FAULTS = {
    "wrong key": (Say(status=401, body=json.dumps({"error": {"message": f"bad {KEY}"}})),
                  "the key is refused, 401 (bad ***); put a valid key into the variable"),
    "busy": (Say(status=429, body=""), "answers 429 (1 try); wait and run again"),
    "down": (Say(status=503, body=""), "answers 503 (1 try); see to the server"),
    "no model": (Say(status=404, body=""), "correct base_url or model in the [llm] table"),
    "slow": (Say(after=1.0), "no answer within 0.2 s (1 try); raise timeout in the [llm] table"),
}  # fmt: skip


@pytest.mark.parametrize("debug", [False, True], ids=["plain", "debug"])
@pytest.mark.parametrize(("fault", "told"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_one_line(
    talks: Workspace,
    server: ChatServer,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    fault: Say,
    told: str,
    debug: bool,
) -> None:
    monkeypatch.setenv("MY_KEY", KEY)
    server.script = [fault]
    lines = ('key_env = "MY_KEY"', "retries = 0", "timeout = 0.2")
    folder = set_up(talks, server.url, *lines)
    code, out, err = run("code", "--coder", "llm", "-w", folder, *["--debug"][: int(debug)])
    assert (code, out) == (2, "")
    assert debug or err.count("\n") == 1
    assert f"detente: model a-model at {server.url}: " in err
    assert told in err.splitlines()[-1]
    assert KEY not in err


def test_a_spent_budget_says_how_to_go_on(talks: Workspace, server: ChatServer, run: Run) -> None:
    folder = set_up(talks, server.url, "max_requests = 2")
    code, out, err = run("code", "--coder", "llm", "-w", folder)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "2 requests and 200 tokens, max_requests is 2; what is coded stays coded" in err
    assert run("code", "--coder", "llm", "-w", folder)[1].startswith("2 documents")


SETTINGS = {
    "none": ((), "the coder llm has no settings; write a table [llm]"),
    "no variable": (('key_env = "NO_SUCH_KEY"',), "the variable NO_SUCH_KEY is not set; set it"),
    "key in the file": ((f'key_env = "{KEY}"',), "llm.key_env: not the name of a variable"),
    "nobody": (("retries = 0",), "start the server or correct base_url in the [llm] table"),
}


@pytest.mark.parametrize(("lines", "told"), SETTINGS.values(), ids=SETTINGS)
def test_settings_to_mend(
    talks: Workspace, run: Run, monkeypatch: pytest.MonkeyPatch, lines: tuple[str, ...], told: str
) -> None:
    monkeypatch.delenv("NO_SUCH_KEY", raising=False)
    folder = set_up(talks, unused_url(), *lines) if lines else talks.folder
    code, out, err = run("code", "--coder", "llm", "-w", folder)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert told in err
    assert KEY not in err


def test_an_unknown_coder_is_told_of_this_one(talks: Workspace, run: Run) -> None:
    assert "did you mean llm" in run("code", "--coder", "LLM", "-w", talks.folder)[2]
