"""Issues that both sides affirm."""

from collections.abc import Callable

import pytest

from detente.records import Reading

Read = Callable[..., Reading]

PAIR = ("CHN", "USA")

SHARED = {
    "both sides": ("Both sides recognized the importance of climate change.", [("climate", PAIR)]),
    "several issues": (
        "Both sides recognized the importance of climate change and food security.",
        [("climate", PAIR), ("food", PAIR)],
    ),
    "A and B": (
        "Tokyo and Seoul affirmed the importance of climate change.",
        [("climate", ("JPN", "KOR"))],
    ),
    "no issue named": ("Both sides reaffirmed what they share.", []),
    "one side only": ("China affirmed the importance of climate change.", []),
    "one side to the other": (
        "China affirmed to the United States the importance of climate change.",
        [],
    ),
    "denied": ("Neither side recognized the importance of climate change.", []),
    "called for": ("Both sides should recognize the importance of climate change.", []),
    "agreed to do": ("Both sides agreed to expand climate talks.", [("climate", PAIR)]),
    "what they go about together": (
        "Both sides discussed their progress on climate change.",
        [("climate", PAIR)],
    ),
    "only talked about": ("Both sides discussed the drought that climate change brings.", []),
    "organs of one state": (
        "Lawmakers welcomed the administration's climate policy.",
        [],
    ),
}


@pytest.mark.parametrize(("text", "expected"), SHARED.values(), ids=SHARED)
def test_interest_needs_both_sides(
    read: Read, text: str, expected: list[tuple[str, tuple[str, str]]]
) -> None:
    assert [(i.issue, i.parties) for i in read(text).shared_interests] == expected


def test_two_sentences_of_one_side_each_are_not_shared(read: Read) -> None:
    reading = read(
        "China affirmed to the United States the importance of climate change.",
        "The United States affirmed to China the importance of climate change.",
    )
    assert len(reading.events) == 2
    assert reading.shared_interests == ()


def test_these_issues_are_those_of_the_sentence_before(read: Read) -> None:
    reading = read(
        "China spoke of climate change.", "Both sides agreed to continue work on these issues."
    )
    assert ("climate", PAIR) in {(i.issue, i.parties) for i in reading.shared_interests}
