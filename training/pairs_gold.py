"""Sets of newswire sentences whose actor and recipient are given; read where they lie.

A set's own classes are kept; what the coder says is brought into them.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from detente.records import Span

QUADS = ("VERBAL_COOP", "MATERIAL_COOP", "VERBAL_CONF", "MATERIAL_CONF")
NEUTRAL = "NEUTRAL"
"""A statement without more: CAMEO root 01."""

_MARK = re.compile(r"<(/?)([st])>")
_QUOTES = dict.fromkeys("'’ʼ‘`", "['’ʼ‘`]")


@dataclass(frozen=True)
class GivenPair:
    """One sentence with its two spans and what gold says of the pair."""

    text: str
    actor: Span | None
    recipient: Span | None
    kind: str | None = None
    """PLOVER type in the set's older names."""
    quad: str | None = None
    """One of `QUADS`, or `NEUTRAL`."""
    side: str | None = None
    """`COOP` or `CONF`."""

    @property
    def is_usable(self) -> bool:
        """Whether both actors stand in the sentence."""
        return self.actor is not None and self.recipient is not None


def read_plover(path: Path) -> list[GivenPair]:
    """Read pairs with a PLOVER type and a quad class.

    Args:
        path: JSON Lines with `marked`, `gold_code` and `quad`.
    """
    return [
        GivenPair(*_unmarked(row), row["gold_code"], row["quad"], _side(row["quad"]))
        for row in _rows(path)
    ]


def read_binary(path: Path) -> list[GivenPair]:
    """Read pairs told apart as cooperation or conflict.

    Args:
        path: JSON Lines with `marked` and `binary`.
    """
    return [GivenPair(*_unmarked(row), side=row["binary"]) for row in _rows(path)]


def read_classes(path: Path) -> list[GivenPair]:
    """Read sentences of five classes, some with their actors as strings.

    Args:
        path: JSON Lines with `text`, `gold_source`, `gold_target` and `quad`.

    Returns:
        Every row; of several actors the first; without a span where none is given or found.
    """
    return [_classed(row) for row in _rows(path)]


def span_of(text: str, words: str) -> Span | None:
    """Find words in a text whatever its spaces and apostrophes.

    Args:
        text: The sentence.
        words: As a tokenizer left them: `Croatia 's request`.

    Examples:
        >>> span_of("Croatia’s request was refused.", "Croatia 's request")
        Span(start=0, end=17)
    """
    letters = [_QUOTES.get(letter, re.escape(letter)) for letter in words if not letter.isspace()]
    found = re.search(r"\s*".join(letters), text) if letters else None
    return Span(start=found.start(), end=found.end()) if found else None


def _rows(path: Path) -> Iterator[dict[str, str]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def _unmarked(row: Mapping[str, str]) -> tuple[str, Span | None, Span | None]:
    """Take `<s>` and `<t>` out of a sentence; a span that is not marked is None."""
    starts: dict[str, int] = {}
    spans: dict[str, Span] = {}
    plain, last = "", 0
    for mark in _MARK.finditer(row["marked"]):
        plain += row["marked"][last : mark.start()]
        last = mark.end()
        if not mark.group(1):
            starts[mark.group(2)] = len(plain)
        elif starts.get(mark.group(2), len(plain)) < len(plain):
            spans[mark.group(2)] = Span(start=starts[mark.group(2)], end=len(plain))
    return plain + row["marked"][last:], spans.get("s"), spans.get("t")


def _classed(row: Mapping[str, object]) -> GivenPair:
    text, quad = str(row["text"]), str(row["quad"])
    actor, recipient = (_first(text, row[key]) for key in ("gold_source", "gold_target"))
    return GivenPair(text, actor, recipient, quad=quad, side=_side(quad))


def _first(text: str, names: object) -> Span | None:
    return span_of(text, str(names[0])) if isinstance(names, list) and names else None


def _side(quad: str) -> str | None:
    return quad.rsplit("_", maxsplit=1)[1] if quad in QUADS else None
