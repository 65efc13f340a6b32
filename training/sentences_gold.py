"""Score the coder on single sentences: an old suite with made-up countries, and sentences without events."""

import json
from dataclasses import dataclass
from pathlib import Path

from detente.coding.given import Sentence, SentenceEvent, code_sentence

MADE_UP = {
    "Arnor": "ARN",
    "Arnorian": "ARN",
    "Bree": "BRE",
    "Calenardhon": "CAL",
    "Dagolath": "DAG",
    "Dagolathi": "DAG",
    "Dol Amroth": "DOL",
    "Eriador": "ERI",
    "Eriadori": "ERI",
    "Eriadorian": "ERI",
    "Fornost": "FOR",
    "Gondor": "GON",
    "Hobbiton": "HOB",
    "Ithilen": "ITH",
    "Minas Tirith": "GON",
    "Mordor": "MOR",
    "Osgiliath": "OSG",
    "Rohan": "ROH",
    "Shire": "SHR",
}
"""The suite's countries, as its users would pass them in."""


@dataclass(frozen=True)
class Tally:
    """Hits, predictions and gold items of one set."""

    hit: int
    said: int
    gold: int

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, in [0, 1]."""
        return 2 * self.hit / (self.said + self.gold) if self.said + self.gold else 0.0

    @property
    def recall(self) -> float:
        """Share of gold items found."""
        return self.hit / self.gold if self.gold else 0.0


def made_up_countries(path: Path) -> tuple[Tally, tuple[int, int]]:
    """Score country and root of the suite's events.

    Args:
        path: JSON Lines with `text` and `gold_events`.

    Returns:
        The tally, and false events and sentences where none is due.
    """
    hit = said = gold = false = empty = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        found = {_key(e) for e in _actual(row["text"], MADE_UP)}
        if row["no_events"] or not row["gold_events"]:
            empty += 1
            false += bool(found)
            continue
        due = {(e["source"][:3], e["target"][:3], e["code"][:2]) for e in row["gold_events"]}
        hit, said, gold = hit + len(found & due), said + len(found), gold + len(due)
    return Tally(hit, said, gold), (false, empty)


def false_events(path: Path) -> tuple[tuple[int, int], tuple[int, int]]:
    """Count events in sentences four people found irrelevant, and found ones among the others.

    Args:
        path: JSON Lines with `text` and `relevant_majority3of4`.

    Returns:
        Sentences with a false event and all without one; sentences found and all with one.
    """
    false = empty = found = due = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        has_event = bool(_actual(row["text"], {}))
        if str(row["relevant_majority3of4"]) == "True":
            found, due = found + has_event, due + 1
        else:
            false, empty = false + has_event, empty + 1
    return (false, empty), (found, due)


def _actual(text: str, actors: dict[str, str]) -> list[SentenceEvent]:
    events = code_sentence(Sentence(text=text, actors=actors)).events
    return [e for e in events if e.mode == "actual"]


def _key(event: SentenceEvent) -> tuple[str, str, str]:
    return event.actor[:3], (event.recipient or "---")[:3], event.root
