"""Score coders and baselines on sentences whose actor and recipient are given."""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache

from baselines import (
    Reader,
    bag_of_words,
    corpus_sha256,
    earlier,
    sentence_encoder,
)
from pairs_gold import NEUTRAL, GivenPair, read_binary, read_classes, read_plover
from places import GOLD
from progress import tracked
from published import MAJORITY, MINILM, TFIDF
from said import Said, said_of
from scores import by_class, confusions, interval, macro_f1

from detente.coding.context import Context
from detente.coding.drafts import drafts_in
from detente.coding.encoder import MarkedPair
from detente.coding.given import Sentence, code_sentence
from detente.coding.mentions import Mention
from detente.records import Span

Labels = tuple[list[str], list[str]]
Section = dict[str, object]

PLOVER, CLASSES, BINARY = "plv_train.dev", "cameoclass_train.dev", "aw_train.dev"
_EVENTS = tuple(f"{number:02d}" for number in range(2, 21))
_ROOTS = ("01", *_EVENTS)
_WHO, _WHOM = "AAA/GOV", "BBB/GOV"
_PER_CLASS = {"root_macro_f1": "root", "quad_macro_f1": "quad", "binary_macro_f1": "binary"}


def kinds(pairs: Sequence[GivenPair], said: Sequence[Said]) -> Labels:
    """Return gold and said PLOVER types.

    Args:
        pairs: Gold.
        said: One answer each.
    """
    rows = [(p.kind, s.kind) for p, s in zip(pairs, said, strict=True) if p.kind]
    return [g for g, _ in rows], [s for _, s in rows]


def quads(pairs: Sequence[GivenPair], said: Sequence[Said]) -> Labels:
    """Return gold and said quad classes; rows of plain statements are left out.

    Args:
        pairs: Gold.
        said: One answer each.
    """
    rows = [(p.quad, s.quad) for p, s in zip(pairs, said, strict=True) if p.quad and p.side]
    return [g for g, _ in rows], [s for _, s in rows]


def fives(pairs: Sequence[GivenPair], said: Sequence[Said]) -> Labels:
    """Return gold and said quad classes with the plain statement as a fifth.

    Args:
        pairs: Gold.
        said: One answer each.
    """
    rows = [(p.quad, s.five) for p, s in zip(pairs, said, strict=True) if p.quad]
    return [g for g, _ in rows], [s for _, s in rows]


def sides(pairs: Sequence[GivenPair], said: Sequence[Said]) -> Labels:
    """Return gold and said cooperation or conflict.

    Args:
        pairs: Gold.
        said: One answer each.
    """
    rows = [(p.side, s.side) for p, s in zip(pairs, said, strict=True) if p.side]
    return [g for g, _ in rows], [s for _, s in rows]


Measures = dict[str, Callable[[Sequence[GivenPair], Sequence[Said]], Labels]]
MEASURES: dict[str, Measures] = {
    PLOVER: {"root_macro_f1": kinds, "quad_macro_f1": quads, "binary_macro_f1": sides},
    CLASSES: {"quad_macro_f1": quads, "five_class_macro_f1": fives, "binary_macro_f1": sides},
    BINARY: {"binary_macro_f1": sides},
}
"""Set to its measures."""


def plover(before: Section) -> Section:
    """Score the set of PLOVER types.

    Args:
        before: The set's section of the last run.
    """
    return _section(PLOVER, read_plover(GOLD / f"{PLOVER}.jsonl"), before)


def classes(before: Section) -> Section:
    """Score the set of five classes on the rows whose actors are given and found.

    Args:
        before: The set's section of the last run.
    """
    every = read_classes(GOLD / f"{CLASSES}.jsonl")
    pairs = [p for p in every if p.is_usable]
    left = {
        "rows_in_the_set": len(every),
        "rows_without_both_actors": len(every) - len(pairs),
        "rows_neutral": sum(p.quad == NEUTRAL for p in pairs),
    }
    return _section(CLASSES, pairs, before) | left


def binary(before: Section) -> Section:
    """Score the set of cooperation and conflict.

    Args:
        before: The set's section of the last run.
    """
    return _section(BINARY, read_binary(GOLD / f"{BINARY}.jsonl"), before)


@cache
def coded(name: str) -> tuple[tuple[GivenPair, Said], ...]:
    """Return the newswire pairs with what the default model reads, once a run.

    Args:
        name: `plv_train.dev`.
    """
    pairs = read_plover(GOLD / f"{name}.jsonl")
    return tuple(zip(pairs, _model(pairs, name), strict=True))


def _section(name: str, pairs: Sequence[GivenPair], before: Section) -> Section:
    said = [s for _, s in coded(name)] if name == PLOVER else _model(pairs, name)
    found = figures(MEASURES[name], pairs, said)
    rows = {"rows": len(pairs), "no_event_read": sum(s.root is None for s in said)}
    per_class = {
        _PER_CLASS.get(key, "five_class"): by_class(*labels(pairs, said))
        for key, labels in MEASURES[name].items()
    }
    wrong = {
        _PER_CLASS.get(key, "five_class"): confusions(*labels(pairs, said))
        for key, labels in MEASURES[name].items()
    }
    beside = _baselines(name, pairs, before)
    return {**rows, **found, "per_class": per_class, "confusions": wrong, "baselines": beside}


def figures(measures: Measures, pairs: Sequence[GivenPair], said: Sequence[Said]) -> Section:
    """Return every macro-F1 of a set with its interval.

    Args:
        measures: The set's.
        pairs: Gold.
        said: One answer each.
    """
    labels = {key: made(pairs, said) for key, made in measures.items()}
    found: Section = {key: round(macro_f1(*both), 4) for key, both in labels.items()}
    return found | {"interval": {key: interval(*both) for key, both in labels.items()}}


def _baselines(name: str, pairs: Sequence[GivenPair], before: Section) -> Section:
    measures, among = MEASURES[name], _ROOTS if name == CLASSES else _EVENTS
    marked = [_marked(p) for p in pairs]
    found: Section = {
        "patterns": figures(measures, pairs, [pattern_of(p) for p in pairs]),
        TFIDF: figures(measures, pairs, bag_of_words().read(marked, among)),
        MINILM: _encoded(measures, pairs, sentence_encoder(), among) or earlier(before),
        MAJORITY: _majority(measures, pairs),
    }
    return {key: value for key, value in found.items() if value}


def _encoded(
    measures: Measures, pairs: Sequence[GivenPair], reader: Reader | None, among: Sequence[str]
) -> Section:
    if reader is None:
        return {}
    said = reader.read([_marked(p) for p in pairs], among)
    return figures(measures, pairs, said) | {"corpus_sha256": corpus_sha256()}


def _model(pairs: Sequence[GivenPair], name: str) -> list[Said]:
    return [model_of(pair) for pair in tracked(pairs, f"reading {name}")]


def model_of(pair: GivenPair) -> Said:
    """Return what the default model reads of a pair.

    Args:
        pair: Where a span is missing the sentence alone is read, and its surest event counts.
    """
    asked = Sentence(text=pair.text, actor=pair.actor, recipient=pair.recipient)
    events = code_sentence(asked).events
    return said_of(max(events, key=lambda e: e.confidence, default=None))


def pattern_of(pair: GivenPair) -> Said:
    """Return what the phrases alone read of a pair.

    Args:
        pair: Without both spans nothing is read.
    """
    if pair.actor is None or pair.recipient is None:
        return Said(None)
    mentions = [_mention(pair.actor, _WHO), _mention(pair.recipient, _WHOM)]
    mentions.sort(key=lambda m: m.start)
    drafts = drafts_in(pair.text, mentions, Context(None, (), None))
    mine = [d for d in drafts if (d.actor, d.recipient) == (_WHO, _WHOM)]
    return Said(mine[0].root, mine[0].tone.value) if mine else Said(None)


def _mention(span: Span, code: str) -> Mention:
    return Mention(span.start, span.end, code, "state")


def _marked(pair: GivenPair) -> MarkedPair:
    spans = [(s.start, s.end) if s else (0, 0) for s in (pair.actor, pair.recipient)]
    return MarkedPair(pair.text, *spans)


def _majority(measures: Measures, pairs: Sequence[GivenPair]) -> Section:
    """Each measure's own most frequent class, whatever the sentence."""
    found: Section = {}
    intervals: Section = {}
    for key, made in measures.items():
        gold, _ = made(pairs, [Said(None)] * len(pairs))
        said = [Counter(gold).most_common(1)[0][0]] * len(gold)
        found[key] = round(macro_f1(gold, said), 4)
        intervals[key] = interval(gold, said)
    return found | {"interval": intervals}
