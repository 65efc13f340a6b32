"""What a coder or a baseline says of a pair or a sentence, and the classes that makes."""

from dataclasses import dataclass

from pairs_gold import NEUTRAL
from scores import NONE

from detente.coding.given import SentenceEvent
from detente.ontology.cameo import realm_of
from detente.ontology.plover import event_type

_OLDER = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
"""The newswire set's older name for two of today's types."""

_PLAIN = "01"
"""Root of plain statements."""


@dataclass(frozen=True)
class Said:
    """One event as root and tone, or none."""

    root: str | None
    tone: str = "neutral"
    confidence: float = 0.0

    @property
    def kind(self) -> str:
        """PLOVER type in the newswire set's names."""
        found = event_type(self.root) if self.root else None
        return _OLDER.get(found.value, found.value) if found else NONE

    @property
    def quad(self) -> str:
        """Quad class of its realm and tone."""
        side = self.side
        if self.root is None or side == NONE:
            return NONE
        return f"{'VERBAL' if realm_of(self.root) == 'say' else 'MATERIAL'}_{side}"

    @property
    def side(self) -> str:
        """`COOP` or `CONF`."""
        return {"coop": "COOP", "conf": "CONF"}.get(self.tone, NONE) if self.root else NONE

    @property
    def five(self) -> str:
        """Quad class, or neutral for a plain statement."""
        return NEUTRAL if self.root == _PLAIN else self.quad


def said_of(event: SentenceEvent | None) -> Said:
    """Return an event as it is scored.

    Args:
        event: None where nothing was read.
    """
    return Said(event.root, event.tone, event.confidence) if event else Said(None)


def usual(root: str | None, confidence: float = 0.0) -> Said:
    """Return a root with the tone roots of its quad class have.

    Args:
        root: None for no event.
        confidence: How sure it is.

    Examples:
        >>> usual("16").quad, usual("04").quad, usual("01").five
        ('MATERIAL_CONF', 'VERBAL_COOP', 'NEUTRAL')
    """
    if root is None or root == _PLAIN:
        return Said(root, confidence=confidence)
    return Said(root, "coop" if root < "09" else "conf", confidence)
