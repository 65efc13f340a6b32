"""Single sentences with gold events or none: four people's news sentences, and two old suites."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MADE_UP = {
    "Arnor": "ARN",
    "Arnorian": "ARN",
    "Bree": "BRE",
    "Calenardhon": "CAL",
    "Cxlenardhon": "CAL",
    "Dagolath": "DAG",
    "Dagolathi": "DAG",
    "Dol Amroth": "DOL",
    "Eriador": "ERI",
    "Eriadori": "ERI",
    "Eriadorian": "ERI",
    "Fornost": "FOR",
    "Gondor": "GON",
    "Gxndor": "GON",
    "Hobbiton": "HOB",
    "Ithilen": "ITH",
    "Minas Tirith": "GON",
    "Mordor": "MOR",
    "Osgiliath": "OSG",
    "Rohan": "ROH",
    "Shire": "SHR",
}
"""The suite's countries, as its users would pass them in."""

WEIS = {
    "01": "08",
    "02": "01",
    "03": "04",
    "04": "05",
    "05": "03",
    "06": "05",
    "07": "07",
    "08": "03",
    "09": "02",
    "10": "02",
    "11": "12",
    "12": "11",
    "13": "11",
    "14": "12",
    "15": "10",
    "16": "13",
    "17": "13",
    "18": "14",
    "19": "16",
    "20": "16",
    "21": "17",
    "22": "19",
}
"""Root of WEIS, the scheme before CAMEO, to the CAMEO root nearest to it. McClelland (1976)."""

DISPUTED = "DISPUTED"
NOT_RELEVANT = "NOT_RELEVANT"

Triple = tuple[str, str, str]
"""Country of the actor, country of the recipient, CAMEO root."""


@dataclass(frozen=True)
class Judged:
    """A sentence four people read: its class, or that none of them finds it relevant."""

    text: str
    label: str
    """A quad class, `NEUTRAL`, `NOT_RELEVANT`, or `DISPUTED` where they differ."""

    @property
    def is_relevant(self) -> bool:
        """Whether most of them find an event in it."""
        return self.label != NOT_RELEVANT


@dataclass(frozen=True)
class Due:
    """A sentence of a suite with the events that are due."""

    text: str
    triples: frozenset[Triple]


@dataclass(frozen=True)
class Tally:
    """Hits, predictions and gold items of one sentence or set."""

    hit: int
    said: int
    due: int

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, in [0, 1]."""
        return 2 * self.hit / (self.said + self.due) if self.said + self.due else 0.0


def read_judged(path: Path) -> list[Judged]:
    """Read the sentences of four people.

    Args:
        path: JSON Lines with `text`, `quad` and `relevant_majority3of4`.
    """
    return [Judged(row["text"], row["quad"]) for row in _rows(path)]


def read_suite(path: Path, roots: Mapping[str, str] | None = None) -> list[Due]:
    """Read a suite's sentences.

    Args:
        path: JSON Lines with `text` and `gold_events`; codes are cut to country and root.
        roots: What each root is put across to; those it lacks stay.
    """
    across = roots or {}
    return [
        Due(
            row["text"],
            frozenset(
                (e["source"][:3], e["target"][:3], across.get(e["code"][:2], e["code"][:2]))
                for e in row["gold_events"]
            ),
        )
        for row in _rows(path)
    ]


def tally(found: frozenset[Triple], due: frozenset[Triple]) -> Tally:
    """Count one sentence.

    Args:
        found: What was read.
        due: What is right.

    Examples:
        >>> tally(frozenset({("A", "B", "04")}), frozenset({("A", "B", "04"), ("B", "A", "04")}))
        Tally(hit=1, said=1, due=2)
    """
    return Tally(len(found & due), len(found), len(due))


def summed(tallies: list[Tally]) -> Tally:
    """Add tallies up.

    Args:
        tallies: One a sentence.
    """
    total: Counter[str] = Counter()
    for one in tallies:
        total.update(hit=one.hit, said=one.said, due=one.due)
    return Tally(total["hit"], total["said"], total["due"])


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)
