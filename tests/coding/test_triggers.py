import pytest

from detente.coding.triggers import find_triggers


@pytest.mark.parametrize(
    ("text", "roots"),
    [
        pytest.param("China imposed sanctions on two firms.", ["16"], id="sanctions"),
        pytest.param("It added twelve Chinese companies to the Entity List.", ["16"], id="listing"),
        pytest.param("She urged China to stop the drills.", ["10"], id="the longest phrase wins"),
        pytest.param("She urged China to talk.", ["02"], id="an appeal"),
        pytest.param("The two sides agreed to maintain contact.", ["03"], id="undertaking"),
        pytest.param("The weather in Bali was fine on Monday.", [], id="none"),
        pytest.param("The unbanned book sold well.", [], id="inside a word"),
    ],
)
def test_phrases_make_triggers(text: str, roots: list[str]) -> None:
    assert [t.root for t in find_triggers(text)] == roots


def test_a_policy_is_worn_away_toward_the_other_side() -> None:
    (trigger,) = find_triggers("It continues to take actions that could erode its policy.")
    assert trigger.at_counterpart
