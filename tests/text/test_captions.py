"""Captions, credits and file stamps."""

from datetime import date

import pytest

from detente.records import DateInterval
from detente.text.captions import is_caption, taken_on

CAPTIONS = [
    ("2021-03-19t071652z_12345_rc2_rtrmadp_3_talks-scaled", "2021-03-19"),
    ("IMG_20210319_101500.jpg", "2021-03-19"),
    ("talks_hall.png", None),
    ("Envoys arrive for talks in Vienna, Austria, March 19, 2021. REUTERS/Staff", "2021-03-19"),
    ("Envoys leave the hall in Vienna on 19 March 2021. (AP Photo/Pool)", "2021-03-19"),
    ("Top photo credit: Shutterstock/Staff", None),
    ("The hall in Vienna. (Photo by Staff/Getty Images)", None),
    ("Vienna, March 2021. Xinhua/Staff", "2021-03-01/2021-03-31"),
]


@pytest.mark.parametrize(("block", "taken"), CAPTIONS, ids=[row[0][:30] for row in CAPTIONS])
def test_captions_and_their_dates(block: str, taken: str | None) -> None:
    found = taken_on(block)
    assert is_caption(block)
    assert (None if found is None else str(found)) == taken


@pytest.mark.parametrize(
    "block",
    [
        "VIENNA, March 19 (Reuters) - Envoys of both states met on Friday.",
        "The ministry told Reuters that talks would resume.",
        "The photo of the handshake went round the world.",
        "2021-03-19",
        "state-of-the-art-technology",
        "Envoys met in Vienna on March 19, 2021.",
    ],
)
def test_prose_is_no_caption(block: str) -> None:
    assert not is_caption(block)


def test_a_caption_without_a_year_takes_it_from_the_document() -> None:
    anchor = DateInterval.day(date(2021, 3, 20))
    assert str(taken_on("Envoys in Vienna on March 19. REUTERS/Staff", anchor)) == "2021-03-19"
