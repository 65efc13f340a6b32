"""What event files say an event is about, read as issue areas.

A topic that no table lists becomes `other`: that it was named is kept, not what it was.
"""

import re
from functools import cache

from detente.ontology.tables import read_table

LIST = re.compile(r"[|;]")
"""What parts the entries of a list in one cell."""


@cache
def _topics() -> dict[str, str]:
    return {row["topic"]: row["issue"] for row in read_table("event_topics")}


def topic_issues(cell: str) -> tuple[str, ...]:
    """Read a list of topics as issue areas.

    Args:
        cell: Topics parted by `|` or `;`; a count after a comma is left out.

    Returns:
        Ids of issue areas, each once, in the order of the topics; none for an empty cell.

    References:
        PLOVER manual (2023), Open Event Data Alliance, section on contexts; `data/event_topics.csv`.

    Examples:
        >>> topic_issues("military|human_rights"), topic_issues("FOREIGN_TRADE,2;ELECTION,1")
        (('military', 'rights'), ('trade', 'other'))
        >>> topic_issues("")
        ()
    """
    topics = [part.split(",")[0].strip().lower() for part in LIST.split(cell)]
    return tuple(dict.fromkeys(_issue(topic) for topic in topics if topic))


def _issue(topic: str) -> str:
    whole = re.sub(r"[\s-]+", "_", topic)
    return next(
        (_topics()[name] for name in (whole, *whole.split("_")) if name in _topics()), "other"
    )
