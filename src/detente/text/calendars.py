"""Arithmetic on days and intervals: months, quarters, seasons, weeks, shifts.

Every function keeps both ends of an interval: an uncertain day shifted stays as uncertain.
"""

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum

from detente.records import DateInterval


class Unit(StrEnum):
    """A stretch of the calendar; weeks begin on Monday."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


_MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}
_SEASON_STARTS = {"spring": 3, "summer": 6, "fall": 9, "autumn": 9, "winter": 12}


def month(year: int, number: int) -> DateInterval:
    """Return a calendar month.

    Args:
        year: The year.
        number: 1 to 12.

    Examples:
        >>> str(month(2024, 2))
        '2024-02-01/2024-02-29'
    """
    return DateInterval(
        start=date(year, number, 1), end=date(year, number, monthrange(year, number)[1])
    )


def months(year: int, first: int, count: int) -> DateInterval:
    """Return consecutive months as one interval.

    Args:
        year: Year of the first month.
        first: Its number, 1 to 12.
        count: How many, at least 1.

    Examples:
        >>> str(months(2024, 12, 3))
        '2024-12-01/2025-02-28'
    """
    last = first - 1 + count - 1
    return DateInterval(start=date(year, first, 1), end=month(year + last // 12, last % 12 + 1).end)


def season(year: int, name: str) -> DateInterval:
    """Return a season of the northern hemisphere, three whole months; winter begins in December.

    Args:
        year: Year it begins in.
        name: `spring`, `summer`, `fall`, `autumn` or `winter`.

    Examples:
        >>> str(season(2024, "fall"))
        '2024-09-01/2024-11-30'
    """
    return months(year, _SEASON_STARTS[name], 3)


def around(day: date, unit: Unit) -> DateInterval:
    """Return the unit of the calendar a day lies in.

    Args:
        day: The day.
        unit: Day, week, month, quarter or year.

    Examples:
        >>> str(around(date(2024, 5, 15), Unit.QUARTER))
        '2024-04-01/2024-06-30'
    """
    if unit is Unit.DAY:
        return DateInterval.day(day)
    if unit is Unit.WEEK:
        monday = day - timedelta(days=day.weekday())
        return DateInterval(start=monday, end=monday + timedelta(days=6))
    count = _MONTHS[unit]
    return months(day.year, (day.month - 1) // count * count + 1, count)


def shifted(day: date, count: int, unit: Unit) -> date:
    """Return the day a number of units later, or earlier where the number is negative.

    Args:
        day: The day.
        count: How many units.
        unit: Which; of months too short the last day is taken.

    Examples:
        >>> shifted(date(2024, 1, 31), 1, Unit.MONTH)
        datetime.date(2024, 2, 29)
    """
    if unit is Unit.DAY or unit is Unit.WEEK:
        return day + timedelta(days=count * (7 if unit is Unit.WEEK else 1))
    total = day.year * 12 + day.month - 1 + count * _MONTHS[unit]
    year, number = total // 12, total % 12 + 1
    return date(year, number, min(day.day, monthrange(year, number)[1]))


def part(whole: DateInterval, name: str) -> DateInterval:
    """Return a part of a month, quarter, year or week as everyday words cut it.

    Args:
        whole: The interval.
        name: `early` and `beginning` are its first third, `mid` and `middle` the second, `late` and
            `end` the last; `first half`, `second half` and `latter half` its halves.

    Examples:
        >>> str(part(month(2024, 6), "end"))
        '2024-06-21/2024-06-30'
        >>> str(part(months(2024, 1, 12), "first half"))
        '2024-01-01/2024-06-30'
    """
    first, last, pieces = _PARTS[name]
    if whole.end.year == whole.start.year and (whole.end - whole.start).days > 360:
        return months(whole.start.year, 12 * first // pieces + 1, 12 * (last - first) // pieces)
    length = (whole.end - whole.start).days + 1
    return DateInterval(
        start=whole.start + timedelta(days=length * first // pieces),
        end=whole.start + timedelta(days=max(length * last // pieces, 1) - 1),
    )


_PARTS = {
    "early": (0, 1, 3),
    "beginning": (0, 1, 3),
    "start": (0, 1, 3),
    "mid": (1, 2, 3),
    "middle": (1, 2, 3),
    "late": (2, 3, 3),
    "end": (2, 3, 3),
    "first half": (0, 1, 2),
    "second half": (1, 2, 2),
    "latter half": (1, 2, 2),
}
