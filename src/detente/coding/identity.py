"""Stable identifiers: the same reading of the same span always has the same id."""

import hashlib


def stable_id(prefix: str, *parts: object) -> str:
    """Return a short id that depends only on its parts.

    Args:
        prefix: One letter that says what is named.
        parts: What makes the thing the same thing.

    Returns:
        The prefix and 16 hexadecimal digits.

    Examples:
        >>> stable_id("e", "d1", 3) == stable_id("e", "d1", 3)
        True
    """
    text = "\x1f".join(str(part) for part in parts)
    return prefix + hashlib.sha256(text.encode()).hexdigest()[:16]
