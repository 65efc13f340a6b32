"""Score coders and the simplest reader on whole documents coded twice."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from functools import cache, partial

from calibration import Record
from documents_gold import (
    LEVELS,
    SEED_PAGE,
    Keyed,
    Row,
    acceptance,
    counts,
    empty_sentences,
    held_out,
    keys,
    scored,
    sure_and_any,
)
from places import KEY
from progress import tracked
from published import ALWAYS
from scores import bootstrap, ratios

from detente.coding import CODERS
from detente.coding.context import document_context
from detente.records import Event, Reading

Section = dict[str, object]

_AT = datetime(2026, 1, 1, tzinfo=UTC)
_SIDES = ("USA", "CHN")
_NONE = "-"


def whole_key(_before: Section) -> Section:
    """Score every document of the key.

    Args:
        _before: The set's section of the last run.
    """
    return _section(acceptance())


def without_seed_page(_before: Section) -> Section:
    """Score the key without the page that was in view.

    Args:
        _before: The set's section of the last run.
    """
    return _section(tuple(d for d in acceptance() if d.name != SEED_PAGE))


def own(_before: Section) -> Section:
    """Score our own documents that are kept from training.

    Args:
        _before: The set's section of the last run.
    """
    return _section(held_out())


@cache
def reading(one_of: Callable[[], tuple[Keyed, ...]], coder: str) -> dict[str, Reading]:
    """Return a coder's reading of each document of a set, once a run.

    Args:
        one_of: `acceptance` or `held_out`.
        coder: A key of `CODERS`.
    """
    reader = CODERS[coder]()
    return {
        d.name: reader.code(d.document, d.passages, coded_at=_AT)
        for d in tracked(one_of(), f"coding with {coder}")
    }


def rows_of(document: str, events: Sequence[Event]) -> list[Row]:
    """Return events as the scorer reads them.

    Args:
        document: Its name in the set.
        events: Of its reading.
    """
    return [
        {
            "document": document,
            "sentence": e.evidence.passage,
            "actor": e.actor,
            "recipient": e.recipient,
            "root": e.root,
            "tone": e.tone.value,
            "mode": e.mode.value,
        }
        for e in events
    ]


def records(documents: Sequence[Keyed], readings: dict[str, Reading]) -> list[Record]:
    """Return each actual event between states as confidence and whether dyad and root are right.

    Args:
        documents: The key; what only one coder has is left out.
        readings: Of these documents.
    """
    found: list[Record] = []
    for one in documents:
        sure, either = sure_and_any(one, "root")
        for event in readings[one.name].events:
            key = keys(rows_of(one.name, [event]), "root")
            if key and (key <= sure or not key & either):
                found.append((event.confidence, key <= sure))
    return found


def _section(documents: tuple[Keyed, ...]) -> Section:
    named = {d.name for d in documents}
    source = acceptance if named <= {d.name for d in acceptance()} else held_out
    readings = {coder: reading(source, coder) for coder in ("pairs", "patterns")}
    rows = {
        coder: {d.name: rows_of(d.name, read[d.name].events) for d in documents}
        for coder, read in readings.items()
    }
    rows[ALWAYS] = {d.name: _always_consult(d) for d in documents}
    found = {coder: _figures(documents, events) for coder, events in rows.items()}
    for coder, read in readings.items():
        found[coder] |= _records_of(documents, read)
    return {
        "documents": len(documents),
        **found.pop("pairs"),
        "confusions": _confusions(documents, rows["pairs"]),
        "baselines": found,
    }


def _figures(documents: Sequence[Keyed], rows: dict[str, list[Row]]) -> Section:
    found = scored(documents, [r for one in rows.values() for r in one], KEY / "score.py")
    intervals: Section = {}
    for level in LEVELS:
        tallies = [counts(d, rows[d.name], level) for d in documents]
        intervals[level] = bootstrap(len(tallies), partial(_f1, tallies))
    false = [_false(d, rows[d.name]) for d in documents]
    intervals["false_events_per_100"] = bootstrap(
        len(false), lambda drawn: 100 * _share([false[i] for i in drawn])
    )
    return {**found, "interval": intervals}


def _f1(tallies: Sequence[tuple[int, int, int]], drawn: Iterable[int]) -> float:
    hit, said, due = (sum(tallies[i][n] for i in drawn) for n in range(3))
    return 2 * hit / (said + due) if said + due else 0.0


def _share(parts: Sequence[tuple[int, int]]) -> float:
    whole = sum(p[1] for p in parts)
    return sum(p[0] for p in parts) / whole if whole else 0.0


def _false(one: Keyed, rows: Sequence[Row]) -> tuple[int, int]:
    empty = empty_sentences(one)
    found = {key[0] for key in keys(rows, "sentence")}
    return len(found & {*empty}), len(empty)


def caught_in(one: Keyed, rows: Sequence[Row]) -> list[tuple[bool, bool]]:
    """Return, for each sentence both or neither coder has an event in, whether due and whether read.

    Args:
        one: The document.
        rows: What was read in it.
    """
    empty, (sure, _) = empty_sentences(one), sure_and_any(one, "sentence")
    found = {key[0] for key in keys(rows, "sentence")}
    due = sorted(int(str(key[0])) for key in sure)
    return [(False, n in found) for n in empty] + [(True, n in found) for n in due]


def _records_of(documents: Sequence[Keyed], readings: dict[str, Reading]) -> Section:
    """Sentences of commitments, and issues of shared interest, where the key has them."""
    if "commitments" not in documents[0].codings[0]:
        return {}
    found: Section = {}
    for name, field, said in (
        ("commitments", "sentence", _promising),
        ("shared_interests", "issue", _shared),
    ):
        tallies = [_tally(d, said(readings[d.name]), name, field) for d in documents]
        hit, read, due = (sum(t[n] for t in tallies) for n in range(3))
        drawn = bootstrap(len(tallies), partial(_f1, tallies))
        found[name] = {**ratios(hit, read, due), "interval": drawn}
    return found


def _promising(read: Reading) -> set[object]:
    return {c.evidence.passage for c in read.commitments}


def _shared(read: Reading) -> set[object]:
    return {s.issue for s in read.shared_interests}


def _tally(one: Keyed, said: set[object], name: str, field: str) -> tuple[int, int, int]:
    first, second = ({item[field] for item in coding[name]} for coding in one.codings)
    sure, either = first & second, first | second
    hit = len(said & sure)
    return hit, hit + len(said - either), len(sure)


def _confusions(documents: Sequence[Keyed], rows: dict[str, list[Row]]) -> Section:
    """Roots read as others on the same sentence and dyad, missed, or read where none is due."""
    roots: Counter[tuple[str, str]] = Counter()
    for one in documents:
        (sure, either), found = sure_and_any(one, "root"), keys(rows[one.name], "root")
        wrong = {_dyad_of(k): str(k[3]) for k in sorted(found - either, key=str)}
        due = {_dyad_of(k): str(k[3]) for k in sorted(sure - found, key=str)}
        read = {_dyad_of(k) for k in found}
        roots.update(
            (root, wrong.get(place, _NONE))
            for place, root in due.items()
            if place in wrong or place not in read
        )
        roots.update((_NONE, root) for place, root in wrong.items() if place not in due)
    ranked = sorted(roots.items(), key=lambda item: (-item[1], item[0]))
    listed = [{"gold": g, "said": s, "events": n} for (g, s), n in ranked]
    return {
        "root": [c for c in listed if _NONE not in {c["gold"], c["said"]}][:8],
        "missed": [c for c in listed if c["said"] == _NONE][:5],
        "false": [c for c in listed if c["gold"] == _NONE][:5],
    }


def _dyad_of(key: tuple[object, ...]) -> tuple[object, ...]:
    return key[:3]


def _always_consult(one: Keyed) -> list[Row]:
    """The document's two sides meet in every sentence."""
    parties = document_context(one.document, one.passages).parties or _SIDES
    ways = ([f"{c}/GOV" for c in parties], [f"{c}/GOV" for c in parties[::-1]])
    facts = {"root": "04", "tone": "coop", "mode": "actual"}
    return [
        {"document": one.name, "sentence": p.index, "actor": a, "recipient": r, **facts}
        for p in one.passages
        for a, r in ways
    ]
