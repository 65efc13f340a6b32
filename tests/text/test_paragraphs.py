"""Paragraphs of plain text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.text.paragraphs import paragraphs

WRAPPED = (
    "The two sides met for the third time this year and agreed on a set of\n"
    "further talks on trade, on visas and on the reopening of the consulates\n"
    "that were closed. No date was set for any of these, and neither side\n"
    "named a head of delegation.\n\nA second round follows.\n- Trade\n- Visas\n"
)


def _split(text: str) -> list[str]:
    return [text[p.start : p.end] for p in paragraphs(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("One.\nTwo.", ["One.", "Two."], id="lines"),
        pytest.param("One.\r\n\r\n  Two. \r\n", ["One.", "Two."], id="blank lines"),
        pytest.param("One.\u2028Two.", ["One.", "Two."], id="line separator"),
        pytest.param(" \n\t\n", [], id="nothing"),
        pytest.param("Title\nA line\nAnother", ["Title", "A line", "Another"], id="short lines"),
    ],
)
def test_a_line_is_a_paragraph(text: str, expected: list[str]) -> None:
    assert _split(text) == expected


def test_text_wrapped_to_a_width_is_joined_but_its_items_are_not() -> None:
    found = _split(WRAPPED)
    assert [len(p.split("\n")) for p in found] == [4, 1, 1, 1]


@given(st.text(max_size=300))
def test_no_letter_is_lost_or_read_twice(text: str) -> None:
    assert "".join("".join(_split(text)).split()) == "".join(text.split())
