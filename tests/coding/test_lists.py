"""The marks and headings of lists."""

import pytest

from detente.coding.lists import mark_of, undertakes

LINES = {
    "dash": ("- Buy corn.", 2),
    "dot": ("• Buy corn.", 2),
    "number": ("12. Buy corn.", 4),
    "letter": ("(b) Buy corn.", 4),
    "roman": ("iii) Buy corn.", 5),
    "a sentence": ("China buys corn.", None),
    "a year": ("2024. It rained.", None),
    "a dash inside": ("China - it rained.", None),
}


@pytest.mark.parametrize(("text", "mark"), LINES.values(), ids=LINES)
def test_mark(text: str, mark: int | None) -> None:
    assert mark_of(text) == mark


@pytest.mark.parametrize(
    "text", ["China will:", "Both sides agreed to:", "China undertook to: - Buy corn."]
)
def test_a_line_that_undertakes_its_list(text: str) -> None:
    assert undertakes(text) is not None


@pytest.mark.parametrize("text", ["China will act.", "Reply to: the ministry", "Trade:"])
def test_other_lines_undertake_nothing(text: str) -> None:
    assert undertakes(text) is None
