"""Who met whom, when, where, how high and in what form."""

from collections.abc import Callable
from datetime import date

import pytest

from detente.records import Caption, DateInterval, Meeting, Reading, Span

Read = Callable[..., Reading]


def _one(reading: Reading) -> Meeting:
    (meeting,) = reading.meetings
    return meeting


def _caption(text: str, taken: date | None = date(2023, 6, 18)) -> tuple[Caption, ...]:
    on = DateInterval.day(taken) if taken else None
    return (Caption(span=Span(start=900, end=900 + len(text)), text=text, taken=on),)


WITHIN = {
    "day": ("Antony Blinken met Qin Gang on June 18, 2023.", "2023-06-18"),
    "days": ("Antony Blinken met Qin Gang on June 18-19, 2023.", "2023-06-18/2023-06-19"),
    "no date": ("Antony Blinken met Qin Gang.", "2023-06-20"),
    "date to come is not it": ("Antony Blinken met Qin Gang; all ends on June 30.", "2023-06-20"),
    "month is too wide": ("Antony Blinken met Qin Gang in late May.", "2023-06-20"),
}


@pytest.mark.parametrize(("text", "expected"), WITHIN.values(), ids=WITHIN)
def test_days_from_the_text(read: Read, text: str, expected: str) -> None:
    assert str(_one(read(text)).within) == expected


VISITS = {
    "two days": ("two-day", "2023-06-17/2023-06-19", 2),
    "five days, not after publication": ("five-day", "2023-06-14/2023-06-20", 5),
    "no length": ("recent", "2023-06-18", None),
}


@pytest.mark.parametrize(("length", "within", "days"), VISITS.values(), ids=VISITS)
def test_days_from_the_caption_and_the_length(
    read: Read, length: str, within: str, days: int | None
) -> None:
    captions = _caption("Antony Blinken walks in Beijing, China")
    text = f"Antony Blinken’s {length} visit to China ended."
    meeting = _one(read(text, captions=captions))
    assert (str(meeting.within), meeting.days, meeting.place) == (within, days, "Beijing, China")
    assert [e.passage for e in meeting.evidence] == [0, -1]


@pytest.mark.parametrize(
    "captions",
    [_caption("Ships in port"), _caption("Antony Blinken walks", taken=None)],
    ids=["of others", "undated"],
)
def test_other_captions_do_not_date_it(read: Read, captions: tuple[Caption, ...]) -> None:
    meeting = _one(read("Antony Blinken met Qin Gang.", captions=captions))
    assert (str(meeting.within), len(meeting.evidence)) == ("2023-06-20", 1)


NONE = {
    "recalled": "Antony Blinken met Qin Gang in November 2022.",
    "named as a time": "After Antony Blinken met Qin Gang, China waited.",
    "denied": "Antony Blinken did not meet Qin Gang.",
    "to come": "Antony Blinken will meet Qin Gang.",
    "called for": "Antony Blinken should meet Qin Gang.",
    "nobody by name": "The two sides met in Geneva.",
    "within one state": "Lawmakers met with President Biden.",
    "with an organisation": "Antony Blinken met NATO.",
}


@pytest.mark.parametrize("text", NONE.values(), ids=NONE)
def test_no_meeting(read: Read, text: str) -> None:
    assert read(text).meetings == ()


def test_recalled_sentence_is_left_out_beside_a_new_one(read: Read) -> None:
    meeting = _one(
        read("Antony Blinken met Wang Yi in October 2022.", "Antony Blinken met Qin Gang.")
    )
    assert [e.passage for e in meeting.evidence] == [1]


LEVELS = {
    "two leaders": ("Joe Biden met Xi Jinping.", "leader"),
    "the lower side": ("Joe Biden met Qin Gang.", "minister"),
    "the lower side, turned round": ("Xi Jinping met Antony Blinken.", "minister"),
    "highest of a side": ("Antony Blinken met Qin Gang and Xi Jinping.", "minister"),
    "one side named": ("Antony Blinken met China.", "minister"),
}


@pytest.mark.parametrize(("text", "expected"), LEVELS.values(), ids=LEVELS)
def test_level_is_that_of_the_lower_side(read: Read, text: str, expected: str) -> None:
    assert _one(read(text)).level.value == expected


PLACES = {
    "city": ("Antony Blinken met Qin Gang in Beijing on June 18.", "Beijing"),
    "city and state": ("Joe Biden met Xi Jinping in Woodside, California.", "Woodside, California"),
    "month is none": ("Antony Blinken met Qin Gang in June.", None),
    "month, then city": ("In June Antony Blinken met Qin Gang in Vienna.", "Vienna"),
    "city before a month": ("Antony Blinken met Qin Gang in Vienna, June 18.", "Vienna"),
    "none": ("Antony Blinken met Qin Gang.", None),
}


@pytest.mark.parametrize(("text", "expected"), PLACES.values(), ids=PLACES)
def test_place(read: Read, text: str, expected: str | None) -> None:
    assert _one(read(text)).place == expected


FORMATS = {
    "call": ("Joe Biden spoke by phone with Xi Jinping.", "call"),
    "sidelines": ("Joe Biden met Xi Jinping on the sidelines of a forum.", "sidelines"),
    "visit": ("Antony Blinken met Qin Gang on a visit.", "visit"),
    "summit by word": ("Antony Blinken met Qin Gang at a summit.", "summit"),
    "summit by rank": ("Joe Biden met Xi Jinping.", "summit"),
    "dialogue": ("Antony Blinken met Qin Gang.", "dialogue"),
}


@pytest.mark.parametrize(("text", "expected"), FORMATS.values(), ids=FORMATS)
def test_format(read: Read, text: str, expected: str) -> None:
    assert _one(read(text)).format == expected


@pytest.mark.parametrize(
    ("text", "track"),
    [
        ("Antony Blinken met Qin Gang.", "strategic"),
        ("Antony Blinken met Qin Gang for a working group.", "functional"),
    ],
    ids=["strategic", "functional"],
)
def test_track(read: Read, text: str, track: str) -> None:
    assert _one(read(text)).track == track


def test_participants_of_all_sentences_with_office_and_delegation(read: Read) -> None:
    reading = read("Antony Blinken met Chinese officials.", "Antony Blinken met China in Vienna.")
    found = [(p.name, p.country, p.office) for p in _one(reading).participants]
    assert found == [("Antony Blinken", "USA", "Secretary of State"), ("China", "CHN", None)]


def test_one_meeting_for_each_pair_of_states(read: Read) -> None:
    reading = read(
        "Antony Blinken met Qin Gang.", "Antony Blinken met Wang Yi.", "Antony Blinken met Japan."
    )
    names = [{p.name for p in m.participants} for m in reading.meetings]
    assert names == [{"Antony Blinken", "Qin Gang", "Wang Yi"}, {"Antony Blinken", "Japan"}]
    assert len({m.meeting_id for m in reading.meetings}) == 2
