"""Offices by date: one holder at a time, and the days users of the field know."""

from collections import defaultdict
from datetime import date, timedelta
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
    "Deputy Foreign Minister",
    "First Vice Foreign Minister",
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
    inexact = {h.office for h in leaders if not h.is_exact}
    speakers = {"Speaker of the Knesset", "Speaker of the Islamic Consultative Assembly"}
    assert inexact <= speakers


@pytest.mark.parametrize("country", ["USA", "CHN", "TWN"])
@pytest.mark.parametrize("office", ["President", "Foreign Minister"])
def test_office_is_held_throughout(country: str, office: str) -> None:
    title = "Secretary of State" if (country, office) == ("USA", "Foreign Minister") else office
    days = [date(year, month, 15) for year in range(2000, 2026) for month in range(2, 13)]
    empty = [day for day in days if not any(h.office == title for h in holders_on(country, day))]
    assert [day for day in empty if day != date(2018, 4, 15)] == []


EDITION = date(2025, 12, 31)
SINCE = date(2000, 1, 1)
MOST_DAYS_EMPTY = 35
HELD_THROUGHOUT = {
    "RUS": ("President", "Prime Minister", "Foreign Minister", "Defense Minister"),
    "UKR": ("President", "Prime Minister", "Foreign Minister", "Defense Minister"),
    "JPN": ("Emperor", "Prime Minister", "Foreign Minister", "Defense Minister"),
    "KOR": ("President", "Prime Minister", "Foreign Minister", "Defense Minister"),
    "PRK": ("Supreme leader", "Premier", "Foreign Minister", "Defense Minister"),
    "IND": ("President", "Prime Minister", "External Affairs Minister", "Defence Minister"),
    "GBR": ("Monarch", "Prime Minister", "Foreign Secretary", "Defence Secretary"),
    "FRA": ("President", "Prime Minister", "Foreign Minister", "Defense Minister"),
    "DEU": ("President", "Chancellor", "Foreign Minister", "Defense Minister"),
    "AUS": ("Governor-General", "Prime Minister", "Foreign Minister", "Defence Minister"),
    "ISR": ("President", "Prime Minister", "Foreign Minister", "Defense Minister"),
    "IRN": ("Supreme Leader", "President", "Foreign Minister", "Defense Minister"),
    "EU": (
        "President of the European Commission",
        "High Representative for Foreign Affairs",
        "Trade Commissioner",
    ),
    "NATO": ("Secretary General", "Supreme Allied Commander Europe"),
    "UN": ("Secretary-General",),
}
EMPTY_FROM = {
    ("UKR", "President"): {date(2014, 2, 23)},
    ("UKR", "Foreign Minister"): {date(2007, 1, 31), date(2009, 3, 4)},
    ("UKR", "Defense Minister"): {date(2009, 6, 6)},
    ("KOR", "President"): {date(2017, 3, 11), date(2025, 4, 5)},
    ("KOR", "Prime Minister"): {
        date(2002, 7, 12),
        date(2004, 5, 26),
        date(2006, 3, 16),
        date(2010, 8, 12),
        date(2015, 4, 28),
        date(2025, 5, 2),
    },
    ("KOR", "Defense Minister"): {date(2024, 12, 6)},
    ("PRK", "Foreign Minister"): {date(2007, 1, 3)},
    ("AUS", "Governor-General"): {date(2003, 5, 29)},
    ("ISR", "Foreign Minister"): {date(2000, 8, 5)},
    ("IRN", "President"): {date(2024, 5, 20)},
}
"""First days of longer times without a holder of full title, as `docs/reference/actors.md` says."""


def empty_from(country: str, office: str) -> set[date]:
    held = sorted(
        (h.starts, h.ends or date.max)
        for h in holders()
        if (h.country, h.office) == (country, office)
    )
    found, reached = set(), SINCE - timedelta(days=1)
    for starts, ends in held:
        if (starts - reached).days > MOST_DAYS_EMPTY:
            found.add(reached + timedelta(days=1))
        reached = max(reached, ends)
    return found if reached >= EDITION else found | {reached}


@pytest.mark.parametrize(
    ("country", "office"),
    [(country, office) for country, offices in HELD_THROUGHOUT.items() for office in offices],
    ids=str,
)
def test_no_office_is_empty_longer_than_stated(country: str, office: str) -> None:
    assert empty_from(country, office) == EMPTY_FROM.get((country, office), set())


def test_names_resolve_on_the_first_and_the_last_day() -> None:
    days = [
        (holder, name, day)
        for holder in holders()
        for name in holder.names
        for day in (holder.starts, holder.ends or EDITION)
    ]
    found = [(holder, holder_named(name, day)) for holder, name, day in days]
    assert [h for h, named in found if named is None or named.actor != h.actor] == []


def test_names_do_not_resolve_before_and_after() -> None:
    one_day = timedelta(days=1)
    bearing: dict[str, list[Holder]] = defaultdict(list)
    for holder in holders():
        for name in holder.names:
            bearing[name.casefold()].append(holder)
    outside = [
        (name, day)
        for name, same in bearing.items()
        for holder in same
        for day in (holder.starts - one_day, (holder.ends or date(9999, 1, 1)) + one_day)
        if not any(h.in_office(day) for h in same)
    ]
    assert len(outside) > 5000
    assert [(name, day) for name, day in outside if holder_named(name, day)] == []


@pytest.mark.parametrize(
    ("name", "on", "office"),
    [
        ("Putin", date(2010, 6, 1), "Prime Minister"),
        ("Medvedev", date(2010, 6, 1), "President"),
        ("Shoigu", date(2024, 6, 1), "Secretary of the Security Council"),
        ("Gerasimov", date(2022, 2, 24), "Chief of the General Staff"),
        ("Foreign Minister Kono", date(2018, 6, 1), "Foreign Minister"),
        ("Kishida", date(2016, 6, 1), "Foreign Minister"),
        ("Lammy", date(2025, 3, 1), "Foreign Secretary"),
        ("Queen Elizabeth II", date(2022, 9, 8), "Monarch"),
        ("Lord Cameron", date(2024, 3, 1), "Foreign Secretary"),
        ("Villepin", date(2003, 2, 14), "Foreign Minister"),
        ("Le Drian", date(2015, 6, 1), "Defense Minister"),
        ("von der Leyen", date(2018, 6, 1), "Defense Minister"),
        ("von der Leyen", date(2023, 4, 6), "President of the European Commission"),
        ("Steinmeier", date(2015, 7, 14), "Foreign Minister"),
        ("Jaishankar", date(2016, 6, 1), "Foreign Secretary"),
        ("Jaishankar", date(2020, 6, 17), "External Affairs Minister"),
        ("Doval", date(2020, 7, 5), "National Security Adviser"),
        ("Ban Ki-moon", date(2005, 6, 1), "Foreign Minister"),
        ("Ban Ki-moon", date(2008, 6, 1), "Secretary-General"),
        ("Kuleba", date(2022, 3, 10), "Foreign Minister"),
        ("Zaluzhnyi", date(2023, 11, 1), "Commander-in-Chief of the Armed Forces"),
        ("Gantz", date(2014, 7, 8), "Chief of the General Staff"),
        ("Gantz", date(2021, 7, 8), "Defense Minister"),
        ("Zarif", date(2015, 7, 14), "Foreign Minister"),
        ("Soleimani", date(2020, 1, 3), "Commander of the Quds Force"),
        ("Choe Son Hui", date(2019, 3, 1), "First Vice Foreign Minister"),
        ("Choe Son Hui", date(2023, 3, 1), "Foreign Minister"),
        ("Penny Wong", date(2023, 6, 19), "Foreign Minister"),
        ("Solana", date(2006, 6, 6), "High Representative for Foreign Affairs"),
        ("Stavridis", date(2011, 3, 31), "Supreme Allied Commander Europe"),
        ("Guterres", date(2017, 1, 1), "Secretary-General"),
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
        ("Soleimani", date(2020, 1, 4)),
        ("Kuleba", date(2024, 9, 6)),
        ("Steinmeier", date(2010, 6, 1)),
        ("Solana", date(2021, 6, 1)),
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
