import doctest
import json
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from types import ModuleType

import pytest
from rich.console import Console

from tests.kit import ROOT

Load = Callable[[str], ModuleType]
RESULTS = json.loads((ROOT / "training" / "results.json").read_text(encoding="utf-8"))
WITH_EXAMPLES = (
    "calibration",
    "mirror",
    "pairs_gold",
    "rows",
    "said",
    "scores",
    "sentences_gold",
    "swap",
)


def test_without_the_sets_it_says_so_in_a_line(
    training: Load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    evaluate, told = training("evaluate"), StringIO()
    monkeypatch.setattr(evaluate, "GOLD", tmp_path / "gold")
    monkeypatch.setattr(sys, "argv", ["evaluate.py"])
    monkeypatch.setattr(evaluate, "CONSOLE", Console(file=told))
    assert evaluate.main() == 2
    assert told.getvalue() == f"Nothing to score on: no folder {tmp_path / 'gold'}\n"


def test_one_part_joins_figures_of_the_same_model_only(
    training: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    evaluate, told = training("evaluate"), StringIO()
    monkeypatch.setattr(evaluate, "CONSOLE", Console(file=told))
    model = evaluate._started({}, whole=True)["model"]
    last = {"model": model, "sets": {"a": 1}}
    assert evaluate._started(last, whole=False)["sets"] == {"a": 1}
    assert evaluate._started(last, whole=True)["sets"] == {}
    other = {"model": {"sha256": "0"}, "sets": {"a": 1}}
    assert evaluate._started(other, whole=False)["sets"] == {}
    assert told.getvalue() == "The last figures are of another model and are left out.\n"


def test_nothing_is_written_where_the_model_was_replaced(
    training: Load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    evaluate, told = training("evaluate"), StringIO()
    monkeypatch.setattr(evaluate, "CONSOLE", Console(file=told, width=140))
    for name in ("GOLD", "KEY"):
        monkeypatch.setattr(evaluate, name, tmp_path)
    models = iter([{"sha256": "1"}, {"sha256": "2"}])
    monkeypatch.setattr(evaluate, "_model", lambda: next(models))
    monkeypatch.setattr(evaluate, "RESULTS", tmp_path / "results.json")
    monkeypatch.setattr(evaluate, "SETS", {})
    monkeypatch.setattr(evaluate, "PARTS", {})
    monkeypatch.setattr(sys, "argv", ["evaluate.py"])
    assert evaluate.main() == 1
    assert "nothing is written" in told.getvalue()
    assert not (tmp_path / "results.json").exists()


def test_the_figures_stand_in_one_order(training: Load) -> None:
    evaluate = training("evaluate")
    mixed: dict[str, dict[str, object]] = {
        "speed": {},
        "swap": {},
        "model": {},
        "sets": {"acceptance": {}, "aw_train.dev": {}},
    }
    found = evaluate._ordered(mixed)
    assert list(found) == ["model", "sets", "swap", "speed"]
    assert list(found["sets"]) == ["aw_train.dev", "acceptance"]


def test_figures_of_an_earlier_run_say_so(training: Load) -> None:
    baselines = training("baselines")
    before = {"baselines": {"MiniLM + logistic regression": {"a": 1, "corpus_sha256": "0"}}}
    assert baselines.earlier(before)["from"] == "an earlier run, another corpus"
    assert baselines.earlier({}) == {}


@pytest.mark.parametrize("name", [*RESULTS["sets"], "false_events", "calibration", "swap", "speed"])
def test_what_was_measured_can_be_shown(
    training: Load, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    report, told = training("report"), StringIO()
    monkeypatch.setattr(report, "CONSOLE", Console(file=told, width=140))
    report.show(name, RESULTS)
    assert len(told.getvalue().split()) > 10


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_examples_run(training: Load, name: str) -> None:
    found = doctest.testmod(training(name))
    assert found.attempted > 0
    assert found.failed == 0
