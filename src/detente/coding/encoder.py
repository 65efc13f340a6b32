"""The shipped model: one marked ordered pair in a sentence to event, root, act, mode and issues.

The pair is marked in the text itself, so direction is read from the sentence and not from order.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files

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
        marks = zip((*self.actor, *self.recipient), MARKS, strict=True)
        text = self.text
        for place, mark in sorted(marks, reverse=True):
            text = f"{text[:place]} {mark} {text[place:]}"
        return text


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
def classes() -> dict[str, list[str]]:
    """Return the classes of each head, in the order of its logits."""
    path = files("detente.coding.model") / "labels.json"
    labels: dict[str, list[str]] = json.loads(path.read_text(encoding="utf-8"))["classes"]
    return labels


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
