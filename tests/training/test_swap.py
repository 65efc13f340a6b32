from collections.abc import Callable
from datetime import date
from types import ModuleType

import pytest

from detente.ontology.states import countries

Load = Callable[[str], ModuleType]
ON = date(2023, 6, 18)


@pytest.mark.parametrize(
    "text",
    [
        "China accused the United States of bullying.",
        "The United States and China held talks in Beijing, not in Washington.",
        "Antony Blinken met Qin Gang; Biden did not meet Xi.",
        "American and Chinese officials said the U.S. and the PRC differ.",
        "The People's Republic of China answered the United States of America.",
        "A Chinese ship of the People's Republic of China passed an American one.",
        "China’s exports and the United States’ imports fell, said the White House.",
        "UNITED STATES AND CHINA",
        "Ties between China and Japan in the South China Sea.",
    ],
)
def test_exchanging_twice_gives_the_sentence_back(training: Load, text: str) -> None:
    exchanged = training("swap").exchanged
    once = exchanged(text, ON).text
    assert once != text
    assert exchanged(once, ON).text == text


@pytest.mark.parametrize(
    ("text", "other"),
    [
        pytest.param(
            "China thanked Washington.", "The United States thanked Beijing.", id="article at start"
        ),
        pytest.param(
            "He said China's envoy came.", "He said the United States' envoy came.", id="possessive"
        ),
        pytest.param("U.S.-China ties", "P.R.C.-United States ties", id="no article in a compound"),
        pytest.param(
            "Americans left Foggy Bottom.", "Chinese left Zhongnanhai.", id="nearest name"
        ),
        pytest.param(
            "Secretary Blinken met Director Wang Yi.",
            "Foreign Minister Qin met Director Jake Sullivan.",
            id="persons by office on the day",
        ),
        pytest.param(
            "The People’s Republic of China’s navy",
            "The United States of America’s navy",
            id="a curly apostrophe in a name",
        ),
        pytest.param(
            "Sullivan thanked a Chinese envoy.",
            "Wang Yi thanked an American envoy.",
            id="a family name nobody uses alone",
        ),
        pytest.param(
            "Wang Wenbin spoke on One China.", "Wang Wenbin spoke on One China.", id="no name of it"
        ),
    ],
)
def test_what_stands_for_one_stands_for_the_other(training: Load, text: str, other: str) -> None:
    assert training("swap").exchanged(text, ON).text == other


def test_articles_can_be_left_standing(training: Load) -> None:
    found = training("swap").exchanged("China thanked the United States.", ON, articles=False)
    assert found.text == "United States thanked the China."


def test_persons_follow_the_day(training: Load) -> None:
    swap = training("swap")
    assert swap.person_names(date(2019, 6, 18))["Trump"] == "Xi"
    assert "Trump" not in swap.person_names(ON)
    assert swap.exchanged("Trump spoke.", ON).spans == ()


@pytest.mark.parametrize("state", ["USA", "CHN"])
def test_every_name_of_the_tables_has_a_counterpart(training: Load, state: str) -> None:
    one = countries()[state]
    names = {one.name, one.official, *one.aliases, *one.demonyms, *one.capitals, *one.metonyms}
    assert names <= set(training("swap").state_names())


def test_each_person_stands_for_one(training: Load) -> None:
    pairs = list(training("swap").counterparts(ON))
    assert len({left.person for left, _ in pairs}) == len(pairs)
    assert ("Antony Blinken", "Qin Gang") in {(a.person, b.person) for a, b in pairs}
