"""Read the training corpus: sentences we wrote, one marked ordered pair each, with its labels.

A sentence that stands in several lines with other pairs marked stays on one side of the split.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "corpus"
VALIDATION_SHARE = 0.1

_MARK = re.compile(r"\[(/?)([AR])\]")


@dataclass(frozen=True)
class Marked:
    """One labelled line.

    Attributes:
        text: The sentence without marks.
        actor: Offsets of the actor's span.
        recipient: Offsets of the recipient's span.
        root: CAMEO root; None where the pair has no event.
        tone: `coop`, `conf`, `neutral` or None.
        act: Act of saying or None.
        mode: `actual`, `denied`, `called_for`, `hypothetical` or `none`.
        issues: Issue ids.
        theme: What the writer wrote about.
        writer: File it stands in.
        style: Readout, wire and so on.
        why: Why there is no event; None where there is one.
        also: Further roots of the same pair.
        kept_with: Title of the document it stands in; empty for a single sentence.
    """

    text: str
    actor: tuple[int, int]
    recipient: tuple[int, int]
    root: str | None
    tone: str | None
    act: str | None
    mode: str
    issues: tuple[str, ...]
    theme: str
    writer: str
    style: str
    why: str | None
    also: tuple[str, ...] = ()
    kept_with: str = ""

    @property
    def is_validation(self) -> bool:
        """Whether the sentence's text, or its document, falls into the tenth kept for validation."""
        digest = hashlib.sha256((self.kept_with or self.text).encode()).digest()
        return digest[0] / 256 < VALIDATION_SHARE


def unmarked(marked: str) -> tuple[str, dict[str, tuple[int, int]]]:
    """Take the marks out of a sentence.

    Args:
        marked: With `[A]..[/A]` and `[R]..[/R]` once each.

    Returns:
        The plain sentence, and the spans of `A` and `R` in it.

    Examples:
        >>> unmarked("[A]Paris[/A] thanked [R]Rome[/R].")
        ('Paris thanked Rome.', {'A': (0, 5), 'R': (14, 18)})
    """
    starts: dict[str, int] = {}
    spans: dict[str, tuple[int, int]] = {}
    plain, last = "", 0
    for mark in _MARK.finditer(marked):
        plain += marked[last : mark.start()]
        last = mark.end()
        if mark.group(1):
            spans[mark.group(2)] = (starts[mark.group(2)], len(plain))
        else:
            starts[mark.group(2)] = len(plain)
    return plain + marked[last:], spans


def read_corpus(folder: Path = FOLDER) -> Iterator[Marked]:
    """Read every line of the corpus in order of file and line.

    Args:
        folder: Holds the `.jsonl` files.

    Yields:
        Labelled sentences.
    """
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield _marked(json.loads(line), path.stem)


def _marked(row: dict[str, object], writer: str) -> Marked:
    text, spans = unmarked(str(row["s"]))
    optional = {
        key: str(row[key]) if row.get(key) else None for key in ("root", "tone", "act", "why")
    }
    return Marked(
        text=text,
        actor=spans["A"],
        recipient=spans["R"],
        mode=str(row["mode"]),
        issues=tuple(str(i) for i in row["issues"]),  # type: ignore[attr-defined]
        theme=str(row["theme"]),
        writer=writer,
        style=str(row["style"]),
        root=optional["root"],
        tone=optional["tone"],
        act=optional["act"],
        why=optional["why"],
    )
