from collections.abc import Callable
from datetime import date

import pytest

from detente.coding import PatternCoder
from detente.records import Caption, DateInterval, DocumentKind, Reading, Span
from tests.conftest import AT, Coded

Make = Callable[..., Coded]


def read(coded: Coded) -> Reading:
    return PatternCoder().code(*coded, coded_at=AT)


def events(coded: Coded) -> list[tuple[str, str | None, str, str]]:
    return [(e.actor, e.recipient, e.root, e.mode.value) for e in read(coded).events]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Beijing accused Washington of bullying.",
            [("CHN/GOV", "USA/GOV", "11", "actual")],
            id="accusation",
        ),
        pytest.param(
            "Two companies in China were sanctioned by the United States.",
            [("USA/GOV", "CHN/GOV", "16", "actual")],
            id="passive",
        ),
        pytest.param(
            "The two sides agreed to keep talking.",
            [("USA/GOV", "CHN/GOV", "03", "actual"), ("CHN/GOV", "USA/GOV", "03", "actual")],
            id="joint",
        ),
        pytest.param(
            "Washington did not impose sanctions on China.",
            [("USA/GOV", "CHN/GOV", "16", "denied")],
            id="negated",
        ),
        pytest.param(
            "Washington will impose sanctions on China.",
            [("USA/GOV", "CHN/GOV", "13", "actual")],
            id="a deed to come is a threat",
        ),
        pytest.param(
            "Washington should lift its tariffs on China.",
            [("USA/GOV", "CHN/GOV", "08", "called_for")],
            id="advice",
        ),
        pytest.param(
            "China demanded that the United States lift its sanctions.",
            [("CHN/GOV", "USA/GOV", "10", "actual")],
            id="a demand is no deed of the other",
        ),
        pytest.param("The weather in Beijing was fine.", [], id="no event"),
    ],
)
def test_sentences_become_events(
    make_document: Make, text: str, expected: list[tuple[str, str | None, str, str]]
) -> None:
    assert sorted(events(make_document(text)), key=str) == sorted(expected, key=str)


def test_an_accusation_names_whose_word_it_is(make_document: Make) -> None:
    found = read(make_document("Beijing said that the United States raided Chinese firms.")).events
    assert [(e.actor, e.root, e.attributed_to) for e in found if e.root == "17"] == [
        ("USA/GOV", "17", "CHN/GOV")
    ]


@pytest.mark.parametrize(
    "second",
    ["Wang accused the United States of pressure.", "He accused the United States of pressure."],
    ids=["family name", "pronoun"],
)
def test_persons_named_before_are_known_again(make_document: Make, second: str) -> None:
    found = events(make_document("Wang Yi arrived in Vienna.", second))
    assert ("CHN/GOV", "USA/GOV", "11", "actual") in found


def test_another_wang_is_not_the_one_before(make_document: Make) -> None:
    coded = make_document("Wang Yi met Jake Sullivan in Vienna.", "Wang Nobody accused Washington.")
    assert all(e.evidence.passage == 0 for e in read(coded).events)


def test_a_journalists_question_is_no_event(make_document: Make) -> None:
    document, passages = make_document("Why did Beijing accuse Washington?")
    asked = [p.model_copy(update={"speaker": "Q"}) for p in passages]
    assert read((document, asked)).events == ()


@pytest.mark.parametrize(
    "changes", [{"published": None}, {"language": "zh"}], ids=["undated", "not English"]
)
def test_what_cannot_be_read_gives_nothing(make_document: Make, changes: dict[str, object]) -> None:
    assert read(make_document("Beijing accused Washington.", **changes)).events == ()


def test_a_commitment_has_its_words_and_its_due_date(make_document: Make) -> None:
    text = "China and the United States agreed to open a hotline by the end of 2023."
    (commitment,) = read(make_document(text)).commitments
    assert set(commitment.makers) == {"CHN/GOV", "USA/GOV"}
    assert commitment.what.startswith("open a hotline")
    assert commitment.due is not None
    assert commitment.due.end == date(2023, 12, 31)


def test_a_visit_is_placed_by_its_caption_and_length(make_document: Make) -> None:
    caption = Caption(
        span=Span(start=500, end=560),
        text="Antony Blinken walks with Qin Gang in Beijing, China, June 18, 2023.",
        taken=DateInterval.day(date(2023, 6, 18)),
    )
    coded = make_document(
        "Secretary Blinken’s two-day visit to China went well.",
        "Blinken had meetings with Qin Gang and Wang Yi.",
        published=DateInterval(start=date(2023, 6, 18), end=date(2023, 6, 30)),
        captions=(caption,),
    )
    (meeting,) = read(coded).meetings
    assert {p.name for p in meeting.participants} == {"Antony Blinken", "Qin Gang", "Wang Yi"}
    assert (str(meeting.within), meeting.days, meeting.place) == (
        "2023-06-17/2023-06-19",
        2,
        "Beijing, China",
    )
    assert (meeting.level.value, meeting.format) == ("minister", "visit")


def test_a_meeting_recalled_from_long_before_is_not_a_new_one(make_document: Make) -> None:
    coded = make_document("President Biden met President Xi Jinping in Bali in November 2022.")
    assert read(coded).meetings == ()


def test_an_interest_is_shared_only_when_both_affirm_it(make_document: Make) -> None:
    both = read(make_document("Both sides recognized the importance of climate change."))
    one = read(make_document("Beijing recognized the importance of climate change."))
    assert [i.issue for i in both.shared_interests] == ["climate"]
    assert one.shared_interests == ()


def test_steps_are_an_authors_advice(make_document: Make) -> None:
    text = "The two governments should ease student visas."
    analysis = read(make_document(text, kind=DocumentKind.ANALYSIS))
    readout = read(make_document(text, kind=DocumentKind.READOUT))
    assert [(s.issue, s.difficulty.value) for s in analysis.steps] == [("people", "easy")]
    assert readout.steps == ()
