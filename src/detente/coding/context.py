"""What a sentence takes from its document: the two sides, the last subject, "the two leaders".

A reference is resolved only where the document leaves one reading; otherwise it names nobody.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from detente.coding.lists import mark_of, undertakes
from detente.coding.mentions import Mention, find_mentions
from detente.ontology.actors import country_of
from detente.records import Document, Passage

_BOTH = re.compile(
    r"\b(?:the )?(?:two|both) (?:sides|countries|governments|leaders|presidents|nations|powers|"
    r"capitals|ministers|heads of state|delegations|parties|officials|diplomats|secretaries)\b"
    r"|\bneither (?=appears|seems|has|is|can|wants|will|side)"
    r"|\b(?:each|neither) side\b|\bthe (?:sides|parties)\b|\bboth sides\b"
    r"|\bthe talks|\bthe (?:meetings|exchanges)\b",
    re.IGNORECASE,
)
_THEY = re.compile(r"\b[Tt]hey\b|^Both\b(?! (?:sides|countries|governments|leaders|presidents))")
_PERSON = re.compile(
    r"\b(?:He|She|he|she)\b|\b[Tt]he (?:President|Secretary|Foreign Minister|Minister|Premier|ambassador|Ambassador|president|secretary|minister)\b(?! of)"
)
_NAMED_BEFORE = re.compile(r"[A-Z][a-z]+ $")
"""A capital word right before "He" makes it a name: Liu He."""
_ORGAN = re.compile(
    r"^(?:It|The (?:ministry|department|command|navy|committee|army|government|commission|agency|"
    r"spokes(?:man|woman|person)|embassy|bureau|chamber|order|rule|law|bill|listing|notice|office|"
    r"fleet|ministry's spokes(?:man|woman|person)|Navy|Department|Ministry|Command|Treasury))\b(?!\s+of\b)",
)
_OWN = re.compile(r"\b(?:we|We|our|Our)\b")
_ADMINISTRATION = re.compile(r"\b[Tt]he (?:\w+ )?[Aa]dministration(?:’s|'s)?\b")
_LEGISLATURE = re.compile(
    r"\b(?:(?:Republican|Democratic|critical|loudest|some) )*(?:voices|critics|hawks|members|leaders|"
    r"lawmakers|Republicans|Democrats) in Congress\b|\b(?:U\.S\. |American )?[Ll]awmakers\b"
    r"|\b(?:U\.S\. )?(?:Representatives?|Rep\.|Senators?|Sen\.|Congress(?:wo)?man) "
    r"[A-Z][\w.’'-]+(?: [A-Z][\w’'-]+)?"
)

_TITLES = frozenset(
    [
        "President",
        "Secretary",
        "Minister",
        "Ambassador",
        "Premier",
        "Chairman",
        "Speaker",
        "Senator",
        "Representative",
        "General",
        "Admiral",
        "Director",
        "Advisor",
        "Adviser",
        "Spokesman",
        "Spokeswoman",
        "Mr.",
        "Ms.",
        "Mrs.",
        "Dr.",
        "Governor",
        "Chancellor",
        "Envoy",
        "Councilor",
        "Leader",
        "And",
        "But",
        "When",
        "While",
        "After",
        "Both",
    ]
)
_FAMILY_FIRST = frozenset({"CHN", "TWN", "HKG", "KOR", "PRK", "VNM", "JPN", "KHM", "HUN"})
"""Where the family name is written first."""

BOTH = "BOTH/GOV"
"""Stands for the document's two sides together."""

_GROUP = 3
_NUMBERS = {"three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
_GROUP_NOUN = re.compile(
    r"\b(" + "|".join(_NUMBERS) + r") (?:[\w-]+ ){0,2}?(?:countries|nations|states|sides|leaders|"
    r"parties|ministers|governments|members|powers)\b",
    re.IGNORECASE,
)
_MEMORY = 2
"""How many sentences may pass before a state is forgotten."""
_UNSAID = 2
"""States thought of where one is unsaid."""
_HEADER = 80
_TAIL = 160
"""Characters of the header and of the sentence before that a pair is read with."""
_TITLE = 10
"""Sentences that a title weighs."""
_FOCUS = 0.3
"""Share of sentences naming a side, above which a document is about its two sides."""


def _tail(text: str) -> str:
    return text if len(text) <= _TAIL else text[-_TAIL:].split(" ", 1)[-1]


@dataclass
class Context:
    """Running state while one document is read in order."""

    on: date | None
    parties: tuple[str, ...]
    """ISO-3 of the document's two sides, the more named first; empty where it has none."""
    own: str | None
    """Actor code of the side whose account the document is."""
    last_person: Mention | None = None
    families: dict[str, Mention] = field(default_factory=dict)
    """Family names of persons named so far, each the last one of that name."""
    last_actor: Mention | None = None
    """Who acted first in the sentence before."""
    last_subject_joint: bool = False
    is_focused: bool = False
    """Whether the document is about its two sides, so that a sentence naming neither may be, too."""
    header: str = ""
    """Last line that ended in a colon."""
    before: str = ""
    """Last sentence."""
    recent: dict[str, int] = field(default_factory=dict)
    """States named lately, the last named last, each with how many sentences ago."""
    group: tuple[str, ...] = ()
    """Three or more states of the last sentence that named so many."""
    lister: str | None = None
    """Who undertakes what the list being read holds."""

    @property
    def preamble(self) -> str:
        """What a sentence leaves unsaid: the header it stands under and the sentence before."""
        header = "" if self.before.endswith(self.header) else f"{self.header[-_HEADER:]} "
        return f"{header}{_tail(self.before)}"

    def passed(self, text: str, mentions: Sequence[Mention]) -> None:
        """Go on to the next sentence.

        Args:
            text: The sentence just read.
            mentions: Its actors.
        """
        self.before = text.strip()
        if self.before.endswith(":"):
            self.header = self.before
        self.recent = {c: age + 1 for c, age in self.recent.items() if age < _MEMORY}
        for mention in mentions:
            if mention.actor != BOTH:
                self.recent.pop(mention.country, None)
                self.recent[mention.country] = 0
        listed = tuple(dict.fromkeys(m.country for m in mentions if m.role == "GOV"))
        if len(listed) >= _GROUP and BOTH[:4] not in listed:
            self.group = listed
        self._list(text, mentions)

    def _list(self, text: str, mentions: Sequence[Mention]) -> None:
        end = undertakes(text)
        if end is not None:
            acting = [m for m in mentions if m.end <= end and (m.can_act or m.kind == "adjective")]
            self.lister = f"{acting[-1].country}/GOV" if acting else None
        elif mark_of(text) is None or self.before.endswith(":"):
            self.lister = None

    @property
    def sides(self) -> tuple[str, ...]:
        """Whom "the two sides" means: of a briefing's many states its own and the last named."""
        own = country_of(self.own or "")
        others = [c for c in self.recent if c != own]
        if self.is_focused or not own or len(others) != 1 or others[0] in self.parties:
            return self.parties
        return own, others[0]

    def family_names(self, text: str) -> tuple[Mention, ...]:
        """Find the family names of persons named so far.

        Args:
            text: Any text.
        """
        return _with_families(text, (), self.families)

    def others(self, country: str) -> tuple[str, ...]:
        """Return whom a sentence that names one state may leave unsaid, the likeliest first.

        Args:
            country: The state it names.
        """
        own = country_of(self.own or "")
        last = next((c for c in reversed(self.recent) if c != country), None)
        other = self.counterpart(country)
        found = (own, last, country_of(other or ""))
        return tuple(dict.fromkeys(c for c in found if c and c != country))[:_UNSAID]

    def unsaid(self) -> tuple[tuple[str, str], ...]:
        """Return whom a sentence that names nobody may be about, the likeliest pair first."""
        own = country_of(self.own or "")
        last = [c for c in reversed(self.recent) if c != own]
        found = [(own, last[0])] if own and last else [(last[1], last[0])] if last[1:] else []
        if self.is_focused and not any({*pair} == {*self.parties} for pair in found):
            found.append((self.parties[0], self.parties[1]))
        return tuple(found)

    def members(self, text: str) -> tuple[str, ...]:
        """Return the states a sentence means by "the five countries".

        Args:
            text: The sentence.
        """
        number = _GROUP_NOUN.search(text)
        known = number is not None and _NUMBERS.get(number.group(1).lower()) == len(self.group)
        return self.group if known else ()

    def counterpart(self, country: str) -> str | None:
        """Return the other side's government, where `country` is one of two.

        Args:
            country: ISO-3 of one side.
        """
        if len(self.parties) != 2 or country not in self.parties:
            return None
        other = self.parties[1] if country == self.parties[0] else self.parties[0]
        return f"{other}/GOV"

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """Find named actors and resolved references of the next sentence.

        Args:
            text: The sentence.
        """
        named = find_mentions(text, self.on)
        named = _with_families(text, named, self.families)
        if "USA" in self.parties:
            named = _with_legislature(text, named)
        found = [*named, *self._references(text, named)]
        found.sort(key=lambda m: m.start)
        persons = [m for m in found if m.kind == "person"]
        if persons:
            self.last_person = persons[0]
            self.families.update({_family(p): p for p in persons})
        self.last_actor = next((m for m in found if m.can_act and m.actor != BOTH), self.last_actor)
        return tuple(found)

    def _references(self, text: str, named: Sequence[Mention]) -> list[Mention]:
        found: list[Mention] = []
        if len(self.parties) == 2:
            found += [_at(m, BOTH, "both") for m in _BOTH.finditer(text)]
            if self.last_subject_joint:
                found += [_at(m, BOTH, "both") for m in _THEY.finditer(text)]
        if self.last_person is not None:
            found += [
                _at(m, self.last_person.actor, "pronoun")
                for m in _PERSON.finditer(text)
                if m.group() != "He" or not _NAMED_BEFORE.search(text, 0, m.start())
            ]
        if self.last_actor is not None:
            found += [_at(m, self.last_actor.actor, "pronoun") for m in _ORGAN.finditer(text)]
        if self.own is not None:
            found += [_at(m, self.own, "pronoun") for m in _OWN.finditer(text)]
        if "USA" in self.parties:
            found += [_at(m, "USA/GOV", "state") for m in _ADMINISTRATION.finditer(text)]
        return [f for f in found if not any(_overlap(f, m) for m in named)]


def document_context(document: Document, passages: Sequence[Passage]) -> Context:
    """Read who a document is about.

    Args:
        document: Its title weighs ten sentences.
        passages: Its sentences.

    Returns:
        The context before the first sentence.

    Examples:
        >>> from detente.coding.context import Context
        >>> Context(None, ("USA", "CHN"), None).counterpart("USA")
        'CHN/GOV'
    """
    on = document.published.end if document.published else None
    own = document.account_of
    title = _named(document.title, on)
    sentences = [_named(p.text, on) for p in passages]
    counts = Counter(title * _TITLE)
    for found in sentences:
        counts.update(found)
    if own is not None:
        counts[country_of(own)] += _TITLE
    parties = tuple(country for country, _ in counts.most_common(2))
    if len(parties) != 2:
        return Context(on, (), own)
    sought = {*parties} - {country_of(own or "")}
    least = min(sum(side in found for found in sentences) for side in sought)
    focused = sought <= {*title} or least >= _FOCUS * len(passages)
    return Context(on, parties, own, is_focused=focused)


def _named(text: str, on: date | None) -> list[str]:
    """States a text names, each as often as it does."""
    return [m.country for m in find_mentions(text, on) if m.kind != "organisation"]


def _family(person: Mention) -> str:
    words = person.persons[0].split() if person.persons else [""]
    return words[0] if person.country in _FAMILY_FIRST else words[-1]


def _with_families(
    text: str, named: tuple[Mention, ...], families: dict[str, Mention]
) -> tuple[Mention, ...]:
    """Read "Wang" as the Wang named before."""
    found = [
        Mention(m.start(), m.end(), person.actor, "person", person.persons, _owns(text, m.end()))
        for family, person in families.items()
        if family in text
        for m in re.finditer(rf"\b{re.escape(family)}\b", text)
        if not _other_name(text, m, person)
    ]
    return (*named, *(f for f in found if not any(_overlap(f, m) for m in named)))


def _other_name(text: str, match: re.Match[str], person: Mention) -> bool:
    """Whether the family name is part of another person's full name."""
    if person.country in _FAMILY_FIRST:
        return bool(re.match(r"\s+[A-Z][a-z]", text[match.end() :]))
    before = re.search(r"([A-Z][\w.’'-]+)\s+$", text[: match.start()])
    return before is not None and before.group(1) not in _TITLES


def _owns(text: str, end: int) -> bool:
    return text[end : end + 2] in {"’s", "'s"}


def _with_legislature(text: str, named: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Read "the loudest voices in Congress" as the legislature."""
    voices = [_at(m, "USA/LEG", "group") for m in _LEGISLATURE.finditer(text)]
    kept = [m for m in named if not any(_overlap(m, v) for v in voices)]
    return (*kept, *voices)


def _at(match: re.Match[str], actor: str, kind: str) -> Mention:
    return Mention(match.start(), match.end(), actor, kind)


def _overlap(left: Mention, right: Mention) -> bool:
    return left.start < right.end and right.start < left.end
