"""What several test files share: where things are, and documents as the text stage hands them over."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from detente.records import DateInterval, Document, DocumentKind, Passage, Span
from detente.text import dates_in

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
AT = datetime(2024, 12, 31, tzinfo=UTC)
JUNE_19 = DateInterval.day(date(2023, 6, 19))

Coded = tuple[Document, list[Passage]]


@pytest.fixture(name="shared")
def shared_fixture() -> Path:
    if not SHARED.is_dir():
        pytest.skip("../shared is not here")
    return SHARED


@pytest.fixture(name="make_document")
def make_document_fixture() -> Callable[..., Coded]:
    """A dated English document with its sentences."""
    return make


def make(
    *sentences: str,
    title: str = "Talks between the United States and China",
    published: DateInterval | None = JUNE_19,
    **changes: object,
) -> Coded:
    facts = {
        "document_id": "d1",
        "sha256": "0" * 64,
        "media_type": "text/plain",
        "title": title,
        "publisher": "A paper",
        "kind": DocumentKind.NEWS,
        "language": "en",
        "published": published,
        "published_basis": "given",
        "added_at": AT,
    }
    document = Document.model_validate(facts | changes)
    return document, _passages(document.document_id, sentences, published)


def _passages(
    document_id: str, sentences: tuple[str, ...], published: DateInterval | None
) -> list[Passage]:
    passages, start = [], 0
    for index, text in enumerate(sentences):
        passages.append(
            Passage(
                document_id=document_id,
                index=index,
                span=Span(start=start, end=start + len(text)),
                text=text,
                paragraph=index,
                dates=dates_in(text, published),
            )
        )
        start += len(text) + 1
    return passages
