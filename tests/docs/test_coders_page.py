import json

from detente.coding.encoder import classes
from tests.kit import ROOT

PAGE = (ROOT / "docs/reference/coders.md").read_text(encoding="utf-8")
RESULTS = json.loads((ROOT / "training/results.json").read_text(encoding="utf-8"))
MODEL = json.loads((ROOT / "src/detente/coding/model/labels.json").read_text(encoding="utf-8"))


def test_the_page_tells_the_figures_that_were_measured() -> None:
    for documents in ("without the seed page", "all documents"):
        for coder in ("pairs", "patterns", "always 04"):
            scores = RESULTS["sets"][documents][coder]
            cells = [
                f"{scores[level]['precision']:.3f} / {scores[level]['recall']:.3f} "
                f"/ {scores[level]['f1']:.3f}"
                for level in ("sentence", "dyad", "quad", "root")
            ]
            false = f"{scores['false_events_per_100']} of {scores['sentences_without_event']}"
            assert " | ".join([*cells, false]) in PAGE
    for scores in RESULTS["sets"]["plv_train.dev"].values():
        for value, low, high in scores.values():
            assert f"{value:.3f} ({low:.3f} to {high:.3f})" in PAGE


def test_what_was_measured_is_what_ships() -> None:
    assert RESULTS["model"]["sha256"] == MODEL["sha256"]
    assert f"{MODEL['bytes']:,}" in PAGE
    assert set(MODEL["classes"]) == set(classes())


def test_the_model_beats_its_baselines() -> None:
    scores = RESULTS["sets"]["plv_train.dev"]
    for head in ("root_macro_f1", "quad_macro_f1", "binary_macro_f1"):
        low = scores["pairs"][head][1]
        assert all(low > s[head][2] for name, s in scores.items() if name != "pairs")
