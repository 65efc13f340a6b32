"""Score the coders on every set on hand, baselines beside, and write the figures.

The sets are read where they lie (a folder beside the repository); nothing of them is copied.
"""

import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pairs_gold import Figures, figures, model_kinds, read_pairs, tfidf_kinds
from rich import box
from rich.console import Console
from rich.table import Table
from sentences_gold import false_events, made_up_countries

from detente.coding import CODERS, Coder
from detente.records import DateInterval, Document, DocumentKind, Event, Passage, Span
from detente.text import dates_in

SHARED = Path(__file__).resolve().parents[1].parent / "shared"
KEY = SHARED / "acceptance"
"""Coded documents and their scorer."""

DEVELOPED_ON = "seed-blinken-groove"
"""The page whose sentences were in view while phrases were written: it proves nothing."""

GOLD = SHARED / "gold"
RESULTS = Path(__file__).parent / "results.json"

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}$")
_UNDATED = DateInterval(start=date(2023, 6, 18), end=date(2023, 6, 30))
_LEVELS = ("sentence", "dyad", "quad", "root", "role")


def main() -> int:
    """Print every score and write them to `results.json`.

    Returns:
        0, or 2 where the sets are not on this machine.
    """
    console = Console()
    if not KEY.is_dir():
        console.print(f"Nothing to score on: no coded documents in {KEY}.")
        return 2
    sets = {**_documents(console), **_pairs(console), **_sentences(console)}
    facts = json.loads((files("detente.coding.model") / "labels.json").read_text("utf-8"))
    model = {key: facts[key] for key in ("bytes", "sha256", "training")}
    text = json.dumps({"sets": sets, "model": model}, indent=1)
    RESULTS.write_text(text + "\n", encoding="utf-8")
    console.print(f"Written to {RESULTS}.")
    return 0


def _documents(console: Console) -> dict[str, object]:
    paths = sorted(KEY.glob("*.json"))
    unseen = [p for p in paths if p.stem != DEVELOPED_ON]
    return {
        "all documents": _scores(console, "all documents", paths),
        "without the seed page": _scores(console, "without the seed page", unseen),
    }


def _scores(console: Console, name: str, paths: list[Path]) -> dict[str, object]:
    table = Table(title=f"Coded by hand, {name}: precision / recall / F1", box=box.SIMPLE)
    for column in ("coder", *_LEVELS, "false per 100"):
        table.add_column(column)
    documents = [_read(path) for path in paths]
    runs = {
        coder: [row for document in documents for row in _predicted(make(), *document)]
        for coder, make in CODERS.items()
    }
    runs["always 04"] = [row for document in documents for row in _always_consult(*document)]
    scores = {coder: _scored(rows, paths) for coder, rows in runs.items()}
    for coder, found in scores.items():
        cells = [
            f"{found[level]['precision']:.2f} {found[level]['recall']:.2f} {found[level]['f1']:.2f}"
            for level in _LEVELS
        ]
        empty = found["sentences_without_event"]
        table.add_row(coder, *cells, f"{found['false_events_per_100']} of {empty}")
    console.print(table)
    return dict(scores)


def _pairs(console: Console) -> dict[str, object]:
    pairs = read_pairs(GOLD / "plv_train.dev.jsonl")
    marked = [p.marked for p in pairs]
    known = sorted({p.kind for p in pairs})
    most = Counter(p.kind for p in pairs).most_common(1)[0][0]
    runs = {
        "pairs": figures(pairs, model_kinds(marked, known)),
        "TF-IDF + logistic regression": figures(pairs, tfidf_kinds(marked, known)),
        "majority": figures(pairs, [most] * len(pairs)),
    }
    table = Table(title="Newswire pairs, actors given: macro-F1 (90 % interval)", box=box.SIMPLE)
    for name in ("coder", "root", "quad", "binary"):
        table.add_column(name)
    for name, found in runs.items():
        table.add_row(name, _cell(found.root), _cell(found.quad), _cell(found.binary))
    console.print(table)
    return {"plv_train.dev": {name: _facts(found) for name, found in runs.items()}}


def _sentences(console: Console) -> dict[str, object]:
    tally, (false, empty) = made_up_countries(GOLD / "petr1_unit.dev.jsonl")
    (other, none), (found, due) = false_events(GOLD / "osorio_a.dev.jsonl")
    console.print(
        f"Made-up countries: country + root F1 {tally.f1:.2f}; false events {false} of {empty}. "
        f"Irrelevant sentences: false events {other} of {none}; relevant found {found} of {due}."
    )
    return {
        "petr1_unit.dev": {"triple_f1": round(tally.f1, 4), "false": false, "without_event": empty},
        "osorio_a.dev": {"false": other, "without_event": none, "found": found, "with_event": due},
    }


def _cell(value: tuple[float, float, float]) -> str:
    return f"{value[0]:.3f} ({value[1]:.3f} to {value[2]:.3f})"


def _facts(found: Figures) -> dict[str, list[float]]:
    named = {"root": found.root, "quad": found.quad, "binary": found.binary}
    return {f"{name}_macro_f1": [round(v, 4) for v in value] for name, value in named.items()}


def _read(path: Path) -> tuple[Document, list[Passage]]:
    key = json.loads(path.read_text(encoding="utf-8"))
    on = str(key["date"])
    published = DateInterval.day(date.fromisoformat(on)) if _DAY.match(on) else _UNDATED
    document = Document(
        document_id=key["id"],
        sha256="0" * 64,
        media_type="text/plain",
        title=key["title"],
        publisher=key["publisher"],
        kind=DocumentKind.OTHER,
        language="en",
        published=published,
        published_basis="given",
        account_of=_side(key["publisher"]),
        added_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    return document, _passages(document, key["sentences"])


def _side(publisher: str) -> str | None:
    if "MFA" in publisher:
        return "CHN/GOV"
    return "USA/GOV" if "White House" in publisher or "Federal" in publisher else None


def _passages(document: Document, sentences: list[str]) -> list[Passage]:
    passages, start, speaker = [], 0, None
    for index, text in enumerate(sentences):
        turn = re.match(r"(Q|A)\b", text)
        speaker = turn.group(1) if turn else speaker
        passages.append(
            Passage(
                document_id=document.document_id,
                index=index,
                span=Span(start=start, end=start + len(text)),
                text=text,
                paragraph=index,
                speaker=speaker,
                dates=dates_in(text, document.published),
            )
        )
        start += len(text) + 1
    return passages


def _predicted(
    coder: Coder, document: Document, passages: list[Passage]
) -> list[dict[str, object]]:
    reading = coder.code(document, passages, coded_at=datetime(2026, 1, 1, tzinfo=UTC))
    return [_row(document, event) for event in reading.events]


def _row(document: Document, event: Event) -> dict[str, object]:
    return {
        "document": document.document_id,
        "sentence": event.evidence.passage,
        "actor": event.actor,
        "recipient": event.recipient,
        "root": event.root,
        "tone": event.tone.value,
        "mode": event.mode.value,
    }


def _always_consult(document: Document, passages: list[Passage]) -> list[dict[str, object]]:
    ways = (("USA/GOV", "CHN/GOV"), ("CHN/GOV", "USA/GOV"))
    facts = {"root": "04", "tone": "coop", "mode": "actual"}
    return [
        {"document": document.document_id, "sentence": p.index, "actor": a, "recipient": r, **facts}
        for p in passages
        for a, r in ways
    ]


def _scored(rows: list[dict[str, object]], paths: list[Path]) -> dict[str, Any]:
    """Run the key's own scorer over some of its documents; it reads those that lie beside it."""
    with TemporaryDirectory() as folder:
        for path in (KEY / "score.py", *paths):
            shutil.copy(path, folder)
        predictions = Path(folder) / "predictions.jsonl"
        predictions.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
        scorer = [sys.executable, str(Path(folder) / "score.py"), str(predictions), "--json"]
        done = subprocess.run(scorer, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    sys.exit(main())
