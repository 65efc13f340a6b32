"""Score the shipped model on newswire pairs whose actors are given, with baselines beside it.

The set is read where it lies; the model never saw it. Baselines learn from the same corpus.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from corpus import Marked, read_corpus
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

from detente.coding.encoder import MarkedPair, classes, encode
from detente.ontology.plover import event_type

TYPES = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
"""The set's older name for two of today's types."""


@dataclass(frozen=True)
class Pair:
    """One pair of the set with its gold root type and quad class."""

    marked: MarkedPair
    kind: str
    quad: str


@dataclass(frozen=True)
class Figures:
    """Macro-F1 with 90 % bootstrap intervals, in [0, 1]."""

    root: tuple[float, float, float]
    quad: tuple[float, float, float]
    binary: tuple[float, float, float]


def read_pairs(path: Path) -> list[Pair]:
    """Read the set.

    Args:
        path: JSON Lines with `text`, `gold_source`, `gold_target`, `gold_code` and `quad`.
    """
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [Pair(_marked(row), row["gold_code"], row["quad"]) for row in rows]


def _marked(row: dict[str, str]) -> MarkedPair:
    text = row["text"]
    spans = []
    for key in ("gold_source", "gold_target"):
        start = max(text.find(row[key]), 0)
        spans.append((start, start + len(row[key])))
    return MarkedPair(text, spans[0], spans[1])


def model_kinds(pairs: Sequence[MarkedPair], known: Sequence[str]) -> list[str]:
    """Return the model's type of each pair, its event assumed.

    Args:
        pairs: Marked pairs.
        known: Types of the set.
    """
    scores = encode(pairs)
    totals = np.zeros((len(pairs), len(known)))
    for shares, names in (
        (_shares(scores["root"]), _kinds_of_roots()),
        (
            _shares(scores["event_type"]),
            [TYPES.get(n, n) for n in classes()["event_type"]],
        ),
    ):
        for column, name in enumerate(names):
            if name in known:
                totals[:, known.index(name)] += shares[:, column]
    return [known[i] for i in totals.argmax(1)]


def _kinds_of_roots() -> list[str]:
    kinds = [event_type(root) for root in classes()["root"]]
    return [TYPES.get(k.value, k.value) if k else "-" for k in kinds]


def _shares(logits: np.ndarray) -> np.ndarray:
    raised = np.exp(logits - logits.max(1, keepdims=True))
    return raised / raised.sum(1, keepdims=True)


def tfidf_kinds(pairs: Sequence[MarkedPair], known: Sequence[str]) -> list[str]:
    """Return the types a bag of words gives, fitted on our corpus.

    Args:
        pairs: Marked pairs.
        known: Types of the set.
    """
    rows = [r for r in read_corpus() if r.root and _kind(r) in known]
    reader = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    learned = LogisticRegression(C=10, max_iter=500)
    learned.fit(reader.fit_transform([r.text for r in rows]), [_kind(r) for r in rows])
    return list(learned.predict(reader.transform([p.text for p in pairs])))


def _kind(row: Marked) -> str:
    kind = event_type(row.root) if row.root else None
    return TYPES.get(kind.value, kind.value) if kind else "-"


def figures(pairs: Sequence[Pair], predicted: Sequence[str], draws: int = 300) -> Figures:
    """Return macro-F1 of types, quad classes and cooperation against conflict.

    Args:
        pairs: The set.
        predicted: A type for each.
        draws: Bootstrap draws behind the intervals.
    """
    quad_of = {p.kind: p.quad for p in pairs}
    kinds = np.array([p.kind for p in pairs])
    quads = np.array([p.quad for p in pairs])
    said = np.array(predicted)
    said_quads = np.array([quad_of[k] for k in predicted])
    sides = np.char.endswith(quads, "COOP"), np.char.endswith(said_quads, "COOP")
    return Figures(
        _interval(kinds, said, draws), _interval(quads, said_quads, draws), _interval(*sides, draws)
    )


def _interval(gold: np.ndarray, said: np.ndarray, draws: int) -> tuple[float, float, float]:
    generator = np.random.default_rng(1)
    labels = sorted(set(gold.tolist()))
    rows = generator.integers(0, len(gold), (draws, len(gold)))
    drawn = [_f1(gold[r], said[r], labels) for r in rows]
    low, high = np.quantile(drawn, [0.05, 0.95])
    return _f1(gold, said, labels), float(low), float(high)


def _f1(gold: np.ndarray, said: np.ndarray, labels: list[object]) -> float:
    return float(f1_score(gold, said, labels=labels, average="macro", zero_division=0))
