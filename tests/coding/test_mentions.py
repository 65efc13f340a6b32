"""Actors a sentence names: one row of a table per way of naming them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.coding.mentions import find_mentions

ON = date(2023, 6, 20)

NAMED = {
    "state": ("The United States waited.", [("USA/GOV", "United States")]),
    "capital": ("Tokyo waited.", [("JPN/GOV", "Tokyo")]),
    "metonym": ("The White House waited.", [("USA/GOV", "White House")]),
    "list": (
        "China, Japan and India voted.",
        [("CHN/GOV", "China"), ("JPN/GOV", "Japan"), ("IND/GOV", "India")],
    ),
    "organisation": ("NATO waited.", [("NATO/GOV", "NATO")]),
    "legislature": ("Congress voted.", [("USA/LEG", "Congress")]),
    "person": ("Qin Gang wrote.", [("CHN/GOV", "Qin Gang")]),
    "title, state and person are one": (
        "U.S. Secretary of State Antony Blinken left.",
        [("USA/GOV", "U.S. Secretary of State Antony Blinken")],
    ),
    "possessive with organ": ("Beijing's envoy left.", [("CHN/GOV", "Beijing's envoy")]),
    "possessive with navy": ("China’s navy sailed.", [("CHN/MIL", "China’s navy")]),
    "firms": ("Chinese companies grew.", [("CHN/BUS", "Chinese companies")]),
    "firms of a kind": (
        "Chinese technology companies grew.",
        [("CHN/BUS", "Chinese technology companies")],
    ),
    "and foreign firms": (
        "U.S. and foreign businesses left.",
        [("USA/BUS", "U.S. and foreign businesses")],
    ),
    "students": ("Chinese students left.", [("CHN/CVL", "Chinese students")]),
    "ministry": ("The Chinese Foreign Ministry wrote.", [("CHN/GOV", "Chinese Foreign Ministry")]),
    "firms behind an auxiliary": ("China will help companies.", [("CHN/GOV", "China")]),
    "firms behind a preposition": ("China's appeal to companies failed.", [("CHN/GOV", "China")]),
    "firms behind a verb": ("The U.S. blocks companies.", [("USA/GOV", "U.S.")]),
    "firms of the other": (
        "China met American companies.",
        [("CHN/GOV", "China"), ("USA/BUS", "American companies")],
    ),
    "US but not us": ("The US told us so.", [("USA/GOV", "US")]),
}

NOBODY = {
    "sea": "The South China Sea is deep.",
    "eastern sea": "Ships cross the East China Sea.",
    "strait": "The Taiwan Strait is narrow.",
    "policy": "The One China policy stands.",
    "continent": "Latin American growth was slow.",
    "quarter of a town": "Chinatown is crowded.",
    "part of a longer name": "Indiana grows corn.",
    "small letters": "They ate turkey on fine china.",
    "no names": "Nothing happened.",
}


@pytest.mark.parametrize(("text", "expected"), NAMED.values(), ids=NAMED)
def test_names_actor_and_words(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(m.actor, text[m.start : m.end]) for m in find_mentions(text, ON)] == expected


@pytest.mark.parametrize("text", NOBODY.values(), ids=NOBODY)
def test_names_nobody(text: str) -> None:
    assert find_mentions(text, ON) == ()


IN_OFFICE = {
    "in office": ("Qin Gang wrote.", date(2023, 6, 20), ["CHN/GOV"]),
    "last day": ("Qin Gang wrote.", date(2023, 10, 24), ["CHN/GOV"]),
    "day after": ("Qin Gang wrote.", date(2023, 10, 25), []),
    "first day": ("Antony Blinken wrote.", date(2021, 1, 26), ["USA/GOV"]),
    "day before": ("Antony Blinken wrote.", date(2021, 1, 25), []),
    "between two terms": ("Donald Trump wrote.", date(2023, 6, 20), []),
    "second term": ("Donald Trump wrote.", date(2025, 3, 1), ["USA/GOV"]),
    "no day known": ("Qin Gang wrote.", None, []),
    "states need no day": ("China wrote.", None, ["CHN/GOV"]),
}


@pytest.mark.parametrize(("text", "on", "expected"), IN_OFFICE.values(), ids=IN_OFFICE)
def test_persons_only_on_days_in_office(text: str, on: date | None, expected: list[str]) -> None:
    assert [m.actor for m in find_mentions(text, on)] == expected


FULL_NAMES = {
    "full name": ("Xi Jinping left.", "Xi Jinping"),
    "family name": ("Secretary Blinken left.", "Antony Blinken"),
    "with state and title": ("Chinese President Xi Jinping left.", "Xi Jinping"),
}


@pytest.mark.parametrize(("text", "person"), FULL_NAMES.values(), ids=FULL_NAMES)
def test_person_is_known_by_full_name(text: str, person: str) -> None:
    (mention,) = find_mentions(text, ON)
    assert (mention.kind, mention.persons) == ("person", (person,))


def test_persons_of_two_states_stay_two() -> None:
    text = "U.S. Secretary of State Antony Blinken met Chinese Foreign Minister Qin Gang."
    found = [(m.actor, m.persons) for m in find_mentions(text, ON)]
    assert found == [("USA/GOV", ("Antony Blinken",)), ("CHN/GOV", ("Qin Gang",))]


CAN_ACT = {
    "state": ("China waits.", True),
    "navy": ("China’s navy waits.", True),
    "organisation": ("NATO waits.", True),
    "bare adjective": ("Chinese lending grew.", False),
    "firms": ("Chinese companies grew.", False),
    "students": ("Chinese students left.", False),
}


@pytest.mark.parametrize(("text", "expected"), CAN_ACT.values(), ids=CAN_ACT)
def test_who_can_act_for_a_state(text: str, expected: bool) -> None:
    assert [m.can_act for m in find_mentions(text, ON)] == [expected]


POSSESSIVE = {
    "straight": ("Washington's tariffs rose.", True),
    "curly": ("Washington’s tariffs rose.", True),
    "of a person": ("Qin Gang's trip ended.", True),
    "none": ("Washington raised tariffs.", False),
}


@pytest.mark.parametrize(("text", "expected"), POSSESSIVE.values(), ids=POSSESSIVE)
def test_possessive_is_marked(text: str, expected: bool) -> None:
    assert [m.possessive for m in find_mentions(text, ON)] == [expected]


PIECES = st.sampled_from(["China", "Chinese", "firms", "Xi Jinping", "'s", "U.S.", ",", "and", "é"])


@given(st.lists(PIECES, max_size=15))
def test_mentions_stand_in_order_and_apart(words: list[str]) -> None:
    text = " ".join(words)
    bounds = [b for m in find_mentions(text, ON) for b in (m.start, m.end)]
    assert bounds == sorted(bounds)
    assert all(0 <= b <= len(text) for b in bounds)


def test_an_office_left_behind_does_not_hide_the_person() -> None:
    (found,) = find_mentions("Foreign Minister Wang Yi spoke.", date(2023, 6, 19))
    assert found.persons == ("Wang Yi",)


def test_a_curly_apostrophe_hides_no_state() -> None:
    (found,) = find_mentions("The People’s Republic of China replied.", None)
    assert found.country == "CHN"
