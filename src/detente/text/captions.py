"""Picture captions, credits and file stamps: never body, but they date the picture.

A wire report's dateline names its agency too ("(Reuters) -"); it is prose and no caption.
"""

import re
from datetime import date

from detente.records import DateInterval
from detente.text.dates import dates_in

_STAMP = re.compile(
    r"(?<!\d)(?P<y>20\d\d|19\d\d)-?(?P<m>0[1-9]|1[0-2])-?(?P<d>0[1-9]|[12]\d|3[01])"
    r"(?=[tT_\-. ]|$|\d{6}(?!\d))"
)
_FILE_NAME = re.compile(r"\S{12,}(?:\.(?:jpe?g|png|gif|webp|tiff?))?", re.IGNORECASE)
_IMAGE_FILE = re.compile(r"[\w \-.()]{3,120}\.(?:jpe?g|png|gif|webp|tiff?)", re.IGNORECASE)
_CREDIT = re.compile(
    r"""\bREUTERS\s?/ | \bReuters/\w | \bAP\ Photo\b | \bAFP\s?(?:/|via\b|PHOTO\b) | /\s?AFP\b
      | \b(?:Getty|Getty\ Images|Shutterstock|iStock|Alamy|Xinhua|EPA(?:-EFE)?|Imaginechina|TASS)
        \s?(?:/\s?\w|Images?\b|[)\]]?\s*$)
      | \bvia\ (?:AP|AFP|Reuters|REUTERS|Getty|Shutterstock)\b
      | /(?:AP|Pool|POOL|Xinhua|Handout|HANDOUT)\b
      | ^\W*(?:(?:top|main|lead|cover|featured?)\s)?(?:photo|image|picture)s?\s?
        (?:credits?|courtesy|by|from)?\s?: | ^\W*(?:photo|image)s?\s(?:by|credit|courtesy)\b
      | [(\[]\s?(?:official\ )?(?:photo|image|picture|file\ photo)s?\s?(?:by|:|credit|courtesy|/)
      | \b(?:photo|image)\ (?:credit|courtesy)\b | \bfile\ (?:photo|picture|image)\b
      | \bCourtesy\ of\b.{0,60}$ | \bTPX\ IMAGES\b""",
    re.VERBOSE | re.IGNORECASE,
)
_DATELINE = re.compile(r"^.{3,60}\((?:Reuters|AP|AFP|Xinhua|TASS)\)\s?[-–—]", re.IGNORECASE)
_MOST_WORDS = 90


def is_caption(block: str) -> bool:
    """Say whether a block is a picture's caption, its credit or its file name.

    Args:
        block: One paragraph of a text.

    Examples:
        >>> is_caption("Ministers arrive for talks in Vienna, May 10, 2023. REUTERS/Staff")
        True
        >>> is_caption("VIENNA, May 10 (Reuters) - Ministers arrived for talks.")
        False
    """
    if _is_file_name(block):
        return True
    if len(block.split()) > _MOST_WORDS or _DATELINE.match(block):
        return False
    return _CREDIT.search(block) is not None


def taken_on(block: str, anchor: DateInterval | None = None) -> DateInterval | None:
    """Return the days a picture can have been taken on, as its caption or file name tells.

    Args:
        block: A caption.
        anchor: When the document was published, where that is known, for dates without a year.

    Examples:
        >>> str(taken_on("2023-06-18t071652z_rtrmadp_3_talks-scaled"))
        '2023-06-18'
        >>> str(taken_on("Delegates in Vienna, May 10, 2023. REUTERS/Staff"))
        '2023-05-10'
    """
    if _is_file_name(block):
        return _stamped(block)
    mentions = dates_in(block, anchor)
    return mentions[-1].interval if mentions else None


def _is_file_name(block: str) -> bool:
    if _IMAGE_FILE.fullmatch(block):
        return True
    marks = sum(block.count(mark) for mark in "-_")
    return marks > 1 and _FILE_NAME.fullmatch(block) is not None and _stamped(block) is not None


def _stamped(name: str) -> DateInterval | None:
    for found in _STAMP.finditer(name):
        try:
            return DateInterval.day(date(int(found["y"]), int(found["m"]), int(found["d"])))
        except ValueError:
            continue
    return None
