import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

Load = Callable[[str], ModuleType]


def _written(folder: Path, **row: object) -> Path:
    path = folder / "set.jsonl"
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    return path


def test_marks_become_spans(training: Load, tmp_path: Path) -> None:
    marked = "In <t>Rome</t> the crowd cheered <s>Paris</s>."
    path = _written(tmp_path, marked=marked, gold_code="ASSAULT", quad="MATERIAL_CONF")
    (pair,) = training("pairs_gold").read_plover(path)
    assert pair.text == "In Rome the crowd cheered Paris."
    assert [pair.text[s.start : s.end] for s in (pair.actor, pair.recipient)] == ["Paris", "Rome"]
    assert (pair.kind, pair.quad, pair.side) == ("ASSAULT", "MATERIAL_CONF", "CONF")


def test_a_recipient_that_is_not_marked_is_missing(training: Load, tmp_path: Path) -> None:
    path = _written(tmp_path, marked="<s>Paris</s> protested.", binary="CONF")
    (pair,) = training("pairs_gold").read_binary(path)
    assert pair.recipient is None
    assert not pair.is_usable


@pytest.mark.parametrize(
    ("names", "is_usable"),
    [
        pytest.param(["Croatia 's request"], True, id="as a tokenizer left it"),
        pytest.param(["Slovenia"], False, id="not in the text"),
        pytest.param(None, False, id="not given"),
    ],
)
def test_actors_given_as_strings_are_found(
    training: Load, tmp_path: Path, names: list[str] | None, is_usable: bool
) -> None:
    text = "A Swiss court refused Croatia’s request."
    row = {"gold_source": ["A Swiss court"], "gold_target": names, "quad": "NEUTRAL"}
    (pair,) = training("pairs_gold").read_classes(_written(tmp_path, text=text, **row))
    assert pair.is_usable is is_usable
    assert (pair.quad, pair.side) == ("NEUTRAL", None)


@pytest.mark.parametrize(
    ("root", "tone", "classes"),
    [
        ("16", "conf", ("SANCTION", "MATERIAL_CONF", "MATERIAL_CONF", "CONF")),
        ("08", "coop", ("YIELD", "MATERIAL_COOP", "MATERIAL_COOP", "COOP")),
        ("01", "coop", ("-", "VERBAL_COOP", "NEUTRAL", "COOP")),
        ("01", "neutral", ("-", "-", "NEUTRAL", "-")),
        (None, "conf", ("-", "-", "-", "-")),
    ],
)
def test_what_is_said_has_its_classes(
    training: Load, root: str | None, tone: str, classes: tuple[str, ...]
) -> None:
    said = training("said").Said(root, tone)
    assert (said.kind, said.quad, said.five, said.side) == classes


def test_plain_statements_are_left_out_of_the_quads(training: Load) -> None:
    gold, scores, said = training("pairs_gold"), training("pair_scores"), training("said")
    pairs = [gold.GivenPair("a", None, None, quad=q, side=s) for q, s in (("NEUTRAL", None),)]
    pairs += [gold.GivenPair("a", None, None, quad="VERBAL_CONF", side="CONF")]
    answers = [said.Said("11", "conf")] * 2
    assert scores.quads(pairs, answers) == (["VERBAL_CONF"], ["VERBAL_CONF"])
    assert scores.fives(pairs, answers)[0] == ["NEUTRAL", "VERBAL_CONF"]


def test_phrases_read_a_given_pair_in_its_direction(training: Load) -> None:
    gold, scores = training("pairs_gold"), training("pair_scores")
    text = "The union accused the ministry of fraud."
    one, other = gold.span_of(text, "The union"), gold.span_of(text, "the ministry")
    assert scores.pattern_of(gold.GivenPair(text, one, other)).root == "11"
    assert scores.pattern_of(gold.GivenPair(text, other, one)).root is None
