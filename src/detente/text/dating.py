"""When a document was published, as an interval, and what that rests on.

What is given or stands in the metadata wins. Else the text is asked, and only its body and the
captions beside it: teasers are newer than the article they stand under and never date it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from detente.records import Caption, DateInterval, DateMention
from detente.text.calendars import Unit, around
from detente.text.date_match import Relation
from detente.text.dates import dates_in

_IN_URL = re.compile(
    r"/(?P<year>20\d\d|19\d\d)[/-](?P<month>0?[1-9]|1[0-2])(?:[/-](?P<day>[0-3]?\d))?(?=[/_.-]|$)"
)
_DATELINE = re.compile(
    r"^(?:[A-Z][A-Za-z.,’' -]{1,40}[,:]\s+.{0,30}?|\W*(?:updated|published|posted|dated?)\W+(?:on\s+)?.{0,15}?"
    r"|\W*(?:\w{3,9},?\s+)?)(?=(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}|\d{1,2}\s+[A-Z][a-z]{2,8}|\d{4}-\d\d-\d\d))",
    re.IGNORECASE,
)
_LONGEST_DATELINE = 60
_STAMP_WORDS = frozenset(
    (
        "at",
        "in",
        "the",
        "of",
        "on",
        "and",
        "dated",
        "published",
        "updated",
        "posted",
        "pm",
        "am",
        "st",
        "th",
    )
)
_HEAD = 3
_TAIL = 3


@dataclass(frozen=True, slots=True)
class Dating:
    """When a document was published."""

    published: DateInterval | None
    basis: str
    """`given`, `metadata`, `text`, `caption`, `file` or `none`."""


def date_document(
    *,
    given: DateInterval | None,
    metadata: DateInterval | None = None,
    url: str | None = None,
    title: str = "",
    front: Sequence[str] = (),
    body: Sequence[str] = (),
    captions: Sequence[Caption] = (),
    saved: DateInterval | None = None,
) -> Dating:
    """Return when a document was published and what tells it.

    In order: what was given; the page's metadata; a full date in the address; a full date in the
    title, in a dateline at the top, or signed at the end; the pictures. A text whose latest picture
    was taken on a day, and whose body names no later one, came out in the rest of that month: its
    interval runs from that day to the month's end. Where the body names a later day as past, that
    day is the start. Last and weakest, when the file itself was written.

    Args:
        given: What the user or the row says.
        metadata: What the page's own fields say.
        url: The document's address.
        title: Its title.
        front: Lines above the body: bylines, stamps.
        body: Its paragraphs, furniture left out.
        captions: Captions of its own pictures.
        saved: From the day the file was written to the last it may have come out on.

    Examples:
        >>> from detente.records import Span
        >>> photo = Caption(
        ...     span=Span(start=0, end=9), text="x", taken=DateInterval.day(date(2024, 5, 16))
        ... )
        >>> dating = date_document(given=None, body=["The two sides met."], captions=[photo])
        >>> str(dating.published), dating.basis
        ('2024-05-16/2024-05-31', 'caption')
    """
    if given is not None:
        return Dating(given, "given")
    found = metadata or _of_url(url)
    if found is not None:
        return Dating(found, "metadata")
    written = _of_text(title, front, body)
    if written is not None:
        return Dating(written, "text")
    pictured = _of_captions(captions, body)
    if pictured is not None:
        return Dating(pictured, "caption")
    return Dating(saved, "file") if saved else Dating(None, "none")


def _of_url(url: str | None) -> DateInterval | None:
    found = _IN_URL.search(url or "")
    if found is None:
        return None
    try:
        first = date(int(found["year"]), int(found["month"]), int(found["day"] or 1))
    except ValueError:
        return None
    return DateInterval.day(first) if found["day"] else around(first, Unit.MONTH)


def _of_text(title: str, front: Sequence[str], body: Sequence[str]) -> DateInterval | None:
    in_title = _days(title)
    if len(in_title) == 1:
        return in_title[0].interval
    for line in (*front, *body[:_HEAD]):
        found = _of_dateline(line)
        if found is not None:
            return found
    for line in reversed(body[-_TAIL:]):
        found = _of_signature(line)
        if found is not None:
            return found
    return None


def _of_dateline(line: str) -> DateInterval | None:
    """Return the day a short line, or the opening of a report, is dated."""
    head = line[:_LONGEST_DATELINE]
    if _DATELINE.match(head) is None:
        return None
    days = _days(head)
    is_opening = re.search(r"[-–—:)]\s", head) is not None
    return days[0].interval if days and (is_opening or _is_stamp(line, days[0])) else None


def _of_signature(line: str) -> DateInterval | None:
    days = _days(line)
    return days[0].interval if days and _is_stamp(line, days[0]) else None


def _is_stamp(line: str, day: DateMention) -> bool:
    """Say whether a line holds a day and a place or label beside it, but no sentence."""
    rest = f"{line[: day.span.start]} {line[day.span.end :]}"
    words = re.findall(r"[^\W\d_]+", rest)
    return len(line) <= _LONGEST_DATELINE and all(
        word[0].isupper() or word in _STAMP_WORDS for word in words
    )


def _of_captions(captions: Sequence[Caption], body: Sequence[str]) -> DateInterval | None:
    taken = [c.taken.start for c in captions if c.taken and c.taken.precision == "day"]
    if not taken:
        return None
    latest = max(taken)
    month = around(latest, Unit.MONTH)
    told = [
        mention.interval.start
        for paragraph in body
        for mention in _days(paragraph)
        if mention.relation == Relation.ON and latest < mention.interval.start <= month.end
    ]
    return DateInterval(start=max([latest, *told]), end=month.end)


def _days(text: str) -> list[DateMention]:
    """Return mentions of single days that stand without an anchor: day, month and year."""
    return [mention for mention in dates_in(text, None) if mention.interval.precision == "day"]
