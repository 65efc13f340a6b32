"""What every date rule works with: the match, its anchor, and the words dates are built from.

A month or weekday counts only where it is capitalised: "may" and "march" are verbs.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from detente.records import DateInterval


class Relation(StrEnum):
    """How a sentence ties what it tells to a date."""

    ON = "on"
    """On the day, or on the days named."""
    BY = "by"
    """Not later than the interval's last day."""
    UNTIL = "until"
    """Up to the interval's last day."""
    FROM = "from"
    """From the interval's first day on, its end open."""
    SINCE = "since"
    """From the interval's first day to now."""
    IN = "in"
    """Some time in the interval."""


_MONTH_NAMES = (
    ("January", "Jan"),
    ("February", "Feb"),
    ("March", "Mar"),
    ("April", "Apr"),
    ("May",),
    ("June", "Jun"),
    ("July", "Jul"),
    ("August", "Aug"),
    ("September", "Sept", "Sep"),
    ("October", "Oct"),
    ("November", "Nov"),
    ("December", "Dec"),
)
_WEEKDAY_NAMES = (
    ("Monday", "Mon"),
    ("Tuesday", "Tues", "Tue"),
    ("Wednesday", "Wed"),
    ("Thursday", "Thurs", "Thur", "Thu"),
    ("Friday", "Fri"),
    ("Saturday", "Sat"),
    ("Sunday", "Sun"),
)
MONTH_NUMBERS = {n.casefold(): at for at, names in enumerate(_MONTH_NAMES, 1) for n in names}
WEEKDAY_NUMBERS = {n.casefold(): at for at, names in enumerate(_WEEKDAY_NAMES) for n in names}
NUMBERS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "twelve": 12,
    "fifteen": 15,
    "eighteen": 18,
    "twenty": 20,
    "thirty": 30,
    "forty-five": 45,
    "sixty": 60,
    "ninety": 90,
    "hundred": 100,
}


def _written(names: tuple[tuple[str, ...], ...]) -> str:
    long = [name for group in names for name in sorted(group, key=len, reverse=True)]
    return "|".join([*long, *(name.upper() for name in long)])


MONTH = rf"(?P<month>{_written(_MONTH_NAMES)})\b\.?"
WEEKDAY = rf"(?P<weekday>{_written(_WEEKDAY_NAMES)})\b\.?"
DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\d%]|,\d{3})"
YEAR = r"(?P<year>(?:19|20)\d\d)(?![\d%]|,\d{3})"
NUMBER = rf"(?P<number>\d{{1,4}}|{'|'.join(sorted(NUMBERS, key=len, reverse=True))})"
DASH = r"\s?(?:[-–—‑]|to\b|through\b|until\b)\s?"


def twin(fragment: str) -> str:
    """Return a fragment of a pattern for the second date of a range: its groups end in `2`.

    Args:
        fragment: `MONTH`, `DAY`, `YEAR` or `WEEKDAY`.

    Examples:
        >>> twin("(?P<day>1)")
        '(?P<day2>1)'
    """
    return re.sub(r"\(\?P<(\w+)>", r"(?P<\g<1>2>", fragment)


@dataclass(frozen=True, slots=True)
class DateMatch:
    """One match of a date rule, with what is needed to read it."""

    match: re.Match[str]
    anchor: DateInterval | None
    lead: Relation | None
    """The relation its preposition states."""

    def word(self, group: str) -> str:
        """Return a group's text in small letters, empty where it is missing.

        Args:
            group: Name of a group, which the pattern need not have.
        """
        return (self.match.groupdict().get(group) or "").casefold()

    def number(self, group: str) -> int | None:
        """Return a group's number, None where it is missing.

        Args:
            group: Name of a group that holds digits, a number word, a month or a weekday.
        """
        word = self.word(group)
        if word.isdigit():
            return int(word)
        for table in (NUMBERS, MONTH_NUMBERS, WEEKDAY_NUMBERS):
            if word in table:
                return table[word]
        return None

    def settled_relation(self, *, default: Relation) -> Relation:
        """Return the relation, after the preposition where there is one.

        Args:
            default: What holds without a preposition; `ON` where the rule names days.
        """
        closed = self.word("day2") or self.word("month2") or self.word("year2")
        if self.lead is Relation.FROM and closed:
            return default
        if self.lead in {None, Relation.ON, Relation.IN}:
            return default
        return self.lead or default

    def deadline(self) -> bool:
        """Say whether the preposition makes the date a last day."""
        return self.lead in {Relation.BY, Relation.UNTIL}

    def moved(self, read: Callable[[date], DateInterval]) -> DateInterval | None:
        """Return an interval counted from the anchor, as wide as the anchor is uncertain.

        Args:
            read: Gives the interval as counted from one day.
        """
        if self.anchor is None:
            return None
        return DateInterval(start=read(self.anchor.start).start, end=read(self.anchor.end).end)

    def day_of(self, number: int, day: int, year: int | None) -> date | None:
        """Return the day a month and day name, None where there is none or its year stays open.

        Args:
            number: Month, 1 to 12.
            day: Day of the month.
            year: Its year; where None, the year the anchor and the weekday suggest.
        """
        if year is not None:
            return _day(year, number, day)
        if self.anchor is None:
            return None
        near = list(self._near(number, day, self.anchor))
        return self._closest([d for d in near if self._on_weekday(d)] or near, self.anchor)

    def _near(self, number: int, day: int, anchor: DateInterval) -> Iterator[date]:
        reach = 3 if self.word("weekday") else 1
        for year in range(anchor.start.year - reach, anchor.end.year + reach + 1):
            found = _day(year, number, day)
            if found is not None:
                yield found

    def _on_weekday(self, day: date) -> bool:
        weekday = self.number("weekday")
        return weekday is None or day.weekday() == weekday

    def _closest(self, days: list[date], anchor: DateInterval) -> date | None:
        first, last = anchor.start, anchor.end
        fitting = days
        if self.deadline():
            fitting = [day for day in days if day >= first]
        elif self.lead is Relation.SINCE:
            fitting = [day for day in days if day <= last]
        middle = first + (last - first) // 2
        return min(fitting or days, key=lambda day: _distance(day, middle), default=None)


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to name a date: a pattern and how to read what it matched."""

    pattern: re.Pattern[str]
    read: Callable[[DateMatch], DateInterval | None]
    default: Relation = Relation.ON
    """The relation where the preposition states none."""
    relation: Relation | None = None
    """The relation the pattern's own words state, whatever stands before it."""


def rule(
    pattern: str,
    read: Callable[[DateMatch], DateInterval | None],
    default: Relation = Relation.ON,
    *,
    relation: Relation | None = None,
    any_case: bool = False,
) -> Rule:
    """Return a rule whose pattern stands at word bounds; a space in it is any white space.

    Args:
        pattern: Regular expression.
        read: Gives the interval of a match, None where the match names no date after all.
        default: Relation where no preposition stands before it.
        relation: Relation that its own words fix.
        any_case: Whether capitals and small letters are the same.
    """
    spaced = pattern.replace(" ", r"\s+")
    flags = re.IGNORECASE if any_case else 0
    return Rule(re.compile(rf"(?<![\w.$€£-]){spaced}(?!\w)", flags), read, default, relation)


def _day(year: int, number: int, day: int) -> date | None:
    try:
        return date(year, number, day)
    except ValueError:
        return None


def _distance(day: date, middle: date) -> int:
    """Return how far a day is; a day ahead counts twice, for texts mostly tell of what was."""
    days = (day - middle).days
    return -days if days < 0 else 2 * days


def span_of_days(first: date, days: int) -> DateInterval:
    """Return the interval from a day to a number of days after it, or before where negative.

    Args:
        first: One end.
        days: How far the other end is.

    Examples:
        >>> str(span_of_days(date(2024, 5, 10), -2))
        '2024-05-08/2024-05-10'
    """
    other = first + timedelta(days=days)
    return DateInterval(start=min(first, other), end=max(first, other))
