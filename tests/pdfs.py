"""PDF files written by hand for the tests: lines at places, metadata, nothing else."""

import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple


class At(NamedTuple):
    """A line of text at a place."""

    x: float
    y: float
    text: str
    size: float = 12


def block(
    text: str, *, x: float = 72, y: float = 720, lead: float = 14, size: float = 12
) -> list[At]:
    """Lines one below the other, a blank line wider apart."""
    return [At(x, y - n * lead, line, size) for n, line in enumerate(text.split("\n")) if line]


def pdf(
    pages: Sequence[Iterable[At]], info: Mapping[str, str] | None = None, raw: bytes | None = None
) -> bytes:
    """Write a PDF of pages in Helvetica; `raw` stands for the first page's content."""
    contents = [_content(page) for page in pages]
    if raw is not None:
        contents[0] = raw
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", _tree(len(pages))]
    objects.append(
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    )
    for number, content in enumerate(contents):
        objects += [_page(5 + 2 * number), _stream(content)]
    objects.append(_info(info or {}))
    return _file(objects)


def _content(page: Iterable[At]) -> bytes:
    lines = [
        b"BT /F1 %g Tf %g %g Td (%s) Tj ET" % (at.size, at.x, at.y, _escaped(at.text))
        for at in page
    ]
    return b"\n".join(lines)


def _escaped(text: str) -> bytes:
    raw = text.encode("cp1252")
    return raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _tree(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % (4 + 2 * n) for n in range(count))
    return b"<< /Type /Pages /Count %d /Kids [%s] >>" % (count, kids)


def _page(content: int) -> bytes:
    return (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
        b"/Resources << /Font << /F1 3 0 R >> >> >>" % content
    )


def _stream(content: bytes) -> bytes:
    packed = zlib.compress(content, 9)
    head = b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(packed)
    return head + packed + b"\nendstream"


def _info(info: Mapping[str, str]) -> bytes:
    fields = b" ".join(b"/%s (%s)" % (k.encode(), _escaped(v)) for k, v in info.items())
    return b"<< %s >>" % fields


def _file(objects: Sequence[bytes]) -> bytes:
    out = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\n" % (len(objects) + 1, len(objects))
    return out + b"startxref\n%d\n%%%%EOF\n" % start


ENCRYPTED_MARK = b"/Encrypt << /Filter /Standard /V 1 /R 2 /O (%s) /U (%s) /P -4 >>"


def encrypted(content: bytes) -> bytes:
    """The same file, said to be under a password nobody has."""
    mark = ENCRYPTED_MARK % (b"o" * 32, b"u" * 32)
    return content.replace(b"/Info ", mark + b" /ID [(abcdefgh) (abcdefgh)] /Info ")
