"""Score the coders on documents coded by hand, beside the plainest baseline.

The key is read where it lies (a folder beside the repository); nothing of it is copied.
"""

import json
import re
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table

from detente.coding import CODERS, Coder
from detente.records import DateInterval, Document, DocumentKind, Event, Passage, Span
from detente.text import dates_in

KEY = Path(__file__).resolve().parents[1].parent / "shared" / "acceptance"
"""Coded documents and their scorer."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}$")
_UNDATED = DateInterval(start=date(2023, 6, 18), end=date(2023, 6, 30))
_LEVELS = ("sentence", "dyad", "quad", "root", "role")


def main() -> int:
    """Print every coder's precision, recall and F1 at each level.

    Returns:
        0, or 2 where the key is not on this machine.
    """
    console = Console()
    if not KEY.is_dir():
        console.print(f"Nothing to score on: no coded documents in {KEY}.")
        return 2
    table = Table(title="Events on documents coded by hand: precision / recall / F1")
    for name in ("coder", *_LEVELS, "false per 100"):
        table.add_column(name)
    documents = [_read(path) for path in sorted(KEY.glob("*.json"))]
    for name, make in CODERS.items():
        rows = [row for document in documents for row in _predicted(make(), *document)]
        table.add_row(name, *_scored(rows))
    consult = [row for document in documents for row in _always_consult(*document)]
    table.add_row("baseline: every sentence a consultation", *_scored(consult))
    console.print(table)
    return 0


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


def _scored(rows: list[dict[str, object]]) -> list[str]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "predictions.jsonl"
        path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
        scorer = [sys.executable, str(KEY / "score.py"), str(path), "--json"]
        done = subprocess.run(scorer, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    cells = [
        f"{found[level]['precision']:.2f} / {found[level]['recall']:.2f} / {found[level]['f1']:.2f}"
        for level in _LEVELS
    ]
    return [*cells, str(found["false_events_per_100"])]


if __name__ == "__main__":
    sys.exit(main())
