"""Read the coded documents: whole texts we wrote, every sentence coded by two coders working apart.

Each becomes the very pairs the coder would ask about, labelled by what both codings say.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from corpus import Marked

from detente.coding.candidates import Candidate, candidates
from detente.coding.context import document_context
from detente.ontology.cameo import Realm, realm_of
from detente.records import DateInterval, Document, DocumentKind, Passage, Span
from detente.text import dates_in

FOLDER = Path(__file__).parent / "documents"
CONTESTED = "?"
"""Root of a pair whose two codings agree on an event but not on its root."""

_EVENT = re.compile(
    r"(?P<actor>[A-Z0-9]{2,8}/[A-Z]{3})(?P<way><>|>)(?P<recipient>[A-Z0-9]{2,8}/[A-Z]{3}|-) "
    r"(?P<root>\d\d) (?P<act>\S+) (?P<mode>\w+) (?P<issues>[a-z,]+)(?: (?P<tone>\w+))?$"
)
_KINDS = {
    "readout": DocumentKind.READOUT,
    "statement": DocumentKind.JOINT_STATEMENT,
    "factsheet": DocumentKind.FACT_SHEET,
    "briefing": DocumentKind.BRIEFING,
    "legal": DocumentKind.LEGAL,
    "news": DocumentKind.NEWS,
    "analysis": DocumentKind.ANALYSIS,
}


@dataclass(frozen=True)
class Coded:
    """One event of a sentence as a coder wrote it."""

    actor: str
    recipient: str
    root: str
    act: str | None
    mode: str
    issues: tuple[str, ...]
    tone: str

    @property
    def dyad(self) -> tuple[str, str]:
        """Countries of actor and recipient."""
        return self.actor.split("/")[0], self.recipient.split("/")[0]


@dataclass(frozen=True)
class CodedDocument:
    """A document, its sentences, and for each its events in two codings."""

    document: Document
    passages: tuple[Passage, ...]
    first: tuple[tuple[Coded, ...], ...]
    second: tuple[tuple[Coded, ...], ...]


def read_documents(folder: Path = FOLDER) -> Iterator[CodedDocument]:
    """Read every document in order of file and line.

    Args:
        folder: Holds the `.jsonl` files.

    Yields:
        Documents coded twice; a second coding that is missing is taken to agree.
    """
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
            if line.strip():
                yield _document(json.loads(line), f"{path.stem}-{number}")


def events_of(lines: Sequence[str]) -> tuple[Coded, ...]:
    """Read the events of one sentence.

    Args:
        lines: `ACTOR>RECIPIENT ROOT ACT MODE ISSUES [TONE]`, `<>` for an act both ways.

    Raises:
        ValueError: A line is not of that form.

    Examples:
        >>> [e.dyad for e in events_of(["USA/GOV<>CHN/GOV 04 consult actual trade"])]
        [('USA', 'CHN'), ('CHN', 'USA')]
    """
    found: list[Coded] = []
    for line in lines:
        match = _EVENT.match(line)
        if match is None:
            msg = f"{line!r} is no event: expected ACTOR>RECIPIENT ROOT ACT MODE ISSUES"
            raise ValueError(msg)
        part = match.groupdict()
        ways = [(part["actor"], part["recipient"])]
        ways += [ways[0][::-1]] if part["way"] == "<>" else []
        act = None if part["act"] == "-" else part["act"]
        tone = part["tone"] or _tone(part["root"], act)
        rest = (part["root"], act, part["mode"], tuple(part["issues"].split(",")), tone)
        found += [Coded(a, r, *rest) for a, r in ways]
    return tuple(found)


def _tone(root: str, act: str | None) -> str:
    if root == "01":
        return {"affirm": "coop", "assure": "coop", "praise": "coop", "blame": "conf"}.get(
            act or "", "neutral"
        )
    return "coop" if root < "09" else "conf"


def _document(row: dict[str, object], name: str) -> CodedDocument:
    published = DateInterval.day(date.fromisoformat(str(row["date"])))
    document = Document(
        document_id=name,
        sha256="0" * 64,
        media_type="text/plain",
        title=str(row["title"]),
        publisher=str(row["publisher"]),
        kind=_KINDS[str(row["kind"])],
        language="en",
        published=published,
        published_basis="given",
        account_of=row["account_of"],
        added_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    lines: list[dict[str, object]] = row["lines"]  # type: ignore[assignment]
    passages, start = [], 0
    for index, line in enumerate(lines):
        text = str(line["s"])
        span = Span(start=start, end=start + len(text))
        passages.append(
            Passage(
                document_id=name,
                index=index,
                span=span,
                text=text,
                paragraph=index,
                speaker=line.get("q"),
                dates=dates_in(text, published),
            )
        )
        start += len(text) + 1
    first = tuple(events_of(line["e"]) for line in lines)  # type: ignore[arg-type]
    second = tuple(events_of(line.get("e2", line["e"])) for line in lines)  # type: ignore[arg-type]
    return CodedDocument(document, tuple(passages), first, second)


def pairs_of(coded: CodedDocument) -> Iterator[Marked]:
    """Return what the coder would ask about a document, with the codings' answers.

    Args:
        coded: The document.

    Yields:
        Labelled pairs; none for a pair that only one coding has an event of.
    """
    context = document_context(coded.document, coded.passages)
    for passage, first, second in zip(coded.passages, coded.first, coded.second, strict=True):
        mentions = context.mentions(passage.text)
        asked = candidates(passage.text, mentions, context, is_question=passage.speaker == "Q")
        context.passed(passage.text, mentions)
        for candidate in asked:
            label = _label(candidate, asked, first, second)
            if label is not None:
                yield _marked(coded, candidate, label)


def _label(
    candidate: Candidate,
    asked: Sequence[Candidate],
    first: Sequence[Coded],
    second: Sequence[Coded],
) -> tuple[Coded, ...] | None:
    """Events both codings have of a pair, none, or None where they differ on that."""
    mine = [_of(candidate, asked, events) for events in (first, second)]
    if bool(mine[0]) != bool(mine[1]):
        return None
    roots = {e.root for e in mine[1]}
    return tuple(e for e in mine[0] if e.root in roots) or tuple(
        Coded(e.actor, e.recipient, CONTESTED, None, e.mode, e.issues, "") for e in mine[0][:1]
    )


def _of(
    candidate: Candidate, asked: Sequence[Candidate], events: Sequence[Coded]
) -> tuple[Coded, ...]:
    """A sentence's events of one pair: of its very roles, or of its states where no pair has them."""
    codes = {(c.actor, c.recipient) for c in asked}
    own = (candidate.actor, candidate.recipient)
    dyad = candidate.actor.split("/")[0], candidate.recipient.split("/")[0]
    nearest = next(c for c in asked if (c.actor.split("/")[0], c.recipient.split("/")[0]) == dyad)
    found = [e for e in events if (e.actor, e.recipient) == own]
    if candidate is nearest:
        found += [e for e in events if e.dyad == dyad and (e.actor, e.recipient) not in codes]
    return tuple(sorted(found, key=lambda e: e.mode != "actual"))


def _marked(coded: CodedDocument, candidate: Candidate, events: tuple[Coded, ...]) -> Marked:
    main = events[0] if events else None
    sure = main is not None and main.root != CONTESTED
    roots = dict.fromkeys(e.root for e in events if main and e.mode == main.mode)
    return Marked(
        text=candidate.pair.text,
        actor=candidate.pair.actor,
        recipient=candidate.pair.recipient,
        root=main.root if main and sure else None,
        tone=main.tone if main and sure else None,
        act=main.act if main and sure and realm_of(main.root) is Realm.SAY else None,
        mode=main.mode if main else "none",
        issues=tuple(sorted({i for e in events for i in e.issues})),
        theme=str(coded.document.kind),
        writer=coded.document.document_id,
        style=str(coded.document.kind),
        why=None if main else "other",
        also=tuple(roots)[1:] if sure else (),
        kept_with=coded.document.title,
    )
