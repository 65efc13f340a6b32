"""Agreement of labels with gold: macro-F1, figures by class, confusions, bootstrap intervals.

Every interval is the middle 90 % of draws with replacement, seeded.
"""

from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

DRAWS = 1000
SEED = 1
LOW, HIGH = 0.05, 0.95
NONE = "-"
"""Label of a row in which nothing was read; never a class of its own."""

Labels = Sequence[str]
Interval = list[float]


def macro_f1(gold: Labels, said: Labels) -> float:
    """Return the unweighted mean over the gold's classes of F1.

    Args:
        gold: The right labels.
        said: A label for each; one that no row of gold has counts against recall alone.

    Returns:
        In [0, 1]; 0 where there is no row.

    References:
        Opitz, Burst (2019), Macro F1 and Macro F1: the mean of F1 over classes.
    """
    if not gold:
        return 0.0
    names, (truth, read) = _numbered(gold, said)
    return _mean_f1(truth, read, names)


def interval(gold: Labels, said: Labels) -> Interval:
    """Return the 90 % interval of macro-F1 when rows are drawn anew.

    Args:
        gold: The right labels.
        said: A label for each.
    """
    names, (truth, read) = _numbered(gold, said)
    return bootstrap(len(truth), lambda drawn: _mean_f1(truth[drawn], read[drawn], names))


def bootstrap(size: int, measure: Callable[[NDArray[np.int64]], float]) -> Interval:
    """Return the 90 % interval of a measure over rows drawn with replacement.

    Args:
        size: Rows there are.
        measure: From row numbers to the figure.
    """
    if size == 0:
        return [0.0, 0.0]
    drawn = np.random.default_rng(SEED).integers(0, size, (DRAWS, size))
    low, high = np.quantile([measure(rows) for rows in drawn], [LOW, HIGH])
    return [round(float(low), 4), round(float(high), 4)]


def by_class(gold: Labels, said: Labels) -> dict[str, dict[str, float]]:
    """Return precision, recall, F1 and number of gold rows of each class of gold.

    Args:
        gold: The right labels.
        said: A label for each.
    """
    pairs, truth, read = Counter(zip(gold, said, strict=True)), Counter(gold), Counter(said)
    return {
        name: {
            **ratios(pairs[name, name], read[name], truth[name]),
            "rows": truth[name],
        }
        for name in sorted(truth)
    }


def ratios(hit: float, said: float, due: float) -> dict[str, float]:
    """Return precision, recall and F1 of counts.

    Args:
        hit: Items found that are right.
        said: Items found, contested ones left out.
        due: Items that are right.

    Examples:
        >>> ratios(1, 2, 1)
        {'precision': 0.5, 'recall': 1.0, 'f1': 0.6667}
    """
    precision, recall = hit / said if said else 0.0, hit / due if due else 0.0
    f1 = 2 * hit / (said + due) if said + due else 0.0
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}


def confusions(gold: Labels, said: Labels, most: int = 8) -> list[dict[str, str | int]]:
    """Return which class was read as which, the most frequent first.

    Args:
        gold: The right labels.
        said: A label for each.
        most: How many to return.
    """
    wrong = Counter((g, s) for g, s in zip(gold, said, strict=True) if g != s)
    ranked = sorted(wrong.items(), key=lambda item: (-item[1], item[0]))
    return [{"gold": g, "said": s, "rows": n} for (g, s), n in ranked[:most]]


def share(found: Sequence[bool]) -> tuple[float, Interval]:
    """Return a share in [0, 1] with its 90 % interval.

    Args:
        found: One answer a row.
    """
    rows = np.array(found, float)
    value = float(rows.mean()) if len(rows) else 0.0
    return round(value, 4), bootstrap(len(rows), lambda drawn: float(rows[drawn].mean()))


def _numbered(
    gold: Labels, said: Labels
) -> tuple[int, tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Gold's classes numbered from 0; any other label is the last number."""
    names = {name: number for number, name in enumerate(sorted(set(gold)))}
    truth = np.array([names[g] for g in gold], np.int64)
    read = np.array([names.get(s, len(names)) for s in said], np.int64)
    return len(names), (truth, read)


def _mean_f1(truth: NDArray[np.int64], read: NDArray[np.int64], names: int) -> float:
    hit = np.bincount(truth[truth == read], minlength=names)[:names]
    both = np.bincount(truth, minlength=names) + np.bincount(read, minlength=names + 1)[:names]
    return float((2 * hit / np.maximum(both, 1)).mean())
