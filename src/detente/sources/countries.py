"""Country codes and names of event files, read into the product's codes.

A region (`AFR`, `EUR`) is no state; it is refused, unless a file's own aliases say what it stands for.
"""

from collections.abc import Callable, Mapping
from functools import cache

from detente.errors import UnknownNameError
from detente.ontology.actors import countries, iso3_from_cow, organisations, resolve_country

RETIRED_CODES = {
    "KSV": "XKX",
    "ROM": "ROU",
    "TMP": "TLS",
    "ZAR": "COD",
    "WSB": "PSE",
    "GZS": "PSE",
}
"""Codes event files still use for a state that ISO 3166-1 writes otherwise.

References:
    Gerner, Schrodt, Yilmaz (2012), CAMEO codebook 1.1b3, list of country codes.
"""


@cache
def organisation_names() -> Mapping[str, str]:
    """Return the names of international organisations to their codes.

    Examples:
        >>> organisation_names()["European Commission"]
        'EU'
    """
    bodies = organisations().values()
    return {name: body.code for body in bodies for name in (body.name, *body.aliases)}


def code_reader(aliases: Mapping[str, str] | None = None) -> Callable[[str], str]:
    """Return a reader of ISO 3166-1 alpha-3 codes, CAMEO country codes and organisations.

    Args:
        aliases: A file's own codes to the product's; they go first.

    Examples:
        >>> code_reader()("USA"), code_reader()("ROM"), code_reader({"IGOUNO": "UN"})("IGOUNO")
        ('USA', 'ROU', 'UN')
    """
    own = {**RETIRED_CODES, **(aliases or {})}

    def read(code: str) -> str:
        known = own.get(code, code)
        if known not in countries() and known not in organisations():
            codes = [*countries(), *organisations()]
            raise UnknownNameError(kind="country code", name=code, known=codes)
        return known

    return read


def name_reader(aliases: Mapping[str, str] | None = None) -> Callable[[str], str]:
    """Return a reader of country names and of names of international organisations.

    Args:
        aliases: A file's own names to the product's codes; they go first.

    Examples:
        >>> name_reader()("China"), name_reader()("European Union")
        ('CHN', 'EU')
    """
    own = aliases or {}
    return lambda name: own.get(name) or resolve_country(name)


def cow_reader(aliases: Mapping[str, str] | None = None) -> Callable[[str], str]:
    """Return a reader of Correlates of War country numbers.

    Args:
        aliases: A file's own numbers to the product's codes; they go first.

    References:
        Correlates of War Project, State System Membership (v2024).

    Examples:
        >>> cow_reader()("710"), cow_reader()("002")
        ('CHN', 'USA')
    """
    own = aliases or {}

    def read(number: str) -> str:
        if number in own:
            return own[number]
        if not number.isdecimal():
            raise UnknownNameError(kind="Correlates of War number", name=number, known=["2", "710"])
        return iso3_from_cow(int(number))

    return read
