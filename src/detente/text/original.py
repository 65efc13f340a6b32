"""The text of a stored original and the words at a span of it.

Everything quoted rests on these two functions: they depend on the stored bytes and the media type
alone, so that a span found once is found again.
"""

import codecs
import json
import re

from detente.errors import TextError
from detente.records import Span
from detente.text.markup import folded, visible
from detente.text.pdf import pdf_text

HTML = "text/html"
JSON = "application/json"
MARKDOWN = "text/markdown"
PDF = "application/pdf"
PLAIN = "text/plain"
TEXT_FIELDS = ("text", "body")
"""Names under which a JSON Lines row holds its text, in order of preference."""

_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w-]{2,40})""",
    re.IGNORECASE,
)
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "iso-8859-1": "cp1252", "latin-1": "cp1252"}
_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(?:.*\r?\n)*?---[ \t]*(?:\r?\n|\Z)")


def original_text(content: bytes, media_type: str) -> str:
    """Return the text that spans of an original count into.

    Plain text and Markdown are decoded as UTF-8, a leading byte order mark left out; HTML as its
    page declares, else as UTF-8; of a JSON Lines row it is the text field; of a PDF the paragraphs
    rebuilt from its lines.

    Args:
        content: The stored bytes.
        media_type: `text/plain`, `text/markdown`, `text/html`, `application/json` or
            `application/pdf`.

    Raises:
        TextError: The bytes are not what the media type says.

    Examples:
        >>> original_text(b'{"title": "Readout", "text": "They met."}', "application/json")
        'They met.'
    """
    if media_type == HTML:
        return _decoded_page(content)
    if media_type == PDF:
        return pdf_text(content)
    try:
        decoded = content.decode("utf-8-sig")
        text = _row_text(decoded) if media_type == JSON else decoded
    except UnicodeDecodeError as error:
        raise TextError(
            path="original",
            reason=f"byte {error.start} is not UTF-8",
            hint="save the file as UTF-8 and add it again",
        ) from error
    except ValueError as error:
        raise TextError(
            path="original", reason=f"not valid JSON ({error})", hint="store one JSON object"
        ) from error
    if text is None:
        raise TextError(
            path="original", reason="a row without text", hint="give it a `text` or `body` field"
        )
    return text


def quoted(text: str, span: Span, media_type: str) -> str:
    """Return the words at a span of an original's text.

    Args:
        text: What `original_text` returned.
        span: Where the words stand.
        media_type: Media type of the original; of HTML the tags and scripts are left out, entities
            are read and white space is folded.

    Examples:
        >>> quoted("<p>Both <b>sides</b>&nbsp;agreed.</p>", Span(start=3, end=33), "text/html")
        'Both sides agreed.'
        >>> quoted("Both sides agreed.", Span(start=5, end=10), "text/plain")
        'sides'
    """
    piece = text[span.start : span.end]
    return folded(visible(piece).text) if media_type == HTML else piece


def front_matter_end(text: str) -> int:
    r"""Return where the body of a Markdown text begins: 0 where it has no front matter.

    Args:
        text: A whole Markdown text.

    Examples:
        >>> front_matter_end("---\ntitle: Call\n---\nThey spoke.")
        20
    """
    found = _FRONT_MATTER.match(text)
    return found.end() if found else 0


def _decoded_page(content: bytes) -> str:
    declared = _declared(content)
    for encoding in (declared, "utf-8-sig"):
        try:
            return content.decode(encoding)
        except UnicodeError:
            continue
    return content.decode(declared, errors="replace")


def _declared(content: bytes) -> str:
    found = _CHARSET.search(content[:4096])
    if content.startswith(codecs.BOM_UTF8) or found is None:
        return "utf-8-sig"
    name = found[1].decode("ascii").lower()
    name = _WIDER.get(name, name)
    try:
        b"<".decode(name)
    except (LookupError, UnicodeError):
        return "utf-8-sig"
    return "utf-8-sig" if codecs.lookup(name).name == "utf-8" else name


def _row_text(row: str) -> str | None:
    fields = json.loads(row)
    texts = [fields.get(name) for name in TEXT_FIELDS] if isinstance(fields, dict) else []
    return next((text for text in texts if isinstance(text, str)), None)
