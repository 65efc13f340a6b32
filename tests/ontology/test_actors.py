"""Names and what they stand for on a day."""

import re
from collections import defaultdict
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.ontology.actors import ActorName, all_names, masked_phrases, names_on, role_words

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
        ("Elysee", SUMMER_2023, "FRA/GOV"),
        ("Downing Street", SUMMER_2023, "GBR/GOV"),
        ("Foreign Office", SUMMER_2023, "GBR/GOV"),
        ("German Foreign Office", SUMMER_2023, "DEU/GOV"),
        ("Chancellery", SUMMER_2023, "DEU/GOV"),
        ("Blue House", SUMMER_2023, "KOR/GOV"),
        ("Kantei", SUMMER_2023, "JPN/GOV"),
        ("Bankova", SUMMER_2023, "UKR/GOV"),
        ("South Block", SUMMER_2023, "IND/GOV"),
        ("South Korea's Joint Chiefs of Staff", SUMMER_2023, "KOR/MIL"),
        ("Japanese House of Representatives", SUMMER_2023, "JPN/LEG"),
        ("Royal Australian Navy", SUMMER_2023, "AUS/MIL"),
        ("Quds Force", SUMMER_2023, "IRN/MIL"),
        ("Supreme People's Assembly", SUMMER_2023, "PRK/LEG"),
        ("Mossad", SUMMER_2023, "ISR/GOV"),
        ("European Parliament", SUMMER_2023, "EU/LEG"),
        ("European Commission", SUMMER_2023, "EU/GOV"),
        ("SACEUR", SUMMER_2023, "NATO/MIL"),
        ("FCO", date(2020, 9, 1), "GBR/GOV"),
        ("FCDO", date(2020, 9, 2), "GBR/GOV"),
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
        ("May", date(2018, 6, 1)),
        ("Cleverly", SUMMER_2023),
        ("Gallant", SUMMER_2023),
        ("Salami", SUMMER_2023),
        ("Hague", date(2012, 6, 1)),
        ("Kim", SUMMER_2023),
        ("FCDO", date(2020, 9, 1)),
        ("Lieberman", date(2010, 6, 1)),
        ("Male", SUMMER_2023),
        ("Victoria", SUMMER_2023),
        ("Trump administration", SUMMER_2023),
        ("Department of War", SUMMER_2023),
    ],
    ids=str,
)
def test_name_stands_for_nobody(name: str, on: date) -> None:
    assert [n for n in names_on(on) if n.name == name] == []


def both_valid(first: ActorName, second: ActorName) -> bool:
    starts = max(first.starts or date.min, second.starts or date.min)
    return starts <= min(first.ends or date.max, second.ends or date.max)


def test_name_has_one_actor_a_day() -> None:
    bearing: dict[str, list[ActorName]] = defaultdict(list)
    for name in all_names():
        bearing[name.name].append(name)
    of_two = {
        first.name
        for same in bearing.values()
        for first, second in combinations(same, 2)
        if first.actor != second.actor and both_valid(first, second)
    }
    assert of_two == {"Taliban"}  # on 15 August 2021, when the movement became the government


@settings(max_examples=25)
@given(DAYS)
def test_names_on_agree_with_all_names(on: date) -> None:
    valid = {(n.name, n.actor) for n in all_names() if n.valid_on(on)}
    assert {(n.name, n.actor) for n in names_on(on)} == valid


ORDINARY = re.compile(r"(?<![\w'-])[a-z][a-z'-]+")
SAID_SO_OF_LEADERS = {"Bush", "Tusk", "Waltz"}
TEXTS = Path(__file__).resolve().parents[2] / "training"


def test_no_ordinary_word_is_a_name() -> None:
    texts = (path.read_text(encoding="utf-8") for path in TEXTS.rglob("*.jsonl"))
    words = {word for text in texts for word in ORDINARY.findall(text)}
    assert len(words) > 5000
    alone = {n.name for n in all_names() if n.kind == "person" and " " not in n.name}
    assert {name for name in alone if name.lower() in words} <= SAID_SO_OF_LEADERS


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
