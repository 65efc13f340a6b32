"""A workspace coded by a language model: its settings, its budget, its answers."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from detente.coding.llm import LlmCoder
from detente.errors import (
    LlmBudgetError,
    LlmError,
    LlmRefusedError,
    LlmUnfitError,
    SettingsError,
    WorkspaceError,
)
from detente.pipeline.adding import add
from detente.pipeline.coding import code
from detente.pipeline.gaps import gap
from detente.pipeline.llm import ANSWERS, llm_coder, llm_settings
from detente.pipeline.verifying import verify
from detente.pipeline.workspace import SETTINGS_FILE, Workspace
from tests.chat import ChatServer, Say
from tests.studies import TALKS, write_documents

AT = datetime(2024, 1, 2, 12, tzinfo=UTC)
Counts = Callable[[Workspace], dict[str, int]]


@pytest.fixture(name="server")
def server_fixture() -> Iterator[ChatServer]:
    with ChatServer() as server:
        yield server


@pytest.fixture(name="talks")
def talks_fixture(empty: Workspace, tmp_path: Path) -> Workspace:
    """A workspace of four documents, uncoded."""
    add(empty, [write_documents(tmp_path / "in", TALKS)], added_at=AT)
    return empty


def set_up(workspace: Workspace, url: str, *lines: str) -> Workspace:
    """Write the `[llm]` table, the last thing in the file."""
    path = workspace.folder / SETTINGS_FILE
    head = path.read_text(encoding="utf-8").partition("[llm]")[0]
    table = ["[llm]", f'base_url = "{url}"', 'model = "a-model"', "pause = 0", *lines]
    path.write_text(head + "\n".join(table) + "\n", encoding="utf-8")
    return workspace


def test_a_workspace_is_read_by_the_model_it_names(talks: Workspace, server: ChatServer) -> None:
    report = code(set_up(talks, server.url), coded_at=AT, coder="llm")
    assert (report.coder, report.documents, report.left) == ("llm", 4, ())
    assert min(report.events, report.meetings, report.commitments) > 0
    assert report.llm is not None
    assert (report.llm.requests, report.llm.tokens, report.llm.kept_answers) == (4, 400, 0)
    assert report.llm.refused
    assert verify(talks).broken == ()
    assert gap(talks, "USA", "CHN", as_of=date(2023, 6, 30)).coders == (
        f"llm {report.coder_version}",
    )


def test_a_coder_made_by_hand_is_taken(talks: Workspace, server: ChatServer) -> None:
    report = code(talks, coded_at=AT, coder=LlmCoder(server.settings()))
    assert (report.documents, (talks.folder / ANSWERS).exists()) == (4, False)


def test_the_answers_are_kept_for_the_next_coding(
    talks: Workspace, server: ChatServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = code(set_up(talks, server.url), coded_at=AT, coder="llm")
    monkeypatch.setattr(LlmCoder, "version", "2")
    again = code(talks, coded_at=AT, coder="llm")
    assert again.llm is not None
    assert (again.llm.requests, again.llm.kept_answers, len(server.bodies)) == (0, 4, 4)
    assert (again.documents, again.events) == (first.documents, first.events)


def test_what_is_coded_before_the_budget_is_spent_stays(
    talks: Workspace, server: ChatServer, counts: Counts
) -> None:
    set_up(talks, server.url, "max_requests = 3")
    with pytest.raises(LlmBudgetError, match="3 requests and 300 tokens, max_requests is 3"):
        code(talks, coded_at=AT, coder="llm")
    assert counts(talks)["readings"] == 3
    assert code(talks, coded_at=AT, coder="llm").documents == 1
    assert len(server.bodies) == 4


def test_a_refusal_stops_at_once(talks: Workspace, server: ChatServer, counts: Counts) -> None:
    server.script = [Say(), Say(status=401, body="")]
    with pytest.raises(LlmRefusedError, match="put a valid key"):
        code(set_up(talks, server.url), coded_at=AT, coder="llm")
    assert (counts(talks)["readings"], len(server.bodies)) == (1, 2)


def test_a_document_without_a_usable_answer_is_left_for_the_next_run(
    talks: Workspace, server: ChatServer, counts: Counts
) -> None:
    server.script = [Say(), Say("Certainly!")]
    report = code(set_up(talks, server.url, "retries = 0"), coded_at=AT, coder="llm")
    assert (report.documents, counts(talks)["readings"]) == (3, 3)
    (left,) = report.left
    assert left.reason == "the answer is no JSON (1 try), a list of events was wanted"
    with talks.ledger() as ledger:
        assert ledger.document(left.original).title == left.origin
    assert code(talks, coded_at=AT, coder="llm").documents == 1


def test_a_model_that_never_fits_stops_the_run(
    study_once: Path, empty: Workspace, server: ChatServer
) -> None:
    add(empty, [study_once.parent / "in"], added_at=AT)
    server.script = [Say("Certainly!")] * 9
    with pytest.raises(LlmUnfitError, match="name another model") as caught:
        code(set_up(empty, server.url, "retries = 0"), coded_at=AT, coder="llm")
    assert isinstance(caught.value, LlmError)
    assert len(server.bodies) == 5


def test_a_model_beside_other_coders_is_not_asked(talks: Workspace, server: ChatServer) -> None:
    assert code(set_up(talks, server.url), coded_at=AT).llm is None
    assert server.bodies == []


URL = "http://127.0.0.1:9/v1"
WRONG = {
    "no table": ("", r"llm: the coder llm has no settings; write a table \[llm\] with base_url"),
    "no table but a value": ("llm = 3", "llm: input should be a valid dictionary"),
    "no model": (f'[llm]\nbase_url = "{URL}"', r"llm\.model: field required; looked in .*toml"),
    "address": ('[llm]\nmodel = "m"\nbase_url = "a"', r"llm\.base_url: not an http or https"),
    "key": (f'[llm]\nmodel = "m"\nbase_url = "{URL}"\napi_key = "sk-secret"',
            r"llm\.api_key: no such setting; known are base_url, model, key_env"),
    "key for its name": (f'[llm]\nmodel = "m"\nbase_url = "{URL}"\nkey_env = "sk-secret"',
                         r"llm\.key_env: not the name of a variable; write a name in capitals"),
    "budget": (f'[llm]\nmodel = "m"\nbase_url = "{URL}"\nmax_requests = 0',
               r"llm\.max_requests: input should be greater than 0"),
    "broken": ("[llm", "llm: cannot be read"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "told"), WRONG.values(), ids=WRONG)
def test_settings_that_cannot_be_used(empty: Workspace, text: str, told: str) -> None:
    path = empty.folder / SETTINGS_FILE
    path.write_text(path.read_text(encoding="utf-8") + text + "\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=told) as caught:
        llm_settings(empty)
    assert "sk-secret" not in str(caught.value)
    assert caught.value.tried == (str(path),)


def test_a_key_that_the_settings_want_must_be_passed(empty: Workspace) -> None:
    set_up(empty, URL, 'key_env = "MY_KEY"')
    with pytest.raises(SettingsError, match="pass the value of MY_KEY, or leave key_env out"):
        llm_coder(empty)
    assert llm_coder(empty, "k").name == "llm"


def test_a_folder_that_cannot_be_written(talks: Workspace, server: ChatServer) -> None:
    (talks.folder / ANSWERS).write_text("in the way", encoding="utf-8")
    with pytest.raises(WorkspaceError, match=r"an answer cannot be kept .*; free some space"):
        code(set_up(talks, server.url), coded_at=AT, coder="llm")
