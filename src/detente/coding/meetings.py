"""Who met whom: one meeting per pair of states and document. Codebook section 5.

Only what the text and its captions say; a meeting recalled from long before is not a new one.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from detente.coding.identity import stable_id
from detente.coding.sentence import CodedSentence
from detente.ontology.acts import Act, Mode
from detente.ontology.offices import holder_named
from detente.ontology.states import countries
from detente.records import (
    Caption,
    DateInterval,
    DateMention,
    Document,
    Evidence,
    Level,
    Meeting,
    Participant,
)

_PLACE = re.compile(
    r"\bin ((?:the )?[A-Z][a-zA-Zé’'-]+(?: [A-Z][a-zA-Z’'-]+)*"
    r"(?:, (?!(?:January|February|March|April|May|June|July|August|September|October|November|"
    r"December)\b)(?:[A-Z]\.[A-Z]\.|[A-Z][a-zA-Z]+(?: [A-Z][a-zA-Z]+)*))?)"
)
_NOT_PLACE = re.compile(
    r"^(?:the )?(?:January|February|March|April|May|June|July|August|September|October|November|"
    r"December|Washington and|Summit|Congress|Asia|South|East|Taiwan Strait|Indo|Ukraine|Europe|"
    r"Middle|White House|State|Secretary|President)"
)
_DAYS = re.compile(r"\b(one|two|three|four|five|six)-day\b", re.IGNORECASE)
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_FORMATS = (
    (
        "call",
        re.compile(
            r"\bspoke (?:by phone|today|on|with|by)|\bphone call|\btelephone|\b(?:held|had) a call|\bvideo call|\bvirtual(?:ly)?\b|\bby (?:video|phone|secure)|\bcall with|\btelephon|"
            r"\b[A-Z]\w+-[A-Z]\w+ (?:video )?call\b",
            re.IGNORECASE,
        ),
    ),
    ("sidelines", re.compile(r"\b(?:sidelines|margins) of\b", re.IGNORECASE)),
    ("visit", re.compile(r"\b(?:visit|trip|travel)(?:ed|s|led)?\b", re.IGNORECASE)),
    ("summit", re.compile(r"\bsummit\b", re.IGNORECASE)),
)
_FUNCTIONAL = re.compile(
    r"\b(?:working group|Treasury|Commerce|Trade Representative|climate|counternarcotics|"
    r"counter-narcotics|economic|financial|defen[cs]e|military|artificial intelligence|AI talks|"
    r"theater|theatre|arms control)\b"
)
_RANKS = (Level.EXPERT, Level.OFFICIAL, Level.MINISTER, Level.LEADER)
_WORDS = (
    (Level.LEADER, re.compile(r"\b(?:leaders|presidents|Presidents|heads of state)\b")),
    (Level.MINISTER, re.compile(r"\b(?:ministers?|Secretary|secretaries|Vice Premier)\b")),
)
_AFTER = re.compile(
    r"\b(?:after|following|follows|followed|since|before|ahead of)\b[^,;]*$", re.IGNORECASE
)
_RECALL = timedelta(days=21)


def meetings_in(document: Document, sentences: Sequence[CodedSentence]) -> tuple[Meeting, ...]:
    """Find the meetings a document reports.

    Args:
        document: Its date and captions place the meeting in time.
        sentences: Its coded sentences.

    Returns:
        At most one per pair of states, with at least one participant by name; none where the
        document has no date.
    """
    if document.published is None:
        return ()
    groups: dict[tuple[str, str], list[CodedSentence]] = {}
    for sentence in sentences:
        for pair in _pairs_met(sentence):
            groups.setdefault(pair, []).append(sentence)
    found = [
        _meeting(document, pair, group)
        for pair, all_of in groups.items()
        if (group := _current(all_of, document.published))
    ]
    return tuple(m for m in found if any(p.office for p in m.participants))


def _pairs_met(sentence: CodedSentence) -> list[tuple[str, str]]:
    """Who met whom, where a phrase says that they met; "spoke about" makes no meeting."""
    pairs = {
        tuple(sorted((d.actor.split("/")[0], d.recipient.split("/")[0])))
        for d in sentence.drafts
        if d.act is Act.CONSULT
        and d.root == "04"
        and d.mode is Mode.ACTUAL
        and d.recipient
        and d.trigger.phrase
        and not _AFTER.search(sentence.passage.text, 0, d.trigger.start)
    }
    known = countries()
    return sorted((p[0], p[1]) for p in pairs if p[0] != p[1] and {*p} <= known.keys())


def _current(group: Sequence[CodedSentence], published: DateInterval) -> list[CodedSentence]:
    """Leave out sentences that recall a meeting dated long before the document."""
    return [s for s in group if not _only_recalls(s.passage.dates, published)]


def _only_recalls(dates: Sequence[DateMention], published: DateInterval) -> bool:
    return bool(dates) and all(d.interval.end < published.start - _RECALL for d in dates)


def _meeting(document: Document, pair: tuple[str, str], group: Sequence[CodedSentence]) -> Meeting:
    participants = _participants(pair, group, document)
    text = " ".join([document.title, *(s.passage.text for s in group)])
    days = _DAYS.search(text)
    length = _NUMBERS[days.group(1).lower()] if days else None
    caption = _caption(document.captions, participants)
    within = _within(document, group, caption, length)
    evidence = [s.evidence for s in group]
    if caption is not None:
        evidence.append(_caption_evidence(document, caption))
    names = sorted(p.name for p in participants)
    return Meeting(
        meeting_id=stable_id("m", document.document_id, *pair, *names),
        participants=participants,
        within=within,
        days=length,
        place=_place(group, caption, document.title),
        level=_level(participants, pair, document, text),
        track="functional" if _FUNCTIONAL.search(text) else "strategic",
        format=_format(text, participants),
        scheduled=None,
        evidence=tuple(evidence),
    )


def _participants(
    pair: tuple[str, str], group: Sequence[CodedSentence], document: Document
) -> tuple[Participant, ...]:
    on = document.published.end if document.published else None
    named: dict[str, Participant] = {}
    people = (m for s in group for m in s.mentions if m.country in pair and m.kind == "person")
    for mention in people:
        for person in mention.persons:
            named.setdefault(person, _participant(person, mention.country, on))
    present = {p.country for p in named.values()}
    unnamed = [
        Participant(name=countries()[iso3].name, country=iso3)
        for iso3 in pair
        if iso3 not in present
    ]
    return (*named.values(), *unnamed)


def _participant(person: str, country: str, on: date | None) -> Participant:
    holder = holder_named(person, on) if on is not None else None
    return Participant(name=person, country=country, office=holder.office if holder else None)


def _within(
    document: Document,
    group: Sequence[CodedSentence],
    caption: Caption | None,
    length: int | None,
) -> DateInterval:
    published = document.published
    if published is None:
        msg = "a meeting is only read from a dated document"
        raise ValueError(msg)
    dated = [
        d.interval
        for s in group
        for d in s.passage.dates
        if published.start - _RECALL <= d.interval.start
        and d.interval.end <= published.end
        and (d.interval.end - d.interval.start).days <= 10
    ]
    if dated:
        return dated[0]
    if caption is not None and caption.taken is not None:
        spare = timedelta(days=(length or 1) - 1)
        end = min(caption.taken.end + spare, published.end)
        return DateInterval(start=caption.taken.start - spare, end=max(end, caption.taken.start))
    return published


def _caption(captions: Sequence[Caption], participants: Sequence[Participant]) -> Caption | None:
    families = [p.name.split()[-1] for p in participants] + [p.name for p in participants]
    dated = [c for c in captions if c.taken is not None]
    return next((c for c in dated if any(f in c.text for f in families)), None)


def _caption_evidence(document: Document, caption: Caption) -> Evidence:
    return Evidence(
        document_id=document.document_id, passage=-1, span=caption.span, text=caption.text
    )


def _place(group: Sequence[CodedSentence], caption: Caption | None, title: str) -> str | None:
    texts = [s.passage.text for s in group] + ([caption.text] if caption else []) + [title]
    for text in texts:
        for match in _PLACE.finditer(text):
            if not _NOT_PLACE.match(match.group(1)):
                return match.group(1)
    return None


def _level(
    participants: Sequence[Participant], pair: tuple[str, str], document: Document, text: str
) -> Level:
    on = document.published.end if document.published else None
    sides = []
    for iso3 in pair:
        held = [holder_named(p.name, on) for p in participants if p.country == iso3 and on]
        ranks = [_RANKS.index(Level(h.level)) for h in held if h is not None]
        sides.append(max(ranks) if ranks else None)
    known = [rank for rank in sides if rank is not None]
    if known:
        return _RANKS[min(known)]
    return _worded(text, Level.OFFICIAL)


def _worded(text: str, most: Level) -> Level:
    return next((level for level, pattern in _WORDS if pattern.search(text)), most)


def _format(text: str, participants: Sequence[Participant]) -> str:
    for name, pattern in _FORMATS:
        if pattern.search(text):
            return name
    leaders = sum(p.office in {"President", "Prime Minister"} for p in participants)
    return "summit" if leaders > 1 else "dialogue"
