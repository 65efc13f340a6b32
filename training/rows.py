"""Figures as rows of a table, alike on the terminal and on the coders' page."""

from collections.abc import Iterator
from typing import Any

from published import PUBLISHED
from scores import NONE

Figures = dict[str, Any]

DEFAULT = "pairs"
"""The coder whose figures stand at the head of a set."""

LEVELS = ("sentence", "dyad", "quad", "root", "role")

MEASURES = {
    "root_macro_f1": "15 types",
    "quad_macro_f1": "4 quad classes",
    "five_class_macro_f1": "5 classes",
    "binary_macro_f1": "cooperation or conflict",
    "six_class_macro_f1": "6 classes",
    "triple_f1": "countries and root",
    "false_events_per_100": "false events per 100",
    "recall": "sentences with an event found",
}
"""Key in `results.json` to the head of its column."""


def coders(found: Figures) -> Iterator[tuple[str, Figures]]:
    """Yield the default coder and every baseline with their figures.

    Args:
        found: A set's section.
    """
    yield DEFAULT, found
    for name, one in found["baselines"].items():
        told = f"{name} ({one['from']})" if "from" in one else name
        yield told, one


def interval_of(one: Figures, key: str) -> str:
    """Return a figure with its interval.

    Args:
        one: A coder's figures.
        key: Which.

    Examples:
        >>> interval_of({"recall": 0.5, "interval": {"recall": [0.25, 0.75]}}, "recall")
        '0.500 (0.250 to 0.750)'
    """
    if key not in one:
        return "-"
    digits = 1 if key == "false_events_per_100" else 3
    low, high = one["interval"][key]
    return f"{one[key]:.{digits}f} ({low:.{digits}f} to {high:.{digits}f})"


def published(columns: int) -> Iterator[list[str]]:
    """Yield rows of figures others published on another part of the newswire pairs.

    Args:
        columns: How many figures a row has.
    """
    for one in PUBLISHED:
        figures = [one[key] for key in ("root", "quad", "binary")][:columns]
        cells = ["-" if value is None else f"{value:.2f}" for value in figures]
        yield [f"{one['coder']} (published, other part)", *cells]


def confusion(one: Figures) -> str:
    """Return a confusion in words.

    Args:
        one: Gold class, class read and how often.

    Examples:
        >>> confusion({"gold": "16", "said": "-", "rows": 3})
        '16 not read 3x'
    """
    number = one.get("rows", one.get("events"))
    if one["said"] == NONE:
        return f"{one['gold']} not read {number}x"
    if one["gold"] == NONE:
        return f"{one['said']} read where none is due {number}x"
    return f"{one['gold']} read as {one['said']} {number}x"
