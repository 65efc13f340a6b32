from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from detente.coding import PatternCoder
from tests.kit import SHARED, make

Load = Callable[[str], ModuleType]


def _event(sentence: int, ways: str, root: str, **changes: str) -> dict[str, Any]:
    actor, recipient = (f"{c}/GOV" for c in ways.split(">"))
    tone = "coop" if root < "09" else "conf"
    facts = {"sentence": sentence, "actor": actor, "recipient": recipient, "root": root}
    return facts | {"tone": tone, "mode": "actual", "document": "one"} | changes


def _keyed(gold: ModuleType, name: str, first: list[Any], second: list[Any]) -> object:
    document, passages = make("They met.", "They quarrelled.", "It rained.", document_id=name)
    return gold.Keyed(document, tuple(passages), ({"events": first}, {"events": second}))


@pytest.fixture(name="key")
def key_fixture(training: Load) -> list[Any]:
    gold = training("documents_gold")
    meet, blame = _event(0, "USA>CHN", "04"), _event(1, "CHN>USA", "11")
    contested = _event(1, "USA>CHN", "12")
    return [
        _keyed(gold, "one", [meet, blame], [meet, blame, contested]),
        _keyed(gold, "two", [meet], [_event(0, "USA>CHN", "03")]),
    ]


ROWS = [
    _event(0, "USA>CHN", "04"),
    _event(1, "USA>CHN", "12"),
    _event(1, "CHN>USA", "16"),
    _event(2, "CHN>USA", "11"),
    _event(2, "CHN>USA", "10", mode="denied"),
    _event(2, "USA>USA", "10"),
    _event(0, "USA>CHN", "05", document="two"),
]


@pytest.mark.parametrize(
    ("level", "one", "two"),
    [
        ("sentence", (2, 3, 2), (1, 1, 1)),
        ("dyad", (2, 3, 2), (1, 1, 1)),
        ("quad", (1, 3, 2), (1, 1, 1)),
        ("root", (1, 3, 2), (0, 1, 0)),
    ],
)
def test_what_one_coder_has_is_left_out(
    training: Load, key: list[Any], level: str, one: tuple[int, ...], two: tuple[int, ...]
) -> None:
    counts = training("documents_gold").counts
    mine = [[r for r in ROWS if r["document"] == d.name] for d in key]
    assert [counts(d, rows, level) for d, rows in zip(key, mine, strict=True)] == [one, two]


def test_sentences_without_an_event_are_those_of_neither(training: Load, key: list[Any]) -> None:
    assert [training("documents_gold").empty_sentences(d) for d in key] == [[2], [1, 2]]


@pytest.mark.skipif(not SHARED.exists(), reason="../shared is not here")
def test_the_keys_own_scorer_counts_alike(training: Load, key: list[Any]) -> None:
    gold = training("documents_gold")
    found = gold.scored(key, ROWS, SHARED / "acceptance" / "score.py")
    assert (found["false_events_per_100"], found["sentences_without_event"]) == (33.3, 3)
    for level in gold.LEVELS:
        tallies = [gold.counts(d, [r for r in ROWS if r["document"] == d.name], level) for d in key]
        hit, said, due = (sum(t) for t in zip(*tallies, strict=True))
        ratios = training("scores").ratios(hit, said, due)
        assert found[level] == {name: round(value, 3) for name, value in ratios.items()}, level


@pytest.mark.parametrize(
    ("roots", "right"),
    [
        pytest.param(("11", "11"), [True], id="both have it"),
        pytest.param(("12", "12"), [False], id="neither has it"),
        pytest.param(("11", "12"), [], id="one has it"),
    ],
)
def test_a_record_is_right_wrong_or_left_out(
    training: Load, roots: tuple[str, str], right: list[bool]
) -> None:
    gold = training("documents_gold")
    document, passages = make("China accused the United States of bullying.", document_id="one")
    reading = PatternCoder().code(document, passages, coded_at=document.added_at)
    codings = tuple({"events": [_event(0, "CHN>USA", root)]} for root in roots)
    key = gold.Keyed(document, tuple(passages), codings)
    found = training("document_scores").records([key], {"one": reading})
    assert [is_right for _, is_right in found] == right


def test_our_own_documents_are_read_in_the_keys_form(training: Load) -> None:
    gold = training("documents_gold")
    found = gold.held_out()
    assert found
    rows = [e for one in found for coding in one.codings for e in coding["events"]]
    assert all(len(gold.keys([row], "root")) <= 1 for row in rows)
    assert any(gold.sure_and_any(one, "root")[0] for one in found)
