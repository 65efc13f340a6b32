"""What a sentence takes from the sentences before it and from its document."""

from collections.abc import Callable

import pytest

from detente.coding.context import BOTH, Context
from detente.records import Reading

Directed = Callable[..., list[str]]
Read = Callable[..., Reading]

BEFORE = {
    "he": (["Wang Yi left.", "He accused Japan."], ["CHN/GOV > JPN/GOV 11 blame"]),
    "the secretary": (
        ["Antony Blinken left.", "The secretary accused Japan."],
        ["USA/GOV > JPN/GOV 11 blame"],
    ),
    "family name written first": (
        ["Wang Yi left.", "Wang accused Japan."],
        ["CHN/GOV > JPN/GOV 11 blame"],
    ),
    "another of that family": (["Wang Yi left.", "Wang Tao accused Japan."], []),
    "family name unknown before": (["Trade grew.", "Wang accused Japan."], []),
    "they after the two sides": (
        ["The two sides agreed to wait.", "They agreed to meet."],
        ["USA/GOV > CHN/GOV 03 commit", "CHN/GOV > USA/GOV 03 commit"],
    ),
    "they after A and B": (
        ["Washington and Beijing agreed to wait.", "They agreed to meet."],
        ["USA/GOV > CHN/GOV 03 commit", "CHN/GOV > USA/GOV 03 commit"],
    ),
    "they after two others": (
        ["Tokyo and Seoul agreed to wait.", "They agreed to meet."],
        [],
    ),
    "they after one": (["China agreed to wait.", "They agreed to meet."], []),
    "they after nobody": (["They agreed to meet."], []),
    "the ministry": (
        ["Japan banned Chinese apps.", "The ministry accused China."],
        ["JPN/GOV > CHN/GOV 11 blame"],
    ),
    "it": (
        ["The Commerce Department banned Chinese apps.", "It sanctioned a Chinese bank."],
        ["USA/GOV > CHN/BUS 16 deed"],
    ),
    "the ministry of nobody": (["The ministry accused Japan."], []),
    "the ministry of another": (
        ["China waited.", "The ministry of truth accused Japan."],
        [],
    ),
}


@pytest.mark.parametrize(("sentences", "expected"), BEFORE.values(), ids=BEFORE)
def test_reference_to_sentences_before(
    directed: Directed, sentences: list[str], expected: list[str]
) -> None:
    assert directed(*sentences) == expected


VOICES = {
    "lawmakers": ("Lawmakers accused Japan.", ["USA/LEG > JPN/GOV 11 blame"]),
    "hawks": (
        "The loudest hawks in Congress criticized Beijing.",
        ["USA/LEG > CHN/GOV 11 blame"],
    ),
    "a senator": ("Senator Rubio criticized Beijing.", ["USA/LEG > CHN/GOV 11 blame"]),
    "against the administration": (
        "American lawmakers criticized the Biden administration.",
        ["USA/LEG > USA/GOV 11 blame"],
    ),
    "the administration": ("The administration accused Japan.", ["USA/GOV > JPN/GOV 11 blame"]),
}


@pytest.mark.parametrize(("text", "expected"), VOICES.values(), ids=VOICES)
def test_voices_of_the_united_states(directed: Directed, text: str, expected: list[str]) -> None:
    assert directed(text) == expected


@pytest.mark.parametrize("voice", ["lawmakers", "a senator", "the administration"])
def test_no_such_voices_where_the_united_states_is_no_side(directed: Directed, voice: str) -> None:
    assert directed(VOICES[voice][0], parties=("JPN", "CHN")) == []


@pytest.mark.parametrize(
    ("own", "expected"),
    [("CHN/GOV", ["CHN/GOV > JPN/GOV 02 appeal"]), (None, [])],
    ids=["the side's own account", "nobody's account"],
)
def test_we_are_whose_account_it_is(directed: Directed, own: str, expected: list[str]) -> None:
    assert directed("We urge Japan to wait.", own=own) == expected


def test_two_sides_of_a_document_without_sides_are_nobody(directed: Directed) -> None:
    assert directed("The two sides agreed to wait.", parties=()) == []


PARTIES = {
    "title": ({"title": "Japan and India"}, ["Both sides agreed to wait."], {"JPN", "IND"}),
    "title over many sentences": (
        {"title": "Japan and India"},
        [
            "China saw Russia.",
            "China saw Russia.",
            "China saw Russia.",
            "Both sides agreed to wait.",
        ],
        {"JPN", "IND"},
    ),
    "most named": (
        {"title": "A report"},
        ["Tokyo wrote to India.", "Japan saw India and China.", "Both sides agreed to wait."],
        {"JPN", "IND"},
    ),
    "own account": (
        {"title": "A report", "account_of": "CHN/GOV"},
        ["Japan saw India and Japan.", "The two sides agreed to wait."],
        {"CHN", "JPN"},
    ),
    "only one named": ({"title": "Japan"}, ["The two sides agreed to wait."], set()),
    "organisations are no side": (
        {"title": "NATO and Japan"},
        ["The two sides agreed to wait."],
        set(),
    ),
}


@pytest.mark.parametrize(("facts", "sentences", "sides"), PARTIES.values(), ids=PARTIES)
def test_sides_of_a_document(
    read: Read, facts: dict[str, str], sentences: list[str], sides: set[str]
) -> None:
    last = [e for e in read(*sentences, **facts).events if e.root == "03"]
    assert {e.actor.split("/")[0] for e in last} == sides


def test_counterpart_is_the_other_of_two() -> None:
    context = Context(None, ("USA", "CHN"), None)
    assert [context.counterpart(c) for c in ("USA", "CHN", "JPN")] == ["CHN/GOV", "USA/GOV", None]
    assert Context(None, (), None).counterpart("USA") is None


@pytest.mark.parametrize(
    "words", ["The two sides", "Both countries", "The sides", "Each side", "Neither side"]
)
def test_words_for_both_sides(words: str) -> None:
    found = Context(None, ("USA", "CHN"), None).mentions(f"{words} waited.")
    assert [m.actor for m in found] == [BOTH]


@pytest.mark.parametrize(
    ("own", "focused", "before", "sides"),
    [
        ("CHN/GOV", False, ["India called."], ("CHN", "IND")),
        ("CHN/GOV", False, ["America called."], ("USA", "CHN")),
        ("CHN/GOV", False, ["India and Japan called."], ("USA", "CHN")),
        ("CHN/GOV", False, ["India called.", "So.", "So.", "So."], ("USA", "CHN")),
        ("CHN/GOV", True, ["India called."], ("USA", "CHN")),
        (None, False, ["India called."], ("USA", "CHN")),
    ],
    ids=["a third", "a side", "two", "long ago", "a document of two", "nobody's account"],
)
def test_the_two_sides_of_a_briefing(
    own: str | None, focused: bool, before: list[str], sides: tuple[str, ...]
) -> None:
    context = Context(None, ("USA", "CHN"), own, is_focused=focused)
    for text in before:
        context.passed(text, context.mentions(text))
    assert context.sides == sides
