"""How fast documents are coded end to end: sentences in, records out, two processes."""

import re
import resource
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from itertools import islice
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path

from progress import watched
from texts import OURS, WHITE_HOUSE, Text, are_here, texts_of
from workers import WORKERS

from detente.coding import CODERS
from detente.coding.given import Sentence, code_sentence

Section = dict[str, object]

DOCUMENTS = 60
_AT = datetime(2026, 1, 1, tzinfo=UTC)
_LONGEST_START = 120
"""Seconds a worker may take to start."""


def speed(_before: Section) -> Section:
    """Code sixty documents and take the time, once both processes have loaded the model.

    Args:
        _before: The section of the last run.
    """
    source = WHITE_HOUSE if are_here(WHITE_HOUSE) else OURS
    texts = sorted(islice(texts_of(source), DOCUMENTS), key=lambda t: -len(t[1]))
    elapsed, found = _timed(texts)
    sentences, skipped = sum(f[0] for f in found), sum(f[1] for f in found)
    return {
        "sentences_per_second": round(sentences / elapsed, 1),
        "sentences_per_cpu_second": round(sentences / sum(f[2] for f in found), 1),
        "processes": WORKERS,
        "documents": len(texts),
        "sentences": sentences,
        "share_of_sentences_skipped": round(skipped / sentences, 4),
        "peak_megabytes_per_process": round(max(f[3] for f in found)),
        "source": source,
    }


def _timed(texts: Sequence[Text]) -> tuple[float, list[tuple[int, int, float, float]]]:
    context = get_context("spawn")
    barrier = context.Barrier(WORKERS)
    with ProcessPoolExecutor(
        WORKERS, mp_context=context, initializer=_load, initargs=(barrier,)
    ) as pool:
        list(pool.map(_ready, range(WORKERS)))
        start = time.perf_counter()
        done = pool.map(_code, texts)
        found = list(watched(done, "coding at full speed", len(texts)))
        return time.perf_counter() - start, found


def _load(barrier: Barrier) -> None:
    """Read a sentence, so that the model is loaded, and wait for the other process."""
    code_sentence(Sentence(text="Beijing accused Washington of bullying."))
    barrier.wait(_LONGEST_START)


def _ready(number: int) -> int:
    return number


def _code(text: Text) -> tuple[int, int, float, float]:
    """Sentences, those without a pair, CPU-seconds, and the process's peak in megabytes."""
    document, passages = text
    start = time.process_time()
    reading = CODERS["pairs"]().code(document, passages, coded_at=_AT)
    spent = time.process_time() - start
    return len(passages), reading.passages_skipped, spent, _peak_megabytes()


def _peak_megabytes() -> float:
    """The most memory this process has held; the system's own count starts with its parent's."""
    status = Path("/proc/self/status")
    if status.is_file():
        found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text("utf-8"))
        if found:
            return int(found.group(1)) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
