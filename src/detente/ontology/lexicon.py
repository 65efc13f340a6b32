"""The words that name an issue area, and the issues a text names.

The longest word wins: "Taiwan Strait" is one word, and "cross-strait trade" two.
"""

from collections import Counter
from collections.abc import Iterator
from functools import cache

from ahocorasick_rs import AhoCorasick

from detente.ontology.tables import read_table

_PLAIN = str.maketrans(
    {"\u2019": "'", "\u2010": "-", "\u2011": "-", "\u2013": "-", "\u00a0": " ", "\n": " "}
)


@cache
def issue_words() -> dict[str, str]:
    """Return the issue lexicon.

    Returns:
        Lower-case word or phrase to issue id; a trailing `*` stands for any ending.

    References:
        Codebook section 4; `data/issue_words.csv`.

    Examples:
        >>> issue_words()["fentanyl"], issue_words()["tariff*"]
        ('narcotics', 'trade')
    """
    return {row["word"]: row["issue"] for row in read_table("issue_words")}


def issues_in(text: str) -> tuple[str, ...]:
    """Return the issue areas a text names, the strongest first.

    Strength is how many words of an issue the text holds, then which comes first. Overlapping
    words count once, the one that starts first and is longest.

    Args:
        text: A sentence or more, in any case of letters.

    Returns:
        Issue ids of `ISSUES`, each once; `("other",)` where no word is found.

    References:
        Codebook section 4.

    Examples:
        >>> issues_in("New export controls on chips, and tariffs")
        ('technology', 'trade')
        >>> issues_in("The weather was fine.")
        ('other',)
    """
    counts = Counter(issue for _, issue in found_words(text))
    return tuple(issue for issue, _ in counts.most_common()) or ("other",)


def found_words(text: str) -> tuple[tuple[str, str], ...]:
    """Return the lexicon's words a text holds, in order of place.

    Args:
        text: A sentence or more, in any case of letters.

    Returns:
        Pairs of lexicon word and issue id; a word comes as often as the text holds it.

    Examples:
        >>> found_words("Tariffs and the Taiwan Strait")
        (('tariff*', 'trade'), ('taiwan strait*', 'taiwan'))
    """
    words, issue_of = _patterns(), issue_words()
    plain = text.lower().translate(_PLAIN)
    found: list[tuple[str, str]] = []
    reached = 0
    for start, end, index in sorted(_bounded(plain), key=lambda m: (m[0], -m[1])):
        if start >= reached:
            found.append((words[index], issue_of[words[index]]))
            reached = end
    return tuple(found)


@cache
def _patterns() -> tuple[str, ...]:
    return tuple(issue_words())


@cache
def _automaton() -> AhoCorasick:
    return AhoCorasick([word.removesuffix("*") for word in _patterns()])


def _bounded(plain: str) -> Iterator[tuple[int, int, int]]:
    for index, start, end in _automaton().find_matches_as_indexes(plain, overlapping=True):
        starts_word = start == 0 or not plain[start - 1].isalnum()
        ends_word = end == len(plain) or not plain[end].isalnum()
        if starts_word and (ends_word or _patterns()[index].endswith("*")):
            yield start, end, index
