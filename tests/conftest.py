from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import settings

from detente.records import DateInterval, Document, DocumentKind, Passage, Span
from detente.text import dates_in

settings.register_profile("house", deadline=None)
settings.load_profile("house")

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
AT = datetime(2024, 12, 31, tzinfo=UTC)

Coded = tuple[Document, list[Passage]]


@pytest.fixture
def shared() -> Path:
    if not SHARED.is_dir():
        pytest.skip("../shared is not here")
    return SHARED


@pytest.fixture(scope="session")
def examples() -> Path:
    return ROOT / "examples" / "us-china"


@pytest.fixture
def make_document() -> Callable[..., Coded]:
    """A dated English document with its sentences, as the text stage would hand it over."""

    def make(
        *sentences: str,
        title: str = "Talks between the United States and China",
        published: DateInterval | None = DateInterval.day(date(2023, 6, 19)),
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
        passages, start = [], 0
        for index, text in enumerate(sentences):
            span = Span(start=start, end=start + len(text))
            passages.append(
                Passage(
                    document_id=document.document_id,
                    index=index,
                    span=span,
                    text=text,
                    paragraph=index,
                    dates=dates_in(text, published),
                )
            )
            start += len(text) + 1
        return document, passages

    return make
