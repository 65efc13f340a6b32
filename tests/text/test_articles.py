"""Body paragraphs placed in the visible text of a page."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.text.articles import article, place
from detente.text.markup import visible

LONG = "The two sides agreed to hold a further round of talks on trade in the spring."
OTHER = "Neither side named a date, and no head of delegation has been chosen so far."


@pytest.mark.parametrize(
    ("text", "wanted", "found"),
    [
        pytest.param(f"Menu\n{LONG}\nEnd", [LONG], [LONG], id="whole line"),
        pytest.param(
            f"Yes\n{LONG}\nYes\n{OTHER}", [LONG, "Yes", OTHER], [LONG, "Yes", OTHER], id="short"
        ),
        pytest.param(f"“{LONG}”", [LONG], [f"“{LONG}”"], id="marks around"),
        pytest.param("Menu\nYes, they did", ["Yes"], [], id="short inside a line"),
        pytest.param(LONG, [OTHER], [], id="not there"),
        pytest.param(f"{LONG} {OTHER}", [LONG, OTHER], [LONG, OTHER], id="two in a line"),
    ],
)
def test_places(text: str, wanted: list[str], found: list[str]) -> None:
    assert [text[s.start : s.end] for s in place(text, wanted)] == found


def test_the_short_line_between_its_neighbours_is_meant() -> None:
    text = f"Trade\n{LONG}\nTrade\n{OTHER}\nTrade"
    _, heading, _ = place(text, [LONG, "Trade", OTHER])
    assert heading.start == text.index("Trade", 10)


@given(st.lists(st.sampled_from([LONG, OTHER, "Yes", "Trade", ""]), max_size=8))
def test_places_never_overlap(lines: list[str]) -> None:
    spans = place("\n".join(lines), lines)
    assert all(a.end <= b.start for a, b in pairwise(spans))


def test_page_gives_body_title_and_date() -> None:
    source = (
        '<html><head><title>Talks</title><meta property="article:published_time" '
        'content="2021-03-19T10:00:00Z"></head><body><nav><a href="/">Home</a></nav><article>'
        f"<h1>Talks in Vienna</h1><p>{LONG}</p><p>{OTHER}</p></article>"
        "<footer>All rights reserved</footer></body></html>"
    )
    page = visible(source)
    found = article(source, page, url=None, latest=date(2022, 1, 1))
    assert [page.text[s.start : s.end] for s in found.paragraphs][-2:] == [LONG, OTHER]
    assert (str(found.published), found.lost) == ("2021-03-19", 0)


@pytest.mark.parametrize("source", ["", "<p></p>", "no markup", "<<<>>>"])
def test_page_without_body_gives_nothing(source: str) -> None:
    assert article(source, visible(source), url=None, latest=date(2022, 1, 1)).title is None
