"""How figures and days are written on the page."""

import re
from datetime import date

from detente.pipeline.answers import Counted, Figure
from detente.records import DateInterval
from detente.surfaces.charts.theme import plain, signed

_ISO = re.compile(r"(\d{4}-\d{2}-\d{2})(?:/(\d{4}-\d{2}-\d{2}))?\Z")


def day_text(day: date) -> str:
    """Write a day as people read it.

    Args:
        day: Any day.

    Examples:
        >>> day_text(date(2023, 6, 9))
        '9 June 2023'
    """
    return f"{day.day} {day:%B %Y}"


def days_text(interval: DateInterval) -> str:
    """Write an interval without saying month or year twice.

    Args:
        interval: One day or more.

    Examples:
        >>> days_text(DateInterval(start=date(2023, 6, 18), end=date(2023, 6, 19)))
        '18–19 June 2023'
    """
    start, end = interval.start, interval.end
    if start == end:
        return day_text(end)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{day_text(end)}"
    if start.year == end.year:
        return f"{start.day} {start:%B} – {day_text(end)}"
    return f"{day_text(start)} – {day_text(end)}"


def read_days(text: str) -> str:
    """Write the text of an interval, `2023-06-18/2023-06-19`, as people read it.

    Args:
        text: ISO day or two with a slash; anything else is returned as it is.

    Examples:
        >>> read_days("2023-06-18/2023-06-19"), read_days("undated")
        ('18–19 June 2023', 'undated')
    """
    match = _ISO.match(text)
    if match is None:
        return text
    start, end = date.fromisoformat(match[1]), date.fromisoformat(match[2] or match[1])
    return days_text(DateInterval(start=start, end=end)) if start <= end else text


def interval_text(figure: Figure) -> str:
    """Write the ends of an interval.

    Args:
        figure: Any figure.

    Examples:
        >>> interval_text(Figure(value=0.5, low=-0.1, high=1.1, level=0.9))
        '−0.10 to 1.10'
    """
    return f"{plain(figure.low)} to {plain(figure.high)}"


def figure_text(figure: Figure) -> str:
    """Write a figure with its interval.

    Args:
        figure: Any figure.

    Examples:
        >>> figure_text(Figure(value=0.5, low=-0.1, high=1.1, level=0.9))
        '+0.50 (−0.10 to 1.10)'
    """
    return f"{signed(figure.value)} ({interval_text(figure)})"


def percent(share: float) -> str:
    """Write a share as a whole per cent.

    Args:
        share: In [0, 1].

    Examples:
        >>> percent(0.8912)
        '89%'
    """
    return f"{share:.0%}"


def share_text(counted: Counted) -> str:
    """Write the counts of one realm, its raw share and the usual one.

    Args:
        counted: One realm of one directed dyad.

    Returns:
        Counts first; `none counted` where there is no event.
    """
    warm, cold = counted.n_cooperative, counted.n_conflictual
    usual = f"usual among states {percent(counted.reference_share)}"
    if warm + cold == 0:
        return f"none counted; {usual}"
    share = warm / (warm + cold)
    return f"{warm} warm, {cold} cold: {percent(share)} warm; {usual}"


def plural(n: int, one: str, many: str | None = None) -> str:
    """Write a count with its noun.

    Args:
        n: The count.
        one: The noun for one.
        many: For more; else an s is added.

    Examples:
        >>> plural(1, "deed"), plural(0, "country", "countries")
        ('1 deed', '0 countries')
    """
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def slug(*parts: str | None) -> str:
    """Return an id safe in HTML and in a URL's fragment.

    Args:
        parts: Names; None is left out.

    Examples:
        >>> slug("g", "documents", "USA", None, "rights")
        'g-documents-usa-rights'
    """
    joined = "-".join(part for part in parts if part)
    return re.sub(r"[^a-z0-9]+", "-", joined.lower()).strip("-")
