"""Documents out of files and folders: plain text, Markdown, HTML, PDF, JSON Lines.

What a file says about itself stands; what the caller gives fills the gaps. Text must be UTF-8: a
guess at another encoding would change quoted words without a sign.
"""

import gzip
import json
import re
import zlib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import BinaryIO, cast

from pydantic import ValidationError

from detente.errors import DateError, TextError
from detente.records import DateInterval, DocumentKind, Original, Refusal

LARGEST = 64 * 1024 * 1024
"""Bytes of the largest document taken; a JSON Lines file may be longer, a row of it may not."""
MEDIA_TYPES = {
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".pdf": "application/pdf",
    ".jsonl": "application/json",
    ".jsonl.gz": "application/json",
}
FRONT_MATTER_KEYS = (
    "title",
    "publisher",
    "url",
    "published",
    "kind",
    "summary_of",
    "account_of",
    "language",
)
_ROW_FIELDS = {
    "title": ("title",),
    "publisher": ("publisher", "institution"),
    "url": ("url",),
    "published": ("published", "published_on", "date"),
    "kind": ("kind", "doc_type"),
    "summary_of": ("summary_of",),
    "account_of": ("account_of",),
    "language": ("language",),
}
_TEXT_FIELDS = ("text", "body")
_KIND_WORDS = {
    DocumentKind.BRIEFING: "press_conference|spokesperson_(?:press_conference|remarks)|press_briefing"
    "|daily_briefing|(?:press_)?gaggle|transcript",
    DocumentKind.REMARKS: "speech|address|interview",
    DocumentKind.JOINT_STATEMENT: "(?:joint_)?communiqu[eé]|joint_declaration",
    DocumentKind.LEGAL: "official_action|executive_order|presidential_action|proclamation|memorandum"
    "|rule|notice|law|act|tariff|trade_remedy|entity_list|ofac|arms_sales|national_emergency"
    "|section_301|export_control|ict_supply_chain|uflpa_forced_labor|sanctions?|regulation|treaty",
    DocumentKind.NEWS: "article|news_(?:report|article)|report",
    DocumentKind.ANALYSIS: "opinion|commentary|editorial|op_ed|essay",
    DocumentKind.FACT_SHEET: "factsheet",
    DocumentKind.READOUT: "read_out",
}
"""Publishers' words for sorts of text, under the kind they mean."""
_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(?P<lines>(?:.*\r?\n)*?)---[ \t]*(?:\r?\n|\Z)")
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ].*)?")
_MOST_CONTROL = 0.01
_SHOWN = 2000
_HINT = "mend the file and add it again"


def read_path(path: Path, given: Original | None = None) -> Iterator[Original | Refusal]:
    """Read a file, or every file of a folder and its subfolders in order of name.

    Hidden files and links are passed over. A bad row of a JSON Lines file, and a bad file in a
    folder, come as refusals in their place; the caller decides.

    Args:
        path: A `.txt`, `.md`, `.html`, `.htm`, `.pdf`, `.jsonl` or `.jsonl.gz` file, or a folder.
        given: What the caller knows: its fields fill those the file leaves out; its content is not
            looked at.

    Yields:
        Originals and refusals.

    Raises:
        TextError: The file asked for cannot be read, or the folder holds none that can.
    """
    if not path.exists():
        raise TextError(path=str(path), reason="no such file or folder", hint="check the path")
    if path.is_file():
        yield from _read_file(path, given)
        return
    files = list(_files(path))
    if not files:
        raise TextError(
            path=str(path),
            reason="a folder without files to read",
            hint=f"put {', '.join(MEDIA_TYPES)} files there",
        )
    for file in files:
        yield from _read_leniently(file, given)


def kind_named(word: str) -> DocumentKind:
    """Return the document kind a publisher's word means, `other` where it means none of ours.

    Args:
        word: A kind or `doc_type`, in any spelling.

    Examples:
        >>> print(kind_named("Executive Order"), kind_named("readout"), kind_named("recipe"))
        legal readout other
    """
    plain = re.sub(r"\W+", "_", word.strip().casefold())
    if plain in set(DocumentKind):
        return DocumentKind(plain)
    for kind, words in _KIND_WORDS.items():
        if re.fullmatch(words, plain):
            return kind
    return DocumentKind.OTHER


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or path.is_symlink():
            continue
        if path.is_dir():
            yield from _files(path)
        elif path.is_file():
            yield path


def _read_leniently(path: Path, given: Original | None) -> Iterator[Original | Refusal]:
    try:
        yield from _read_file(path, given)
    except TextError as error:
        yield Refusal(
            origin=str(path), line=None, reason=f"{error.reason}; {error.hint}", original=path.name
        )


def _read_file(path: Path, given: Original | None) -> Iterator[Original | Refusal]:
    suffix = _suffix(path)
    if suffix not in MEDIA_TYPES:
        raise TextError(
            path=str(path),
            reason=f"no reader for {suffix or 'files without a suffix'}",
            hint=f"give {', '.join(MEDIA_TYPES)}",
        )
    try:
        if suffix.startswith(".jsonl"):
            yield from _rows(path, given)
        else:
            yield _whole(path, MEDIA_TYPES[suffix], given)
    except OSError as error:
        raise TextError(
            path=str(path), reason=f"cannot be read ({error.strerror or error})", hint=_HINT
        ) from error


def _suffix(path: Path) -> str:
    name = path.name.lower()
    return ".jsonl.gz" if name.endswith(".jsonl.gz") else path.suffix.lower()


def _whole(path: Path, media_type: str, given: Original | None) -> Original:
    content = _content(path)
    if media_type == "application/pdf":
        _refuse_other(path, content)
    else:
        _refuse_binary(path, content)
    if media_type in {"text/html", "application/pdf"}:
        return _original({}, given, content=content, media_type=media_type, origin=str(path))
    text = _text(path, content)
    front = _FRONT_MATTER.match(text)
    fields = _front_matter(path, front["lines"]) if front else {}
    media_type = "text/markdown" if front else media_type
    return _original(fields, given, content=content, media_type=media_type, origin=str(path))


def _content(path: Path) -> bytes:
    size = path.stat().st_size
    if size > LARGEST:
        raise TextError(
            path=str(path),
            reason=f"{size / 1024 / 1024:.0f} MB, more than the {LARGEST // 1024 // 1024} MB of the "
            "largest document taken",
            hint="split it into documents",
        )
    content = path.read_bytes()
    if not content.strip():
        raise TextError(path=str(path), reason="an empty file", hint="give a file with text")
    return content


def _refuse_other(path: Path, content: bytes) -> None:
    if b"%PDF-" not in content[:1024]:
        raise TextError(
            path=str(path), reason="no PDF, whatever its name says", hint="give it its right suffix"
        )


def _refuse_binary(path: Path, content: bytes) -> None:
    if b"\0" in content:
        raise TextError(
            path=str(path),
            reason="binary content, whatever its name says",
            hint="export it as UTF-8 text or HTML",
        )


def _text(path: Path, content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        byte = content[error.start]
        raise TextError(
            path=str(path),
            reason=f"not UTF-8 (byte 0x{byte:02x} at offset {error.start})",
            hint="save it as UTF-8, for instance with `iconv -f cp1252 -t utf-8`",
        ) from error
    control = sum(letter < " " and letter not in "\t\n\r\f" for letter in text)
    if control > _MOST_CONTROL * len(text):
        raise TextError(
            path=str(path),
            reason=f"binary content, whatever its name says ({control} control characters)",
            hint="export it as UTF-8 text or HTML",
        )
    return text


def _front_matter(path: Path, lines: str) -> dict[str, object]:
    fields: dict[str, object] = {}
    for number, line in enumerate(lines.splitlines(), 2):
        key, colon, value = line.partition(":")
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if not colon or key.strip() not in FRONT_MATTER_KEYS:
            raise TextError(
                path=str(path),
                reason=f"line {number}: unknown front-matter key {key.strip()!r}",
                hint=f"known are {', '.join(FRONT_MATTER_KEYS)}",
            )
        fields[key.strip()] = _unquoted(value.strip()) or None
    return fields


def _unquoted(value: str) -> str:
    is_quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "'\""
    return value[1:-1] if is_quoted else value


def _rows(path: Path, given: Original | None) -> Iterator[Original | Refusal]:
    found = 0
    opened = gzip.open if path.name.lower().endswith(".gz") else open
    with cast(BinaryIO, opened(path, "rb")) as stream:
        try:
            for number, row in _lines(stream):
                found += 1
                yield _row(path, number, row, given)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise TextError(
                path=str(path), reason=f"broken gzip file ({error})", hint="fetch it again"
            ) from error
    if not found:
        raise TextError(path=str(path), reason="an empty file", hint="give a file with text")


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Yield numbered lines that are not blank, None for one larger than a document may be."""
    number = 0
    while line := stream.readline(LARGEST + 1):
        number += 1
        whole = len(line) <= LARGEST
        while not line.endswith(b"\n") and (rest := stream.readline(LARGEST)):
            line = rest
        if not whole:
            yield number, None
        elif line.strip():
            yield number, line.rstrip(b"\r\n")


def _row(path: Path, number: int, row: bytes | None, given: Original | None) -> Original | Refusal:
    try:
        if row is None:
            raise _bad_row(path, number, "more than 64 MB", "split it into documents")
        fields = _row_fields(path, number, row)
        return _original(
            fields,
            given,
            content=row,
            media_type="application/json",
            origin=str(path),
            line=number,
        )
    except TextError as error:
        return Refusal(
            origin=str(path),
            line=number,
            reason=f"{error.reason}; {error.hint}",
            original=(row or b"")[:_SHOWN].decode("utf-8", errors="replace"),
        )


def _row_fields(path: Path, number: int, row: bytes) -> dict[str, object]:
    try:
        fields = json.loads(row.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise _bad_row(path, number, f"not UTF-8 (offset {error.start})", _HINT) from error
    except json.JSONDecodeError as error:
        reason = f"not valid JSON ({error.msg} at column {error.colno})"
        raise _bad_row(path, number, reason, "write one JSON object a line") from error
    except RecursionError as error:
        raise _bad_row(path, number, "JSON nested too deep", _HINT) from error
    if not isinstance(fields, dict):
        raise _bad_row(path, number, "not a JSON object", "write one JSON object a line")
    text = next((t for name in _TEXT_FIELDS if isinstance(t := fields.get(name), str)), "")
    if not text.strip():
        raise _bad_row(path, number, "a row without text", "give it a `text` or `body` field")
    if "\0" in text:
        raise _bad_row(path, number, "binary content (a NUL character)", _HINT)
    return {
        key: next((fields[name] for name in names if fields.get(name) not in (None, "")), None)
        for key, names in _ROW_FIELDS.items()
    }


def _bad_row(path: Path, number: int, reason: str, hint: str) -> TextError:
    return TextError(path=str(path), reason=f"line {number}: {reason}", hint=hint)


def _original(
    fields: Mapping[str, object],
    given: Original | None,
    *,
    content: bytes,
    media_type: str,
    origin: str,
    line: int | None = None,
) -> Original:
    known = given.model_dump(include=set(FRONT_MATTER_KEYS)) if given else {}
    try:
        known |= {key: _value(key, value) for key, value in fields.items() if value is not None}
        return Original(**known, content=content, media_type=media_type, origin=origin, line=line)
    except (DateError, ValidationError) as error:
        where = f"line {line}: " if line else ""
        raise TextError(path=origin, reason=where + _reason(error), hint=_HINT) from error


def _value(key: str, value: object) -> object:
    word = str(value).strip()
    if key == "published":
        return _interval(word)
    if key in {"kind", "summary_of"}:
        return kind_named(word)
    return word.partition("-")[0].lower() if key == "language" else word


def _interval(written: str) -> DateInterval:
    first, _, last = written.partition("/")
    try:
        return DateInterval(start=_day(first), end=_day(last or first))
    except ValueError as error:
        raise DateError(
            received=written,
            reason="not a day or an interval in order",
            hint="write 2023-06-18 or 2023-06-18/2023-06-30",
        ) from error


def _day(written: str) -> date:
    found = _DAY.fullmatch(written.strip())
    return date.fromisoformat(found[1] if found else "")


def _reason(error: DateError | ValidationError) -> str:
    if isinstance(error, DateError):
        return str(error)
    first = error.errors()[0]
    return f"{first['loc'][0]} {first['input']!r}: {first['msg'].lower()}"
