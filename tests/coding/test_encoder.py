import hashlib
import json
from importlib.resources import files

import numpy as np
import pytest

from detente.coding.blinding import blinded, country_in, names_in
from detente.coding.encoder import HEADS, VIEW, MarkedPair, classes, encode, in_view

FOLDER = files("detente.coding.model")


def pair(text: str, actor: str, recipient: str) -> MarkedPair:
    a, r = text.index(actor), text.index(recipient)
    return MarkedPair(text, (a, a + len(actor)), (r, r + len(recipient)))


def best(read: MarkedPair, head: str) -> str:
    names = names_in(read.text, None)
    sides = (country_in(span, names) for span in (read.actor, read.recipient))
    read = blinded(read, names, *sides)
    return classes()[head][int(encode([read])[head][0].argmax())]


@pytest.mark.parametrize(
    ("text", "actor", "recipient", "mode", "root"),
    [
        pytest.param("Lima accused Quito of spying.", "Lima", "Quito", "actual", "11", id="blame"),
        pytest.param("Lima accused Quito of spying.", "Quito", "Lima", "none", None, id="reverse"),
        pytest.param(
            "Norway imposed sanctions on Belarus on Friday.", "Norway", "Belarus", "actual", "16",
            id="sanctions",
        ),
        pytest.param(
            "Norway did not impose sanctions on Belarus.", "Norway", "Belarus", "denied", "16",
            id="denied",
        ),
        pytest.param(
            "Kenya and Uganda agreed to reopen the border crossing next month.", "Kenya", "Uganda",
            "actual", "03", id="undertaking",
        ),
        pytest.param(
            "Rebel shelling killed four soldiers of the Malian army.", "Rebel", "the Malian army",
            "actual", "19", id="fighting",
        ),
    ],
)  # fmt: skip
def test_the_model_reads_direction_and_kind(
    text: str, actor: str, recipient: str, mode: str, root: str | None
) -> None:
    read = pair(text, actor, recipient)
    assert best(read, "mode") == mode
    if root is not None:
        assert best(read, "root") == root


def test_a_pair_scores_the_same_alone_and_in_company() -> None:
    texts = ("Lima thanked Quito.", "After months of silence Lima at last thanked Quito for tents.")
    pairs = [pair(text, "Lima", "Quito") for text in (*texts, "Lima invaded Quito.", *texts)]
    together = encode(pairs)
    for row, one in enumerate(pairs):
        alone = encode([one])
        assert all(np.array_equal(together[head][row], alone[head][0]) for head in HEADS)


def test_touching_marks_do_not_nest() -> None:
    assert MarkedPair("BA x", (1, 2), (0, 1)).marked().split() == [
        "[unused3]", "B", "[unused4]", "[unused1]", "A", "[unused2]", "x"
    ]  # fmt: skip


def test_a_long_text_is_cut_round_its_pair() -> None:
    text = "Nothing. " * 200 + "Beijing accused Washington." + " Nothing." * 200
    seen = in_view(pair(text, "Beijing", "Washington"))
    assert seen is not None
    assert seen.text[slice(*seen.actor)] == "Beijing"
    assert seen.text[slice(*seen.recipient)] == "Washington"
    assert len(seen.text) <= VIEW
    apart = "Beijing waited." + " Nothing." * 200 + " Washington left."
    assert in_view(pair(apart, "Beijing", "Washington")) is None


def test_the_shipped_model_is_the_one_that_was_measured() -> None:
    facts = json.loads((FOLDER / "labels.json").read_text(encoding="utf-8"))
    model = (FOLDER / "pairs.onnx").read_bytes()
    assert len(model) == facts["bytes"] <= 25_000_000
    assert hashlib.sha256(model).hexdigest() == facts["sha256"]
