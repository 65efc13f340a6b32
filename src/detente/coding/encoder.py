"""The shipped model: one marked ordered pair in a sentence to event, root, act, mode and issues.

The pair is marked in the text itself, so direction is read from the sentence and not from order.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import Any

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray
from tokenizers import Tokenizer

MARKS = ("[unused1]", "[unused2]", "[unused3]", "[unused4]")
"""Open and close the actor, open and close the recipient."""

HEADS = ("mode", "root", "event_type", "realm", "tone", "act", "issues")
"""Outputs of the model, in order."""

LONGEST = 128
"""Word pieces read of a sentence."""

VIEW = 480
"""Characters of a text that nearly always fit into these."""

Scores = NDArray[np.float32]


@dataclass(frozen=True)
class MarkedPair:
    """A sentence with the spans of who acts and toward whom."""

    text: str
    actor: tuple[int, int]
    recipient: tuple[int, int]

    def marked(self) -> str:
        """The sentence with the marks the model was trained on.

        Examples:
            >>> MarkedPair("Paris thanked Rome.", (0, 5), (14, 18)).marked().split()[:3]
            ['[unused1]', 'Paris', '[unused2]']
        """
        places = (*self.actor, *self.recipient)
        opening = (True, False, True, False)
        text = self.text
        for place, _, mark in sorted(zip(places, opening, MARKS, strict=True), reverse=True):
            text = f"{text[:place]} {mark} {text[place:]}"
        return text


def in_view(pair: MarkedPair) -> MarkedPair | None:
    """Cut a long text down to what the model can read round a pair.

    Args:
        pair: Any pair.

    Returns:
        The pair in at most `VIEW` characters; None where its two sides stand further apart.

    Examples:
        >>> long = MarkedPair("Lima thanked Quito." + " So it was." * 99, (0, 4), (13, 18))
        >>> len(in_view(long).text)
        480
    """
    first, last = min(pair.actor[0], pair.recipient[0]), max(pair.actor[1], pair.recipient[1])
    if last - first > VIEW:
        return None
    begin = max(0, min(first - (VIEW - last + first) // 2, len(pair.text) - VIEW))
    spans = ((start - begin, end - begin) for start, end in (pair.actor, pair.recipient))
    return MarkedPair(pair.text[begin : begin + VIEW], *spans)


def encode(pairs: Sequence[MarkedPair]) -> dict[str, Scores]:
    """Score marked pairs, each by itself.

    The int8 model scales a whole batch together, so a pair read in company would depend on its
    neighbours; on one thread, reading one at a time costs nothing.

    Args:
        pairs: Any number.

    Returns:
        Head name to logits of shape `(n_pairs, n_classes)`; classes in the order of `classes`.

    Examples:
        >>> encode([])["root"].shape
        (0, 20)
    """
    found = {head: np.zeros((len(pairs), len(classes()[head])), np.float32) for head in HEADS}
    for row, pair in enumerate(pairs):
        for head, scores in zip(HEADS, _run(pair), strict=True):
            found[head][row] = scores[0]
    return found


@cache
def temperatures() -> dict[str, float]:
    """Return what the logits of `mode` and `root` are divided by, so that shares are frequencies."""
    known: dict[str, float] = _labels().get("temperatures", {})
    return {"mode": 1.0, "root": 1.0} | known


@cache
def classes() -> dict[str, list[str]]:
    """Return the classes of each head, in the order of its logits."""
    labels: dict[str, list[str]] = _labels()["classes"]
    return labels


@cache
def _labels() -> dict[str, Any]:
    path = files("detente.coding.model") / "labels.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def _run(pair: MarkedPair) -> list[Scores]:
    read = _tokenizer().encode(pair.marked())
    ids = np.array([read.ids], np.int64)
    inputs = {"ids": ids, "attention": np.ones_like(ids)}
    return list(_session().run(list(HEADS), inputs))


@cache
def _tokenizer() -> Tokenizer:
    path = files("detente.coding.model") / "tokenizer.json"
    tokenizer = Tokenizer.from_str(path.read_text(encoding="utf-8"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST)
    return tokenizer


@cache
def _session() -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    with as_file(files("detente.coding.model") / "pairs.onnx") as path:
        return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
