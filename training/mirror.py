"""The swap audit: whether exchanging the two states in a sentence mirrors how it is coded."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from scores import share
from swap import FIRST, SECOND, Exchanged, exchanged
from texts import MINISTRY, OURS, WHITE_HOUSE, are_here, texts_of
from workers import mapped

from detente.coding.candidates import candidates
from detente.coding.context import Context
from detente.coding.drafts import Draft, drafts_in
from detente.coding.encoder import MarkedPair
from detente.coding.mentions import Mention, find_mentions, names_with_country
from detente.coding.pairs import read_sentence
from detente.ontology.offices import institutions

WANTED = 2000
_BACK = (SECOND, FIRST)
SHOWN = 10

Code = tuple[str, str, str, str, str]
"""Actor, recipient, root, tone and mode."""

Section = dict[str, object]


@dataclass(frozen=True)
class Asked:
    """A sentence that names both states, and its day."""

    text: str
    on: date


@dataclass(frozen=True)
class Audited:
    """What was coded before and after, the second already mirrored back."""

    before: frozenset[Code]
    after: frozenset[Code]
    why: str
    """Where the two part; empty where they do not."""

    @property
    def is_mirrored(self) -> bool:
        """Whether both are the same set."""
        return self.before == self.after


def swap(_before: Section) -> Section:
    """Audit two thousand sentences of both governments.

    Args:
        _before: The section of the last run.
    """
    here = [name for name in (WHITE_HOUSE, MINISTRY) if are_here(name)] or [OURS]
    asked: list[Asked] = []
    told: Section = {}
    for number, name in enumerate(here):
        kept, left = gathered(name, (WANTED - len(asked)) // (len(here) - number))
        asked += kept
        told[name] = {"sentences": len(kept), "left_out": left}
    found = list(mapped(audited, asked, "exchanging the two states", together=25))
    return {**summary(found), "sources": told}


def gathered(name: str, wanted: int) -> tuple[list[Asked], int]:
    """Return sentences that name both states, and how many were left out.

    Args:
        name: A set of `texts_of`.
        wanted: How many to return at most.

    Returns:
        Left out are those that name an institution of either that has no counterpart, or a person
        without one: exchanged in part, they need not mirror.
    """
    kept: dict[str, Asked] = {}
    left: set[str] = set()
    for text, on in _sentences(name):
        if is_whole(text, on):
            kept.setdefault(text, Asked(text, on))
        else:
            left.add(text)
        if len(kept) == wanted:
            break
    return list(kept.values()), len(left)


def is_whole(text: str, on: date) -> bool:
    """Say whether every name of the two states in a sentence can be exchanged.

    Args:
        text: The sentence.
        on: Its day.
    """
    spans = exchanged(text, on).spans
    found = [(m.start, m.end, m.country) for m in _context(on).mentions(text)]
    named = [n for n in (*found, *names_with_country(text, on)) if n[2] in {FIRST, SECOND}]
    starts = {start for start, _ in spans}
    straight = text.replace("’", "'")
    bodies = [straight.find(name) for name in _bodies() if name in straight]
    covered = all(any(n[0] < end and start < n[1] for start, end in spans) for n in named)
    return covered and all(start in starts for start in bodies)


def audited(asked: Asked) -> Audited:
    """Code a sentence before and after the exchange, the document's two sides exchanged with it.

    Args:
        asked: The sentence and its day.
    """
    other = exchanged(asked.text, asked.on)
    before = codes(_read(asked.text, asked.on))
    after = mirrored(codes(_read(other.text, asked.on, _BACK)))
    return Audited(before, after, "" if before == after else _why(asked, other, before))


def codes(drafts: Sequence[Draft]) -> frozenset[Code]:
    """Return what is compared of events.

    Args:
        drafts: Of one sentence.
    """
    return frozenset(
        (d.actor, d.recipient or "-", d.root, d.tone.value, d.mode.value) for d in drafts
    )


def mirrored(found: frozenset[Code]) -> frozenset[Code]:
    """Return events with the two states exchanged.

    Args:
        found: Events.

    Examples:
        >>> mirrored(frozenset({("USA/GOV", "CHN/BUS", "16", "conf", "actual")}))
        frozenset({('CHN/GOV', 'USA/BUS', '16', 'conf', 'actual')})
    """
    return frozenset((_other(a), _other(r), root, tone, mode) for a, r, root, tone, mode in found)


def summary(found: Sequence[Audited]) -> Section:
    """Return the share mirrored, what differs and where, and the worst cases as codes.

    Args:
        found: Audited sentences.
    """
    value, interval = share([a.is_mirrored for a in found])
    broken = [a for a in found if not a.is_mirrored]
    with_events = [a.is_mirrored for a in found if a.before or a.after]
    worst = sorted(broken, key=lambda a: (-len(a.before ^ a.after), sorted(a.before ^ a.after)))
    return {
        "mirrored": value,
        "interval": {"mirrored": interval},
        "sentences": len(found),
        "sentences_with_events": len(with_events),
        "mirrored_of_those_with_events": share(with_events)[0],
        "differences": dict(Counter(kind for a in broken for kind in _kinds(a)).most_common()),
        "explained": dict(Counter(a.why for a in broken).most_common()),
        "worst": [_shown(a) for a in worst[:SHOWN]],
    }


def _sentences(name: str) -> Iterator[tuple[str, date]]:
    for document, passages in texts_of(name):
        if document.published is None or document.language != "en":
            continue
        on = document.published.end
        for passage in passages:
            if {FIRST, SECOND} <= {m.country for m in find_mentions(passage.text, on)}:
                yield passage.text, on


@cache
def _bodies() -> tuple[str, ...]:
    own = {FIRST, SECOND}
    return tuple({b.name for b in institutions() if b.actor.split("/")[0] in own})


def _context(on: date, sides: tuple[str, str] = (FIRST, SECOND)) -> Context:
    return Context(on, sides, None)


def _read(text: str, on: date, sides: tuple[str, str] = (FIRST, SECOND)) -> tuple[Draft, ...]:
    context = _context(on, sides)
    return read_sentence(text, context.mentions(text), context)


def _why(asked: Asked, other: Exchanged, before: frozenset[Code]) -> str:
    """The first step at which the two readings part."""
    plain = exchanged(asked.text, asked.on, articles=False)
    back = mirrored(codes(_read(plain.text, asked.on, _BACK)))
    if plain.text != other.text and back == before:
        return "article"
    contexts = _context(asked.on), _context(asked.on, _BACK)
    left, right = contexts[0].mentions(asked.text), contexts[1].mentions(other.text)
    if _actors(left) != [(_other(code), kind, can) for code, kind, can in _actors(right)]:
        return "actors found"
    phrases = drafts_in(asked.text, left, contexts[0]), drafts_in(other.text, right, contexts[1])
    if codes(phrases[0]) != mirrored(codes(phrases[1])):
        return "phrases found"
    before_shown = _shown_to_model(asked.text, left, _context(asked.on))
    after_shown = _shown_to_model(other.text, right, _context(asked.on, _BACK))
    parted = before_shown ^ {(_other(a), _other(r), pair) for a, r, pair in after_shown}
    if not parted:
        return "rules after the model"
    own = any({_country(a), _country(r)} <= {FIRST, SECOND} for a, r, _ in parted)
    return "what the model is shown" if own else "what the model is shown of third states"


def _shown_to_model(
    text: str, mentions: Sequence[Mention], context: Context
) -> set[tuple[str, str, MarkedPair]]:
    return {(c.actor, c.recipient, c.pair) for c in candidates(text, mentions, context)}


def _actors(found: Sequence[Mention]) -> list[tuple[str, str, bool]]:
    return [(m.actor, m.kind, m.can_act) for m in found]


def _country(code: str) -> str:
    return code.partition("/")[0]


def _other(code: str) -> str:
    country, slash, role = code.partition("/")
    return {FIRST: SECOND, SECOND: FIRST}.get(country, country) + slash + role


def _kinds(one: Audited) -> Iterator[str]:
    """Each event that has no equal on the other side, and what is otherwise there."""
    gone, come = one.before - one.after, one.after - one.before
    for code in sorted(gone):
        near = [c for c in sorted(come) if c[:2] == code[:2]]
        if not near:
            yield "only before"
            continue
        come -= {near[0]}
        for place, name in ((2, "other root"), (3, "other tone"), (4, "other mode")):
            if near[0][place] != code[place]:
                yield name
    yield from ("only after" for _ in come)


def _shown(one: Audited) -> Section:
    return {
        "before": [" ".join(code) for code in sorted(one.before)],
        "after_mirrored_back": [" ".join(code) for code in sorted(one.after)],
        "why": one.why,
    }
