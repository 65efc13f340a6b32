"""From sentences to the records of one document."""

from collections.abc import Callable

import pytest

from detente.records import Event, Reading

Read = Callable[..., Reading]


def _one(reading: Reading) -> Event:
    (event,) = reading.events
    return event


OCCURRED = {
    "named day": ("China accused Japan on June 7, 2023.", "2023-06-07"),
    "nearest day": (
        "On May 1, 2023, a Monday of rain and wind, China accused Japan on June 7, 2023.",
        "2023-06-07",
    ),
    "day to come": ("China accused Japan of plans for June 30, 2023.", "2023-06-20"),
    "no day": ("China accused Japan.", "2023-06-20"),
}


@pytest.mark.parametrize(("text", "expected"), OCCURRED.values(), ids=OCCURRED)
def test_event_happened(read: Read, text: str, expected: str) -> None:
    assert str(_one(read(text)).occurred) == expected


ISSUES = {
    "of the sentence": ("China accused Japan over tariffs.", [("trade",)]),
    "of each clause": (
        "China imposed tariffs on Japan; China banned Japan from its student exchanges.",
        [("trade",), ("people",)],
    ),
    "a word without any": ("China accused Japan.", [("relations",)]),
    "a deed without any": ("China sanctioned Japan.", [("investment",)]),
}


@pytest.mark.parametrize(("text", "expected"), ISSUES.values(), ids=ISSUES)
def test_issues_of_an_event(read: Read, text: str, expected: list[tuple[str, ...]]) -> None:
    assert [e.issues for e in read(text).events] == expected


def test_act_only_of_words(read: Read) -> None:
    found = read("China accused Japan.", "China sanctioned Japan.").events
    assert [(e.realm.value, e.act) for e in found] == [("say", "blame"), ("do", None)]


@pytest.mark.parametrize(("speaker", "count"), [("Q", 0), ("A", 1), (None, 1)])
def test_question_is_no_event(read: Read, speaker: str | None, count: int) -> None:
    assert len(read("Why has China accused Japan?", speaker=speaker).events) == count


UNREAD = {"undated": {"published": None}, "not English": {"language": "zh"}}


@pytest.mark.parametrize("facts", UNREAD.values(), ids=UNREAD)
def test_nothing_read_where_it_cannot_be(read: Read, facts: dict[str, object]) -> None:
    text = "Both sides should agree to meet Antony Blinken on trade; they agreed to wait."
    reading = read(text, kind="analysis", **facts)
    found = (reading.events, reading.meetings, reading.commitments, reading.steps)
    assert found == ((), (), (), ())
    assert read(text, kind="analysis").events


def test_sentences_without_a_pair_are_counted(read: Read) -> None:
    reading = read("Trade grew.", "China accused Japan.", "Chinese trade grew.", title="A report")
    assert reading.passages_skipped == 2


def test_reading_says_who_read_and_when(read: Read) -> None:
    reading = read("Trade grew.")
    assert (reading.document_id, reading.coder, reading.coded_at.isoformat()) == (
        "d1",
        "patterns",
        "2026-01-01T00:00:00+00:00",
    )
