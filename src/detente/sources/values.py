"""Single values of event files: days, counts, Goldstein values, roles.

Each reader gets one text and returns a value, or raises with what was received and expected.
"""

from collections.abc import Callable
from datetime import date, datetime

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from detente.errors import DetenteError

ROLES = frozenset({"", "GOV", "LEG", "MIL", "JUD", "PTY", "BUS", "MED", "CVL", "OPP", "REB"})
"""The roles an actor can have; empty for the country itself."""


class RowError(DetenteError):
    """A value of one row that cannot be used; its text becomes the reason of a refusal."""

    def __init__(self, *, field: str, received: str, expected: str) -> None:
        self.field = field
        self.received = received
        super().__init__(f"{field} {received!r}: {expected}")


def day_reader(pattern: str) -> Callable[[str], date]:
    """Return a reader of days.

    Its `RowError` names the text and the pattern.

    Args:
        pattern: A `strptime` pattern; `%Y%m%d` for GDELT.

    Examples:
        >>> day_reader("%Y%m%d")("20180301")
        datetime.date(2018, 3, 1)
    """

    def read(text: str) -> date:
        try:
            return _day(text, pattern)
        except ValueError:
            raise RowError(
                field="date", received=text, expected=f"no day of the form {pattern}"
            ) from None

    return read


def _day(text: str, pattern: str) -> date:
    if pattern == "%Y-%m-%d":
        return date.fromisoformat(text)
    return datetime.strptime(text, pattern).date()  # noqa: DTZ007 (a day has no time zone)


def days_apart(earlier: pa.Array, later: pa.Array) -> npt.NDArray[np.int64]:
    """Count the days from one column of days to another.

    Args:
        earlier: Days; null counts as 1970-01-01.
        later: Days; null counts as 1970-01-01.

    Examples:
        >>> column = pa.array([date(2018, 1, 1)])
        >>> days_apart(column, pa.array([date(2018, 1, 3)])).tolist()
        [2]
    """
    return _day_numbers(later) - _day_numbers(earlier)


def _day_numbers(days: pa.Array) -> npt.NDArray[np.int64]:
    return np.asarray(pc.fill_null(days.cast(pa.int32()), 0).to_numpy(), dtype=np.int64)


YEAR = 365
"""Days: an event dated so far from its publication is a known error of coded dates."""


def unless_blank(reader: Callable[[str], str]) -> Callable[[str], str | None]:
    """Return a reader that trims, and gives None for a blank text.

    Args:
        reader: Reads a text that is not blank.

    Examples:
        >>> unless_blank(str.lower)(" A "), unless_blank(str.lower)(" ")
        ('a', None)
    """
    return lambda text: reader(text.strip()) if text.strip() else None


def goldstein_value(text: str) -> float | None:
    """Read a Goldstein value as given.

    Args:
        text: A number from -10 to +10; blank gives None.

    Raises:
        RowError: Not a number, or off the scale.

    References:
        Goldstein (1992), doi:10.1177/0022002792036002007.

    Examples:
        >>> goldstein_value("-6.5"), goldstein_value("")
        (-6.5, None)
    """
    if not text.strip():
        return None
    try:
        value = float(text.replace("_", "?"))  # Python reads 1_0 as 10
    except ValueError:
        raise RowError(field="goldstein", received=text, expected="not a number") from None
    if not -10 <= value <= 10:
        raise RowError(field="goldstein", received=text, expected="not between -10 and 10")
    return value


MOST_REPORTS = 2**31 - 1
"""More of one event is an error of the file; the panel stores no larger count."""


def report_count(text: str) -> int:
    """Read how often an event was reported.

    Args:
        text: A whole number from 1 to 2,147,483,647; blank counts as 1.

    Raises:
        RowError: Anything else.

    Examples:
        >>> report_count("10"), report_count("")
        (10, 1)
    """
    if not text.strip():
        return 1
    if not text.isdecimal() or int(text) < 1:
        raise RowError(field="number of reports", received=text, expected="not a whole number >= 1")
    if int(text) > MOST_REPORTS:
        raise RowError(field="number of reports", received=text, expected=f"over {MOST_REPORTS:,}")
    return int(text)
