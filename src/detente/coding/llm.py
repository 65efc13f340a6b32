"""The language-model coder: any chat-completions endpoint, under the same checks as every coder.

It is off unless a user names an endpoint: the sentences of the documents are sent there.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from detente.coding.context import Context
from detente.coding.llm_account import LlmAccount
from detente.coding.llm_answers import KeptAnswers, question_id
from detente.coding.llm_budget import Budget
from detente.coding.llm_client import ChatClient
from detente.coding.llm_drafts import LlmDraft, checked_drafts
from detente.coding.llm_prompt import PROMPT_VERSION, request_messages
from detente.coding.llm_schema import RefusedItem, read_answer
from detente.coding.llm_settings import LlmSettings
from detente.coding.mentions import find_mentions
from detente.coding.readings import reading_of
from detente.coding.sentence import CodedSentence
from detente.errors import LlmAnswerError, LlmCutError, LlmUnfitError, SettingsError
from detente.ontology.lexicon import issues_in
from detente.records import Document, Passage, Reading, Refusal

_MOST_UNREAD = 5
"""Documents in a row without a usable answer after which a model is given up."""


class LlmCoder:
    """Reads events with a language model that the user runs or names.

    Args:
        settings: Endpoint, model, budget of this run.
        key: The endpoint's key; None for one that wants none.
        answers: Folder where answers are kept for later runs; None keeps none.

    Raises:
        SettingsError: The key holds what no key can hold.

    Examples:
        >>> settings = LlmSettings(base_url="http://127.0.0.1:8080/v1", model="a-model")
        >>> LlmCoder(settings).version.startswith("a-model (prompt ")
        True
    """

    name = "llm"

    def __init__(
        self, settings: LlmSettings, *, key: str | None = None, answers: Path | None = None
    ) -> None:
        self._settings = settings
        self._budget = Budget(settings)
        self._client = ChatClient(settings, _checked_key(key, settings.key_env), self._budget)
        self._answers = KeptAnswers(answers)
        self._n_kept = 0
        self._n_unread = 0
        self._refused: list[Refusal] = []

    @property
    def version(self) -> str:
        """The model and the prompt it is asked with."""
        return f"{self._settings.model} (prompt {PROMPT_VERSION})"

    def account(self) -> LlmAccount:
        """Return what this coder spent and what it did not take."""
        return LlmAccount(
            requests=self._budget.requests,
            tokens=self._budget.tokens,
            kept_answers=self._n_kept,
            refused=tuple(self._refused),
        )

    def code(
        self, document: Document, passages: Sequence[Passage], *, coded_at: datetime
    ) -> Reading:
        """Code one document by asking about its sentences.

        Args:
            document: Only English documents with a date are asked about.
            passages: Its sentences in order; a journalist's question is shown, not coded.
            coded_at: Instant to stamp the reading with, UTC.

        Returns:
            The reading; without events for other languages or undated documents.

        Raises:
            LlmAnswerError: No usable answer for this document; the next may fare better.
            LlmCutError: It is longer than the model takes.
            LlmUnfitError: None for this document and those before it. Every other `LlmError` comes
                from asking; all that is kept of the document then is its answers.
        """
        head: dict[str, object] = {
            "coder": self.name,
            "coder_version": self.version,
            "coded_at": coded_at,
        }
        drafts: list[LlmDraft] = []

        def coded(asked: Sequence[Passage], context: Context) -> list[CodedSentence]:
            found = self._drafts(document, asked, context)
            drafts.extend(d for p in asked for d in found.get(p.index, ()))
            return [_sentence(p, tuple(found.get(p.index, ())), context) for p in asked]

        try:
            reading = reading_of(document, passages, head, coded)
        except LlmCutError:
            raise
        except LlmAnswerError as error:
            self._n_unread += 1
            if self._n_unread < _MOST_UNREAD:
                raise
            raise LlmUnfitError(
                url=error.url, model=error.model, documents=self._n_unread, reason=error.reason
            ) from error
        self._n_unread = 0
        return _with_issues(reading, drafts)

    def _drafts(
        self, document: Document, passages: Sequence[Passage], context: Context
    ) -> dict[int, list[LlmDraft]]:
        named = _named(document, passages, context)
        found: dict[int, list[LlmDraft]] = {}
        refused: list[RefusedItem] = []
        for asked in _portions(passages, self._settings.max_sentences):
            items, unfit = read_answer(self._answer(document, passages, asked, context))
            checked = checked_drafts(items, {p.index: p for p in asked}, named)
            found |= checked.drafts
            refused += [*unfit, *checked.refused]
        self._refused += [_refusal(document, item) for item in refused]
        return found

    def _answer(
        self,
        document: Document,
        passages: Sequence[Passage],
        asked: Sequence[Passage],
        context: Context,
    ) -> str:
        messages = request_messages(document, passages, asked, context)
        question = question_id(self._settings.model, messages)
        kept = self._answers.find(question)
        if kept is not None and _is_usable(kept):
            self._n_kept += 1
            return kept
        answer = self._client.ask(messages, _usable)
        self._answers.keep(question, self._settings.model, answer)
        return answer


def _usable(content: str) -> str:
    """The answer as it is, where it can be read."""
    read_answer(content)
    return content


def _is_usable(kept: str) -> bool:
    try:
        read_answer(kept)
    except ValueError:
        return False
    return True


def _checked_key(key: str | None, variable: str | None) -> str | None:
    if key is None or re.fullmatch(r"[!-~]+", key):
        return key
    raise SettingsError(
        setting="llm.key_env",
        reason="the key holds a blank or a letter that no key has; copy it again",
        tried=(variable or "the key that was passed",),
    )


def _portions(passages: Sequence[Passage], most: int) -> Iterator[Sequence[Passage]]:
    asked = [p for p in passages if p.text.strip() and p.speaker != "Q"]
    for start in range(0, len(asked), most):
        yield asked[start : start + most]


def _named(document: Document, passages: Sequence[Passage], context: Context) -> frozenset[str]:
    """Countries and organisations that a document names, or whose account it is."""
    texts = (document.title, *(p.text for p in passages))
    named = {m.country for text in texts for m in find_mentions(text, context.on)}
    own = {context.own.partition("/")[0]} if context.own else set()
    return frozenset(named | own | {*context.parties})


def _sentence(passage: Passage, drafts: tuple[LlmDraft, ...], context: Context) -> CodedSentence:
    mentions = context.mentions(passage.text)
    named = tuple(dict.fromkeys(i for d in drafts for i in d.issues if i != "other"))
    return CodedSentence(passage, mentions, drafts, named or issues_in(passage.text))


def _with_issues(reading: Reading, drafts: Sequence[LlmDraft]) -> Reading:
    """Give each event the issues its model named; events and drafts are in one order."""
    events = tuple(
        event.model_copy(update={"issues": draft.issues})
        for event, draft in zip(reading.events, drafts, strict=True)
    )
    return reading.model_copy(update={"events": events})


def _refusal(document: Document, item: RefusedItem) -> Refusal:
    place = "" if item.sentence is None else f", sentence {item.sentence}"
    return Refusal(
        origin=f"{document.title or document.document_id}{place}",
        line=None,
        reason=item.reason,
        original=item.original,
    )
