from datetime import date

import pytest

from detente.coding.mentions import find_mentions

JUNE_2023 = date(2023, 6, 19)


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        pytest.param("Beijing accused Washington.", ["CHN/GOV", "USA/GOV"], id="capitals"),
        pytest.param("It listed twelve Chinese companies.", ["CHN/BUS"], id="firms"),
        pytest.param("China's navy left port.", ["CHN/MIL"], id="navy"),
        pytest.param("Ships sailed the South China Sea.", [], id="a sea is nobody"),
        pytest.param("They met in Chinatown, Indiana.", [], id="inside words"),
        pytest.param("U.S. and foreign businesses complained.", ["USA/BUS"], id="and foreign"),
        pytest.param("The U.S. blocks companies.", ["USA/GOV"], id="a verb is no adjective"),
    ],
)
def test_names_stand_for_actors(text: str, actors: list[str]) -> None:
    assert [m.actor for m in find_mentions(text, JUNE_2023)] == actors


def test_a_title_its_state_and_its_person_are_one() -> None:
    text = "U.S. Secretary of State Antony Blinken met Chinese Foreign Minister Qin Gang."
    found = find_mentions(text, JUNE_2023)
    assert [m.persons for m in found] == [("Antony Blinken",), ("Qin Gang",)]


@pytest.mark.parametrize(
    ("on", "count"),
    [(JUNE_2023, 1), (date(2024, 1, 1), 0), (None, 0)],
    ids=["in office", "out of office", "undated"],
)
def test_persons_count_only_while_in_office(on: date | None, count: int) -> None:
    assert len(find_mentions("Qin Gang spoke.", on)) == count
