"""Turns of a transcript."""

import pytest

from detente.text.speakers import speakers


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        pytest.param(
            [
                "East Room",
                "THE PRESIDENT: Thank you.",
                "Sit down.",
                "Q And China?",
                "THE PRESIDENT: Yes.",
            ],
            [None, "THE PRESIDENT", "THE PRESIDENT", "Q", "THE PRESIDENT"],
            id="carried on",
        ),
        pytest.param(
            ["PRESIDENT XI: (As interpreted.) We agree.", "MS. JEAN-PIERRE: Thanks."],
            ["PRESIDENT XI", "MS. JEAN-PIERRE"],
            id="forms of address",
        ),
        pytest.param(
            ["Q: When?", "A: Soon.", "Soon it is."], ["Q", "A", "A"], id="question, answer"
        ),
        pytest.param(
            ["Reuters: Will he go?", "Li Wei: He will.", "BBC: And she?", "Li Wei: She too."],
            ["Q", "Li Wei", "Q", "Li Wei"],
            id="outlets ask",
        ),
        pytest.param(
            ["CUTTING TARIFFS: The tariff falls.", "KEEPING TALKS: They go on."],
            [None, None],
            id="headings of a fact sheet",
        ),
        pytest.param(["Note: a.", "Note: b.", "Q3 was strong."], [None] * 3, id="notes"),
        pytest.param(
            ["But here’s the deal: go.", "But here’s the deal: go."], [None] * 2, id="prose"
        ),
    ],
)
def test_who_speaks(paragraphs: list[str], expected: list[str | None]) -> None:
    assert list(speakers(paragraphs)) == expected
