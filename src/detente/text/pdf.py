"""The text of a PDF: its lines as they are read, joined to paragraphs again.

A pure function of the bytes: a span counted into this text is found again in the stored original.
"""

import re
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from threading import Lock
from typing import NamedTuple

import pypdfium2 as pdfium

from detente.errors import TextError
from detente.text.pdf_lines import Page, page_lines
from detente.text.pdf_paragraphs import rebuilt

MOST_PAGES = 2_000
"""Pages of the longest PDF taken."""
MOST_CHARACTERS = 10_000_000
"""Characters of the longest text taken."""
MOST_UNPACKED = 512 * 1024 * 1024
"""Bytes a PDF may grow to when its streams are unpacked."""
_MOST_UNREADABLE = 0.3
_TAIL = 4096
_STREAM = re.compile(rb"stream\r?\n")
_DAY = re.compile(r"D:(\d{4})(\d\d)(\d\d)")
_NO_TITLE = re.compile(
    r"\W*(?:untitled|microsoft \w+\W.*|document\W?\d*|print|.*\.(?:docx?|pdf|indd|html?|rtf|odt|qxd|p65))\W*",
    re.IGNORECASE,
)
_PARSER = Lock()
"""PDFium serves one thread at a time."""


class PdfFacts(NamedTuple):
    """What a PDF says of itself; weak: programs fill it in, often wrongly."""

    title: str | None
    saved: date | None
    """The last day it is known to have been written on."""


def pdf_text(content: bytes) -> str:
    """Return a PDF's text, paragraphs apart by blank lines; running heads and page numbers left out.

    A PDF that is damaged, cut off, encrypted, too large or without text that can be read is a
    `TextError`.

    Args:
        content: The file's bytes.
    """
    _refuse_cut(content)
    _refuse_bomb(content)
    with _opened(content) as document:
        pages = list(_pages(document))
    text = rebuilt(pages)
    _refuse_unreadable(text)
    return text


def pdf_facts(content: bytes) -> PdfFacts:
    """Return what a PDF's metadata says.

    Args:
        content: The file's bytes; `pdf_text` has read them.
    """
    with _opened(content) as document:
        facts = document.get_metadata_dict()
    title = " ".join(facts.get("Title", "").split())
    days = [_day(facts.get(name, "")) for name in ("CreationDate", "ModDate")]
    is_title = len(title.split()) > 1 and _NO_TITLE.fullmatch(title) is None
    return PdfFacts(title if is_title else None, max((d for d in days if d), default=None))


@contextmanager
def _opened(content: bytes) -> Iterator[pdfium.PdfDocument]:
    with _PARSER:
        try:
            document = pdfium.PdfDocument(content)
        except pdfium.PdfiumError as error:
            raise _unopened(str(error)) from error
        try:
            yield document
        except pdfium.PdfiumError as error:
            raise _unopened(str(error)) from error
        finally:
            document.close()


def _unopened(said: str) -> TextError:
    if "assword" in said:
        return TextError(
            path="original",
            reason="an encrypted PDF",
            hint="save a copy without its password and add that",
        )
    return TextError(
        path="original",
        reason="a damaged PDF: a page or its list of contents cannot be read",
        hint="fetch it again, or save it anew from a PDF reader",
    )


def _pages(document: pdfium.PdfDocument) -> Iterator[Page]:
    """Yield every page with its lines.

    Raises:
        TextError: There are too many pages, or too many characters.
    """
    count = len(document)
    if count > MOST_PAGES:
        raise TextError(**_too_large(f"{count:,} pages, more than the {MOST_PAGES:,}"))
    left = MOST_CHARACTERS
    for number in range(count):
        with closing(document[number]) as page, closing(page.get_textpage()) as words:
            left -= words.count_chars()
            if left < 0:
                what = f"more than the {MOST_CHARACTERS:,} characters"
                raise TextError(**_too_large(what))
            width, height = page.get_size()
            yield Page(width, height, page_lines(words))


def _too_large(what: str) -> dict[str, str]:
    reason = f"{what} of the largest PDF taken"
    return {"path": "original", "reason": reason, "hint": "split it into documents"}


def _refuse_cut(content: bytes) -> None:
    """Stop where the end is missing: the parser would take what is left for the whole.

    Raises:
        TextError: The mark of the end is not there.
    """
    if b"%%EOF" not in content[-_TAIL:]:
        raise TextError(path="original", reason="a PDF that is cut off", hint="fetch it again")


def _refuse_bomb(content: bytes) -> None:
    """Stop before a small file that unpacks to a huge one.

    Raises:
        TextError: It unpacks to more than is taken.
    """
    left = MOST_UNPACKED
    end = 0
    for found in _STREAM.finditer(content):
        if found.start() < end:
            continue
        unpacker = zlib.decompressobj()
        rest = content[found.end() : content.find(b"endstream", found.end())]
        try:
            while rest and left > 0:
                left -= len(unpacker.decompress(rest, 1 << 20))
                rest = unpacker.unconsumed_tail
        except zlib.error:
            continue
        end = found.end()
        if left <= 0:
            what = f"unpacks to more than the {MOST_UNPACKED // 1024 // 1024} MB"
            raise TextError(**_too_large(what))


def _refuse_unreadable(text: str) -> None:
    """Stop where there is no text, or only signs without a meaning.

    Raises:
        TextError: A scan, or a font that does not say what its signs mean.
    """
    if not any(letter.isalpha() for letter in text):
        raise TextError(
            path="original",
            reason="a PDF without text, a scan perhaps",
            hint="recognise its text first, for instance with ocrmypdf",
        )
    kinds = Counter("\ue000" <= sign <= "\uf8ff" or sign == "\ufffd" for sign in text)
    if kinds[True] > _MOST_UNREADABLE * len(text):
        raise TextError(
            path="original",
            reason="a PDF whose fonts do not say what their signs mean",
            hint="recognise its text first, for instance with ocrmypdf --force-ocr",
        )


def _day(written: str) -> date | None:
    found = _DAY.match(written)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
