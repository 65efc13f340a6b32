"""The two states a question is about, by any name the actor tables know."""

from detente.errors import PairError
from detente.ontology.states import resolve_country


def named_pair(first: str, second: str) -> tuple[str, str]:
    """Return the codes of two states.

    Args:
        first: One state, by code or name.
        second: The other.

    Returns:
        ISO-3 or organisation codes in the order given; a name no table holds is refused.

    Raises:
        PairError: Both names stand for one state.

    Examples:
        >>> named_pair("China", "us")
        ('CHN', 'USA')
    """
    codes = (resolve_country(first), resolve_country(second))
    if codes[0] == codes[1]:
        raise PairError(first=first, second=second, code=codes[0])
    return codes
