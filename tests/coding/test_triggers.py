"""Phrases that make an event: how the table's small language is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.coding import triggers
from detente.coding.triggers import find_triggers

FOUND = {
    "regular verb": ("They banned it.", [("16", "banned")]),
    "longest wins": ("They urged Japan to stop drilling.", [("10", "urged Japan to stop")]),
    "shorter where the longer fails": ("They urged Japan to wait.", [("02", "urged")]),
    "longest wins over a verb of it": ("They denied visas to envoys.", [("16", "denied visas")]),
    "that verb alone": ("They denied the charge.", [("12", "denied")]),
    "two apart": ("They met, then accused us.", [("04", "met"), ("11", "accused")]),
    "capitals": ("Accusing nobody.", [("11", "Accusing")]),
    "underscore is a space": (
        "They put it on the Entity  List.",
        [("16", "put it on the Entity  List")],
    ),
    "gap of none": ("They imposed tariffs.", [("16", "imposed tariffs")]),
    "gap of six": (
        "They imposed one two three four five six tariffs.",
        [("16", "imposed one two three four five six tariffs")],
    ),
    "gap of seven is too wide": ("They imposed one two three four five six seven tariffs.", []),
    "no gap over a semicolon": ("They imposed it; tariffs rose.", []),
    "order matters": ("Tariffs they imposed.", []),
    "nothing": ("The weather was fair.", []),
}

INSIDE_WORDS = {
    "ban in banner": "The banner was red.",
    "ban in unbanned": "The unbanned book sold well.",
    "met in comet": "The comet shone.",
    "met in metal": "The metal shone.",
    "bar in barley": "The barley ripened.",
    "visit in visitor": "The visitor slept.",
}

FORMS = {
    "accuse": ("accuse", "accuses", "accused", "accusing"),
    "ban": ("ban", "bans", "banned", "banning"),
    "block": ("block", "blocks", "blocked", "blocking"),
    "deny": ("deny", "denies", "denied", "denying"),
    "dismiss": ("dismiss", "dismisses", "dismissed", "dismissing"),
    "reject": ("reject", "rejects", "rejected", "rejecting"),
}


@pytest.mark.parametrize(("text", "expected"), FOUND.values(), ids=FOUND)
def test_finds_phrases(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(t.root, t.phrase) for t in find_triggers(text)] == expected


@pytest.mark.parametrize("text", INSIDE_WORDS.values(), ids=INSIDE_WORDS)
def test_no_phrase_inside_a_word(text: str) -> None:
    assert find_triggers(text) == ()


@pytest.mark.parametrize("forms", FORMS.values(), ids=FORMS)
def test_verbs_are_found_in_every_form(forms: tuple[str, ...]) -> None:
    found = [find_triggers(f"They will {form} it.") for form in forms]
    assert [[t.phrase for t in one] for one in found] == [[form] for form in forms]


PATTERNS = {
    "one word": ("cat", ["cat", "Cat"], ["cats", "concat"]),
    "alternatives": ("cat|dog", ["cat", "dog"], ["bird", "cat|dog"]),
    "beginning": ("cat-", ["cat", "cats", "cattle"], ["concat"]),
    "underscore among alternatives": (
        "on big_cat|dog",
        ["on big cat", "on big  cat", "on dog"],
        ["on cat", "on big dog"],
    ),
    "irregular": ("hold~", ["hold", "holds", "held", "holding"], ["holded"]),
    "doubled or not": ("bar~", ["bar", "bars", "barred", "barring", "bared"], ["barrs"]),
    "silent e": ("ease~", ["ease", "eases", "eased", "easing"], ["easeing"]),
    "y after a consonant": ("deny~", ["deny", "denies", "denied", "denying"], ["denyed"]),
    "y after a vowel": ("delay~", ["delay", "delays", "delayed", "delaying"], ["delaies"]),
    "hissing end": ("tax~", ["tax", "taxes", "taxed", "taxing"], ["taxs"]),
    "gap": ("cat * dog", ["cat dog", "cat a b dog"], ["cat; dog", "dog cat"]),
}


@pytest.mark.parametrize(("phrase", "found", "not_found"), PATTERNS.values(), ids=PATTERNS)
def test_phrase_language(phrase: str, found: list[str], not_found: list[str]) -> None:
    pattern = triggers._compiled([phrase])
    assert [t for t in found if not pattern.fullmatch(t)] == []
    assert [t for t in not_found if pattern.fullmatch(t)] == []


def test_offsets_give_back_the_phrase() -> None:
    text = "Later they met, and then they urged it to stop."
    assert [text[t.start : t.end] for t in find_triggers(text)] == ["met", "urged it to stop"]


def test_a_policy_is_worn_away_toward_the_other_side() -> None:
    (trigger,) = find_triggers("It continues to take actions that could erode its policy.")
    assert trigger.at_counterpart


PIECES = st.sampled_from(["urged", "to", "stop", "met", "with", "imposed", "tariffs", ";"])


@given(st.lists(PIECES, max_size=15))
def test_triggers_stand_in_order_and_apart(words: list[str]) -> None:
    bounds = [b for t in find_triggers(" ".join(words)) for b in (t.start, t.end)]
    assert bounds == sorted(bounds)
