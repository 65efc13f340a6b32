"""PLOVER event types and the crosswalk from CAMEO.

SANCTION is material conflict here; the manual's own tables disagree about it.
"""

import csv
from enum import StrEnum
from functools import cache
from importlib.resources import files

from detente.ontology.cameo import cameo_code


class EventType(StrEnum):
    """The sixteen PLOVER event types."""

    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    CONCEDE = "CONCEDE"
    COOPERATE = "COOPERATE"
    AID = "AID"
    RETREAT = "RETREAT"
    REQUEST = "REQUEST"
    ACCUSE = "ACCUSE"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    PROTEST = "PROTEST"
    SANCTION = "SANCTION"
    MOBILIZE = "MOBILIZE"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"


@cache
def _crosswalk() -> dict[str, EventType]:
    path = files("detente.ontology.data") / "plover.csv"
    with path.open(encoding="utf-8") as lines:
        rows = csv.DictReader(line for line in lines if not line.startswith("#"))
        return {row["cameo"]: EventType(row["event_type"]) for row in rows}


def event_type(code: str) -> EventType | None:
    """Return the PLOVER event type of a CAMEO code.

    The longest listed prefix decides.

    Args:
        code: A CAMEO code or root, text with its leading zero.

    Returns:
        None for root 01: PLOVER has no plain statements. Other texts are refused as in `cameo_code`.

    References:
        PLOVER manual (2023), Open Event Data Alliance.

    Examples:
        >>> event_type("163").value, event_type("0861").value, event_type("01")
        ('SANCTION', 'RETREAT', None)
    """
    known = cameo_code(code).code
    prefixes = (known[:length] for length in range(len(known), 1, -1))
    return next((_crosswalk()[p] for p in prefixes if p in _crosswalk()), None)
