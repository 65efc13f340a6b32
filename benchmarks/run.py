"""Measure the stages on the demo documents, as ratios to splitting their sentences in the same round.

CPU-seconds, not wall time: machines are noisy, and the reference runs beside what is measured.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from detente.coding import PatternCoder
from detente.records import Document, Original, Passage
from detente.sources.files import read_path
from detente.text import nearest, prepare, signature

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 5
AT = datetime(2026, 1, 1, tzinfo=UTC)


def main() -> int:
    """Run every round, print the medians and write them to `results/stages.json`."""
    originals = [
        o for o in read_path(ROOT / "examples/us-china/documents") if isinstance(o, Original)
    ]
    documents = [prepare(o, added_at=AT) for o in originals]
    sentences = sum(len(passages) for _, passages in documents)
    stages: dict[str, Callable[[], object]] = {
        "prepare": lambda: [prepare(o, added_at=AT) for o in originals],
        "code": lambda: _code(documents),
        "signatures": lambda: _link(documents),
    }
    for run in stages.values():
        run()
    rounds = [{name: _seconds(run) for name, run in stages.items()} for _ in range(ROUNDS)]
    ratios = {
        f"{name}_over_prepare": round(statistics.median(r[name] / r["prepare"] for r in rounds), 3)
        for name in ("code", "signatures")
    }
    speed = round(statistics.median(sentences / r["code"] for r in rounds))
    result = {"rounds": ROUNDS, "sentences": sentences, "code_sentences_per_cpu_s": speed, **ratios}
    path = ROOT / "benchmarks" / "results" / "stages.json"
    path.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    table = Table(title=f"Medians of {ROUNDS} rounds")
    table.add_column("figure")
    table.add_column("value", justify="right")
    for name, value in result.items():
        table.add_row(name, str(value))
    Console().print(table)
    return 0


def _seconds(run: Callable[[], object]) -> float:
    start = time.process_time()
    run()
    return time.process_time() - start


def _code(documents: list[tuple[Document, tuple[Passage, ...]]]) -> None:
    coder = PatternCoder()
    for document, passages in documents:
        coder.code(document, passages, coded_at=AT)


def _link(documents: list[tuple[Document, tuple[Passage, ...]]]) -> None:
    seen: dict[str, bytes] = {}
    for document, passages in documents:
        mark = signature("\n".join(p.text for p in passages))
        nearest(mark, seen)
        seen[document.document_id] = mark


if __name__ == "__main__":
    sys.exit(main())
