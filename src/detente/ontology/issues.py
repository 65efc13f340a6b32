"""Issue areas, the words that name them, and how hard a step in each is. Codebook sections 4 and 10."""

from enum import StrEnum


class Difficulty(StrEnum):
    """How hard a proposed step is. Codebook section 10."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


ISSUES: dict[str, str] = {
    "climate": "climate change, energy transition, environment",
    "health": "public health, pandemics",
    "food": "food security",
    "narcotics": "counter-narcotics, fentanyl precursors, law-enforcement cooperation",
    "macro": "macroeconomic stability, debt, currency",
    "trade": "tariffs, purchases, market access",
    "investment": "inbound and outbound investment, sanctions on firms, business climate",
    "technology": "export controls, chips, AI, telecoms, undersea cables",
    "infrastructure": "development lending, Belt and Road",
    "military": "force posture, exercises, military-to-military contact, arms control",
    "taiwan": "cross-strait relations, One China policy, recognition",
    "maritime": "South and East China Sea, freedom of navigation",
    "cyber": "espionage, intrusions, information operations",
    "rights": "human rights, Xinjiang, Hong Kong, Tibet, detentions",
    "people": "visas, students, flights, journalists, cultural exchange",
    "consular": "consulates, embassies, diplomats, diplomatic recognition in general",
    "crisis": "crisis communication, hotlines, guardrails, misperception",
    "regional": "Ukraine, Korea, Iran, Middle East and other third-party conflicts",
    "relations": "the relationship as such, its tone and principles",
    "other": "none of these",
}
"""Issue id to what it covers."""

_EASY = {"people", "consular", "relations", "climate", "health", "food", "other"}
_HARD = {"taiwan", "military", "technology", "maritime", "rights", "cyber"}


def difficulty(issue: str) -> Difficulty:
    """Return how hard a step in an issue area is.

    Args:
        issue: An id of `ISSUES`.

    Returns:
        `easy`, `medium` or `hard`.

    References:
        Codebook section 10.

    Examples:
        >>> difficulty("people").value, difficulty("crisis").value, difficulty("taiwan").value
        ('easy', 'medium', 'hard')
    """
    if issue in _EASY:
        return Difficulty.EASY
    return Difficulty.HARD if issue in _HARD else Difficulty.MEDIUM
