"""Sentences written for the tests, as the coder sees them."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from detente.coding import PatternCoder
from detente.coding.context import Context
from detente.coding.drafts import Draft, drafts_in
from detente.records import DateInterval, Document, Passage, Reading, Span
from detente.text import dates_in

NOW = datetime(2026, 1, 1, tzinfo=UTC)
ON = date(2023, 6, 20)


def _document(facts: dict[str, Any]) -> Document:
    known = {
        "document_id": "d1",
        "sha256": "0" * 64,
        "media_type": "text/plain",
        "title": "China and the United States",
        "publisher": "A newspaper",
        "kind": "news",
        "language": "en",
        "published": DateInterval.day(ON),
        "published_basis": "given",
        "added_at": NOW,
    }
    return Document.model_validate(known | facts)


def _passages(sentences: tuple[str, ...], document: Document) -> list[Passage]:
    passages: list[Passage] = []
    start = 0
    for index, text in enumerate(sentences):
        passages.append(
            Passage(
                document_id=document.document_id,
                index=index,
                span=Span(start=start, end=start + len(text)),
                text=text,
                paragraph=0,
                dates=dates_in(text, document.published),
            )
        )
        start += len(text) + 1
    return passages


def _read(*sentences: str, speaker: str | None = None, **facts: object) -> Reading:
    document = _document(facts)
    passages = _passages(sentences, document)
    spoken = [p.model_copy(update={"speaker": speaker}) for p in passages]
    return PatternCoder().code(document, spoken, coded_at=NOW)


@pytest.fixture(scope="session")
def read() -> Callable[..., Reading]:
    """Read sentences of a news report of 20 June 2023; keywords are facts of the document."""
    return _read


def _line(draft: Draft) -> str:
    words = [draft.actor, ">", draft.recipient or "nobody", draft.root, draft.act or "deed"]
    if draft.mode != "actual":
        words.append(draft.mode)
    if draft.attributed_to:
        words.append(f"says {draft.attributed_to}")
    return " ".join(words)


def _directed(
    *sentences: str, parties: tuple[str, ...] = ("USA", "CHN"), own: str | None = None
) -> list[str]:
    context = Context(ON, parties, own)
    lines: list[str] = []
    for text in sentences:
        lines = [_line(d) for d in drafts_in(text, context.mentions(text), context)]
    return lines


@pytest.fixture(scope="session")
def directed() -> Callable[..., list[str]]:
    """Return the directed events of the last of some sentences, one line each."""
    return _directed
