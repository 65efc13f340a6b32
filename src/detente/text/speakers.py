"""Who speaks in a transcript: labels that open a turn, carried on until the next turn.

A fact sheet's headings end in colons too: a label counts when it names an office or a form of
address, or returns in the document.
"""

import re
from collections.abc import Mapping, Sequence

_QUESTION = re.compile(r"\s*(?:Q(?:UESTION|uestion)?\s?[:.]|Q[ \t\u00a0]+(?=[^\s:]))")
_ANSWER = re.compile(r"\s*(?P<label>A(?:NSWER|nswer)?)\s?:")
_LABEL = re.compile(
    r"\s*(?P<label>[A-Z][\w.’'\-]*(?:[ \u00a0]+(?:[A-Z(][\w.’'\-)]*|of|de|von|van|bin|al)){0,6})\s?:(?=\s|$)"
)
_ADDRESS = re.compile(
    r"""(?:THE\ |VICE\ |DEPUTY\ |PRIME\ |FIRST\ |SENIOR\ |UNDER\ |ASSISTANT\ |FOREIGN\ |ACTING\ )*
        (?:PRESIDE?NT|CHANCELLOR|PREMIER|MINISTER|SECRETARY|AMBASSADOR|GOVERNOR|SENATOR|CHAIRMAN
        |REPRESENTATIVE|CONGRESS\w+|SPEAKER|MAYOR|GENERAL|ADMIRAL|COLONEL|CAPTAIN|SPOKESPERSON
        |SPOKESMAN|SPOKESWOMAN|DIRECTOR|ADMINISTRATOR|ADVISOR|ADVISER|KING|QUEEN|CROWN\ PRINCE
        |LADY|PRINCE|EMPEROR|EMIR|MR|MRS|MS|MISS|DR|PROF|MODERATOR|PARTICIPANTS?|INTERPRETER
        |TRANSLATOR|REPORTER|JOURNALIST|PRESS|OPERATOR|AIDE|AUDIENCE|ADMINISTRATION|HOST)
        (?:\b|\.)""",
    re.VERBOSE,
)
_NO_LABEL = re.compile(
    r"(?:notes?|facts?|claims?|background|update|example|sources?|subject|re|date|to|from|location"
    r"|time|place|contact|falsehood|reality|where|when|what|who|why|tags|topics|summary|question"
    r"|dear|participants)\.?",
    re.IGNORECASE,
)
_LEAST_RETURNS = 2
_MOST_WORDS = 4
_MOSTLY = 0.6
"""Share of a label's turns that hold a question mark, from which it is a questioner's."""


def speakers(paragraphs: Sequence[str]) -> tuple[str | None, ...]:
    """Return who speaks each paragraph: the label as written, None outside turns.

    A question is `Q`, whether it is marked so or with the name of the outlet that asks.

    Args:
        paragraphs: A document's paragraphs in order.

    Examples:
        >>> speakers(
        ...     ["2:45 P.M.", "THE PRESIDENT: Thank you.", "We met.", "Q  And then?", "A: Later."]
        ... )
        (None, 'THE PRESIDENT', 'THE PRESIDENT', 'Q', 'A')
    """
    turns = _turns(paragraphs)
    current: str | None = None
    found = []
    for paragraph in paragraphs:
        current = _opened(paragraph, turns) or current
        found.append(current)
    return tuple(found)


def _opened(paragraph: str, turns: Mapping[str, str]) -> str | None:
    if _QUESTION.match(paragraph):
        return "Q"
    return turns.get(_label(paragraph) or "")


def _label(paragraph: str) -> str | None:
    found = _ANSWER.match(paragraph) or _LABEL.match(paragraph)
    return found["label"] if found else None


def _turns(paragraphs: Sequence[str]) -> dict[str, str]:
    """Return the labels that open turns, each with the speaker it stands for."""
    opened: dict[str, list[bool]] = {}
    for paragraph in paragraphs:
        label = _label(paragraph)
        if label is not None:
            opened.setdefault(label, []).append("?" in paragraph)
    sure = {label for label, asked in opened.items() if _is_turn(label, len(asked))}
    if not sure and not any(map(_QUESTION.match, paragraphs)):
        return {}
    asking = {label for label in opened if _is_name(label) and all(opened[label])}
    questioners = {label for label in opened if _asks(label, opened[label])}
    if not sure - questioners:
        questioners = set()
    return {
        label: "Q" if label in questioners else label
        for label in opened
        if label in sure or label in asking
    }


def _asks(label: str, asked: Sequence[bool]) -> bool:
    """Say whether a label is a questioner's: an outlet or a reporter, mostly asking."""
    if label.casefold() in {"reporter", "journalist", "press", "follow-up"}:
        return True
    if label in {"A", "ANSWER", "Answer"} or (label.isupper() and _ADDRESS.match(label)):
        return False
    return sum(asked) >= _MOSTLY * len(asked)


def _is_name(label: str) -> bool:
    words = label.replace("\u00a0", " ").split()
    return len(words) <= _MOST_WORDS + 1 and _NO_LABEL.fullmatch(words[0]) is None


def _is_turn(label: str, times: int) -> bool:
    if not _is_name(label):
        return label in {"ANSWER", "Answer"}
    if label == "A" or (label.isupper() and _ADDRESS.match(label)):
        return True
    return times >= _LEAST_RETURNS
