import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

Load = Callable[[str], ModuleType]
MET = ("ARN", "GON", "04")


def test_codes_are_cut_to_country_and_root(training: Load, tmp_path: Path) -> None:
    path = tmp_path / "suite.jsonl"
    event = {"source": "ARNGOV", "target": "GON", "code": "042"}
    path.write_text(json.dumps({"text": "Arnor met Gondor.", "gold_events": [event]}), "utf-8")
    (row,) = training("sentences_gold").read_suite(path)
    assert row.triples == frozenset({MET})


def test_tallies_add_up_to_f1(training: Load) -> None:
    gold = training("sentences_gold")
    total = gold.summed(
        [
            gold.tally(frozenset({MET}), frozenset({MET})),
            gold.tally(frozenset({MET}), frozenset({("GON", "ARN", "04")})),
            gold.tally(frozenset(), frozenset()),
        ]
    )
    assert total == gold.Tally(hit=1, said=2, due=2)
    assert total.f1 == pytest.approx(0.5)


def test_made_up_countries_are_read_as_they_are_passed_in(training: Load) -> None:
    scores = training("sentence_scores")
    read = scores.patterns_read({"Gondor": "GON", "Arnor": "ARN"})
    (event,) = read("Gondor accused Arnor of bullying.")
    assert event.triple == ("GON", "ARN", "11")
    assert scores.patterns_read({})("Gondor accused Arnor of bullying.") == []


def test_false_events_and_recall_are_told_apart(training: Load) -> None:
    found = training("sentence_scores").caught(
        [True, True, False, False, False, False], [True, False, True, False, False, False]
    )
    assert (found["false_events_per_100"], found["sentences_without_event"]) == (25.0, 4)
    assert (found["recall"], found["sentences_with_event"]) == (0.5, 2)
    assert (
        found["interval"]["false_events_per_100"][0]
        < 25
        < found["interval"]["false_events_per_100"][1]
    )
