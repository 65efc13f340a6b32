"""When a document was published and what tells it."""

from datetime import date

import pytest

from detente.records import Caption, DateInterval, Span
from detente.text.dating import date_document

DAY = DateInterval.day(date(2021, 3, 19))


def _caption(taken: DateInterval | None) -> Caption:
    return Caption(span=Span(start=0, end=1), text="x", taken=taken)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/2021/03/19/talks/", "2021-03-19"),
        ("https://example.org/2021/03/talks.html", "2021-03-01/2021-03-31"),
        ("https://example.org/2021/13/40/talks", None),
        ("https://example.org/talks-2021", None),
    ],
)
def test_addresses(url: str, expected: str | None) -> None:
    found = date_document(given=None, url=url)
    assert found.basis == ("metadata" if expected else "none")
    assert (str(found.published) if found.published else None) == expected


@pytest.mark.parametrize(
    ("title", "front", "body"),
    [
        pytest.param("Press Conference on March 19, 2021", [], ["They met."], id="title"),
        pytest.param("Talks", ["Published March 19, 2021"], ["They met."], id="stamp"),
        pytest.param("Talks", ["19 March 2021"], ["They met."], id="line"),
        pytest.param("Talks", [], ["VIENNA, March 19, 2021 (Wire) - They met."], id="dateline"),
        pytest.param("Talks", [], ["They met.", "VIENNA,", "March 19, 2021."], id="signature"),
    ],
)
def test_what_the_text_says_of_itself(title: str, front: list[str], body: list[str]) -> None:
    found = date_document(given=None, title=title, front=front, body=body)
    assert (str(found.published), found.basis) == ("2021-03-19", "text")


def test_a_date_in_a_sentence_does_not_date_the_document() -> None:
    body = ["On March 19, 2021, the two sides signed a treaty that holds to this day."]
    assert date_document(given=None, body=body).basis == "none"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("The two sides met.", "2021-03-19/2021-03-31", id="rest of the month"),
        pytest.param("They met on March 24, 2021.", "2021-03-24/2021-03-31", id="later day told"),
        pytest.param("They met on March 2, 2021.", "2021-03-19/2021-03-31", id="earlier day told"),
        pytest.param("They will act by March 30, 2021.", "2021-03-19/2021-03-31", id="deadline"),
    ],
)
def test_pictures_bound_the_date(body: str, expected: str) -> None:
    older = _caption(DateInterval.day(date(2018, 1, 2)))
    found = date_document(given=None, body=[body], captions=[older, _caption(DAY), _caption(None)])
    assert (str(found.published), found.basis) == (expected, "caption")


def test_given_wins_over_all() -> None:
    found = date_document(
        given=DAY, metadata=DateInterval.day(date(2020, 1, 1)), title="May 1, 2019"
    )
    assert (found.published, found.basis) == (DAY, "given")
