"""What an author calls for, and how hard it is."""

from collections.abc import Callable

import pytest

from detente.records import Reading

Read = Callable[..., Reading]

CALLS = {
    "easy": ("The two sides should expand student exchanges.", [("people", "easy")]),
    "medium": ("They must lower tariffs.", [("trade", "medium")]),
    "hard": ("They will need to lower tensions around Taiwan.", [("taiwan", "hard")]),
    "several issues": (
        "They need to talk about Taiwan and tariffs.",
        [("taiwan", "hard"), ("trade", "medium")],
    ),
    "a speaker's demand": ("China said the two sides should expand student exchanges.", []),
    "an urging": ("China urged that the two sides must expand student exchanges.", []),
    "no call": ("The two sides expanded student exchanges.", []),
    "no issue": ("The two sides must work harder.", []),
}


@pytest.mark.parametrize(("text", "expected"), CALLS.values(), ids=CALLS)
def test_author_calls_for_it(read: Read, text: str, expected: list[tuple[str, str]]) -> None:
    steps = read(text, kind="analysis").steps
    assert sorted((s.issue, s.difficulty.value) for s in steps) == sorted(expected)


@pytest.mark.parametrize(
    ("kind", "count"),
    [("analysis", 1), ("news", 1), ("other", 1), ("readout", 0), ("legal", 0), ("briefing", 0)],
)
def test_only_texts_with_an_author_have_steps(read: Read, kind: str, count: int) -> None:
    reading = read("The two sides should expand student exchanges.", kind=kind)
    assert len(reading.steps) == count
