"""Documents coded twice: the key beside the repository, and our own that the model did not see.

Both are scored by the key's own scorer, which reads the documents that lie beside it. The counts behind
the intervals are taken here by the same rule: what both coded is right, what one coded is left out.
"""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from documents import CodedDocument, pairs_of, read_documents
from places import KEY

from detente.records import DateInterval, Document, DocumentKind, Passage, Span
from detente.text import dates_in

LEVELS = ("sentence", "dyad", "quad", "root", "role")
SEED_PAGE = "seed-blinken-groove"
"""The page that was in view while phrases were written: it proves little."""

Row = dict[str, Any]
"""One event as the scorer reads it."""

Codings = list[Row]
"""The two coders' `events`, `commitments` and `shared_interests`."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}$")
_UNDATED = DateInterval(start=date(2023, 6, 18), end=date(2023, 6, 30))
_ADDED = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Keyed:
    """A document, its sentences, and what two coders wrote."""

    document: Document
    passages: tuple[Passage, ...]
    codings: tuple[Row, Row]

    @property
    def name(self) -> str:
        """What it is called in its set."""
        return self.document.document_id


@cache
def acceptance() -> tuple[Keyed, ...]:
    """Return every document of the key."""
    return tuple(_keyed(json.loads(p.read_text("utf-8"))) for p in sorted(KEY.glob("*.json")))


@cache
def held_out() -> tuple[Keyed, ...]:
    """Return our own coded documents that are kept from training."""
    first = ((d, next(pairs_of(d), None)) for d in read_documents())
    return tuple(_own(d) for d, pair in first if pair is not None and pair.is_validation)


def scored(documents: Sequence[Keyed], rows: Iterable[Row], scorer: Path) -> dict[str, Any]:
    """Run the key's own scorer over some documents.

    Args:
        documents: What is scored; written beside a copy of the scorer for as long as it runs.
        rows: Predicted events of these documents.
        scorer: The script.
    """
    with TemporaryDirectory() as folder:
        place = Path(folder)
        shutil.copy(scorer, place / "score.py")
        for one in documents:
            (place / f"{one.name}.json").write_text(json.dumps(_key(one)), encoding="utf-8")
        predictions = place / "predictions.jsonl"
        predictions.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
        command = [sys.executable, str(place / "score.py"), str(predictions), "--json"]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def keys(rows: Iterable[Row], level: str) -> set[tuple[object, ...]]:
    """Return what counts of events at one level: those that happened, between two states.

    Args:
        rows: Events with `sentence`, `actor`, `recipient`, `root`, `tone` and `mode`.
        level: One of `LEVELS`.
    """
    actual = (r for r in rows if r.get("mode", "actual") == "actual")
    return {_place(r, level) for r in actual if len({*dyad(r)}) == 2}


def dyad(row: Row) -> tuple[str, str]:
    """Return the countries of an event.

    Args:
        row: With `actor` and `recipient`.
    """
    first, second = ((row.get(key) or "-").split("/")[0] for key in ("actor", "recipient"))
    return first, second


def sure_and_any(one: Keyed, level: str) -> tuple[set[tuple[object, ...]], set[tuple[object, ...]]]:
    """Return what both coders have at a level, and what either has.

    Args:
        one: The document.
        level: One of `LEVELS`.
    """
    first, second = (keys(coding["events"], level) for coding in one.codings)
    return first & second, first | second


def counts(one: Keyed, rows: Sequence[Row], level: str) -> tuple[int, int, int]:
    """Return hits, events read that are not contested, and events due.

    Args:
        one: The document.
        rows: What was read in it.
        level: One of `LEVELS`.
    """
    sure, either = sure_and_any(one, level)
    found = keys(rows, level)
    hit = len(found & sure)
    return hit, hit + len(found - either), len(sure)


def empty_sentences(one: Keyed) -> list[int]:
    """Return the sentences in which neither coder has an event.

    Args:
        one: The document.
    """
    held = {e["sentence"] for coding in one.codings for e in coding["events"]}
    return [n for n in range(len(one.passages)) if n not in held]


def _place(row: Row, level: str) -> tuple[object, ...]:
    whom = (row["sentence"], *dyad(row))
    if level == "quad":
        verbal = row["root"] < "06" or "09" <= row["root"] <= "13"
        return (*whom, "say" if verbal else "do", row["tone"])
    if level == "role":
        return row["sentence"], row["actor"], row.get("recipient") or "-"
    return {"sentence": (row["sentence"],), "dyad": whom, "root": (*whom, row["root"])}[level]


def _key(one: Keyed) -> dict[str, object]:
    return {
        "id": one.name,
        "sentences": [p.text for p in one.passages],
        "codings": dict(zip("AB", one.codings, strict=True)),
    }


def _keyed(key: dict[str, Any]) -> Keyed:
    on = str(key["date"])
    document = Document(
        document_id=key["id"],
        sha256="0" * 64,
        media_type="text/plain",
        title=key["title"],
        publisher=key["publisher"],
        kind=DocumentKind.OTHER,
        language="en",
        published=DateInterval.day(date.fromisoformat(on)) if _DAY.match(on) else _UNDATED,
        published_basis="given",
        account_of=_side(key["publisher"]),
        added_at=_ADDED,
    )
    first, second = key["codings"].values()
    return Keyed(document, tuple(_passages(document, key["sentences"])), (first, second))


def _side(publisher: str) -> str | None:
    if "MFA" in publisher:
        return "CHN/GOV"
    return "USA/GOV" if "White House" in publisher or "Federal" in publisher else None


def _passages(document: Document, sentences: list[str]) -> Iterator[Passage]:
    start, speaker = 0, None
    for index, text in enumerate(sentences):
        turn = re.match(r"(Q|A)\b", text)
        speaker = turn.group(1) if turn else speaker
        yield Passage(
            document_id=document.document_id,
            index=index,
            span=Span(start=start, end=start + len(text)),
            text=text,
            paragraph=index,
            speaker=speaker,
            dates=dates_in(text, document.published),
        )
        start += len(text) + 1


def _own(coded: CodedDocument) -> Keyed:
    first, second = (
        {
            "events": [
                {
                    "sentence": number,
                    "actor": e.actor,
                    "recipient": None if e.recipient == "-" else e.recipient,
                    "root": e.root,
                    "tone": e.tone,
                    "mode": e.mode,
                }
                for number, events in enumerate(coding)
                for e in events
            ]
        }
        for coding in (coded.first, coded.second)
    )
    return Keyed(coded.document, coded.passages, (first, second))
