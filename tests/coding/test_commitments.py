"""What was undertaken, by whom, toward whom and by when."""

from collections.abc import Callable

import pytest

from detente.records import Commitment, Reading

Read = Callable[..., Reading]


def _one(reading: Reading) -> Commitment:
    (commitment,) = reading.commitments
    return commitment


WHAT = {
    "agreed to": ("China agreed to open its ports.", "open its ports"),
    "pledged": ("China pledged calm.", "calm"),
    "will": ("China will lift tariffs on American corn.", "lift tariffs on American corn"),
    "to the end of the clause": ("China agreed to wait, while others hurried.", "wait"),
    "to a semicolon": ("China agreed to wait; others hurried.", "wait"),
}


@pytest.mark.parametrize(("text", "expected"), WHAT.values(), ids=WHAT)
def test_what_is_undertaken(read: Read, text: str, expected: str) -> None:
    assert _one(read(text)).what == expected


def test_long_undertaking_is_cut_at_a_word(read: Read) -> None:
    what = _one(read("China agreed to open " + "harbour " * 60 + "soon.")).what
    assert what.endswith("harbour …")
    assert len(what) <= 222


DUE = {
    "by": ("China agreed to wait by December 31, 2023.", "2023-12-31"),
    "until": ("China agreed to wait until June 2024.", "2024-06-01/2024-06-30"),
    "in": ("China agreed to wait in August 2023.", "2023-08-01/2023-08-31"),
    "by goes before in": ("China agreed to meet in August 2023 and by May 1, 2024.", "2024-05-01"),
    "past": ("China agreed to end what began on June 1, 2023.", "None"),
    "since": ("China agreed to wait, as it has since 2023.", "None"),
    "before the undertaking": ("On August 1, 2023, said a paper, China agreed to wait.", "None"),
    "none": ("China agreed to wait.", "None"),
}


@pytest.mark.parametrize(("text", "expected"), DUE.values(), ids=DUE)
def test_due(read: Read, text: str, expected: str) -> None:
    assert str(_one(read(text)).due) == expected


SIDES = {
    "one side to the other": ("China agreed to wait.", {"CHN/GOV"}, "USA/GOV"),
    "one side to a third": ("China pledged calm to Japan.", {"CHN/GOV"}, "JPN/GOV"),
    "both": ("The two sides agreed to wait.", {"CHN/GOV", "USA/GOV"}, None),
    "A and B": ("Tokyo and Seoul agreed to wait.", {"JPN/GOV", "KOR/GOV"}, None),
}


@pytest.mark.parametrize(("text", "makers", "beneficiary"), SIDES.values(), ids=SIDES)
def test_makers_and_beneficiary(
    read: Read, text: str, makers: set[str], beneficiary: str | None
) -> None:
    commitment = _one(read(text))
    assert (set(commitment.makers), commitment.beneficiary) == (makers, beneficiary)
    assert str(commitment.made) == "2023-06-20"


@pytest.mark.parametrize(
    ("text", "issue"),
    [
        ("China agreed to lift its tariffs.", "trade"),
        ("China agreed to wait.", "relations"),
    ],
    ids=["named", "none named"],
)
def test_issue(read: Read, text: str, issue: str) -> None:
    assert _one(read(text)).issue == issue


NONE = {
    "hope": "China hopes to buy corn from the United States.",
    "denied": "China did not agree to wait.",
    "advice": "China should agree to wait.",
    "threat": "China will impose tariffs on American corn.",
    "shared view": "China agreed that trade grew.",
    "deed": "China lifted tariffs on American corn.",
}


@pytest.mark.parametrize("text", NONE.values(), ids=NONE)
def test_no_undertaking(read: Read, text: str) -> None:
    assert read(text).commitments == ()


def test_each_sentence_has_its_own(read: Read) -> None:
    found = read("China agreed to wait.", "China agreed to wait.").commitments
    assert len({c.commitment_id for c in found}) == 2


BOUND = {
    "restated": ("China reaffirmed its commitment to opening its ports.", 1),
    "will go on": ("China reassured Japan that it will continue to buy corn.", 1),
    "ready": ("China expressed readiness to open its ports.", 0),
    "a line before its list": ("China agreed to:", 0),
    "a value held": ("China reaffirmed its commitment to peace.", 0),
}


@pytest.mark.parametrize(("text", "number"), BOUND.values(), ids=BOUND)
def test_what_binds(read: Read, text: str, number: int) -> None:
    assert len(read(text).commitments) == number
