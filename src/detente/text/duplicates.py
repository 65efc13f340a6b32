"""Near-duplicates: MinHash signatures of word triples, small enough to keep beside each document.

Two notices written from one form may be near-duplicates by their words and yet be two documents:
the caller compares dates before it joins them.

References:
    Broder (1997), On the resemblance and containment of documents, doi:10.1109/SEQUEN.1997.666900.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from struct import Struct

import numpy as np
from rensa import RMinHash

THRESHOLD = 0.8
"""Share of word triples in common from which two bodies count as nearly the same."""
LEAST_WORDS = 20
"""Below this many words only the very same words count: one changed word says too much."""

_PERMUTATIONS = 256
_SHINGLE = 3
_SEED = 42
_VERSION = 1
_HEADER = Struct("<BI")
_WORD = re.compile(r"\w+")


def signature(text: str) -> bytes:
    """Return a signature of the words of a text: 1,029 bytes, the same on every machine.

    Args:
        text: A document's body.

    Examples:
        >>> signature("Both sides agreed.") == signature("both  sides agreed")
        True
    """
    words = _WORD.findall(text.casefold())
    sketch = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
    sketch.update(list(_shingles(words)))
    digest = np.asarray(sketch.digest(), dtype="<u4").tobytes()
    return _HEADER.pack(_VERSION, len(words)) + digest


def similarity(first: bytes, second: bytes) -> float:
    """Return the estimated share of word triples two texts have in common.

    Texts of under 20 words are alike (1) or not (0). The standard error is at most 0.03.

    Args:
        first: Signature of one text.
        second: Signature of the other.

    Returns:
        Jaccard similarity in [0, 1]; 0 where either text is empty.

    Examples:
        >>> similarity(signature("They met in Bali."), signature("They met in Vienna."))
        0.0
    """
    found = next(_similarities(first, [("", second)]), None)
    return found[1] if found else 0.0


def nearest(
    own: bytes,
    others: Mapping[str, bytes] | Iterable[tuple[str, bytes]],
    *,
    threshold: float = THRESHOLD,
) -> tuple[str, float] | None:
    """Return the most similar of other documents, None where none reaches the threshold.

    Args:
        own: Signature of the document in question.
        others: Document ids and their signatures; of equals the first wins.
        threshold: Least similarity, in [0, 1].

    Examples:
        >>> text = "The two sides agreed to maintain open lines of communication. " * 3
        >>> nearest(
        ...     signature(text), [("d1", signature("Something else.")), ("d2", signature(text))]
        ... )
        ('d2', 1.0)
    """
    pairs = others.items() if isinstance(others, Mapping) else others
    best = max(_similarities(own, pairs), key=lambda pair: pair[1], default=None)
    return best if best is not None and best[1] >= threshold else None


def _shingles(words: list[str]) -> Iterator[str]:
    for at in range(max(len(words) - _SHINGLE + 1, min(len(words), 1))):
        yield " ".join(words[at : at + _SHINGLE])


def _similarities(own: bytes, others: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, float]]:
    own_version, own_words = _HEADER.unpack_from(own)
    own_digest = np.frombuffer(own, dtype="<u4", offset=_HEADER.size)
    for name, other in others:
        version, words = _HEADER.unpack_from(other)
        if version != own_version or not own_words or not words:
            continue
        digest = np.frombuffer(other, dtype="<u4", offset=_HEADER.size)
        share = float((own_digest == digest).mean())
        if min(own_words, words) < LEAST_WORDS:
            share = float(own_words == words and share == 1.0)
        yield name, share
