"""One question to a chat-completions endpoint: tries, back-off, and what each refusal means."""

import json
import re
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt

from detente.coding.llm_budget import Budget, estimated_tokens
from detente.coding.llm_http import Poster, Reply
from detente.coding.llm_schema import answer_schema
from detente.coding.llm_settings import LlmSettings
from detente.errors import (
    LlmAnswerError,
    LlmCutError,
    LlmError,
    LlmRefusedError,
    LlmUnavailableError,
)

Answer = TypeVar("Answer")

_LONGEST_PAUSE = 60.0
_TOLD = 200
"""Characters of an endpoint's own words that a message repeats."""
_OK = 200
_TOO_MANY = 429
_UNFIT = frozenset({400, 413, 422})
_PASSING = frozenset({408, 425, _TOO_MANY})
_TOO_LONG = re.compile(r"context.{0,12}(?:length|size|window)|too (?:long|large)", re.IGNORECASE)
_OTHERWISE = ("the request is refused", "correct in the [llm] table what it names")
_MOVED = ("the address has moved", "correct base_url in the [llm] table")
_REFUSALS = {
    401: ("the key is refused", "put a valid key into the variable that key_env names"),
    403: ("the key may not use this model", "name another model, or use another key"),
    402: ("the account may spend no more", "top it up, or use another key"),
    404: ("no such address or model", "correct base_url or model in the [llm] table"),
}


class ChatClient:
    """Asks one model at one endpoint, one question at a time.

    Args:
        settings: Endpoint, model, tries and times.
        key: The endpoint's key; None for one that wants none.
        budget: What may be spent; it counts on.
    """

    def __init__(self, settings: LlmSettings, key: str | None, budget: Budget) -> None:
        self._settings = settings
        self._budget = budget
        self._key = key
        self._poster = Poster(f"{settings.base_url}/chat/completions", key, settings.timeout)
        self._wishes: dict[str, object] = {
            "temperature": 0,
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "events", "strict": True, "schema": answer_schema()},
            },
        }
        """What not every endpoint knows; one that refuses it is asked without."""

    def ask(self, messages: Sequence[dict[str, str]], read: Callable[[str], Answer]) -> Answer:
        """Ask until an answer can be read.

        Args:
            messages: System and user message.
            read: Reads what the model wrote; its ValueError says why that cannot be used.

        Returns:
            What `read` makes of the first answer it can use. Otherwise an `LlmError`: no answer in
            all tries, none that can be read, a refusal, or a budget that is spent.
        """
        tries = Retrying(
            retry=retry_if_exception(_is_worth_another_try),
            stop=stop_after_attempt(self._settings.retries + 1),
            wait=self._pause,
            reraise=True,
        )
        answer: Answer = tries(self._ask_once, messages, read)
        return answer

    def _ask_once(
        self, messages: Sequence[dict[str, str]], read: Callable[[str], Answer]
    ) -> Answer:
        reply = self._send(messages)
        while reply.status in _UNFIT and self._asks_plainer(reply.text):
            reply = self._send(messages)
        if reply.status != _OK:
            raise self._refusal(reply)
        try:
            return read(self._content(reply.text))
        except ValueError as error:
            raise self._unusable(str(error)) from error

    def _send(self, messages: Sequence[dict[str, str]]) -> Reply:
        body = json.dumps({"model": self._settings.model, "messages": messages, **self._wishes})
        self._budget.spend_request(body)
        try:
            reply = self._poster.post(body)
        except TimeoutError as error:
            self._budget.spend_tokens(estimated_tokens(body))
            reason = f"no answer within {self._settings.timeout:g} s"
            raise self._silent(reason, "raise timeout in the [llm] table") from error
        except ConnectionError as error:
            hint = "start the server or correct base_url in the [llm] table"
            reason = f"cannot be reached: {self._safe(str(error))}"
            raise self._silent(reason, hint) from error
        if reply.status == _OK:
            used = _used_tokens(reply.text) or estimated_tokens(body + reply.text)
            self._budget.spend_tokens(used)
        return reply

    def _asks_plainer(self, refusal: str) -> bool:
        """Leave out what the endpoint does not know; False where that cannot be why it refuses."""
        if _TOO_LONG.search(refusal):
            return False
        named = [wish for wish in self._wishes if wish in refusal]
        unknown = named or [wish for wish in self._wishes if wish == "response_format"]
        for wish in unknown:
            del self._wishes[wish]
        return bool(unknown)

    def _content(self, text: str) -> str:
        try:
            choice = json.loads(text)["choices"][0]
            content, end = choice["message"]["content"], choice.get("finish_reason")
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            msg = "the reply is not in the chat-completions format"
            raise ValueError(msg) from None
        if end == "length":
            reason = "the answer is cut at the model's limit"
            raise self._cut(reason)
        if isinstance(content, str):
            return content
        msg = "the model declines to answer"
        raise ValueError(msg)

    def _refusal(self, reply: Reply) -> LlmError:
        told = self._safe(_message(reply.text))
        reason = f"{reply.status}{f' ({told})' if told else ''}"
        if reply.status in _PASSING or reply.status >= 500:
            hint = "wait and run again" if reply.status == _TOO_MANY else "see to the server"
            return self._silent(f"answers {reason}", hint, reply.wait)
        if reply.status in _UNFIT and _TOO_LONG.search(reply.text):
            return self._cut(f"the sentences are too long for the model, {reason}")
        moved = _MOVED if reply.status < 400 else _OTHERWISE
        what, hint = _REFUSALS.get(reply.status, moved)
        return LlmRefusedError(
            url=self._settings.base_url,
            model=self._settings.model,
            reason=f"{what}, {reason}",
            hint=hint,
        )

    def _silent(self, reason: str, hint: str, after: float = 0.0) -> LlmUnavailableError:
        return LlmUnavailableError(
            url=self._settings.base_url,
            model=self._settings.model,
            reason=reason,
            hint=hint,
            tries=self._settings.retries + 1,
            after=after,
        )

    def _unusable(self, reason: str) -> LlmAnswerError:
        return LlmAnswerError(
            url=self._settings.base_url,
            model=self._settings.model,
            reason=reason,
            tries=self._settings.retries + 1,
        )

    def _cut(self, reason: str) -> LlmCutError:
        return LlmCutError(
            url=self._settings.base_url, model=self._settings.model, reason=reason, tries=1
        )

    def _safe(self, text: str) -> str:
        """An endpoint's words on one line, short, and without the key."""
        plain = " ".join(text.split())
        return (plain.replace(self._key, "***") if self._key else plain)[:_TOLD]

    def _pause(self, state: RetryCallState) -> float:
        pause = self._settings.pause * 2.0 ** (state.attempt_number - 1)
        error = state.outcome.exception() if state.outcome else None
        asked = error.after if isinstance(error, LlmUnavailableError) else 0.0
        return min(max(pause, asked), _LONGEST_PAUSE)


def _is_worth_another_try(error: BaseException) -> bool:
    return isinstance(error, LlmUnavailableError | LlmAnswerError) and not isinstance(
        error, LlmCutError
    )


def _used_tokens(text: str) -> int:
    """What the endpoint says a request used; 0 where it does not say."""
    try:
        used = json.loads(text)["usage"]["total_tokens"]
    except (ValueError, LookupError, TypeError, RecursionError):
        return 0
    return used if isinstance(used, int) and used > 0 else 0


def _message(text: str) -> str:
    """The message of an error, where it is one in JSON; else the text."""
    try:
        told: Any = json.loads(text)
        told = told.get("error", told)
        told = told.get("message", "") if isinstance(told, dict) else told
    except (ValueError, AttributeError, RecursionError):
        return "" if text.lstrip().startswith("<") else text
    return told if isinstance(told, str) else ""
