from datetime import date

import pytest

from detente.coding.blinding import blinded, country_in, names_in
from detente.coding.candidates import candidates
from detente.coding.context import Context
from detente.coding.encoder import MarkedPair
from detente.coding.mentions import find_mentions

JUNE = date(2023, 6, 19)


def blind(text: str, actor: str, recipient: str) -> str:
    a, r = text.index(actor), text.index(recipient)
    pair = MarkedPair(text, (a, a + len(actor)), (r, r + len(recipient)))
    names = names_in(text, JUNE)
    sides = country_in(pair.actor, names), country_in(pair.recipient, names)
    return " ".join(blinded(pair, names, *sides).marked().split())


@pytest.mark.parametrize(
    ("text", "actor", "recipient", "read"),
    [
        pytest.param(
            "Paris thanked Rome.", "Paris", "Rome",
            "[unused1] alpha [unused2] thanked [unused3] beta [unused4] .", id="capitals",
        ),
        pytest.param(
            "Chinese ships met U.S. ships; China and America were calm.", "Chinese ships", "U.S. ships",
            "[unused1] alpha ships [unused2] met [unused3] beta ships [unused4] ; alpha and beta were calm.",
            id="everywhere",
        ),
        pytest.param(
            "President Xi Jinping met Secretary Blinken.", "President Xi Jinping", "Secretary Blinken",
            "[unused1] alpha [unused2] met [unused3] beta [unused4] .", id="leaders",
        ),
        pytest.param(
            "The Kenyan court fined Kenya's union.", "The Kenyan court", "Kenya's union",
            "[unused1] alpha court [unused2] fined [unused3] alpha's union [unused4] .", id="at home",
        ),
        pytest.param(
            "Rebels hit the depot near Japan.", "Rebels", "the depot",
            "[unused1] Rebels [unused2] hit [unused3] the depot [unused4] near gamma.", id="third",
        ),
    ],
)  # fmt: skip
def test_the_two_states_lose_their_names(text: str, actor: str, recipient: str, read: str) -> None:
    assert blind(text, actor, recipient) == read


def test_exchanging_the_states_changes_nothing_the_model_reads() -> None:
    there = blind(
        "Beijing told Washington that China and the United States differ.", "Beijing", "Washington"
    )
    back = blind(
        "Washington told Beijing that the United States and China differ.", "Washington", "Beijing"
    )
    assert there == back


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("President Biden thanked Beijing.", "Chinese leader Xi Jinping thanked Washington."),
        ("Secretary of State Antony Blinken left China.", "Mr. Qin Gang left the United States."),
        ("The Biden administration met China.", "The Xi administration met America."),
        ("America's Treasury hit China.", "The United States' Treasury hit China."),
        ("An American envoy met China.", "A Chinese envoy met America."),
        ("CHINESE ACTIONS: China met America.", "AMERICAN ACTIONS: America met China."),
    ],
    ids=["a title", "a first name", "an administration", "an ending", "an article", "capitals"],
)
def test_names_of_one_kind_read_alike(text: str, other: str) -> None:
    context = Context(JUNE, (), None)
    read, back = (
        {c.pair.marked() for c in candidates(one, context.mentions(one), context)}
        for one in (text, other)
    )
    assert read == back != set()


def test_another_persons_title_stays() -> None:
    text = "The President met Chinese lawyers; the Secretary told Washington."
    names = [text[start:end] for start, end, _ in names_in(text, JUNE)]
    assert names == ["Chinese", "Washington"]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("President Xi Jinping accused Washington.", "alpha accused beta."),
        ("Washington sought to soothe Beijing.", "alpha sought to soothe beta."),
        ("The US Embassy thanked the Chinese navy.", "alpha Embassy thanked beta navy."),
        ("The United States' envoy left China.", "alpha's envoy left beta."),
        (
            "Beijing told the US that Japan's fleet left.",
            "alpha told beta that gamma's fleet left.",
        ),
    ],
    ids=["all of a name", "a word that ends in the", "an office", "an ending", "a third"],
)
def test_what_the_coder_asks_is_blind(text: str, read: str) -> None:
    context = Context(JUNE, (), None)
    assert read in {c.pair.text for c in candidates(text, context.mentions(text), context)}


def test_a_family_name_is_blind_wherever_it_stands() -> None:
    context = Context(JUNE, ("USA", "CHN"), None)
    for text in ("Secretary Antony Blinken met Wang Yi.", "The two sides met and Wang left."):
        mentions = context.mentions(text)
        asked = candidates(text, mentions, context)
        context.passed(text, mentions)
    assert {c.pair.text for c in asked if c.is_joint} == {
        "alpha and beta met and beta left.",
        "beta and alpha met and alpha left.",
    }


def test_a_callers_own_names_count() -> None:
    text = "Gondor told Paris."
    mention = find_mentions(text, None)[0].moved(-12)
    own = names_in(text, None, [mention])
    assert [(start, end) for start, end, _ in own] == [(0, 5), (12, 17)]
