"""Offices by date: one holder at a time, and the days users of the field know."""

from collections import defaultdict
from datetime import date
from itertools import pairwise

import pytest

from detente.ontology.offices import (
    Holder,
    Institution,
    holder_named,
    holders,
    holders_on,
    institutions,
)
from detente.ontology.states import countries, organisations

SHARED_OFFICES = {
    "Vice Premier",
    "Vice Foreign Minister",
    "Foreign Ministry Spokesperson",
    "Defense Ministry Spokesperson",
    "Commerce Ministry Spokesperson",
    "Taiwan Affairs Office Spokesperson",
    "State Department Spokesperson",
    "Vice Chairman of the Central Military Commission",
}


def overlap(first: Holder, second: Holder) -> int:
    """Days both held the office, the handover day not counted."""
    last = first.ends or date.max
    return max(0, (last - second.starts).days)


def most_overlap(first: Holder, second: Holder) -> int:
    if first.is_exact and second.is_exact:
        return 0
    return 31 if first.starts.year > 2004 and first.country == "USA" else 366


def test_one_holder_at_a_time() -> None:
    by_office: dict[tuple[str, str], list[Holder]] = defaultdict(list)
    for holder in holders():
        if holder.office not in SHARED_OFFICES:
            by_office[holder.country, holder.office].append(holder)
    clashes = [
        (first.person, second.person)
        for held in by_office.values()
        for first, second in pairwise(sorted(held, key=lambda h: h.starts))
        if overlap(first, second) > most_overlap(first, second)
    ]
    assert clashes == []


def test_leaders_are_known_to_the_day() -> None:
    leaders = [h for h in holders() if h.level == "leader"]
    assert [h.person for h in leaders if not h.is_exact] == []


@pytest.mark.parametrize("country", ["USA", "CHN", "TWN"])
@pytest.mark.parametrize("office", ["President", "Foreign Minister"])
def test_office_is_held_throughout(country: str, office: str) -> None:
    title = "Secretary of State" if (country, office) == ("USA", "Foreign Minister") else office
    days = [date(year, month, 15) for year in range(2000, 2026) for month in range(2, 13)]
    empty = [day for day in days if not any(h.office == title for h in holders_on(country, day))]
    assert [day for day in empty if day != date(2018, 4, 15)] == []


@pytest.mark.parametrize(
    ("name", "on", "office"),
    [
        ("Wang Yi", date(2022, 12, 29), "Foreign Minister"),
        ("Qin Gang", date(2022, 12, 29), "Ambassador to the United States"),
        ("Qin Gang", date(2023, 7, 24), "Foreign Minister"),
        (
            "Wang Yi",
            date(2023, 6, 19),
            "Director of the Office of the Central Foreign Affairs Commission",
        ),
        ("Wang Yi", date(2023, 7, 26), "Foreign Minister"),
        ("Xi Jinping", date(2010, 1, 1), "Vice President"),
        ("xi", date(2023, 6, 19), "President"),
        ("Blinken", date(2023, 6, 18), "Secretary of State"),
        ("Blinken", date(2016, 6, 18), "Deputy Secretary of State"),
        ("Kerry", date(2023, 7, 17), "Climate Envoy"),
        ("Kerry", date(2014, 7, 17), "Secretary of State"),
        ("Yellen", date(2016, 7, 6), "Chair of the Federal Reserve"),
        ("Yellen", date(2023, 7, 6), "Secretary of the Treasury"),
        ("Rubio", date(2025, 6, 1), "Secretary of State"),
        ("Speaker Pelosi", date(2022, 8, 2), "Speaker of the House"),
        ("Li Shangfu", date(2023, 10, 23), "Defense Minister"),
        ("Tsai", date(2023, 4, 5), "President"),
        ("William Lai", date(2023, 8, 12), "Vice President"),
        ("Zhao Lijian", date(2020, 3, 12), "Foreign Ministry Spokesperson"),
    ],
    ids=str,
)
def test_who_was_what(name: str, on: date, office: str) -> None:
    holder = holder_named(name, on)
    assert holder is not None
    assert holder.office == office


@pytest.mark.parametrize(
    ("name", "on"),
    [
        ("Qin Gang", date(2023, 12, 1)),
        ("Trump", date(2022, 6, 1)),
        ("Biden", date(2025, 1, 21)),
        ("Blinken", date(2020, 6, 1)),
        ("Li Shangfu", date(2023, 10, 25)),
        ("Tsai", date(2024, 5, 21)),
        ("nobody", date(2023, 6, 1)),
    ],
    ids=str,
)
def test_nobody_out_of_office_is_found(name: str, on: date) -> None:
    assert holder_named(name, on) is None


def test_handover_day_belongs_to_both() -> None:
    on = date(2021, 1, 20)
    assert [h.person for h in holders_on("USA", on) if h.office == "President"] == [
        "Donald Trump",
        "Joe Biden",
    ]


def test_unknown_day_is_widened() -> None:
    hua = next(h for h in holders() if h.person == "Hua Chunying" and h.ends is not None)
    assert (hua.starts, hua.ends, hua.is_exact) == (date(2012, 11, 1), date(2024, 5, 31), False)


ROLES = {"GOV", "LEG", "MIL", "JUD", "PTY", "BUS", "MED", "CVL", "OPP", "REB"}


def test_rows_name_known_actors() -> None:
    rows: list[Holder | Institution] = [*holders(), *institutions()]
    codes = [row.actor.split("/") for row in rows]
    states = countries().keys() | organisations().keys()
    assert [(who, role) for who, role in codes if who not in states or role not in ROLES] == []


def test_rows_run_forward() -> None:
    rows: list[Holder | Institution] = [*holders(), *institutions()]
    assert [r for r in rows if r.starts and r.ends and r.starts >= r.ends] == []


def test_levels_are_known() -> None:
    assert {h.level for h in holders()} == {"leader", "minister", "official"}
