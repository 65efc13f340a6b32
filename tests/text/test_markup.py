"""Visible words of HTML and their places in the source."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.text.markup import folded, visible
from detente.text.original import quoted

PIECES = st.sampled_from(
    [
        "They ",
        "met",
        "<b>",
        "</b>",
        "<p class='a>b'>",
        "</p>",
        "<br/>",
        "&amp;",
        "&copy",
        "&#8220;",
        "&nbsp;",
        " < ",
        "AT&T",
        "&notit;",
        "&hellip;",
        "<!-- a <p> -->",
        "<script>if (a<b) {}</script>",
        "<style>p{}</style>",
        "<st1:place>",
        "\n",
        "<",
        '<a href="x',
        "中国",
    ]
)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        pytest.param("<p>U<b>.S</b>.</p>", "U.S.", id="inline tags join"),
        pytest.param("one<br>two", "one two", id="blocks part"),
        pytest.param("<o:p>a</o:p>b", "ab", id="unknown tags join"),
        pytest.param("a<!-- <p>b --> c", "a c", id="comment"),
        pytest.param("<title>t</title><script>s</script>x", "x", id="hidden elements"),
        pytest.param('<a title="x > y">z</a>', "z", id="bracket in attribute"),
        pytest.param("AT&T &lt;3 &eacute;", "AT&T <3 é", id="entities"),
        pytest.param("a < b", "a < b", id="bare bracket"),
    ],
)
def test_shows_what_a_reader_sees(source: str, text: str) -> None:
    assert folded(visible(source).text) == text


@given(st.lists(PIECES, max_size=25).map("".join), st.data())
def test_every_stretch_of_words_quotes_itself(source: str, data: st.DataObject) -> None:
    page = visible(source)
    words = [at for at, letter in enumerate(page.text) if not letter.isspace()]
    if not words:
        return
    first = data.draw(st.sampled_from(words))
    last = data.draw(st.sampled_from([at for at in words if at >= first]))
    span = page.span(first, last + 1)
    assert quoted(source, span, "text/html") == folded(page.text[first : last + 1])


@pytest.mark.parametrize("piece", ["<a <!-", '<p title="', "<!--", "<script>", "&amp", "</ x"])
def test_broken_markup_is_read_in_one_pass(piece: str) -> None:
    assert len(visible(piece * 50_000).text) <= 50_000 * len(piece)
