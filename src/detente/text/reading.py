"""Originals into documents and passages: the one way in for every text.

Each passage quotes its original exactly; a text without prose is refused.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from urllib.parse import urlsplit

from detente.errors import TextError
from detente.records import (
    Caption,
    DateInterval,
    Document,
    DocumentKind,
    Original,
    Passage,
    Span,
)
from detente.text.articles import article
from detente.text.blocks import Role, is_prose, roles
from detente.text.calendars import Unit, around
from detente.text.captions import is_caption, taken_on
from detente.text.dates import dates_in
from detente.text.dating import Dating, date_document
from detente.text.language import language_of
from detente.text.markup import folded, visible
from detente.text.original import HTML, JSON, MARKDOWN, PDF, front_matter_end, original_text
from detente.text.paragraphs import paragraphs
from detente.text.pdf import pdf_facts
from detente.text.sentences import sentences
from detente.text.speakers import speakers

_KINDS = (
    (r"\bread-?out of\b|\breadout\b", DocumentKind.READOUT),
    (r"\bjoint (?:\w+ )?(?:statement|communiqu[eé]|declaration)\b", DocumentKind.JOINT_STATEMENT),
    (r"\bfact ?sheet\b", DocumentKind.FACT_SHEET),
    (r"\bpress (?:conference|briefing|gaggle)\b|\bdaily briefing\b", DocumentKind.BRIEFING),
    (r"^(?:remarks|speech|address)\b|\bremarks (?:by|of)\b", DocumentKind.REMARKS),
    (r"\bexecutive order\b|\bproclamation\b|^memorandum\b", DocumentKind.LEGAL),
)
_SECTION_KINDS = (
    (r"^\W*(?:analysis|opinion|comment(?:ary)?|editorial)\b", DocumentKind.ANALYSIS),
    (r"^\W*(?:news|world|politics)\b", DocumentKind.NEWS),
)
_HEADING_MARK = re.compile(r"^#{1,6}\s+|\s+#+$")
_LONGEST_TITLE = 300
_CAPTION_REACH = 15
_SAMPLED = 100
"""Paragraphs read to tell the language."""


@dataclass(frozen=True, slots=True)
class _Layout:
    """A text cut into its parts; spans count into `text`."""

    text: str
    body: tuple[Span, ...]
    captions: tuple[Span, ...] = ()
    front: tuple[str, ...] = ()
    """Lines above the body that are neither headline nor caption."""
    headline: str | None = None
    publisher: str | None = None
    published: DateInterval | None = None
    saved: DateInterval | None = None
    """When the file itself was written."""
    place: Callable[[int, int], Span] | None = None
    """From a stretch of `text` to its span in the original; None where they are the same."""

    def span(self, start: int, end: int) -> Span:
        return self.place(start, end) if self.place else Span(start=start, end=end)

    def words(self, span: Span) -> str:
        piece = self.text[span.start : span.end]
        return folded(piece) if self.place else piece


def prepare(original: Original, *, added_at: datetime) -> tuple[Document, tuple[Passage, ...]]:
    """Read one original: its body in sentences, its title, language, captions and date.

    Rows of JSON Lines and Markdown with front matter are taken to hold the body alone and are only
    split. Plain text, PDF and Markdown without front matter pass the block classifier; of HTML the
    article is taken.

    Args:
        original: What a source handed over.
        added_at: Instant at which it entered the workspace, with its time zone.

    Returns:
        The document, and its sentences in order with their places in the original.

    Raises:
        TextError: The content cannot be decoded, or it holds no prose.

    Examples:
        >>> from datetime import UTC, datetime
        >>> note = Original(
        ...     content=b"They met. They agreed.", media_type="text/plain", origin="n.txt"
        ... )
        >>> document, passages = prepare(note, added_at=datetime(2024, 5, 1, tzinfo=UTC))
        >>> [passage.text for passage in passages]
        ['They met.', 'They agreed.']
    """
    source = _source(original)
    layout = _layout(original, source, added_at)
    if not layout.body:
        raise TextError(
            path=_path(original),
            reason=f"no prose found in {len(source)} characters",
            hint="give the text itself, in sentences",
        )
    document = _document(original, layout, added_at)
    return document, tuple(_passages(document, layout))


def _path(original: Original) -> str:
    return original.origin if original.line is None else f"{original.origin} line {original.line}"


def _source(original: Original) -> str:
    try:
        return original_text(original.content, original.media_type)
    except TextError as error:
        raise TextError(path=_path(original), reason=error.reason, hint=error.hint) from error


def _layout(original: Original, source: str, added_at: datetime) -> _Layout:
    if original.media_type == HTML:
        return _page_layout(original, source, added_at)
    if original.media_type == PDF:
        return _pdf_layout(original, source, added_at)
    start = front_matter_end(source) if original.media_type == MARKDOWN else 0
    if start or original.media_type == JSON:
        return _trusted_layout(source, start)
    return _scraped_layout(source)


def _trusted_layout(source: str, start: int) -> _Layout:
    spans = [s for s in paragraphs(source, start) if is_prose(source[s.start : s.end])]
    headline = None
    if start and len(spans) > 1 and source[spans[0].start] == "#":
        first = spans.pop(0)
        headline = source[first.start : first.end]
    return _Layout(source, tuple(spans), headline=headline)


def _scraped_layout(text: str) -> _Layout:
    spans = paragraphs(text)
    blocks = [text[s.start : s.end] for s in spans]
    found = roles(blocks)
    first = next((at for at, role in enumerate(found) if role is Role.BODY), len(found))
    above = [
        b for b, role in zip(blocks[:first], found[:first], strict=True) if role is Role.FURNITURE
    ]
    return _Layout(
        text,
        tuple(s for s, role in zip(spans, found, strict=True) if role is Role.BODY),
        captions=tuple(s for s, role in zip(spans, found, strict=True) if role is Role.CAPTION),
        front=tuple(above),
        headline=next(
            (b for b, role in zip(blocks, found, strict=True) if role is Role.HEADLINE), None
        ),
    )


def _pdf_layout(original: Original, source: str, added_at: datetime) -> _Layout:
    layout = _scraped_layout(source)
    title, saved = pdf_facts(original.content)
    days = None
    if saved is not None and saved <= added_at.date():
        last = min(around(saved, Unit.MONTH).end, added_at.date())
        days = DateInterval(start=saved, end=last)
    return replace(layout, headline=layout.headline or title, saved=days)


def _page_layout(original: Original, source: str, added_at: datetime) -> _Layout:
    page = visible(source)
    found = article(source, page, url=original.url, latest=added_at.date())
    lines = paragraphs(page.text)
    body = [s for s in found.paragraphs if not is_caption(page.text[s.start : s.end])]
    if not body:
        scraped = _scraped_layout(page.text)
        body, captions, front = list(scraped.body), scraped.captions, scraped.front
    else:
        captions, front = _beside(page.text, lines, body)
    return _Layout(
        page.text,
        tuple(s for s in body if is_prose(page.text[s.start : s.end])),
        captions=captions,
        front=front,
        headline=found.title,
        publisher=found.publisher,
        published=found.published,
        place=page.span,
    )


def _beside(
    text: str, lines: Sequence[Span], body: Sequence[Span]
) -> tuple[tuple[Span, ...], tuple[str, ...]]:
    """Return the captions among and shortly above a page's body, and the lines above it."""
    above = [line for line in lines if line.end <= body[0].start][-_CAPTION_REACH:]
    among = [line for line in lines if body[0].start <= line.start <= body[-1].end]
    captions = [line for line in (*above, *among) if is_caption(text[line.start : line.end])]
    front = [text[line.start : line.end] for line in above if line not in captions]
    return tuple(captions), tuple(front)


def _passages(document: Document, layout: _Layout) -> list[Passage]:
    blocks = [layout.text[s.start : s.end] for s in layout.body]
    found: list[Passage] = []
    for number, (block, span, speaker) in enumerate(
        zip(blocks, layout.body, speakers(blocks), strict=True)
    ):
        for sentence in sentences(block):
            start, end = span.start + sentence.start, span.start + sentence.end
            text = layout.words(Span(start=start, end=end))
            found.append(
                Passage(
                    document_id=document.document_id,
                    index=len(found),
                    span=layout.span(start, end),
                    text=text,
                    paragraph=number,
                    speaker=speaker,
                    dates=dates_in(text, document.published),
                )
            )
    return found


def _document(original: Original, layout: _Layout, added_at: datetime) -> Document:
    digest = sha256(original.content).hexdigest()
    title = _title(original, layout)
    captions = _captions(layout, original.published)
    dating = _dating(original, layout, title, captions)
    return Document(
        document_id=f"d{digest[:16]}",
        sha256=digest,
        media_type=original.media_type,
        title=title,
        publisher=original.publisher or layout.publisher or _host(original.url) or "unknown",
        kind=original.kind or _kind(title, layout.front),
        summary_of=original.summary_of,
        language=original.language or language_of(_sample(layout)),
        published=dating.published,
        published_basis=dating.basis,
        url=original.url,
        account_of=original.account_of,
        captions=captions,
        added_at=added_at,
    )


def _title(original: Original, layout: _Layout) -> str:
    written = original.title or layout.headline or _first_sentence(layout)
    return folded(_HEADING_MARK.sub("", written))[:_LONGEST_TITLE]


def _first_sentence(layout: _Layout) -> str:
    block = layout.words(layout.body[0])
    first = sentences(block)[0]
    return block[first.start : first.end]


def _sample(layout: _Layout) -> str:
    return " ".join(layout.words(span) for span in layout.body[:_SAMPLED])


def _captions(layout: _Layout, published: DateInterval | None) -> tuple[Caption, ...]:
    return tuple(
        Caption(
            span=layout.span(span.start, span.end),
            text=layout.words(span),
            taken=taken_on(layout.words(span), published),
        )
        for span in layout.captions
    )


def _dating(original: Original, layout: _Layout, title: str, captions: Sequence[Caption]) -> Dating:
    return date_document(
        given=original.published,
        metadata=layout.published,
        url=original.url,
        title=title,
        front=layout.front,
        body=[layout.words(span) for span in layout.body],
        captions=captions,
        saved=layout.saved,
    )


def _host(url: str | None) -> str | None:
    return (urlsplit(url).hostname or None) if url else None


def _kind(title: str, front: Sequence[str]) -> DocumentKind:
    for pattern, kind in _KINDS:
        if re.search(pattern, title, re.IGNORECASE):
            return kind
    for pattern, kind in _SECTION_KINDS:
        if any(re.search(pattern, line, re.IGNORECASE) for line in front if len(line) < 60):
            return kind
    return DocumentKind.OTHER
