from collections.abc import Callable
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sklearn.metrics import f1_score

Load = Callable[[str], ModuleType]
PAIRS = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc-")), min_size=1)


@given(PAIRS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_macro_f1_is_that_of_scikit_learn(training: Load, pairs: list[tuple[str, str]]) -> None:
    gold, said = [g for g, _ in pairs], [s for _, s in pairs]
    theirs = f1_score(gold, said, labels=sorted(set(gold)), average="macro", zero_division=0)
    assert training("scores").macro_f1(gold, said) == pytest.approx(theirs)


def test_an_interval_holds_the_figure_and_is_the_same_again(training: Load) -> None:
    scores = training("scores")
    gold, said = ["a", "b", "a", "b", "a", "b"] * 5, ["a", "b", "b", "b", "a", "-"] * 5
    low, high = scores.interval(gold, said)
    assert low < scores.macro_f1(gold, said) < high
    assert scores.interval(gold, said) == [low, high]


def test_figures_of_each_class_of_gold(training: Load) -> None:
    found = training("scores").by_class(["a", "a", "b"], ["a", "b", "-"])
    assert found == {
        "a": {"precision": 1.0, "recall": 0.5, "f1": 0.6667, "rows": 2},
        "b": {"precision": 0.0, "recall": 0.0, "f1": 0.0, "rows": 1},
    }


def test_confusions_come_by_how_much_they_cost(training: Load) -> None:
    found = training("scores").confusions(["a", "b", "b", "b"], ["a", "a", "-", "-"])
    assert found == [
        {"gold": "b", "said": "-", "rows": 2},
        {"gold": "b", "said": "a", "rows": 1},
    ]


def test_a_share_of_no_rows_is_nought(training: Load) -> None:
    assert training("scores").share([]) == (0.0, [0.0, 0.0])
