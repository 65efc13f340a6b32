"""Near-duplicate bodies."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.text.duplicates import nearest, signature, similarity

WORDS = [f"word{n}" for n in range(200)]
BODY = " ".join(WORDS)


def test_near_same_text_is_found_and_another_is_not() -> None:
    edited = " ".join([*WORDS[:100], "changed", *WORDS[101:]])
    others = {"far": signature(" ".join(reversed(WORDS))), "near": signature(edited)}
    found = nearest(signature(BODY), others)
    assert found is not None
    assert found[0] == "near"
    assert found[1] == pytest.approx(195 / 201, abs=0.06)


@pytest.mark.parametrize("cut", [20, 60, 120])
def test_similarity_estimates_shared_triples(cut: int) -> None:
    rest = " ".join([*WORDS[:-cut], *(f"x{n}" for n in range(cut))])
    shared = 198 - cut
    expected = shared / (2 * 198 - shared)
    assert similarity(signature(BODY), signature(rest)) == pytest.approx(expected, abs=0.1)


@pytest.mark.parametrize(
    ("first", "second", "share"),
    [
        ("They met on May 10.", "They met on May 11.", 0.0),
        ("They met.", "they MET", 1.0),
        ("", "", 0.0),
        ("", BODY, 0.0),
    ],
)
def test_short_texts_are_the_same_or_not(first: str, second: str, share: float) -> None:
    assert similarity(signature(first), signature(second)) == share


@given(st.text(max_size=200), st.text(max_size=200))
def test_similarity_is_symmetric_and_a_share(first: str, second: str) -> None:
    one, two = signature(first), signature(second)
    assert similarity(one, two) == similarity(two, one)
    assert 0.0 <= similarity(one, two) <= 1.0


def test_signature_is_the_same_on_every_run() -> None:
    assert len(signature(BODY)) == 1029
    assert signature(BODY)[:13].hex() == "01c8000000" + signature(BODY)[5:13].hex()
    assert nearest(signature(BODY), []) is None
