"""Which language a text is written in, as far as its letters tell."""

from py3langid import classify

UNDETERMINED = "und"
LEAST_LETTERS = 20
"""Below this many letters the guess is worth little and is not made."""

SHORT = 250
"""Below this many characters names outweigh the words around them, so English is told by those."""

_ENGLISH = frozenset(
    [
        "the",
        "and",
        "to",
        "with",
        "on",
        "for",
        "that",
        "said",
        "by",
        "were",
        "from",
        "has",
        "will",
        "their",
        "both",
    ]
)
_ENOUGH = 2


def language_of(text: str) -> str:
    """Return the ISO 639-1 code of a text's language, `und` where it is too short to tell.

    Args:
        text: Any text; the first 20,000 characters are read.

    Examples:
        >>> language_of("The two sides agreed to keep lines of communication open.")
        'en'
        >>> language_of("Wang Yi met Antony Blinken in Beijing on the sidelines and spoke.")
        'en'
        >>> language_of("Ja.")
        'und'
    """
    head = text[:20_000]
    if sum(map(str.isalpha, head)) < LEAST_LETTERS:
        return UNDETERMINED
    if len(head) < SHORT and len(_ENGLISH & set(head.lower().split())) >= _ENOUGH:
        return "en"
    code, _ = classify(head)
    return str(code)
