"""Sentences of a paragraph."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.text.sentences import sentences


def _split(text: str) -> list[str]:
    return [text[s.start : s.end] for s in sentences(text)]


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param(["The U.S. agreed.", "So did Gen. Lee of the D.C. office."], id="dots"),
        pytest.param(["They met at 2 p.m. on Jan. 5.", "It was short."], id="hours and months"),
        pytest.param(["He said: “We agreed.”", "Then he left."], id="quotation"),
        pytest.param(["Q: Will you meet?", "When?"], id="question"),
        pytest.param(["MR. LEE: Yes.", "MS. ROE: No."], id="speakers"),
        pytest.param(["- Halt exports; lift tariffs; and report."], id="bullet and semicolons"),
        pytest.param(["Sec. 2. Policy.", "It is the policy to talk."], id="section"),
        pytest.param(["Talks followed:"], id="heading"),
        pytest.param(["They agreed\nto meet.", "Soon."], id="line break inside"),
    ],
)
def test_splits(parts: list[str]) -> None:
    assert _split(" ".join(parts)) == parts


@given(st.text(max_size=300))
def test_no_letter_is_lost_or_read_twice(text: str) -> None:
    assert "".join("".join(_split(text)).split()) == "".join(text.split())
