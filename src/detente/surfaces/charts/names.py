"""How states and issues are called where people read them."""

from collections.abc import Mapping, Sequence

from detente.ontology.issues import ISSUES
from detente.ontology.states import countries, organisations

_WITH_ARTICLE = ("United ", "Netherlands", "Philippines", "Bahamas", "Gambia", "Maldives")

_LABELS = {
    "macro": "Macroeconomy",
    "people": "People and travel",
    "crisis": "Crisis communication",
    "regional": "Third-party conflicts",
    "relations": "The relationship itself",
    "rights": "Human rights",
    "military": "Military",
    "consular": "Consulates, embassies",
    "other": "Other",
}


def state_names(codes: Sequence[str]) -> dict[str, str]:
    """Return the usual English name of each state.

    Args:
        codes: ISO-3 codes.

    Examples:
        >>> state_names(("USA", "CHN"))["USA"]
        'United States'
    """
    return {code: state_name(code) for code in codes}


def state_name(code: str) -> str:
    """Return the usual English name of a state or organisation; its code where no table holds it.

    Args:
        code: ISO-3 code, or the code of an organisation.

    Examples:
        >>> state_name("TWN"), state_name("ZZZ")
        ('Taiwan', 'ZZZ')
    """
    if code in countries():
        return countries()[code].name
    return organisations()[code].name if code in organisations() else code


def in_sentence(name: str) -> str:
    """Return a state's name as it stands within a sentence.

    Args:
        name: Usual English name.

    Examples:
        >>> in_sentence("United States"), in_sentence("China")
        ('the United States', 'China')
    """
    return f"the {name}" if name.startswith(_WITH_ARTICLE) else name


def toward(names: Mapping[str, str], actor: str, recipient: str) -> str:
    """Return the heading of one direction.

    Args:
        names: Name of each state by code.
        actor: Who acts.
        recipient: The other.

    Examples:
        >>> toward({"USA": "United States", "CHN": "China"}, "CHN", "USA")
        'China toward the United States'
    """
    return f"{names[actor]} toward {in_sentence(names[recipient])}"


def issue_label(issue: str | None) -> str:
    """Return a heading for an issue.

    Args:
        issue: An id of the issue table; None means all together.

    Examples:
        >>> issue_label("taiwan"), issue_label("macro"), issue_label(None)
        ('Taiwan', 'Macroeconomy', 'All issues')
    """
    if issue is None:
        return "All issues"
    return _LABELS.get(issue, issue.capitalize())


def issue_scope(issue: str) -> str:
    """Return what an issue covers.

    Args:
        issue: An id of the issue table.

    Examples:
        >>> issue_scope("food")
        'food security'
    """
    return ISSUES.get(issue, issue)
