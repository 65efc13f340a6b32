"""Documents out of files and folders."""

import gzip
import json
from datetime import date
from pathlib import Path

import pytest

from detente.errors import TextError
from detente.records import DateInterval, DocumentKind, Original, Refusal
from detente.sources import files
from detente.sources.files import kind_named, read_path
from tests.pdfs import block
from tests.pdfs import pdf as write_pdf

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
ROW = {
    "id": "1",
    "text": "They met.",
    "date": "2024-05-01",
    "institution": "Ministry",
    "extra": [1],
}


def _write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_front_matter_fills_the_fields(tmp_path: Path) -> None:
    text = (
        '---\ntitle: "Call: a readout"\npublisher: Ministry\nurl: https://example.org/a:b\n'
        "published: 2024-05-01/2024-05-03\nkind: summary\nsummary_of: readout\n"
        "account_of: CHN/GOV\nlanguage: en-US\n---\nThey spoke.\n"
    )
    (found,) = read_path(_write(tmp_path, "a.md", text))
    assert isinstance(found, Original)
    assert found.content == text.encode()
    assert (found.title, found.url) == ("Call: a readout", "https://example.org/a:b")
    assert (found.kind, found.summary_of) == (DocumentKind.SUMMARY, DocumentKind.READOUT)
    assert (str(found.published), found.account_of) == ("2024-05-01/2024-05-03", "CHN/GOV")
    assert found.language == "en"


def test_rows_keep_their_bytes_and_line(tmp_path: Path) -> None:
    first, second = (
        json.dumps(ROW),
        json.dumps({"body": "Two.", "doc_type": "tariff", "date": None}),
    )
    path = tmp_path / "rows.jsonl.gz"
    path.write_bytes(gzip.compress(f"{first}\r\n\n{second}".encode()))
    one, two = read_path(path)
    assert isinstance(one, Original)
    assert isinstance(two, Original)
    assert (one.content, one.line, one.publisher) == (first.encode(), 1, "Ministry")
    assert (two.line, two.kind, two.published) == (3, DocumentKind.LEGAL, None)
    assert one.published == DateInterval.day(date(2024, 5, 1))


def test_given_fills_what_the_file_leaves_out(tmp_path: Path) -> None:
    given = Original(
        content=b"", media_type="", origin="", publisher="Given", kind=DocumentKind.NEWS
    )
    (row,) = read_path(_write(tmp_path, "a.jsonl", json.dumps(ROW)), given)
    assert isinstance(row, Original)
    assert (row.publisher, row.kind) == ("Ministry", DocumentKind.NEWS)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        pytest.param(
            '{"text": "a" "b"}',
            r"line 2: not valid JSON \(Expecting ',' delimiter at column 14\)",
            id="comma",
        ),
        pytest.param('{"title": "x"}', "line 2: a row without text", id="no text"),
        pytest.param('["x"]', "line 2: not a JSON object", id="list"),
        pytest.param('{"text": "a\\u0000b"}', r"line 2: binary content \(a NUL", id="NUL"),
        pytest.param('{"text": "a", "date": "May"}', "line 2: .*write 2023-06-18", id="date"),
        pytest.param(
            '{"text": "a", "date": "2024-05-02/2024-05-01"}', "line 2: .*in order", id="order"
        ),
        pytest.param(
            '{"text": "a", "account_of": "china"}', "line 2: account_of 'china'", id="actor"
        ),
    ],
)
def test_bad_rows_come_as_refusals_in_their_place(tmp_path: Path, row: str, reason: str) -> None:
    path = _write(tmp_path, "a.jsonl", f"{json.dumps(ROW)}\n{row}\n{json.dumps(ROW)}\n")
    first, bad, last = read_path(path)
    assert isinstance(first, Original)
    assert isinstance(last, Original)
    assert isinstance(bad, Refusal)
    assert (bad.line, bad.original, bad.origin) == (2, row, str(path))
    with pytest.raises(TextError, match=reason):
        raise TextError(path="", reason=bad.reason, hint="")


@pytest.mark.parametrize(
    ("name", "content", "mend"),
    [
        pytest.param("a.txt", b" \n", "give a file with text", id="empty"),
        pytest.param("a.jsonl", b"\n\n", "give a file with text", id="empty rows"),
        pytest.param("a.txt", b"\x89PNG\x00\x00", "export it as UTF-8 text", id="nul bytes"),
        pytest.param("a.txt", b"\x01\x02\x03 a text", "export it as UTF-8 text", id="control"),
        pytest.param("a.txt", b"a \x93quoted\x94 word", "0x93 at offset 2.*iconv", id="cp1252"),
        pytest.param(
            "a.md", b"---\nauthor: x\n---\nT.", "line 2: .*'author'.*known are title", id="key"
        ),
        pytest.param("a.md", b"---\npublished: soon\n---\nT.", "write 2023-06-18", id="date"),
        pytest.param("a.docx", b"PK", "give .txt, .md", id="suffix"),
        pytest.param("a.pdf", b"PK", "no PDF, whatever its name says", id="no PDF"),
        pytest.param("a.jsonl.gz", b"not gzip", "fetch it again", id="not gzip"),
        pytest.param(
            "a.jsonl.gz", gzip.compress(b"{}" * 999)[:-9], "fetch it again", id="cut gzip"
        ),
    ],
)
def test_bad_files_say_what_to_mend(tmp_path: Path, name: str, content: bytes, mend: str) -> None:
    with pytest.raises(TextError, match=mend):
        list(read_path(_write(tmp_path, name, content)))


def test_too_large_a_file_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LARGEST", 1024 * 1024)
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("read into memory"))
    path = _write(tmp_path, "a.txt", b"a" * (1024 * 1024 + 1))
    with pytest.raises(TextError, match="split it into documents"):
        list(read_path(path))


def test_too_long_a_row_is_refused_and_the_next_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "LARGEST", 100)
    path = _write(tmp_path, "a.jsonl", json.dumps({"text": "a" * 350}) + "\n" + '{"text": "b"}')
    long, short = read_path(path)
    assert isinstance(long, Refusal)
    assert isinstance(short, Original)
    assert short.line == 2


def test_folder_is_read_in_order_without_links_and_hidden_files(tmp_path: Path) -> None:
    outside = _write(tmp_path, "outside.txt", "Outside.")
    folder = tmp_path / "in"
    (folder / "b").mkdir(parents=True)
    for name in ("c.txt", "a.html", "b/d.md", ".hidden.txt", "bad.txt"):
        _write(folder, name, "" if name == "bad.txt" else "They met.")
    (folder / "link.txt").symlink_to(outside)
    (folder / "loop").symlink_to(folder)
    found = list(read_path(folder))
    names = [str(Path(item.origin).relative_to(folder)) for item in found]
    assert names == ["a.html", "b/d.md", "bad.txt", "c.txt"]
    assert [isinstance(item, Refusal) for item in found] == [False, False, True, False]


@pytest.mark.parametrize("make", [True, False], ids=["empty folder", "no such path"])
def test_nothing_to_read(tmp_path: Path, *, make: bool) -> None:
    path = tmp_path / "x"
    if make:
        path.mkdir()
    with pytest.raises(TextError, match=r"put .txt|check the path"):
        list(read_path(path))


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("press_conference", DocumentKind.BRIEFING),
        ("spokesperson_press_conference", DocumentKind.BRIEFING),
        ("Executive Order", DocumentKind.LEGAL),
        ("entity_list", DocumentKind.LEGAL),
        ("Joint Statement", DocumentKind.JOINT_STATEMENT),
        ("statement", DocumentKind.OTHER),
        ("recipe", DocumentKind.OTHER),
    ],
)
def test_publishers_words_for_kinds(word: str, kind: DocumentKind) -> None:
    assert kind_named(word) is kind


@pytest.mark.skipif(not SHARED.exists(), reason="../shared is not here")
def test_real_rows_are_all_taken() -> None:
    found = list(read_path(SHARED / "data/texts/white_house_china.jsonl.gz"))
    assert len(found) == 506
    assert not any(isinstance(item, Refusal) for item in found)


def test_a_pdf_keeps_its_bytes(tmp_path: Path) -> None:
    content = write_pdf([block("They met.")])
    (found,) = read_path(_write(tmp_path, "a.PDF", content))
    assert isinstance(found, Original)
    assert (found.content, found.media_type) == (content, "application/pdf")
