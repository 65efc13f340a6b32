"""Dates in English text: one row of the table per way of saying it."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.records import DateInterval
from detente.text.dates import dates_in

SPOKEN = DateInterval.day(date(2024, 12, 13))
"""A Friday."""

SAID = [
    ("June 18-19, 2023", "on", "2023-06-18/2023-06-19"),
    ("18 June 2023", "on", "2023-06-18"),
    ("18-19 June 2023", "on", "2023-06-18/2023-06-19"),
    ("the 5th of March 2025", "on", "2025-03-05"),
    ("JUNE 9, 2021", "on", "2021-06-09"),
    ("2023-06-18", "on", "2023-06-18"),
    ("Sept. 10th, 2024", "on", "2024-09-10"),
    ("on Tuesday December 10", "on", "2024-12-10"),
    ("Wednesday, July 31", "on", "2024-07-31"),
    ("from December 10-11", "on", "2024-12-10/2024-12-11"),
    ("from June 30 to July 2", "on", "2024-06-30/2024-07-02"),
    ("between May 1 and May 5, 2024", "on", "2024-05-01/2024-05-05"),
    ("December 30, 2024 to January 2, 2025", "on", "2024-12-30/2025-01-02"),
    ("by May 14, 2025", "by", "2025-05-14"),
    ("no later than June 1", "by", "2025-06-01"),
    ("by the end of 2024", "by", "2024-12-31"),
    ("by the end of next year", "by", "2025-12-31"),
    ("by year's end", "by", "2024-12-31"),
    ("by 2030", "by", "2030-01-01/2030-12-31"),
    ("by March", "by", "2025-03-01/2025-03-31"),
    ("by Friday", "by", "2024-12-20"),
    ("within 90 days", "by", "2024-12-13/2025-03-13"),
    ("until November 10, 2026", "until", "2026-11-10"),
    ("until the end of June 2025", "until", "2025-06-30"),
    ("for 90 days", "until", "2024-12-13/2025-03-13"),
    ("another 90 days", "until", "2024-12-13/2025-03-13"),
    ("as of January 20", "from", "2025-01-20"),
    ("effective November 10, 2025", "from", "2025-11-10"),
    ("since 1949", "since", "1949-01-01/1949-12-31"),
    ("since June", "since", "2024-06-01/2024-06-30"),
    ("early next year", "in", "2025-01-01/2025-04-30"),
    ("the first half of 2024", "in", "2024-01-01/2024-06-30"),
    ("Late 2024", "in", "2024-09-01/2024-12-31"),
    ("mid-June 2024", "in", "2024-06-11/2024-06-20"),
    ("the third quarter of 2024", "in", "2024-07-01/2024-09-30"),
    ("Q3 2024", "in", "2024-07-01/2024-09-30"),
    ("in the fall of 2023", "in", "2023-09-01/2023-11-30"),
    ("in March of last year", "in", "2023-03-01/2023-03-31"),
    ("In November last year", "in", "2023-11-01/2023-11-30"),
    ("within the next year", "by", "2024-12-13/2025-12-13"),
    ("over the past year", "in", "2023-12-13/2024-12-13"),
    ("last June", "in", "2024-06-01/2024-06-30"),
    ("in November 2022", "in", "2022-11-01/2022-11-30"),
    ("from 2018 to 2020", "in", "2018-01-01/2020-12-31"),
    ("in the 1990s", "in", "1990-01-01/1999-12-31"),
    ("next month", "in", "2025-01-01/2025-01-31"),
    ("this week", "in", "2024-12-09/2024-12-15"),
    ("later this year", "in", "2024-12-13/2024-12-31"),
    ("in the coming months", "in", "2024-12-13/2025-06-14"),
    ("in recent weeks", "in", "2024-11-01/2024-12-13"),
    ("over the past two weeks", "in", "2024-11-29/2024-12-13"),
    ("two weeks ago", "in", "2024-11-25/2024-12-01"),
    ("three years ago", "in", "2021-01-01/2021-12-31"),
    ("this weekend", "in", "2024-12-14/2024-12-15"),
    ("today", "on", "2024-12-13"),
    ("yesterday", "on", "2024-12-12"),
    ("the day after tomorrow", "on", "2024-12-15"),
    ("next Tuesday", "on", "2024-12-17"),
    ("on Monday", "on", "2024-12-09"),
]


@pytest.mark.parametrize(("phrase", "relation", "interval"), SAID, ids=[row[0] for row in SAID])
def test_phrase_gives_interval_and_relation(phrase: str, relation: str, interval: str) -> None:
    (found,) = dates_in(f"They spoke, {phrase}, of trade.", SPOKEN)
    assert (found.relation, str(found.interval)) == (relation, interval)
    assert phrase.endswith(found.phrase) or found.phrase.endswith(phrase)


@pytest.mark.parametrize(
    "text",
    [
        "They may march on, as they must.",
        "Feb. 30, 2023",
        "It cost $2024.",
        "They have talked for two years.",
        "Section 301 and Article 12",
        "The two-day visit ended.",
    ],
)
def test_what_is_no_date_gives_none(text: str) -> None:
    assert dates_in(text, SPOKEN) == ()


@pytest.mark.parametrize("text", ["on June 18", "yesterday", "next month", "within 90 days"])
def test_open_dates_need_an_anchor(text: str) -> None:
    assert dates_in(text, None) == ()


def test_anchor_of_several_days_widens_the_relative_date() -> None:
    anchor = DateInterval(start=date(2023, 6, 18), end=date(2023, 6, 30))
    (found,) = dates_in("They met yesterday.", anchor)
    assert str(found.interval) == "2023-06-17/2023-06-29"


@given(st.dates(date(1950, 1, 1), date(2050, 12, 31)), st.dates(date(1950, 1, 1), date(2050, 1, 1)))
def test_full_dates_read_back_whatever_the_anchor(day: date, anchor: date) -> None:
    written = f"{day:%B} {day.day}, {day.year}"
    (found,) = dates_in(f"It was signed on {written}.", DateInterval.day(anchor))
    assert found.interval == DateInterval.day(day)


@given(st.text(max_size=200))
def test_mentions_quote_the_text_and_never_overlap(text: str) -> None:
    found = dates_in(f"On Monday {text} and by May 3, 2025 {text}", SPOKEN)
    whole = f"On Monday {text} and by May 3, 2025 {text}"
    assert all(whole[m.span.start : m.span.end] == m.phrase for m in found)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
