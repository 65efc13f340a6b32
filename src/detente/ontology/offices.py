"""Who held which office when, and institutions whose name alone says state and role.

A person stands for a state only on the days in office: ask with the document's date.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import cache

from detente.ontology.tables import read_table, split_list

_LEVELS = ("leader", "minister", "official")


@dataclass(frozen=True)
class Holder:
    """One person's time in one office."""

    country: str
    """ISO 3166-1 alpha-3, or an organisation's code."""
    role: str
    """`GOV`, `LEG`, `MIL` or `PTY`; codebook section 3."""
    office: str
    level: str
    """`leader`, `minister` or `official`."""
    person: str
    aliases: tuple[str, ...]
    starts: date
    """First day in office; the earliest it can have been where the day is not established."""
    ends: date | None
    """Last day in office, counted; None while in office at the table's edition."""
    is_exact: bool
    """Whether both days are established."""
    source: str
    """The public record to check against."""

    @property
    def actor(self) -> str:
        """Actor code, `USA/GOV`."""
        return f"{self.country}/{self.role}"

    @property
    def names(self) -> tuple[str, ...]:
        """The full name, then the aliases."""
        return (self.person, *self.aliases)

    def in_office(self, on: date) -> bool:
        """Say whether a day lies within the time in office.

        Args:
            on: The day; a handover day belongs to both holders.

        Returns:
            True from `starts` to `ends`, both counted.
        """
        return self.starts <= on and (self.ends is None or on <= self.ends)


@dataclass(frozen=True)
class Institution:
    """A body whose name alone says the state and the role."""

    name: str
    actor: str
    starts: date | None
    """None: from the beginning of the tables."""
    ends: date | None
    note: str


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.split("-")]


def _first_day(text: str) -> date:
    year, month, day = (*_numbers(text), 1, 1)[:3]
    return date(year, month, day)


def _last_day(text: str) -> date:
    given = _numbers(text)
    year, month = (*given, 12)[:2]
    return date(year, month, given[2] if len(given) == 3 else monthrange(year, month)[1])


def _holder(row: dict[str, str]) -> Holder:
    starts, ends = row["starts"], row["ends"]
    return Holder(
        country=row["country"],
        role=row["role"],
        office=row["office"],
        level=row["level"],
        person=row["person"],
        aliases=split_list(row["aliases"]),
        starts=_first_day(starts),
        ends=_last_day(ends) if ends else None,
        is_exact=len(starts) == 10 and len(ends) in {0, 10},
        source=row["source"],
    )


@cache
def holders() -> tuple[Holder, ...]:
    """Return every time in office of the table.

    Returns:
        In file order: by country, office and day.

    References:
        `data/offices.csv`, whose rows name the public record each rests on.

    Examples:
        >>> [h.person for h in holders() if h.country == "CHN" and h.office == "Foreign Minister"][
        ...     -2:
        ... ]
        ['Qin Gang', 'Wang Yi']
    """
    return tuple(_holder(row) for row in read_table("offices"))


def holders_on(country: str, on: date) -> tuple[Holder, ...]:
    """Return who held office for a state on a day.

    Args:
        country: ISO 3166-1 alpha-3, or an organisation's code.
        on: The day; on a handover day both holders are returned.

    Returns:
        In file order; empty where the table has no such state.

    Examples:
        >>> team = holders_on("USA", date(2023, 6, 19))
        >>> [h.person for h in team if h.office == "Secretary of State"]
        ['Antony Blinken']
    """
    return tuple(h for h in holders() if h.country == country and h.in_office(on))


def holder_named(name: str, on: date) -> Holder | None:
    """Find the person in office a name means on a day.

    Args:
        name: Full name or alias, in any case of letters.
        on: The day.

    Returns:
        The highest office held that day by who bears the name; None where nobody in office does.

    Examples:
        >>> holder_named("Qin Gang", date(2023, 6, 18)).office
        'Foreign Minister'
        >>> holder_named("Qin Gang", date(2024, 6, 18)) is None
        True
    """
    bearing = [h for h in _bearers().get(name.casefold(), ()) if h.in_office(on)]
    return min(bearing, key=lambda h: _LEVELS.index(h.level), default=None)


@cache
def _bearers() -> dict[str, tuple[Holder, ...]]:
    found: dict[str, tuple[Holder, ...]] = {}
    for holder in holders():
        for name in holder.names:
            key = name.casefold()
            found[key] = (*found.get(key, ()), holder)
    return found


@cache
def institutions() -> tuple[Institution, ...]:
    """Return the bodies whose name alone says the state and the role.

    Returns:
        In file order; a name comes twice where what it stands for changed on a day.

    References:
        `data/roles.csv`.

    Examples:
        >>> {i.name: i.actor for i in institutions()}["People's Liberation Army"]
        'CHN/MIL'
    """
    return tuple(
        Institution(
            name=row["name"],
            actor=row["actor"],
            starts=_first_day(row["starts"]) if row["starts"] else None,
            ends=_last_day(row["ends"]) if row["ends"] else None,
            note=row["note"],
        )
        for row in read_table("roles")
    )
