"""The cells of the weekly cube, and how days and weeks are numbered.

The four quad classes with roots 01 and 04 apart: everything is shown with and without these.
"""

from datetime import date, timedelta
from enum import IntEnum

from detente.ontology.cameo import QuadClass, quad_class, realm_of, tone_of

STATE_ROLES = ("", "GOV", "MIL", "LEG")
"""Roles whose acts count as the state's: the country itself, government, military, legislature."""

DAY_OF_WEEK_ZERO = -25_567
"""Monday 1900-01-01, in days from 1970-01-01."""

_EPOCH = date(1970, 1, 1)


class Cell(IntEnum):
    """Cell of the weekly cube."""

    VERBAL_COOPERATION = 1
    """Roots 02, 03 and 05."""
    MATERIAL_COOPERATION = 2
    VERBAL_CONFLICT = 3
    MATERIAL_CONFLICT = 4
    STATEMENT = 5
    """Root 01: verbal cooperation among the quad classes, neutral among words."""
    MEETING = 6
    """Root 04."""


_OF_QUAD = {
    QuadClass.VERBAL_COOPERATION: Cell.VERBAL_COOPERATION,
    QuadClass.MATERIAL_COOPERATION: Cell.MATERIAL_COOPERATION,
    QuadClass.VERBAL_CONFLICT: Cell.VERBAL_CONFLICT,
    QuadClass.MATERIAL_CONFLICT: Cell.MATERIAL_CONFLICT,
}


def cell_of(root: str) -> Cell:
    """Return the cell of a CAMEO root.

    Args:
        root: `"01"` to `"20"`.

    Examples:
        >>> cell_of("16").name, cell_of("04").name
        ('MATERIAL_CONFLICT', 'MEETING')
    """
    if root == "04":
        return Cell.MEETING
    quad = quad_class(realm_of(root), tone_of(root))
    return _OF_QUAD[quad] if quad else Cell.STATEMENT


def day_number(day: date) -> int:
    """Return a day as days since 1970-01-01.

    Args:
        day: Any day.

    Examples:
        >>> day_number(date(1970, 1, 2))
        1
    """
    return (day - _EPOCH).days


def week_number(day: date) -> int:
    """Return the ISO week of a day as whole weeks since Monday 1900-01-01.

    Args:
        day: Any day from 1900 on.

    Examples:
        >>> week_number(date(1900, 1, 7)), week_number(date(1900, 1, 8))
        (0, 1)
    """
    return (day_number(day) - DAY_OF_WEEK_ZERO) // 7


def monday(week: int) -> date:
    """Return the first day of a week.

    Args:
        week: Whole weeks since Monday 1900-01-01.

    Examples:
        >>> monday(week_number(date(2020, 1, 1)))
        datetime.date(2019, 12, 30)
    """
    return _EPOCH + timedelta(days=DAY_OF_WEEK_ZERO + 7 * week)


def iso_week(week: int) -> str:
    """Return a week's ISO name.

    Args:
        week: Whole weeks since Monday 1900-01-01.

    Examples:
        >>> iso_week(week_number(date(2020, 1, 1)))
        '2020-W01'
    """
    return "{}-W{:02}".format(*monday(week).isocalendar()[:2])
