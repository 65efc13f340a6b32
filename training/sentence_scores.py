"""Score coders and baselines on single sentences: whether they have an event, of which class."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from baselines import (
    NO_EVENT,
    bag_of_words,
    corpus_sha256,
    earlier,
    sentence_encoder,
)
from places import GOLD
from progress import tracked
from published import ALWAYS, MAJORITY, MINILM, TFIDF
from said import Said
from scores import bootstrap, by_class, confusions, interval, macro_f1, ratios, share
from sentences_gold import (
    DISPUTED,
    MADE_UP,
    NOT_RELEVANT,
    WEIS,
    Due,
    Judged,
    Tally,
    Triple,
    read_judged,
    read_suite,
    summed,
    tally,
)

from detente.coding.context import Context
from detente.coding.drafts import drafts_in
from detente.coding.encoder import MarkedPair
from detente.coding.given import Sentence, code_sentence
from detente.coding.mentions import Mention, find_mentions

Section = dict[str, object]

JUDGED, MADE_UP_SUITE, SUITE = "osorio_a.dev", "petr1_unit.dev", "petr2_gsr.dev"
_ROOTS = (NO_EVENT, *(f"{number:02d}" for number in range(1, 21)))


@dataclass(frozen=True)
class Found:
    """One actual event of a sentence."""

    actor: str
    recipient: str
    said: Said

    @property
    def triple(self) -> Triple:
        """Countries and root."""
        return self.actor[:3], self.recipient[:3], self.said.root or ""


Reads = Callable[[str], list[Found]]
"""From a sentence to its actual events."""


def model_reads(actors: dict[str, str]) -> Reads:
    """Return the default model, which finds the actors itself.

    Args:
        actors: Further names and their codes.
    """

    def read(text: str) -> list[Found]:
        events = code_sentence(Sentence(text=text, actors=actors)).events
        return [
            Found(e.actor, e.recipient or "---", Said(e.root, e.tone, e.confidence))
            for e in events
            if e.mode == "actual"
        ]

    return read


def patterns_read(actors: dict[str, str]) -> Reads:
    """Return the phrases alone.

    Args:
        actors: Further names and their codes.
    """

    def read(text: str) -> list[Found]:
        drafts = drafts_in(text, _mentions(text, actors), Context(None, (), None))
        return [
            Found(d.actor, d.recipient or "---", Said(d.root, d.tone.value, d.confidence))
            for d in drafts
            if d.mode == "actual"
        ]

    return read


def always_consults(actors: dict[str, str]) -> Reads:
    """Return the reader that has the first two states named meet, each way.

    Args:
        actors: Further names and their codes.
    """

    def read(text: str) -> list[Found]:
        named = list(dict.fromkeys(m.country for m in _mentions(text, actors)))[:2]
        ways = (named, named[::-1]) if len(named) == 2 else ()
        return [Found(a, r, Said("04", "coop")) for a, r in ways]

    return read


def _mentions(text: str, actors: dict[str, str]) -> tuple[Mention, ...]:
    names = sorted(actors.items(), key=lambda item: -len(item[0]))
    found = [
        Mention(m.start(), m.end(), f"{code}/GOV", "state")
        for name, code in names
        for m in re.finditer(rf"\b{re.escape(name)}\b", text)
    ]
    kept: list[Mention] = []
    for mention in (*found, *find_mentions(text, None)):
        if all(mention.end <= k.start or k.end <= mention.start for k in kept):
            kept.append(mention)
    return tuple(sorted(kept, key=lambda m: m.start))


def judged(before: Section) -> Section:
    """Score the sentences four people read.

    Args:
        before: The set's section of the last run.
    """
    rows = read_judged(GOLD / f"{JUDGED}.jsonl")
    found = _classed(rows, [_class(events) for _, events in read(JUDGED)])
    beside = {
        "patterns": _classed(rows, [_class(patterns_read({})(r.text)) for r in rows]),
        TFIDF: _classed(rows, [_label(s) for s in bag_of_words().read(_plain(rows), _ROOTS)]),
        MINILM: _encoded(rows) or earlier(before),
        MAJORITY: _classed(rows, [_commonest(rows)] * len(rows)),
    }
    kept = {name: _brief(one) for name, one in beside.items() if one}
    return {"rows": len(rows), **found, "baselines": kept}


def made_up(_before: Section) -> Section:
    """Score the suite with made-up countries.

    Args:
        _before: The set's section of the last run.
    """
    rows = read_suite(GOLD / f"{MADE_UP_SUITE}.jsonl", WEIS)
    found = [frozenset(f.triple for f in events) for _, events in read(MADE_UP_SUITE)]
    across = summed([tally(f, row.triples) for f, row in zip(found, rows, strict=True)])
    return _suite(MADE_UP_SUITE, MADE_UP) | {"triple_f1_after_weis": round(across.f1, 4)}


def suite(_before: Section) -> Section:
    """Score the suite of a few real sentences.

    Args:
        _before: The set's section of the last run.
    """
    return _suite(SUITE, {})


@cache
def read(name: str) -> tuple[tuple[bool, list[Found]], ...]:
    """Return whether each sentence of a set is due an event, and what the model reads; once a run.

    Args:
        name: `osorio_a.dev`, `petr1_unit.dev` or `petr2_gsr.dev`.
    """
    path = GOLD / f"{name}.jsonl"
    reads = model_reads(MADE_UP if name == MADE_UP_SUITE else {})
    rows: Sequence[Judged | Due] = read_judged(path) if name == JUDGED else read_suite(path)
    due = [r.is_relevant if isinstance(r, Judged) else bool(r.triples) for r in rows]
    events = [reads(r.text) for r in tracked(rows, f"reading {name}")]
    return tuple(zip(due, events, strict=True))


def _suite(name: str, actors: dict[str, str]) -> Section:
    rows = read_suite(GOLD / f"{name}.jsonl")
    found = _tallied(rows, [events for _, events in read(name)])
    beside = {
        coder: _brief(_tallied(rows, [reads(r.text) for r in rows]))
        for coder, reads in (
            ("patterns", patterns_read(actors)),
            (ALWAYS, always_consults(actors)),
        )
    }
    return {"rows": len(rows), **found, "baselines": beside}


def _tallied(rows: Sequence[Due], events: Sequence[list[Found]]) -> Section:
    tallies = [
        tally(frozenset(f.triple for f in found), row.triples)
        for row, found in zip(rows, events, strict=True)
    ]
    total = summed(tallies)
    drawn = bootstrap(len(tallies), lambda chosen: summed([tallies[i] for i in chosen]).f1)
    due = [bool(row.triples) for row in rows]
    ways = summed([_ways(row, found) for row, found in zip(rows, events, strict=True)])
    figures = {"triple_f1": round(total.f1, 4), "interval": {"triple_f1": drawn}}
    counts = {
        "triple": ratios(total.hit, total.said, total.due),
        "dyad": ratios(ways.hit, ways.said, ways.due),
        "due_without_a_cameo_root": sum(t[2] not in _ROOTS for row in rows for t in row.triples),
    }
    return _merged(figures | counts, caught(due, [bool(found) for found in events]))


def _ways(row: Due, found: list[Found]) -> Tally:
    said = {f.triple[:2] for f in found}
    due = {t[:2] for t in row.triples}
    return Tally(len(said & due), len(said), len(due))


def _classed(rows: Sequence[Judged], said: Sequence[str]) -> Section:
    sure = [(r.label, s) for r, s in zip(rows, said, strict=True) if r.label != DISPUTED]
    gold, read_as = [g for g, _ in sure], [s for _, s in sure]
    figures: Section = {
        "six_class_macro_f1": round(macro_f1(gold, read_as), 4),
        "interval": {"six_class_macro_f1": interval(gold, read_as)},
        "rows_classed": len(sure),
        "per_class": {"six_class": by_class(gold, read_as)},
        "confusions": {"six_class": confusions(gold, read_as)},
    }
    has_event = [s != NOT_RELEVANT for s in said]
    return _merged(figures, caught([r.is_relevant for r in rows], has_event))


def caught(due: Sequence[bool], found: Sequence[bool]) -> Section:
    """Return false events per 100 sentences without one, and recall of sentences with one.

    Args:
        due: Whether each sentence has an event.
        found: Whether one was read in it.
    """
    false, false_interval = share([f for d, f in zip(due, found, strict=True) if not d])
    recall, recall_interval = share([f for d, f in zip(due, found, strict=True) if d])
    return {
        "false_events_per_100": round(100 * false, 1),
        "sentences_without_event": len(due) - sum(due),
        "recall": recall,
        "sentences_with_event": sum(due),
        "interval": {
            "false_events_per_100": [round(100 * v, 1) for v in false_interval],
            "recall": recall_interval,
        },
    }


def _merged(left: Section, right: Section) -> Section:
    both: Section = {}
    for part in (left.get("interval"), right.get("interval")):
        both |= part if isinstance(part, dict) else {}
    return {**left, **right, "interval": both}


def _brief(section: Section) -> Section:
    return {k: v for k, v in section.items() if k not in {"per_class", "confusions"}}


def _class(events: list[Found]) -> str:
    """The class of the surest event."""
    best = max(events, key=lambda f: f.said.confidence, default=None)
    return best.said.five if best else NOT_RELEVANT


def _label(said: Said) -> str:
    return said.five if said.root else NOT_RELEVANT


def _plain(rows: Sequence[Judged]) -> list[MarkedPair]:
    return [MarkedPair(r.text, (0, 0), (0, 0)) for r in rows]


def _encoded(rows: Sequence[Judged]) -> Section:
    reader = sentence_encoder()
    if reader is None:
        return {}
    said = [_label(s) for s in reader.read(_plain(rows), _ROOTS)]
    return _classed(rows, said) | {"corpus_sha256": corpus_sha256()}


def _commonest(rows: Sequence[Judged]) -> str:
    return Counter(r.label for r in rows).most_common(1)[0][0]
