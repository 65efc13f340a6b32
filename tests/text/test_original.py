"""The text of an original and the words at a span."""

import json

import pytest

from detente.errors import TextError
from detente.records import Span
from detente.text.original import front_matter_end, original_text, quoted


@pytest.mark.parametrize(
    ("content", "media_type", "text"),
    [
        pytest.param(b"\xef\xbb\xbfThey met.", "text/plain", "They met.", id="byte order mark"),
        pytest.param(b"a\r\nb", "text/plain", "a\r\nb", id="line ends stay"),
        pytest.param(
            json.dumps({"body": "Caf\u00e9"}).encode(), "application/json", "Café", id="row's body"
        ),
        pytest.param(
            b'<meta charset="gb2312"><p>\xd6\xd0\xb9\xfa',
            "text/html",
            '<meta charset="gb2312"><p>中国',
            id="declared charset",
        ),
        pytest.param(
            b'<meta charset="hex"><p>A', "text/html", '<meta charset="hex"><p>A', id="no charset"
        ),
    ],
)
def test_decodes(content: bytes, media_type: str, text: str) -> None:
    assert original_text(content, media_type) == text


@pytest.mark.parametrize(
    ("content", "media_type", "mend"),
    [
        pytest.param(b"\x93hi\x94", "text/plain", "save the file as UTF-8", id="cp1252"),
        pytest.param(b'{"title": "x"}', "application/json", "`text` or `body`", id="no text"),
        pytest.param(b"{", "application/json", "store one JSON object", id="broken row"),
    ],
)
def test_refuses(content: bytes, media_type: str, mend: str) -> None:
    with pytest.raises(TextError, match=mend):
        original_text(content, media_type)


def test_quotes_html_without_tags_scripts_and_entities() -> None:
    source = (
        "<p>Both <b>si<i>des</i></b><script>var a = '<p>';</script>&nbsp;&ldquo;agreed&rdquo;</p>"
    )
    span = Span(start=3, end=source.index("</p>", 40))
    assert quoted(source, span, "text/html") == "Both sides “agreed”"


def test_front_matter_must_open_the_text() -> None:
    assert front_matter_end("Text\n---\ntitle: x\n---\n") == 0
    assert front_matter_end("---\r\ntitle: x\r\n---\r\nText") == 20
