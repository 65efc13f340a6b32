"""Originals into documents and passages."""

import gzip
import json
from datetime import UTC, date, datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import TextError
from detente.records import Caption, DateInterval, Document, DocumentKind, Original, Passage
from detente.text import original_text, prepare, quoted

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
NOW = datetime(2026, 11, 1, tzinfo=UTC)
needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="../shared is not here")
LONG = "The two sides agreed to hold a further round of talks on trade in the spring."


def _original(content: str | bytes, media_type: str = "text/plain", **known: object) -> Original:
    raw = content.encode() if isinstance(content, str) else content
    fields = {"content": raw, "media_type": media_type, "origin": "here"} | known
    return Original.model_validate(fields)


def _read(
    content: str | bytes, media_type: str = "text/plain", **known: object
) -> tuple[Document, tuple[Passage, ...]]:
    return prepare(_original(content, media_type, **known), added_at=NOW)


def _misquoted(original: Original) -> list[str]:
    document, passages = prepare(original, added_at=NOW)
    text = original_text(original.content, original.media_type)
    cited: list[Passage | Caption] = [*passages, *document.captions]
    return [c.text for c in cited if quoted(text, c.span, original.media_type) != c.text]


@needs_shared
def test_seed_article_body_title_date_and_captions() -> None:
    key = json.loads((SHARED / "acceptance/seed-blinken-groove.json").read_text(encoding="utf-8"))
    document, passages = _read((SHARED / "seed/article.txt").read_bytes())
    assert [p.text for p in passages] == key["sentences"][5:36]
    assert document.title == key["title"]
    assert (str(document.published), document.published_basis) == (
        "2023-06-18/2023-06-30",
        "caption",
    )
    assert {str(c.taken) for c in document.captions} == {"2023-06-18"}
    assert document.kind is DocumentKind.ANALYSIS


@needs_shared
@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "field", "media_type"),
    [
        ("white_house_china", "text", "application/json"),
        ("china_mfa_briefings_en", "text", "application/json"),
        ("federal_register_china", "text", "text/plain"),
        ("article_extraction_pages", "html", "text/html"),
        ("china_mfa_raw_html", "html", "text/html"),
    ],
)
def test_every_passage_of_real_texts_quotes_exactly(file: str, field: str, media_type: str) -> None:
    with gzip.open(SHARED / f"data/texts/{file}.jsonl.gz") as rows:
        for row in islice(rows, 100):
            content = row if media_type == "application/json" else json.loads(row)[field]
            assert _misquoted(_original(content, media_type)) == []


@given(st.text(max_size=300))
def test_every_passage_of_any_text_quotes_exactly(text: str) -> None:
    raw = f"They met. {text}".encode("utf-8", errors="ignore")
    assert _misquoted(_original(raw)) == []


@given(
    st.text(max_size=60), st.sampled_from(["<b>", "</p><p>", "&amp;", "<br>", "&nbsp;", "<!--x-->"])
)
def test_every_passage_of_any_page_quotes_exactly(text: str, mark: str) -> None:
    body = f"<article><p>{LONG}</p><p>{LONG[:40]}{mark}{text}{LONG[40:]}</p></article>"
    assert _misquoted(_original(body.encode("utf-8", errors="ignore"), "text/html")) == []


def test_document_is_named_by_its_content() -> None:
    document, passages = _read("They met. They agreed.")
    digest = sha256(b"They met. They agreed.").hexdigest()
    assert (document.document_id, document.sha256) == (f"d{digest[:16]}", digest)
    assert {p.document_id for p in passages} == {document.document_id}
    assert [p.index for p in passages] == [0, 1]


def test_what_is_given_stands() -> None:
    day = DateInterval.day(date(2024, 5, 1))
    known: dict[str, Any] = {
        "title": "Call",
        "publisher": "Ministry",
        "published": day,
        "kind": "readout",
        "language": "en",
    }
    document, _ = _read("They spoke.", **known)
    assert document.model_dump(include=set(known)) == known | {"published": day.model_dump()}
    assert document.published_basis == "given"


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Readout of the Minister’s Call", DocumentKind.READOUT),
        ("Joint Statement of the Two Sides", DocumentKind.JOINT_STATEMENT),
        ("Fact Sheet: Talks", DocumentKind.FACT_SHEET),
        ("Regular Press Conference on May 1", DocumentKind.BRIEFING),
        ("Remarks by the Minister", DocumentKind.REMARKS),
        ("Talks end", DocumentKind.OTHER),
    ],
)
def test_kind_follows_the_title(title: str, kind: DocumentKind) -> None:
    assert _read("They spoke.", title=title)[0].kind is kind


def test_rows_and_front_matter_are_only_split() -> None:
    text = "Sign up for our newsletter\n###\nTHE PRESIDENT: We agreed.\nThank you."
    _, row = _read(json.dumps({"text": text}), "application/json")
    _, note = _read(f"---\ntitle: x\n---\n{text}", "text/markdown")
    expected = ["Sign up for our newsletter", "THE PRESIDENT: We agreed.", "Thank you."]
    assert [p.text for p in row] == [p.text for p in note] == expected
    assert [p.speaker for p in row] == [None, "THE PRESIDENT", "THE PRESIDENT"]


def test_dates_are_read_from_the_day_of_publication() -> None:
    day = DateInterval.day(date(2024, 5, 15))
    _, (passage,) = _read("They will meet next month.", published=day)
    assert str(passage.dates[0].interval) == "2024-06-01/2024-06-30"


def test_page_is_read_through_tags_and_entities() -> None:
    source = (
        "<html><head><title>Talks</title></head><body><nav>Home</nav><article><h1>Talks</h1>"
        f"<p>{LONG}</p><p>The U.S. &amp; <b>Chi<i>na</i></b> <script>x()</script>agreed to keep "
        "the lines open. They did.</p></article></body></html>"
    )
    _, passages = _read(source, "text/html")
    assert [p.text for p in passages][-2:] == [
        "The U.S. & China agreed to keep the lines open.",
        "They did.",
    ]


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        pytest.param("### \n* * *", "text/plain", id="marks"),
        pytest.param('{"text": " "}', "application/json", id="blank row"),
        pytest.param("<html><body></body></html>", "text/html", id="empty page"),
        pytest.param("---\ntitle: x\n---\n", "text/markdown", id="front matter alone"),
        pytest.param("Sign up for our newsletter\nFollow us", "text/plain", id="furniture alone"),
    ],
)
def test_text_without_prose_is_refused(content: str, media_type: str) -> None:
    with pytest.raises(TextError, match="give the text itself, in sentences"):
        _read(content, media_type)


def test_refusal_names_file_and_line() -> None:
    with pytest.raises(TextError, match=r"rows.jsonl line 7: .*give it a `text`"):
        _read("{}", "application/json", origin="rows.jsonl", line=7)
