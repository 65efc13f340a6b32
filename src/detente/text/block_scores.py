"""What a block of text looks like, in numbers, and the fitted score that makes of it.

The weights are a logistic regression on 181 pages with known main text, rounded to two places; the
second pass lets a block's neighbours speak. Refit both together or not at all. Word F1 with the rules of
`blocks`, each page scored by weights fitted on other pages: 0.866; everything kept 0.645; blocks of
fifteen words and more 0.807.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from detente.text.captions import is_caption

_WORD = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*")
SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*\s*$")
_INNER_END = re.compile(r"[.!?][\"'”’)\]]*\s+[\"'“‘(]?[A-Z0-9]")
_FUNCTION_WORD = re.compile(
    r"\b(?:the|a|an|of|to|and|in|that|is|was|for|on|with|as|by|at|it|its|has|have|had|be|been|are"
    r"|were|from|their|his|her|he|she|they|which|who|will|would|not|but|this)\b",
    re.IGNORECASE,
)
SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*\s*$")
_INNER_END = re.compile(r"[.!?][\"'”’)\]]*\s+[\"'“‘(]?[A-Z0-9]")
_FUNCTION_WORD = re.compile(
    r"\b(?:the|a|an|of|to|and|in|that|is|was|for|on|with|as|by|at|it|its|has|have|had|be|been|are"
    r"|were|from|their|his|her|he|she|they|which|who|will|would|not|but|this)\b",
    re.IGNORECASE,
)
_FUNCTION_WORD = re.compile(
    r"\b(?:the|a|an|of|to|and|in|that|is|was|for|on|with|as|by|at|it|its|has|have|had|be|been|are"
    r"|were|from|their|his|her|he|she|they|which|who|will|would|not|but|this)\b",
    re.IGNORECASE,
)
_SECOND_PERSON = re.compile(r"\b(?:you|your|yours|we|our|us)\b", re.IGNORECASE)
_LINKISH = re.compile(r"[|»›©®→▸►✓×]|https?://|www\.|@\w|\.com\b|^\W*#")
_ITEM = re.compile(r"^\s*(?:[-–—•*·▪●◦]|\(?\w{1,2}[.)])\s")
STAMP = re.compile(
    r"^\W*(?:by\b|posted|published|updated|last\s+(?:updated|modified)|written\s+by|\d+\s+(?:min|comments?"
    r"|shares?|views?|hours?|days?)\b|(?:mon|tues?|wed(?:nes)?|thur?s?|fri|satur|sun)(?:day)?\b.{0,30}\d)",
    re.IGNORECASE,
)
_LINKISH = re.compile(r"[|»›©®→▸►✓×]|https?://|www\.|@\w|\.com\b|^\W*#")
_ITEM = re.compile(r"^\s*(?:[-–—•*·▪●◦]|\(?\w{1,2}[.)])\s")
STAMP = re.compile(
    r"^\W*(?:by\b|posted|published|updated|last\s+(?:updated|modified)|written\s+by|\d+\s+(?:min|comments?"
    r"|shares?|views?|hours?|days?)\b|(?:mon|tues?|wed(?:nes)?|thur?s?|fri|satur|sun)(?:day)?\b.{0,30}\d)",
    re.IGNORECASE,
)
_ITEM = re.compile(r"^\s*(?:[-–—•*·▪●◦]|\(?\w{1,2}[.)])\s")
STAMP = re.compile(
    r"^\W*(?:by\b|posted|published|updated|last\s+(?:updated|modified)|written\s+by|\d+\s+(?:min|comments?"
    r"|shares?|views?|hours?|days?)\b|(?:mon|tues?|wed(?:nes)?|thur?s?|fri|satur|sun)(?:day)?\b.{0,30}\d)",
    re.IGNORECASE,
)
STAMP = re.compile(
    r"^\W*(?:by\b|posted|published|updated|last\s+(?:updated|modified)|written\s+by|\d+\s+(?:min|comments?"
    r"|shares?|views?|hours?|days?)\b|(?:mon|tues?|wed(?:nes)?|thur?s?|fri|satur|sun)(?:day)?\b.{0,30}\d)",
    re.IGNORECASE,
)
_CUE = re.compile(
    r"""\b(?:subscri(?:be|ption)|newsletters?|sign\s?up|sign\s?in|log\s?in|register|donat(?:e|ion)s?
      |keep\s?reading|read\s?(?:more|next|also|the\ full)|continue\ reading|show\s?(?:less|more)
      |follow\ (?:us|on)|share\ (?:this|on|via)|facebook|twitter|whatsapp|linkedin|instagram|youtube
      |pinterest|reddit|e-?mail|print\ this|related\ (?:articles?|stories|posts?|content|news|topics?)
      |recommended|more\ (?:from|stories|news|on)|most\ (?:read|popular|viewed|recent)|trending
      |latest(?:\ (?:news|stories|posts?))?|advertis\w+|sponsored|promoted|cookies?|privacy\ policy
      |terms\ (?:of|and)|all\ rights\ reserved|copyright|contact\ us|about\ us|comments?|leave\ a\ reply
      |reply|add\ to|view\ all|see\ (?:all|more|also)|skip\ to|menu|search|home\s?page|download
      |click\ here|tags?|topics?|filed\ under|categor(?:y|ies)|next\ (?:post|article)|previous
      |you\ (?:may|might)\ (?:also\ )?(?:like|be\ interested)|support\ (?:us|our)|tax-(?:exempt|deductible)
      |become\ a\ (?:member|supporter)|our\ (?:readers|supporters|reporting|journalism|newsletter)
      |page\ views|inbox|unsubscribe|editors?['’]?s?\ (?:note|picks?)|image\ source|read\ our)\b""",
    re.VERBOSE | re.IGNORECASE,
)
STRONG_CUE = re.compile(
    r"""\b(?:follow\ us|subscribe\ (?:now|today|to)|sign\ up\ (?:for|to|now|here)|keep\ ?reading|continue\ reading
      |read\ (?:more|next|also)|(?:share|tweet|pin)\ (?:this|on|via)|related\ (?:articles?|stories|posts?|content)
      |most\ (?:read|popular|viewed)|all\ rights\ reserved|privacy\ policy|(?:accept|use|uses)\ cookies
      |newsletters?$|leave\ a\ (?:reply|comment)|tax-(?:exempt|deductible)|show\ ?less|skip\ to
      |advertisement$|you\ (?:may|might)\ (?:also\ )?like|our\ (?:readers|supporters|newsletter)
      |(?:consider|make)\ (?:making\ )?a\ .{0,20}(?:donation|contribution)|donate\ (?:now|today|to|here)
      |(?:next|previous)\ (?:post|article)|back\ to\ top|log\ in|sign\ in)\b|\bshowless""",
    re.VERBOSE | re.IGNORECASE,
)
PITCH = re.compile(
    r"""\bdonat(?:e|ions?|ing)\b|\bgenerous(?:ly)?\b.{0,40}\b(?:contribut|support|gift)|tax-(?:exempt|deductible)
      |\bour\ (?:readers|supporters|subscribers|members|donors|reporting|journalism|coverage|website|newsletter)
      |\breaders\ and\ supporters|\bpage\ views|\b(?:end|year)-?of-?the-?year\ giving|\bsubscri(?:be|bers?|ption)
      |\bnewsletter|\bsign\ up\b|\bplease\ (?:consider|enjoy|support|help)|\bmake\ a\ (?:gift|contribution)
      |\bbecome\ a\ (?:member|supporter)|\byour\ (?:support|gift|inbox|e-?mail|contribution)
      |\bsupport\ (?:us|our\ work|independent)|\bwe\ hope\ you""",
    re.VERBOSE | re.IGNORECASE,
)

WEIGHTS = {
    "words_log": 0.59,
    "words": 0.72,
    "ends_sentence": 1.69,
    "function_words": -2.06,
    "capitals": -1.66,
    "cues": -0.91,
    "strong_cue": -0.90,
    "pitch": -0.81,
    "second_person": -2.28,
    "link_marks": -0.58,
    "list_item": 2.10,
    "stamp": -1.69,
    "caption": -3.02,
    "digits": -1.71,
    "opens_quotation": 0.94,
    "ends_colon": 1.15,
    "prose": -2.34,
    "prose_before": 0.95,
    "prose_after": 0.63,
    "prose_around": -1.36,
    "distance": 0.35,
    "prose_in_run": 0.75,
    "around_in_run": 5.93,
}
"""Log-odds of being body per unit of each feature; `BIAS` is the constant."""
BIAS = -3.15
SECOND_WEIGHTS = (0.57, 0.25, -0.02, 0.06, 0.41, -1.28)
"""Of the block's first score, the mean of its neighbours one, two, three to four blocks off, of
standing in the best run of blocks, and of the distance to that run."""
SECOND_BIAS = 0.47
_FAR = 20
_LOWEST = -4.0
_HIGHEST = 4.0


@dataclass(frozen=True, slots=True)
class Shape:
    """One block's own features, before its neighbours are looked at."""

    words: int
    prose: float
    """How much it looks like running text, in [0, 1]."""
    strong_cue: bool
    features: dict[str, float]


def block_scores(blocks: Sequence[str]) -> tuple[float, ...]:
    """Return the log-odds that each block is the document's own prose.

    Args:
        blocks: All blocks of a page, in order.

    Examples:
        >>> low, high = block_scores(["Follow us on social", "The two sides agreed to meet. " * 9])
        >>> low < high
        True
    """
    shapes = [_shape(block) for block in blocks]
    prose_run = _best_run(_gains(shapes))
    first = [_first_score(shapes, at, prose_run) for at in range(len(shapes))]
    clipped = [min(max(score, _LOWEST), _HIGHEST) for score in first]
    run = _best_run(
        [
            (1.0 if score > 0 else -0.6) * math.sqrt(len(block.split())) * min(abs(score), 2.0)
            for score, block in zip(clipped, blocks, strict=True)
        ]
    )
    return tuple(_second_score(clipped, at, run) for at in range(len(clipped)))


def _shape(block: str) -> Shape:
    words = _WORD.findall(block)
    count = max(len(words), 1)
    function = len(_FUNCTION_WORD.findall(block)) / count
    ends = SENTENCE_END.search(block) is not None
    prose = min(count / 30, 1.0) * min(function / 0.35, 1.0) * (1.0 if ends else 0.5)
    strong = STRONG_CUE.search(block) is not None
    features = {
        "words_log": math.log1p(count),
        "words": min(count, 60) / 60,
        "ends_sentence": float(ends),
        "function_words": min(function, 0.5),
        "capitals": sum(word[0].isupper() for word in words) / count,
        "cues": min(len(_CUE.findall(block)), 3) * (1.0 if count < 25 else 8 / count),
        "strong_cue": float(strong),
        "pitch": min(len(PITCH.findall(block)), 3) / math.sqrt(count / 10 + 1),
        "second_person": len(_SECOND_PERSON.findall(block)) / count,
        "link_marks": float(_LINKISH.search(block) is not None),
        "list_item": float(_ITEM.match(block) is not None),
        "stamp": float(STAMP.match(block) is not None),
        "caption": float(is_caption(block)),
        "digits": sum(map(str.isdigit, block)) / max(len(block), 1),
        "opens_quotation": float(block[:1] in {'"', "“", "‘"}),
        "ends_colon": float(block.rstrip().endswith(":")),
        "prose": prose,
    }
    return Shape(count, prose, strong, features)


def _gains(shapes: Sequence[Shape]) -> list[float]:
    return [
        shape.words * shape.prose - 4 * (shape.prose < 0.3) - 10 * shape.strong_cue
        for shape in shapes
    ]


def _best_run(gains: Sequence[float]) -> range:
    """Return the stretch of blocks whose gains sum to most."""
    best, total, start, run = 0.0, 0.0, 0, range(0)
    for at, gain in enumerate(gains):
        if total <= 0:
            total, start = 0.0, at
        total += gain
        if total > best:
            best, run = total, range(start, at + 1)
    return run


def _distance(at: int, run: range) -> float:
    if at in run:
        return 0.0
    return min(abs(at - run.start), abs(at - run.stop + 1), _FAR) / _FAR


def _first_score(shapes: Sequence[Shape], at: int, run: range) -> float:
    def prose(offset: int) -> float:
        place = at + offset
        return shapes[place].prose if 0 <= place < len(shapes) else 0.0

    around = sum(prose(offset) for offset in range(-4, 5) if offset) / 8
    inside = at in run
    features = shapes[at].features | {
        "prose_before": max(prose(-1), prose(-2)),
        "prose_after": max(prose(1), prose(2)),
        "prose_around": around,
        "distance": _distance(at, run),
        "prose_in_run": float(inside and shapes[at].prose > 0.3),
        "around_in_run": inside * around,
    }
    return BIAS + sum(WEIGHTS[name] * value for name, value in features.items())


def _second_score(first: Sequence[float], at: int, run: range) -> float:
    def score(offset: int) -> float:
        place = at + offset
        return first[place] if 0 <= place < len(first) else _LOWEST

    values = (
        first[at],
        (score(-1) + score(1)) / 2,
        (score(-2) + score(2)) / 2,
        (score(-3) + score(3) + score(-4) + score(4)) / 4,
        float(at in run),
        _distance(at, run),
    )
    return SECOND_BIAS + sum(w * v for w, v in zip(SECOND_WEIGHTS, values, strict=True))
