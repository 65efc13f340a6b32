"""Rules for dates the calendar names: days, ranges, months, quarters, seasons, years.

The rules are tried in order and the first to match a stretch keeps it: the fuller form comes first.
"""

from datetime import date

from detente.records import DateInterval
from detente.text.calendars import Unit, around, month, months, part, season
from detente.text.date_match import DASH, DAY, MONTH, WEEKDAY, YEAR, DateMatch, Relation, rule, twin

PART = (
    r"(?i:(?:the )?(?P<part>early(?: in)?|beginning of|start of|middle of|mid|late(?: in)?|end of|end"
    r"|first half of|second half of|latter half of)(?: |-))"
)
"""Words that name a part of a period."""
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}
_YEARS_AWAY = {"last": -1, "this": 0, "the": 0, "next": 1, "the current": 0, "the same": 0}
_AWAY = r"(?P<away>last|this|the|next|the current) year"


def cut(found: DateMatch, whole: DateInterval) -> DateInterval:
    """Return the part of a period that a match names, or all of it.

    A deadline at a period's end is its last day.

    Args:
        found: A match whose pattern may hold `PART`.
        whole: The period.
    """
    name = found.word("part").removesuffix(" of").removesuffix(" in")
    if not name:
        return whole
    if name == "end" and found.deadline():
        return DateInterval.day(whole.end)
    return part(whole, name)


def _iso(found: DateMatch) -> DateInterval | None:
    return _pair(
        found.day_of(found.number("m") or 0, found.number("day") or 0, found.number("year"))
    )


def _one_day(found: DateMatch) -> DateInterval | None:
    return _pair(
        found.day_of(found.number("month") or 0, found.number("day") or 0, found.number("year"))
    )


def _days(found: DateMatch) -> DateInterval | None:
    number = found.number("month") or 0
    year = found.number("year")
    first = found.day_of(number, found.number("day") or 0, year)
    if first is None:
        return None
    return _pair(first, found.day_of(number, found.number("day2") or 0, first.year))


def _across_months(found: DateMatch) -> DateInterval | None:
    if found.match["joint"].strip() == "and" and not _between(found):
        return None
    opening, closing = found.number("month") or 0, found.number("month2") or 0
    year = found.number("year") or found.number("year2")
    if year and not found.number("year") and opening > closing:
        year -= 1
    first = found.day_of(opening, found.number("day") or 0, year)
    if first is None:
        return None
    last_year = found.number("year2") or first.year + (opening > closing)
    return _pair(first, found.day_of(closing, found.number("day2") or 0, last_year))


def _between(found: DateMatch) -> bool:
    return found.match.string[: found.match.start()].rstrip().casefold().endswith("between")


def _pair(first: date | None, last: date | None = None) -> DateInterval | None:
    if first is None:
        return None
    last = last or first
    return DateInterval(start=first, end=last) if first <= last else None


def _month(found: DateMatch) -> DateInterval | None:
    number = found.number("month") or 0
    year = found.number("year")
    if year is None and not (found.lead or found.word("part") or found.word("mod")):
        return None
    if year is None:
        year = _year_away(found) if found.word("away") else _year_of_month(found, number)
    return None if year is None else cut(found, month(year, number))


def _year_of_month(found: DateMatch, number: int) -> int | None:
    if found.anchor is None:
        return None
    first, last = found.anchor.start, found.anchor.end
    closest = found.day_of(number, 15, None)
    by_word = {
        "last": last.year - (number >= last.month),
        "past": last.year - (number >= last.month),
        "next": first.year + (number <= first.month),
        "this": first.year,
        Relation.SINCE: last.year - (number > last.month),
        Relation.BY: first.year + (number < first.month),
        Relation.UNTIL: first.year + (number < first.month),
    }
    return by_word.get(found.word("mod") or found.lead or "", closest.year if closest else None)


def _months(found: DateMatch) -> DateInterval | None:
    year = found.number("year2")
    first, last = found.number("month") or 0, found.number("month2") or 0
    if year is None:
        return None
    opening = found.number("year") or year - (first > last)
    if opening > year:
        return None
    return DateInterval(start=month(opening, first).start, end=month(year, last).end)


def _year_away(found: DateMatch) -> int | None:
    if found.anchor is None or found.anchor.start.year != found.anchor.end.year:
        return None
    return found.anchor.start.year + _YEARS_AWAY[found.word("away")]


def _quarter(found: DateMatch) -> DateInterval | None:
    number = _ORDINALS.get(found.word("ordinal")) or found.number("quarter")
    year = found.number("year") or (_year_away(found) if found.word("away") else None)
    if found.word("ordinal") == "last" and year is None:
        return None
    if not found.word("away") and year is None and found.anchor is not None:
        year = found.anchor.start.year
    return months(year, 3 * (number or 1) - 2, 3) if year else None


def _season(found: DateMatch) -> DateInterval | None:
    year = found.number("year")
    if year is None and found.anchor is not None and found.word("mod"):
        year = found.anchor.start.year + {"last": -1, "this": 0, "next": 1}[found.word("mod")]
    return cut(found, season(year, found.word("season") or found.word("season2"))) if year else None


def _year(found: DateMatch) -> DateInterval | None:
    if not (found.lead or found.word("part")):
        return None
    return cut(found, around(date(found.number("year") or 0, 1, 1), Unit.YEAR))


def _years(found: DateMatch) -> DateInterval | None:
    first = found.number("year") or 0
    last = found.number("year2") or 0
    last += first // 100 * 100 if last < 100 else 0
    if found.match["joint"].strip() == "and" and not _between(found):
        return None
    return DateInterval(start=date(first, 1, 1), end=date(last, 12, 31)) if first < last else None


def _decade(found: DateMatch) -> DateInterval | None:
    first = found.number("year") or 0
    return DateInterval(start=date(first, 1, 1), end=date(first + 9, 12, 31))


_WEEKDAY = rf"(?:{WEEKDAY},? )?"
_MONTH_YEAR = rf"(?:,? (?:of )?{YEAR}|(?: of)? {_AWAY})"
_JOINT = r"(?P<joint>\s?[-–—‑]\s?| to | through | until | and )"
_SEASON = r"(?P<season>spring|summer|fall|autumn|winter)"

CALENDAR_RULES = (
    rule(r"(?P<year>(?:19|20)\d\d)-(?P<m>0[1-9]|1[0-2])-(?P<day>[0-3]\d)", _iso),
    rule(
        rf"{_WEEKDAY}{MONTH} {DAY}(?:,? {YEAR})?{_JOINT}(?:{twin(WEEKDAY)},? )?{twin(MONTH)} "
        rf"{twin(DAY)}(?:,? {twin(YEAR)})?",
        _across_months,
    ),
    rule(
        rf"{DAY} {MONTH}(?:,? {YEAR})?{_JOINT}{twin(DAY)} {twin(MONTH)}(?:,? {twin(YEAR)})?",
        _across_months,
    ),
    rule(
        rf"{_WEEKDAY}{MONTH} {DAY}(?:{DASH}| and | & )(?:{twin(WEEKDAY)},? )?{twin(DAY)}"
        rf"(?! (?:percent|million|billion))(?:,? {YEAR})?",
        _days,
    ),
    rule(rf"{DAY}(?:{DASH}| and | & ){twin(DAY)}(?: of)? {MONTH}(?:,? {YEAR})?", _days),
    rule(rf"{_WEEKDAY}{MONTH} {DAY}(?:,? {YEAR})?", _one_day),
    rule(rf"{_WEEKDAY}(?:the )?{DAY}(?: of)? {MONTH}(?:,? {YEAR})?", _one_day),
    rule(
        rf"{MONTH}(?:,? {YEAR})?\s?(?:[-–—]|to|through)\s?{twin(MONTH)},? {twin(YEAR)}",
        _months,
        Relation.IN,
    ),
    rule(
        rf"{PART}?(?:(?P<mod>last|this|next|past) )?{MONTH}{_MONTH_YEAR}?",
        _month,
        Relation.IN,
    ),
    rule(
        rf"(?:the )?(?P<ordinal>first|second|third|fourth|last) quarter(?: (?:of|in) (?:{YEAR}|{_AWAY}))?",
        _quarter,
        Relation.IN,
        any_case=True,
    ),
    rule(rf"Q(?P<quarter>[1-4])(?: of)? {YEAR}", _quarter, Relation.IN),
    rule(
        rf"(?:the )?{PART}?{_SEASON}(?: of|,)? {YEAR}|(?P<mod>last|this|next) (?P<season2>spring|summer|fall|autumn|winter)",
        _season,
        Relation.IN,
        any_case=True,
    ),
    rule(rf"{YEAR}{_JOINT}(?P<year2>(?:19|20)?\d\d)", _years, Relation.IN),
    rule(rf"(?:the )?(?:{PART})?(?P<year>(?:19|20)\d0)['’]?s", _decade, Relation.IN),
    rule(rf"{PART}?(?:fiscal year |FY )?{YEAR}", _year, Relation.IN),
)
"""Rules in the order they are tried."""
