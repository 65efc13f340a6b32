"""What GDELT's archive of event files holds: its lists read, its files named by day, its gaps found.

GDELT 2.0 has a file every 15 minutes (UTC) and one list of `size md5 url`; GDELT 1.0 has a file a
day, before April 2013 a month, before 2006 a year, and two lists, `md5sums` and `filesizes`.
"""

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from pathlib import Path
from typing import Annotated, NamedTuple

from pydantic import Field

from detente.errors import DateError, SourceChangedError, SourceError
from detente.records import Record, Refusal
from detente.sources.download_files import Wanted
from detente.sources.gdelt import SOURCE

QUARTER = timedelta(minutes=15)
_DAY = timedelta(days=1)
_LONGEST_LINE = 1000
_FORMS = {
    "size": (re.compile(r"[1-9]\d{0,12}"), "a number of bytes"),
    "md5": (re.compile(r"[0-9a-fA-F]{32}"), "32 hexadecimal digits"),
}
_EXPORT_2 = re.compile(r"\d{14}\.(?:translation\.)?export\.CSV\.zip", re.ASCII)
_EXPORT_1 = re.compile(r"\d{8}\.export\.CSV\.zip|(?:\d{4}|\d{6})\.zip", re.ASCII)


class ArchiveFile(Record):
    """An event file of the archive and the time it covers."""

    wanted: Wanted
    begins: datetime
    """Of a 2.0 file, the instant in its name; of a 1.0 file, the start of its first day (UTC)."""
    ends: datetime
    """The same instant for 2.0; the end of its last day for 1.0."""


class Listing(Record):
    """What a list says of a range of days."""

    files: tuple[ArchiveFile, ...]
    """Those of the range, in order of time."""
    begins: datetime
    """Of the first event file in the whole list."""
    ends: datetime
    """Of the last."""
    refused: tuple[Refusal, ...] = ()
    """Lines that cannot be used, wherever in the list."""


class Gap(Record):
    """A stretch of time for which the archive lists no file."""

    begins: datetime
    """First instant for which a file would be; start of the day for 1.0."""
    ends: datetime
    """The last."""
    files: Annotated[int, Field(gt=0)]
    """How many files are missing."""
    translation: bool = False
    """Whether files of translated reports are meant."""


class Span(Record):
    """Days asked for, both of them included, counted by the files' own names (UTC)."""

    first: date
    last: date

    @property
    def begins(self) -> datetime:
        """The first instant."""
        return datetime.combine(self.first, time(), UTC)

    @property
    def ends(self) -> datetime:
        """The first instant after it."""
        return datetime.combine(self.last, time(), UTC) + _DAY


def span(first: date, last: date) -> Span:
    """Name a range of days.

    Args:
        first: Its first day.
        last: Its last day.

    Raises:
        DateError: The first is after the last.

    Examples:
        >>> span(date(2020, 1, 1), date(2020, 1, 2)).ends.isoformat()
        '2020-01-03T00:00:00+00:00'
    """
    if first > last:
        reason = f"is after the last day asked for ({last})"
        raise DateError(received=str(first), reason=reason, hint="name the earlier day first")
    return Span(first=first, last=last)


def list_names(edition: int, *, translation: bool = False) -> tuple[str, ...]:
    """Name the lists that tell of an edition's event files.

    Args:
        edition: 1 or 2.
        translation: The files of reports in other languages than English; of edition 2 alone.

    Examples:
        >>> list_names(2, translation=True)
        ('masterfilelist-translation.txt',)
    """
    if edition == 1:
        return ("md5sums", "filesizes")
    return (f"masterfilelist{'-translation' if translation else ''}.txt",)


def read_lists(paths: Sequence[Path], days: Span, base: str, edition: int) -> Listing:
    """Read what an edition's lists say of a range of days.

    Files other than event files are passed over. Of each line only the file's name is taken, never
    its address: a mirror serves its own copies.

    Args:
        paths: The lists, as `list_names` names them; of edition 1, those the publisher has.
        days: The range.
        base: Address of the folder the files are fetched from.
        edition: 1 or 2.

    Returns:
        The files of the range, the span of the lists, and the lines that cannot be used.

    Raises:
        SourceChangedError: There is no event file in them.
    """
    read = _read_2 if edition == 2 else _read_1
    found: dict[str, _Line] = {}
    refused: list[Refusal] = []
    begins, ends = datetime.max.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC)
    for told in (told for path in paths for told in read(path)):
        if isinstance(told, Refusal):
            refused.append(told)
            continue
        begins, ends = min(begins, told.begins), max(ends, told.ends)
        if told.begins < days.ends and told.ends >= days.begins:
            known = found.get(told.name)
            found[told.name] = told._replace(facts={**(known.facts if known else {}), **told.facts})
    if begins > ends:
        reason = f"lines that name event files looked for, found none ({len(refused)} refused)"
        location = f"{base}/{paths[0].name}" if paths else base
        raise SourceChangedError(
            source=SOURCE, location=location, reason=f"{reason}; check the address"
        )
    files = (_file(line, base) for line in found.values())
    in_order = tuple(sorted(files, key=lambda file: (file.begins, file.wanted.name)))
    return Listing(files=in_order, begins=begins, ends=ends, refused=tuple(refused))


def gaps_in(listing: Listing, days: Span, until: datetime, edition: int) -> tuple[Gap, ...]:
    """Find for which times of a range no file is listed.

    Args:
        listing: What the lists say.
        days: The range.
        until: No file is looked for after this instant.
        edition: 1 or 2.

    Returns:
        Stretches in order of time.

    Raises:
        SourceError: The whole range lies outside the lists.
    """
    if days.begins > listing.ends or days.ends <= listing.begins:
        raise SourceError(
            source=SOURCE,
            location=f"{days.first} to {days.last}",
            reason=f"the list holds files from {listing.begins:%Y-%m-%d} to "
            f"{listing.ends:%Y-%m-%d}, none of these days; name days between them"
            + (", or take edition 1 for earlier ones" if edition == 2 else ""),
        )
    step = QUARTER if edition == 2 else _DAY
    latest = until if edition == 2 else until - _DAY  # a day's file comes when the day is over
    count = (min(days.ends - step, latest) - days.begins) // step + 1
    held = {at for file in listing.files for at in _steps(file, step)}
    numbered = [n for n in range(count) if days.begins + n * step not in held]
    runs = [list(run) for _, run in groupby(enumerate(numbered), lambda pair: pair[1] - pair[0])]
    return tuple(
        Gap(
            begins=days.begins + run[0][1] * step,
            ends=days.begins + run[-1][1] * step,
            files=len(run),
        )
        for run in runs
    )


def _steps(file: ArchiveFile, step: timedelta) -> Iterator[datetime]:
    at = file.begins
    while at <= file.ends:
        yield at
        at += step


class _Line(NamedTuple):
    """What one line of a list tells of an event file."""

    name: str
    begins: datetime
    ends: datetime
    facts: dict[str, str]
    """`size`, `md5` or both."""


def _file(line: _Line, base: str) -> ArchiveFile:
    size, md5 = line.facts.get("size"), line.facts.get("md5")
    wanted = Wanted(
        name=line.name,
        url=f"{base}/{line.name}",
        size=int(size) if size else None,
        md5=md5.lower() if md5 else None,
    )
    return ArchiveFile(wanted=wanted, begins=line.begins, ends=line.ends)


def _read_2(path: Path) -> Iterator[_Line | Refusal]:
    for number, text in _lines(path):
        size, md5, name = (*text.split(), "", "", "")[:3]
        if len(text.split()) != 3:
            told = f"size, md5 and url expected, found {len(text.split())} of three"
            yield _refusal(path, number, text, told)
        elif _EXPORT_2.fullmatch(name := name.rpartition("/")[2]):
            yield _line(path, number, text, name, {"size": size, "md5": md5})


def _read_1(path: Path) -> Iterator[_Line | Refusal]:
    key = "md5" if path.name == "md5sums" else "size"
    for number, text in _lines(path):
        fact, name = (*text.split(), "", "")[:2]
        if len(text.split()) != 2:
            told = f"{key} and file expected, found {len(text.split())} of two"
            yield _refusal(path, number, text, told)
        elif _EXPORT_1.fullmatch(name := name.removeprefix("*").rpartition("/")[2]):
            yield _line(path, number, text, name, {key: fact})


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    with path.open(encoding="utf-8", errors="replace") as lines:
        for number, line in enumerate(lines, 1):
            if text := line.strip():
                yield number, text


def _line(path: Path, number: int, text: str, name: str, facts: dict[str, str]) -> _Line | Refusal:
    for key, (form, expected) in _FORMS.items():
        if key in facts and not form.fullmatch(facts[key]):
            return _refusal(path, number, text, f"{key} {facts[key]!r}, {expected} expected")
    try:
        begins, ends = _time_of(name.partition(".")[0])
    except ValueError:
        return _refusal(path, number, text, f"{name} names no day or instant")
    return _Line(name, begins, ends, facts)


def _refusal(path: Path, number: int, text: str, reason: str) -> Refusal:
    return Refusal(origin=path.name, line=number, reason=reason, original=text[:_LONGEST_LINE])


def _time_of(stamp: str) -> tuple[datetime, datetime]:
    """First and last instant of a year, a month, a day, or of an instant itself."""
    whole = stamp + "00000101000000"[len(stamp) :]
    begins = datetime.strptime(whole, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    if len(stamp) == 14:
        return begins, begins
    if len(stamp) == 4:
        after = begins.replace(year=begins.year + 1)
    elif len(stamp) == 6:
        after = begins + timedelta(days=monthrange(begins.year, begins.month)[1])
    else:
        after = begins + _DAY
    return begins, after - timedelta(seconds=1)
