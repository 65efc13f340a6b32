"""Real texts to measure on: two governments' where they lie beside the repository, else our own."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from documents import read_documents
from places import EXAMPLES, TEXTS
from progress import tracked

from detente.records import Document, Original, Passage
from detente.sources.files import read_path
from detente.text import prepare

WHITE_HOUSE, MINISTRY, OURS = "white_house_china", "china_mfa_briefings_en", "our documents"

Text = tuple[Document, tuple[Passage, ...]]

_SEED = 1
_AT = datetime(2026, 11, 1, tzinfo=UTC)


def texts_of(name: str) -> Iterator[Text]:
    """Yield a set's documents that have a date, in a random order that is always the same.

    Args:
        name: `WHITE_HOUSE`, `MINISTRY` or `OURS`.
    """
    if name == OURS:
        yield from ((d.document, d.passages) for d in read_documents())
    path = EXAMPLES if name == OURS else TEXTS / f"{name}.jsonl.gz"
    for document, passages in _read(path):
        if document.published is not None:
            yield document, passages


def are_here(name: str) -> bool:
    """Say whether a set lies on this machine.

    Args:
        name: As in `texts_of`.
    """
    return name == OURS or (TEXTS / f"{name}.jsonl.gz").is_file()


def _read(path: Path) -> Iterator[Text]:
    originals = [one for one in read_path(path) if isinstance(one, Original)]
    random.Random(_SEED).shuffle(originals)
    for original in tracked(originals, f"splitting {path.name}"):
        yield prepare(original, added_at=_AT)
