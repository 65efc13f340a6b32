import json
import sys
from importlib import import_module

import pytest

from detente.coding.encoder import classes
from tests.kit import ROOT

PAGE = (ROOT / "docs/reference/coders.md").read_text(encoding="utf-8")
RESULTS = json.loads((ROOT / "training/results.json").read_text(encoding="utf-8"))
MODEL = json.loads((ROOT / "src/detente/coding/model/labels.json").read_text(encoding="utf-8"))
BEST = {
    "plv_train.dev": ("root_macro_f1", "quad_macro_f1", "binary_macro_f1"),
    "cameoclass_train.dev": ("quad_macro_f1", "five_class_macro_f1"),
}


def test_the_page_tells_the_figures_that_were_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [str(ROOT / "training"), *sys.path])
    card = import_module("card")
    assert card.figures_in(PAGE) == card.rendered(RESULTS)


def test_what_was_measured_is_what_ships() -> None:
    assert RESULTS["model"]["sha256"] == MODEL["sha256"]
    assert RESULTS["model"]["bytes"] == MODEL["bytes"]
    assert set(MODEL["classes"]) == set(classes())


@pytest.mark.parametrize("name", BEST)
def test_the_model_beats_its_baselines(name: str) -> None:
    scores = RESULTS["sets"][name]
    for key in BEST[name]:
        low = scores["interval"][key][0]
        assert all(low > one["interval"][key][1] for one in scores["baselines"].values()), key


def test_no_text_of_a_set_is_among_the_figures() -> None:
    words = json.dumps(RESULTS, ensure_ascii=False).split('"')
    assert max(len(word) for word in words) < 120
