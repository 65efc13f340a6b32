"""Dates in English text as intervals, counted from the day the text was published.

The interval is the period named. A deadline is its last day: `by the end of 2024` is 31 December,
`by 2030` the whole year, `within 90 days` the ninety days. What a text leaves open stays open: a
date without a year or a relative word gives nothing where no anchor is known.
"""

import re
from collections.abc import Iterator

from detente.records import DateInterval, DateMention, Span
from detente.text.calendar_dates import CALENDAR_RULES
from detente.text.date_match import DateMatch, Relation, Rule
from detente.text.relative_dates import RELATIVE_RULES

_RULES: tuple[Rule, ...] = (*CALENDAR_RULES, *RELATIVE_RULES)
_CUE = re.compile(
    r"\d|\b(?:day|week|month|quarter|year|spring|summer|fall|autumn|winter|today|tonight|morning"
    r"|afternoon|evening|yesterday|tomorrow)|(?:day|week|month|year)s?\b"
    r"|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
    r"|\b(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)",
)
_LEADS = {
    Relation.BY: "no later than|not later than|on or before|in advance of|ahead of|prior to|before|within|by",
    Relation.UNTIL: "until|till|up to|through",
    Relation.SINCE: "ever since|since",
    Relation.FROM: "as of|effective|starting on|starting from|starting in|starting|beginning on"
    "|beginning in|beginning from|from|after|following",
    Relation.IN: "sometime in|in|during|over|throughout|between|at",
    Relation.ON: "on",
}
_LEAD = re.compile(
    r"\b(?:"
    + "|".join(f"(?P<{relation.value}_>{words})" for relation, words in _LEADS.items())
    + r")\s+(?:about\s+|around\s+|approximately\s+|as\s+early\s+as\s+)?$",
    re.IGNORECASE,
)
_LONGEST_LEAD = 32


def dates_in(text: str, anchor: DateInterval | None) -> tuple[DateMention, ...]:
    """Return the dates a text names, in order.

    Args:
        text: A sentence or more of English.
        anchor: When the text was published; None leaves out what cannot be placed without it.

    Returns:
        Mentions that do not overlap. With an anchor of several days a relative word gives an
        interval as much wider.

    Examples:
        >>> from datetime import date
        >>> spoken = DateInterval.day(date(2024, 11, 16))
        >>> for mention in dates_in(
        ...     "They met on Friday and will report by the end of 2025.", spoken
        ... ):
        ...     print(mention.relation, mention.interval, "|", mention.phrase)
        on 2024-11-15 | on Friday
        by 2025-12-31 | by the end of 2025
    """
    if _CUE.search(text) is None:
        return ()
    taken: list[DateMention] = []
    for rule in _RULES:
        for mention in _mentions(rule, text, anchor):
            if all(_apart(mention.span, other.span) for other in taken):
                taken.append(mention)
    return tuple(sorted(taken, key=lambda mention: mention.span.start))


def _mentions(rule: Rule, text: str, anchor: DateInterval | None) -> Iterator[DateMention]:
    for match in rule.pattern.finditer(text):
        start, lead = _lead(text, match.start())
        found = DateMatch(match, anchor, lead)
        interval = rule.read(found)
        if interval is None:
            continue
        relation = rule.relation or found.settled_relation(default=rule.default)
        yield DateMention(
            span=Span(start=start, end=match.end()),
            interval=interval,
            relation=relation.value,
            phrase=text[start : match.end()],
        )


def _lead(text: str, start: int) -> tuple[int, Relation | None]:
    before = text[max(0, start - _LONGEST_LEAD) : start]
    found = _LEAD.search(before)
    if found is None or found.lastgroup is None:
        return start, None
    return start - len(found[0]), Relation(found.lastgroup.removesuffix("_"))


def _apart(first: Span, second: Span) -> bool:
    return first.end <= second.start or second.end <= first.start
