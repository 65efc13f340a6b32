"""Every name that stands for an actor, with the days it does so.

Names are read as written, with their capitals: `US` is a state, `us` is not.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from detente.ontology.offices import (
    Holder,
    Institution,
    holder_named,
    holders,
    holders_on,
    institutions,
)
from detente.ontology.states import (
    Country,
    Organisation,
    countries,
    iso3_from_cow,
    iso3_from_gw,
    organisations,
    resolve_country,
)
from detente.ontology.tables import read_table

__all__ = [
    "ActorName",
    "Country",
    "Holder",
    "Institution",
    "Organisation",
    "all_names",
    "countries",
    "holder_named",
    "holders",
    "holders_on",
    "institutions",
    "iso3_from_cow",
    "iso3_from_gw",
    "masked_phrases",
    "names_on",
    "organisations",
    "resolve_country",
    "role_words",
]


def country_of(code: str) -> str:
    """Return the country or organisation of an actor code.

    Args:
        code: As `CHN/GOV`; empty for nobody.

    Examples:
        >>> country_of("CHN/GOV"), country_of("EU"), country_of("")
        ('CHN', 'EU', '')
    """
    return code.split("/", maxsplit=1)[0]


@dataclass(frozen=True)
class ActorName:
    """A name and the actor it stands for, with the days it does so."""

    name: str
    """As written, with its capitals."""
    actor: str
    """Actor code, `CHN/GOV`."""
    kind: str
    """`country`, `demonym`, `capital`, `metonym`, `organisation`, `person` or `office`."""
    starts: date | None = None
    """First day; None: from the beginning of the tables."""
    ends: date | None = None
    """Last day, counted; None: to the table's edition and on."""

    def valid_on(self, on: date) -> bool:
        """Say whether the name stands for the actor on a day.

        Args:
            on: The day.

        Returns:
            True from `starts` to `ends`, both counted.
        """
        started = self.starts is None or self.starts <= on
        return started and (self.ends is None or on <= self.ends)


@cache
def role_words() -> dict[str, str]:
    """Return the words that make an actor with the name or demonym of a state.

    Returns:
        Lower-case word or phrase to role: with `Chinese`, `firms` gives `CHN/BUS`.

    References:
        Codebook section 3; `data/role_words.csv`.

    Examples:
        >>> role_words()["firms"], role_words()["foreign ministry"]
        ('BUS', 'GOV')
    """
    return {row["pattern_word"]: row["role"] for row in read_table("role_words")}


@cache
def masked_phrases() -> tuple[str, ...]:
    """Return phrases that hold the name of an actor and are none.

    A reader of actors passes over them: no state speaks in "South China Sea".

    Returns:
        As written, with their capitals.

    References:
        `data/masked_phrases.csv`.

    Examples:
        >>> "South China Sea" in masked_phrases()
        True
    """
    return tuple(row["phrase"] for row in read_table("masked_phrases"))


def _state_names() -> Iterator[ActorName]:
    for country in countries().values():
        actor = f"{country.iso3}/GOV"
        for kind, names in (
            ("country", (country.name, country.official, *country.aliases)),
            ("demonym", country.demonyms),
            ("capital", country.capitals),
            ("metonym", country.metonyms),
        ):
            yield from (ActorName(name, actor, kind) for name in names)


def _organisation_names() -> Iterator[ActorName]:
    """Aliases that `data/roles.csv` gives a role of their own, as the European Parliament, are left to it."""
    of_own = {body.name for body in institutions()}
    for body in organisations().values():
        names = [name for name in (body.name, *body.aliases) if name not in of_own]
        yield from (ActorName(name, f"{body.code}/GOV", "organisation") for name in names)


def _office_names() -> Iterator[ActorName]:
    for body in institutions():
        yield ActorName(body.name, body.actor, "office", body.starts, body.ends)
    for holder in holders():
        for name in holder.names:
            yield ActorName(name, holder.actor, "person", holder.starts, holder.ends)


@cache
def all_names() -> tuple[ActorName, ...]:
    """Return every name of every actor with the days it is valid.

    Returns:
        A name comes several times where it stands for different offices or actors in time.

    Examples:
        >>> sorted({n.kind for n in all_names()})
        ['capital', 'country', 'demonym', 'metonym', 'office', 'organisation', 'person']
    """
    return tuple(dict.fromkeys([*_state_names(), *_organisation_names(), *_office_names()]))


@lru_cache(maxsize=256)
def names_on(on: date) -> tuple[ActorName, ...]:
    """Return every name that stands for an actor on a day.

    Persons are those in office that day; who left or is yet to come is not among them.

    Args:
        on: The day.

    Returns:
        Each pair of name and actor once.

    Examples:
        >>> {n.actor for n in names_on(date(2023, 6, 18)) if n.name == "Blinken"}
        {'USA/GOV'}
        >>> [n for n in names_on(date(2025, 6, 18)) if n.name == "Blinken"]
        []
    """
    valid = (name for name in all_names() if name.valid_on(on))
    once: dict[tuple[str, str], ActorName] = {}
    for name in valid:
        once.setdefault((name.name, name.actor), name)
    return tuple(once.values())
