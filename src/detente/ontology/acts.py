"""Acts of saying and modes of an event. Codebook section 2."""

from enum import StrEnum


class Act(StrEnum):
    """What a party does by saying something."""

    AFFIRM = "affirm"
    COMMIT = "commit"
    ASSURE = "assure"
    CLAIM = "claim"
    PRAISE = "praise"
    CONSULT = "consult"
    APPEAL = "appeal"
    DEMAND = "demand"
    BLAME = "blame"
    REJECT = "reject"
    THREATEN = "threaten"
    ANNOUNCE = "announce"


class Mode(StrEnum):
    """Whether the event happened, or was only spoken of."""

    ACTUAL = "actual"
    DENIED = "denied"
    CALLED_FOR = "called_for"
    HYPOTHETICAL = "hypothetical"
