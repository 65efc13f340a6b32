"""A chat-completions endpoint on 127.0.0.1 for the tests: a model made of phrases, and faults on order."""

import json
import socket
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

from detente.coding.context import Context
from detente.coding.drafts import drafts_in
from detente.coding.llm_settings import LlmSettings
from detente.ontology.lexicon import issues_in

Question = dict[str, Any]
"""The user message of a request: `document` and `sentences`."""


@dataclass(frozen=True)
class Say:
    """One answer of the server, in place of the model's own where it says so."""

    content: str | None = None
    """What the model writes; None lets the model answer."""
    status: int = 200
    body: str | None = None
    """All of the body, in place of a completion."""
    headers: Mapping[str, str] = field(default_factory=dict)
    after: float = 0.0
    """Seconds before it answers."""
    finish: str = "stop"
    tokens: int | None = 100
    """None tells no usage."""


def events(*items: Mapping[str, object]) -> str:
    """What a model writes of some events."""
    return json.dumps({"events": items})


def event(sentence: int = 0, **changes: object) -> dict[str, object]:
    """One event of "Beijing accused Washington of bullying.", any field replaced."""
    facts: dict[str, object] = {
        "sentence": sentence,
        "quote": "accused Washington of bullying",
        "actor": "CHN/GOV",
        "recipient": "USA/GOV",
        "root": "11",
        "tone": "conf",
        "act": "blame",
        "mode": "actual",
        "issues": ["relations"],
        "attributed_to": None,
    }
    return facts | changes


def reads_phrases(question: Question) -> str:
    """A model that finds what the phrases find, and makes something up beside it each time."""
    about = question["document"]
    on = date.fromisoformat(about["published"].rpartition("/")[2])
    context = Context(on, tuple(about["sides"]), about["account_of"])
    found: list[Mapping[str, object]] = [{"note": "no event"}, event(-1)]
    for line in question["sentences"]:
        if line.get("only_context"):
            continue
        text = line["text"]
        for draft in drafts_in(text, context.mentions(text), context):
            told = {
                "quote": text[draft.trigger.start : draft.trigger.end],
                "actor": draft.actor,
                "recipient": draft.recipient,
                "root": draft.root,
                "tone": draft.tone.value,
                "act": draft.act.value if draft.act else None,
                "mode": draft.mode.value,
                "issues": issues_in(text),
                "attributed_to": draft.attributed_to,
            }
            found += [event(line["n"], **told), event(line["n"], **told)]
        found += [
            event(line["n"], actor="BOTH/GOV"),
            event(line["n"], recipient="CHN/GOV"),
            event(line["n"], quote="words that nobody said"),
        ]
    return events(*found)


class ChatServer:
    """The endpoint, for as long as the context lasts.

    Attributes:
        script: Answers that come first, each once.
        questions: User messages received, in order.
        bodies: Whole requests received, in order.
        keys: Authorization headers received, in order; None where there was none.
    """

    def __init__(
        self, model: Callable[[Question], str] = reads_phrases, script: Sequence[Say] = ()
    ) -> None:
        self.script = list(script)
        self.bodies: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self._model = model
        self._closing = threading.Event()
        self._server = _Server(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    @property
    def questions(self) -> list[Question]:
        return [json.loads(body["messages"][1]["content"]) for body in self.bodies]

    def settings(self, **changes: object) -> LlmSettings:
        """Settings that name this server and wait for nothing."""
        facts: dict[str, object] = {"base_url": self.url, "model": "a-model", "pause": 0}
        return LlmSettings.model_validate(facts | changes)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _say(self, body: dict[str, Any], key: str | None) -> tuple[int, Mapping[str, str], str]:
        self.bodies.append(body)
        self.keys.append(key)
        said = self.script.pop(0) if self.script else Say()
        self._closing.wait(said.after)
        content = said.content
        if content is None and said.body is None and said.status == 200:
            content = self._model(json.loads(body["messages"][1]["content"]))
        message = {"role": "assistant", "content": content}
        told: dict[str, object] = {"choices": [{"message": message, "finish_reason": said.finish}]}
        if said.tokens is not None:
            told["usage"] = {"total_tokens": said.tokens}
        return said.status, said.headers, json.dumps(told) if said.body is None else said.body

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        say = self._say

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                status, headers, told = say(body, self.headers["Authorization"])
                known = self.path == "/v1/chat/completions"
                self.send_response(status if known else 404)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(told.encode())

            def log_message(self, *args: object) -> None:
                """Say nothing of each request."""

        return Handler


class _Server(ThreadingHTTPServer):
    daemon_threads = False

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that waits no longer is what some tests are about."""


def unused_url() -> str:
    """An address of this machine where nobody listens."""
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{place.getsockname()[1]}/v1"
