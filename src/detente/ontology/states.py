"""States, territories and organisations, and the code that any of their names means.

Every code is ISO 3166-1 alpha-3 or an organisation's own; never alpha-2.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from detente.errors import UnknownNameError
from detente.ontology.tables import read_table, split_list


@dataclass(frozen=True)
class Country:
    """A state or territory of ISO 3166-1, or Kosovo under its user-assigned code."""

    iso3: str
    iso2: str
    numeric: str
    """Three digits as text; empty for Kosovo."""
    name: str
    """Common English name."""
    official: str
    aliases: tuple[str, ...]
    demonyms: tuple[str, ...]
    """Adjectives and nouns."""
    capitals: tuple[str, ...]
    """Seats of government that stand for the government in news."""
    other_capitals: tuple[str, ...]
    """Seats whose name means too many other things to be read so."""
    metonyms: tuple[str, ...]
    cow: int | None
    """Correlates of War number."""
    gw: int | None
    """Gleditsch-Ward number."""


@dataclass(frozen=True)
class Organisation:
    """An international organisation or standing group of states."""

    code: str
    name: str
    aliases: tuple[str, ...]


def _number(cell: str) -> int | None:
    return int(cell) if cell else None


@cache
def countries() -> dict[str, Country]:
    """Return the states and territories, keyed by ISO 3166-1 alpha-3.

    Returns:
        The 249 entries of ISO 3166-1, and Kosovo as `XKX`.

    References:
        ISO 3166-1:2020 as amended; Correlates of War, State System Membership v2024;
        Gleditsch and Ward (1999), A revised list of independent states since the Congress of
        Vienna, doi:10.1080/03050629908434958.

    Examples:
        >>> countries()["CHN"].capitals, countries()["CHN"].cow
        (('Beijing',), 710)
    """
    return {
        row["iso3"]: Country(
            iso3=row["iso3"],
            iso2=row["iso2"],
            numeric=row["numeric"],
            name=row["name"],
            official=row["official"],
            aliases=split_list(row["aliases"]),
            demonyms=split_list(row["demonyms"]),
            capitals=split_list(row["capital"]),
            other_capitals=split_list(row["other_capital"]),
            metonyms=split_list(row["metonyms"]),
            cow=_number(row["cow"]),
            gw=_number(row["gw"]),
        )
        for row in read_table("countries")
    }


@cache
def organisations() -> dict[str, Organisation]:
    """Return the organisations, keyed by code.

    Returns:
        Codes are no ISO codes of a state.

    References:
        `data/organisations.csv`.

    Examples:
        >>> organisations()["UN"].name
        'United Nations'
    """
    return {
        row["code"]: Organisation(row["code"], row["name"], split_list(row["aliases"]))
        for row in read_table("organisations")
    }


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.replace("\u2019", "'"))
    letters = "".join(c for c in plain if not unicodedata.combining(c) and c != ".")
    return re.sub(r"^the ", "", " ".join(letters.casefold().replace("-", " ").split()))


@cache
def _codes_by_name() -> dict[str, str]:
    found: dict[str, str] = {}
    for country in countries().values():
        for name in (country.iso3, country.name, country.official, *country.aliases):
            found.setdefault(_folded(name), country.iso3)
    for body in organisations().values():
        for name in (body.code, body.name, *body.aliases):
            found.setdefault(_folded(name), body.code)
    return found


@cache
def _codes_by_iso2() -> dict[str, str]:
    return {country.iso2: country.iso3 for country in countries().values()}


def _known() -> list[str]:
    states = [n for c in countries().values() for n in (c.iso3, c.name, *c.aliases)]
    return states + [n for o in organisations().values() for n in (o.code, o.name)]


def resolve_country(name: str) -> str:
    """Return the code of the state or organisation a name means.

    Args:
        name: ISO 3166-1 alpha-3, alpha-2 in capitals, an organisation's code, or any name or
            alias; letters' case, accents, full stops and a leading "the" do not matter.

    Returns:
        ISO 3166-1 alpha-3 (`XKX` for Kosovo) or the organisation's code.

    Raises:
        UnknownNameError: No table holds the name.

    Examples:
        >>> resolve_country("the United States"), resolve_country("CN"), resolve_country("Burma")
        ('USA', 'CHN', 'MMR')
    """
    if name in countries() or name in organisations():
        return name
    code = _codes_by_iso2().get(name) or _codes_by_name().get(_folded(name))
    if code is None:
        raise UnknownNameError(kind="country", name=name, known=_known())
    return code


@cache
def _by_number(system: str) -> dict[int, str]:
    pairs = ((c.cow if system == "cow" else c.gw, c.iso3) for c in countries().values())
    return {number: iso3 for number, iso3 in pairs if number is not None}


def iso3_from_cow(number: int) -> str:
    """Return the state a Correlates of War number means today.

    Args:
        number: 2 to 990.

    Returns:
        ISO 3166-1 alpha-3.

    Raises:
        UnknownNameError: No state of today has the number; 260 was West Germany.

    References:
        Correlates of War, State System Membership v2024.

    Examples:
        >>> iso3_from_cow(710), iso3_from_cow(255)
        ('CHN', 'DEU')
    """
    found = _by_number("cow")
    if number in found:
        return found[number]
    raise UnknownNameError(
        kind="Correlates of War number", name=str(number), known=[str(n) for n in found]
    )


def iso3_from_gw(number: int) -> str:
    """Return the state a Gleditsch-Ward number means today.

    Args:
        number: 2 to 990.

    Returns:
        ISO 3166-1 alpha-3.

    Raises:
        UnknownNameError: No state of today has the number; 265 was East Germany.

    References:
        Gleditsch and Ward (1999), doi:10.1080/03050629908434958.

    Examples:
        >>> iso3_from_gw(260), iso3_from_gw(340)
        ('DEU', 'SRB')
    """
    found = _by_number("gw")
    if number in found:
        return found[number]
    raise UnknownNameError(
        kind="Gleditsch-Ward number", name=str(number), known=[str(n) for n in found]
    )
