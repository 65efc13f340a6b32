"""Whether records that say 0.8 are right eight times in ten."""

from collections.abc import Sequence

import numpy as np

BINS = 10

Record = tuple[float, bool]
"""Confidence in [0, 1] and whether the record is right."""


def bins_of(records: Sequence[Record]) -> list[dict[str, float]]:
    """Return records by confidence in ten bins of equal width; empty bins are left out.

    Args:
        records: Confidence and whether right; 1.0 falls into the last bin.
    """
    found = []
    for number, inside in enumerate(_inside(records)):
        if inside:
            found.append(
                {
                    "from": number / BINS,
                    "records": len(inside),
                    "confidence": round(float(np.mean([c for c, _ in inside])), 4),
                    "right": round(float(np.mean([r for _, r in inside])), 4),
                }
            )
    return found


def expected_error(records: Sequence[Record]) -> float:
    """Return the expected calibration error.

    Args:
        records: Confidence and whether right.

    Returns:
        Mean over records of how far their bin's mean confidence lies from its share right, in [0, 1].

    References:
        Guo, Pleiss, Sun, Weinberger (2017), On Calibration of Modern Neural Networks, eq. 3.

    Examples:
        >>> expected_error([(0.75, True), (0.75, False)])
        0.25
    """
    if not records:
        return 0.0
    gaps = [
        abs(sum(c for c, _ in inside) - sum(r for _, r in inside)) for inside in _inside(records)
    ]
    return round(float(sum(gaps) / len(records)), 4)


def _inside(records: Sequence[Record]) -> list[list[Record]]:
    inside: list[list[Record]] = [[] for _ in range(BINS)]
    for confidence, right in records:
        inside[min(int(confidence * BINS), BINS - 1)].append((confidence, right))
    return inside
