"""Names and what they stand for on a day."""

import re
from collections import defaultdict
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.ontology.actors import all_names, masked_phrases, names_on, role_words

KINDS = {"country", "demonym", "capital", "metonym", "organisation", "person", "office"}
DAYS = st.dates(date(2000, 1, 1), date(2025, 12, 31))
SUMMER_2023 = date(2023, 6, 18)


@pytest.mark.parametrize(
    ("name", "on", "actor"),
    [
        ("China", SUMMER_2023, "CHN/GOV"),
        ("Chinese", SUMMER_2023, "CHN/GOV"),
        ("Beijing", SUMMER_2023, "CHN/GOV"),
        ("Zhongnanhai", SUMMER_2023, "CHN/GOV"),
        ("Washington", SUMMER_2023, "USA/GOV"),
        ("White House", SUMMER_2023, "USA/GOV"),
        ("Kremlin", SUMMER_2023, "RUS/GOV"),
        ("PLA", SUMMER_2023, "CHN/MIL"),
        ("U.S. Congress", SUMMER_2023, "USA/LEG"),
        ("Chinese Communist Party", SUMMER_2023, "CHN/PTY"),
        ("Xi", SUMMER_2023, "CHN/GOV"),
        ("Milley", SUMMER_2023, "USA/MIL"),
        ("McCarthy", SUMMER_2023, "USA/LEG"),
        ("Pelosi", date(2022, 8, 2), "USA/LEG"),
        ("Taliban", date(2021, 1, 1), "AFG/REB"),
        ("Taliban", date(2022, 1, 1), "AFG/GOV"),
        ("Clinton", date(2000, 6, 1), "USA/GOV"),
        ("NATO", SUMMER_2023, "NATO/GOV"),
        ("Hong Kong", SUMMER_2023, "HKG/GOV"),
    ],
    ids=str,
)
def test_name_stands_for(name: str, on: date, actor: str) -> None:
    assert [n.actor for n in names_on(on) if n.name == name] == [actor]


@pytest.mark.parametrize(
    ("name", "on"),
    [
        ("Trump", SUMMER_2023),
        ("Clinton", date(2005, 1, 1)),
        ("us", SUMMER_2023),
        ("Male", SUMMER_2023),
        ("Victoria", SUMMER_2023),
        ("Trump administration", SUMMER_2023),
        ("Department of War", SUMMER_2023),
    ],
    ids=str,
)
def test_name_stands_for_nobody(name: str, on: date) -> None:
    assert [n for n in names_on(on) if n.name == name] == []


@settings(max_examples=25)
@given(DAYS)
def test_name_has_one_actor_a_day(on: date) -> None:
    actors: dict[str, set[str]] = defaultdict(set)
    for name in names_on(on):
        actors[name.name].add(name.actor)
    handover = {"Taliban"} if on == date(2021, 8, 15) else set()
    assert {name for name, found in actors.items() if len(found) > 1} <= handover


@settings(max_examples=25)
@given(DAYS)
def test_names_on_agree_with_all_names(on: date) -> None:
    valid = {(n.name, n.actor) for n in all_names() if n.valid_on(on)}
    assert {(n.name, n.actor) for n in names_on(on)} == valid


def test_names_are_sound() -> None:
    assert {n.kind for n in all_names()} == KINDS
    code = re.compile(r"^[A-Z][A-Z0-9]{1,9}/[A-Z]{3}$")
    assert [n for n in all_names() if not code.match(n.actor) or n.name != n.name.strip()] == []
    assert [n.name for n in all_names() if len(n.name) < 2] == []


@pytest.mark.parametrize(
    ("word", "role"),
    [
        ("companies", "BUS"),
        ("coast guard", "MIL"),
        ("lawmakers", "LEG"),
        ("courts", "JUD"),
        ("media", "MED"),
        ("students", "CVL"),
        ("party", "PTY"),
        ("opposition", "OPP"),
        ("rebels", "REB"),
        ("foreign ministry", "GOV"),
        ("officials", "GOV"),
    ],
    ids=str,
)
def test_role_word(word: str, role: str) -> None:
    assert role_words()[word] == role


def test_role_words_are_lower_case_with_known_roles() -> None:
    assert [word for word in role_words() if word != word.lower()] == []
    roles = {"GOV", "LEG", "MIL", "JUD", "PTY", "BUS", "MED", "CVL", "OPP", "REB"}
    assert set(role_words().values()) == roles


def test_masked_phrase_holds_a_name_and_is_none() -> None:
    names = {n.name for n in all_names()}
    assert [phrase for phrase in masked_phrases() if phrase in names] == []
    holding = [p for p in masked_phrases() if any(name in p for name in names)]
    assert set(masked_phrases()) - set(holding) == set()
