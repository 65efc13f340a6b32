"""Rules for dates counted from the day of publication: today, next month, within 90 days.

Vague words are given a width here, in one table, so that a reader can see and dispute it.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta

from detente.records import DateInterval
from detente.text.calendar_dates import PART, cut
from detente.text.calendars import Unit, around, month, shifted
from detente.text.date_match import (
    NUMBER,
    WEEKDAY,
    DateMatch,
    Relation,
    Rule,
    rule,
    span_of_days,
)

VAGUE_DAYS = {"day": 7, "week": 42, "month": 183, "year": 1826}
"""Days that `the coming days`, `weeks`, `months` and `years` reach, and `recent` ones go back."""
_DAYS_AWAY = {
    "the day before yesterday": -2,
    "yesterday": -1,
    "last night": -1,
    "tomorrow": 1,
    "the day after tomorrow": 2,
}
_PERFECT = re.compile(r"\b(?:has|have|had|was|were)\b[^.;]*$", re.IGNORECASE)
"""What makes `for two years` a time gone by."""
_UNITS_AWAY = {"last": -1, "previous": -1, "next": 1, "following": 1}
_UNIT = r"(?P<unit>day|week|month|quarter|year)"


def _unit(found: DateMatch) -> Unit:
    return Unit(found.word("unit"))


def _today(found: DateMatch) -> DateInterval | None:
    away = _DAYS_AWAY.get(" ".join(found.word("word").split()), 0)
    return found.moved(lambda day: DateInterval.day(day + timedelta(days=away)))


def _whole_unit(found: DateMatch) -> DateInterval | None:
    away = _UNITS_AWAY.get(found.word("away").removeprefix("the ").strip(), 0)
    unit = _unit(found)
    if found.word("away") == "the" and not found.word("part"):
        return None
    whole = found.moved(lambda day: around(shifted(around(day, unit).start, away, unit), unit))
    return None if whole is None else cut(found, whole)


def _rest_of_unit(found: DateMatch) -> DateInterval | None:
    later = found.word("way").startswith("later")
    unit = _unit(found)

    def read(day: date) -> DateInterval:
        whole = around(day, unit)
        if later:
            return DateInterval(start=day, end=whole.end)
        return DateInterval(start=whole.start, end=day)

    return found.moved(read)


def _end_of_unit(found: DateMatch) -> DateInterval | None:
    unit = _unit(found)
    if found.deadline():
        return found.moved(lambda day: DateInterval.day(around(day, unit).end))
    if unit is Unit.YEAR:
        return found.moved(lambda day: month(day.year, 12))
    return found.moved(lambda day: span_of_days(around(day, unit).end, -6))


def _weekend(found: DateMatch) -> DateInterval | None:
    away = _UNITS_AWAY.get(found.word("away"), 0)

    def read(day: date) -> DateInterval:
        saturday = around(day, Unit.WEEK).start + timedelta(days=5 + 7 * away)
        return span_of_days(saturday, 1)

    return found.moved(read)


def _ago(found: DateMatch) -> DateInterval | None:
    return _about(found, -(found.number("number") or 0))


def _from_now(found: DateMatch) -> DateInterval | None:
    return _about(found, found.number("number") or 0)


def _about(found: DateMatch, count: int) -> DateInterval | None:
    unit = _unit(found)
    finer = {Unit.YEAR: Unit.YEAR, Unit.QUARTER: Unit.QUARTER, Unit.MONTH: Unit.MONTH}
    near = finer.get(unit, Unit.DAY if unit is Unit.DAY else Unit.WEEK)
    return found.moved(lambda day: around(shifted(day, count, unit), near))


def _ahead(found: DateMatch) -> DateInterval | None:
    number, unit = found.number("number") or 1, _unit(found)
    return found.moved(lambda day: DateInterval(start=day, end=shifted(day, number, unit)))


def _for_long(found: DateMatch) -> DateInterval | None:
    before = found.match.string[: found.match.start()]
    if _PERFECT.search(before[-80:]) or (
        found.word("unit") == "year" and (found.number("number") or 0) > 10
    ):
        return None
    return _ahead(found)


def _back(found: DateMatch) -> DateInterval | None:
    number, unit = found.number("number") or 1, _unit(found)
    return found.moved(lambda day: DateInterval(start=shifted(day, -number, unit), end=day))


def _vague_ahead(found: DateMatch) -> DateInterval | None:
    return found.moved(lambda day: span_of_days(day, VAGUE_DAYS[found.word("unit")]))


def _vague_back(found: DateMatch) -> DateInterval | None:
    return found.moved(lambda day: span_of_days(day, -VAGUE_DAYS[found.word("unit")]))


def _weekday(found: DateMatch) -> DateInterval | None:
    weekday = found.number("weekday") or 0
    mod = found.word("mod")

    def read(day: date) -> DateInterval:
        ahead = (weekday - day.weekday()) % 7
        if mod in {"next", "coming", "this coming"} or (not mod and found.deadline()):
            return DateInterval.day(day + timedelta(days=ahead or 7))
        if mod == "this":
            return DateInterval.day(around(day, Unit.WEEK).start + timedelta(days=weekday))
        back = (day.weekday() - weekday) % 7
        return DateInterval.day(day - timedelta(days=back or (7 if mod else 0)))

    return found.moved(read)


def _loose(
    pattern: str,
    read: Callable[[DateMatch], DateInterval | None],
    *,
    relation: Relation | None = None,
) -> Rule:
    return rule(pattern, read, Relation.IN, relation=relation, any_case=True)


_AWAY = r"(?P<away>last|previous|this|next|the current|the following|the)"

RELATIVE_RULES = (
    rule(
        r"(?P<word>the day before yesterday|the day after tomorrow|yesterday|tomorrow|last night|earlier today"
        r"|later today|today|tonight|this (?:morning|afternoon|evening))(?!['’]s (?:world|society))",
        _today,
        any_case=True,
    ),
    _loose(
        rf"within (?:the next )?(?:a period of )?{NUMBER}(?: |-){_UNIT}s?",
        _ahead,
        relation=Relation.BY,
    ),
    _loose(
        rf"(?:for )?(?:an additional|another|a further|a period of|an initial) {NUMBER}(?: |-){_UNIT}s?",
        _ahead,
        relation=Relation.UNTIL,
    ),
    _loose(rf"(?:(?:for )?the )?(?:next|coming) {NUMBER} {_UNIT}s?", _ahead),
    _loose(rf"(?:the )?(?:last|past|previous) {NUMBER} {_UNIT}s?", _back),
    _loose(r"the (?:next|coming) (?P<unit>week|month|quarter|year)", _ahead),
    _loose(r"the (?:last|past) (?P<unit>week|month|quarter|year)", _back),
    _loose(rf"{NUMBER} {_UNIT}s? (?:ago|earlier)", _ago),
    _loose(rf"(?:in )?{NUMBER} {_UNIT}s?(?:['’]s?)? (?:from now|time)", _from_now),
    _loose(rf"for {NUMBER} {_UNIT}s?", _for_long, relation=Relation.UNTIL),
    _loose(
        r"(?:the )?(?:coming|upcoming|next few|next several|next couple of) (?P<unit>day|week|month|year)s",
        _vague_ahead,
    ),
    _loose(
        r"(?:the )?(?:recent|past few|last few|past several|last several|past couple of) (?P<unit>day|week|month|year)s",
        _vague_back,
    ),
    _loose(
        rf"(?P<way>later in|later|earlier in|earlier) (?:this|the|in the) {_UNIT}", _rest_of_unit
    ),
    _loose(r"(?:the )?(?P<unit>year|month|week)(?:['’]s end|-end)", _end_of_unit),
    _loose(rf"{PART}?{_AWAY} {_UNIT}", _whole_unit),
    _loose(r"(?P<away>last|this|next|the) weekend", _weekend),
    rule(
        rf"(?:(?P<mod>last|next|this coming|this past|this|past|coming) )?{WEEKDAY}"
        r"(?: (?:morning|afternoon|evening|night))?",
        _weekday,
    ),
)
"""Rules in the order they are tried."""
