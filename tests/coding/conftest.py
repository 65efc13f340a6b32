"""Documents of a few sentences, written for the tests, as the coder sees them."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from detente.coding import PatternCoder
from detente.coding.context import Context
from detente.coding.drafts import Draft, drafts_in
from detente.records import DateInterval, Document, Passage, Reading, Span
from detente.text import dates_in

PUBLISHED = DateInterval.day(date(2023, 6, 20))
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def _document(facts: dict[str, Any]) -> Document:
    known = {
        "document_id": "d1",
        "sha256": "0" * 64,
        "media_type": "text/plain",
        "title": "China and the United States",
        "publisher": "A newspaper",
        "kind": "news",
        "language": "en",
        "published": PUBLISHED,
        "published_basis": "given",
        "added_at": NOW,
    }
    return Document.model_validate(known | facts)


def _passages(sentences: tuple[str, ...], speaker: str | None) -> list[Passage]:
    passages: list[Passage] = []
    start = 0
    for index, text in enumerate(sentences):
        passages.append(
            Passage(
                document_id="d1",
                index=index,
                span=Span(start=start, end=start + len(text)),
                text=text,
                paragraph=0,
                speaker=speaker,
                dates=dates_in(text, PUBLISHED),
            )
        )
        start += len(text) + 1
    return passages


def _read(*sentences: str, speaker: str | None = None, **facts: object) -> Reading:
    passages = _passages(sentences, speaker)
    return PatternCoder().code(_document(facts), passages, coded_at=NOW)


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
    context = Context(PUBLISHED.end, parties, own)
    lines: list[str] = []
    for text in sentences:
        lines = [_line(d) for d in drafts_in(text, context.mentions(text), context)]
    return lines


@pytest.fixture(scope="session")
def directed() -> Callable[..., list[str]]:
    """Return the directed events of the last of some sentences, one line each."""
    return _directed
