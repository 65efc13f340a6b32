"""Every fault of an endpoint, from a real server on this machine."""

import json
import logging
from collections.abc import Iterator

import pytest

from detente.coding.llm_budget import Budget
from detente.coding.llm_client import ChatClient
from detente.coding.llm_schema import read_answer
from detente.coding.llm_settings import LlmSettings
from detente.errors import (
    LlmAnswerError,
    LlmBudgetError,
    LlmCutError,
    LlmError,
    LlmRefusedError,
    LlmUnavailableError,
)
from tests.chat import ChatServer, Say, event, events, unused_url

KEY = "sk-never-shown-12345"
GOOD = Say(events(event()))
MESSAGES = [{"role": "system", "content": "Code."}, {"role": "user", "content": "{}"}]


@pytest.fixture(name="server")
def server_fixture() -> Iterator[ChatServer]:
    with ChatServer(lambda question: events(event())) as server:
        yield server


def ask(settings: LlmSettings, key: str | None = KEY) -> tuple[int, Budget]:
    """Number of events of the answer, and what it cost."""
    budget = Budget(settings)
    items, _ = ChatClient(settings, key, budget).ask(MESSAGES, read_answer)
    return len(items), budget


def told(status: int, message: str = "") -> Say:
    return Say(status=status, body=json.dumps({"error": {"message": message}}))


PASSING = {
    "429": [told(429, "slow down")],
    "500 twice": [told(500), told(503)],
    "page of a proxy": [Say(status=502, body="<html>Bad gateway</html>")],
    "no JSON": [Say("Certainly! Here are the events."), Say('{"events": [')],
    "a list": [Say("[1, 2]")],
    "no list of events": [Say('{"events": {"actor": "USA/GOV"}}')],
    "declined": [Say(body='{"choices": [{"message": {"content": null, "refusal": "no"}}]}')],
    "no completion": [Say(body='{"choices": []}'), Say(body="[]"), Say(body="fine")],
    "slow": [Say(after=2.0)],
}


@pytest.mark.parametrize("script", PASSING.values(), ids=PASSING)
def test_a_passing_fault_is_tried_again(server: ChatServer, script: list[Say]) -> None:
    server.script = list(script)
    found, budget = ask(server.settings(timeout=0.5))
    assert (found, budget.requests) == (1, len(script) + 1)
    assert len(server.bodies) == len(script) + 1


LASTING = {
    "429": (told(429, "quota"), LlmUnavailableError, r"429 \(quota\) \(4 tries\); wait and run"),
    "500": (told(500), LlmUnavailableError, r"answers 500 \(4 tries\); see to the server"),
    "slow": (Say(after=1.0), LlmUnavailableError, r"within 0.2 s \(4 tries\); raise timeout"),
    "no JSON": (Say("Sure."), LlmAnswerError, r"no JSON \(4 tries\).*name another model"),
    "wrong key": (told(401, f"{KEY} is bad"), LlmRefusedError, r"401 \(\*\*\* is bad\); put a va"),
    "may not": (told(403), LlmRefusedError, "name another model, or use another key"),
    "no model": (told(404, "no a-model"), LlmRefusedError, r"404 \(no a-model\); correct base_url"),
    "no money": (told(402), LlmRefusedError, "top it up"),
    "moved": (Say(status=301, body=""), LlmRefusedError, "has moved, 301; correct base_url"),
    "bad request": (told(400, "bad"), LlmRefusedError, r"400 \(bad\); correct in the \[llm\]"),
    "cut answer": (Say('{"events": [', finish="length"), LlmCutError, "cut.*lower max_sentences"),
    "too long": (
        told(400, "maximum context length is 4096"), LlmCutError, "too long.*lower max_sentences",
    ),
}  # fmt: skip
_TRIES = {LlmUnavailableError: 4, LlmAnswerError: 4, LlmRefusedError: 1, LlmCutError: 1}


@pytest.mark.parametrize(("fault", "error", "mend"), LASTING.values(), ids=LASTING)
def test_a_lasting_fault_is_one_line_with_its_mend(
    server: ChatServer, fault: Say, error: type[LlmError], mend: str
) -> None:
    server.script = [fault] * 9
    with pytest.raises(error, match=mend) as caught:
        ask(server.settings(timeout=0.2))
    assert type(caught.value) is error
    assert "\n" not in str(caught.value)
    assert KEY not in str(caught.value)
    assert f"model a-model at {server.url}: " in str(caught.value)
    plainer = 1 if fault.status == 400 and error is LlmRefusedError else 0
    assert len(server.bodies) == _TRIES[error] + plainer


def test_nobody_listens() -> None:
    settings = LlmSettings(base_url=unused_url(), model="a-model", pause=0, retries=1)
    with pytest.raises(LlmUnavailableError, match=r"refused \(2 tries\); start the server or"):
        ask(settings)


def test_waits_longer_each_time_and_as_long_as_it_is_asked(
    server: ChatServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    monkeypatch.setattr("tenacity.nap.time.sleep", waited.append)
    late = Say(status=429, body="", headers={"Retry-After": "7"})
    endless = Say(status=429, body="", headers={"Retry-After": "86400"})
    server.script = [told(500), told(500), late, endless, told(500)]
    assert ask(server.settings(pause=2, retries=5))[0] == 1
    assert waited == [2, 4, 8, 60, 32]


@pytest.mark.parametrize(
    ("message", "left"),
    [
        pytest.param("temperature must be 1", {"response_format"}, id="temperature"),
        pytest.param("response_format is not known", {"temperature"}, id="format"),
        pytest.param("json_schema is not known", {"temperature"}, id="unnamed"),
    ],
)
def test_an_endpoint_is_asked_for_what_it_offers(
    server: ChatServer, message: str, left: set[str]
) -> None:
    server.script = [told(400, message)]
    assert ask(server.settings())[0] == 1
    wishes = [{"temperature", "response_format"} & body.keys() for body in server.bodies]
    assert wishes == [{"temperature", "response_format"}, left]


def test_the_form_of_the_answer_is_asked_for(server: ChatServer) -> None:
    ask(server.settings())
    form = server.bodies[0]["response_format"]
    assert (form["type"], form["json_schema"]["strict"]) == ("json_schema", True)
    assert server.bodies[0] | {"response_format": 0} == {
        "model": "a-model", "messages": MESSAGES, "temperature": 0, "response_format": 0,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("key", "sent"), [(KEY, f"Bearer {KEY}"), (None, None)], ids=["key", "none"]
)
def test_the_key_is_sent_where_there_is_one(
    server: ChatServer, key: str | None, sent: str | None
) -> None:
    ask(server.settings(), key)
    assert server.keys == [sent]
    assert KEY not in json.dumps(server.bodies)


def test_no_log_holds_the_key(server: ChatServer, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    server.script = [told(500)]
    ask(server.settings())
    assert "POST" in caplog.text
    assert KEY not in caplog.text


def test_neither_proxy_nor_netrc_of_the_environment_is_used(
    server: ChatServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", unused_url())
    monkeypatch.setenv("NO_PROXY", "")
    assert ask(server.settings())[0] == 1


SPENT = {
    "requests": ({"max_requests": 2}, "2 requests and 0 tokens, max_requests is 2; what is coded"),
    "tokens": ({"max_tokens": 1500}, "tokens, max_tokens is 1,500.*raise max_tokens"),
}


@pytest.mark.parametrize(("budget", "mend"), SPENT.values(), ids=SPENT)
def test_a_try_beyond_the_budget_is_not_sent(
    server: ChatServer, budget: dict[str, object], mend: str
) -> None:
    fault = told(500) if "max_requests" in budget else Say("Sure.", tokens=500)
    server.script = [fault] * 9
    with pytest.raises(LlmBudgetError, match=mend):
        ask(server.settings(**budget))
    assert len(server.bodies) == 2


@pytest.mark.parametrize(
    ("said", "low", "high"),
    [
        pytest.param(Say(GOOD.content, tokens=321), 321, 321, id="told"),
        pytest.param(Say(GOOD.content, tokens=None), 500, 2000, id="estimated"),
        pytest.param(Say(GOOD.content, tokens=-5), 500, 2000, id="nonsense"),
    ],
)
def test_counts_tokens(server: ChatServer, said: Say, low: int, high: int) -> None:
    server.script = [said]
    assert low <= ask(server.settings())[1].tokens <= high


def test_a_question_that_timed_out_is_paid_for(server: ChatServer) -> None:
    server.script = [Say(after=1.0), Say(GOOD.content, tokens=100)]
    assert ask(server.settings(timeout=0.2))[1].tokens > 400
