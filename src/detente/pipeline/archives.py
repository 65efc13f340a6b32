"""What the archive's expressions need of the sources, so that both read GDELT alike."""

from detente.ontology.actors import countries, organisations
from detente.panel.archives import GdeltCodes
from detente.sources.countries import RETIRED_CODES
from detente.sources.gdelt import ARCHIVE_LOADED, PUBLIC, TYPE_ROLES
from detente.sources.values import YEAR


def gdelt_codes() -> GdeltCodes:
    """Return what the loader of GDELT files makes of its codes, and which dates it takes.

    Examples:
        >>> codes = gdelt_codes()
        >>> codes.countries["ROM"], codes.roles["COP"], codes.days_late
        ('ROU', 'GOV', 365)
    """
    known = {code: code for code in (*countries(), *organisations())}
    return GdeltCodes(
        countries={**known, **RETIRED_CODES},
        roles=TYPE_ROLES,
        other_role=PUBLIC,
        loaded_on=ARCHIVE_LOADED,
        days_late=YEAR,
    )
