"""Text out of PDF files that are written here, by hand and by a browser."""

import shutil
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from detente.errors import TextError
from detente.records import Document, Original, Passage
from detente.text import original_text, pdf, prepare, quoted
from tests.pdfs import At, block, encrypted
from tests.pdfs import pdf as write_pdf

NOW = datetime(2026, 11, 20, tzinfo=UTC)
BODY = (
    "The two sides met in Vienna for talks on the management of their competi-\n"
    "tion and agreed that the long-term channel between both militaries would be\n"
    "kept open at all times.\n\n"
    "China praised the United States for its candor. A next round is to be held in\n"
    "the spring, both said."
)
FIRST = (
    "The two sides met in Vienna for talks on the management of their competition and agreed that "
    "the long-term channel between both militaries would be kept open at all times."
)
SECOND = (
    "China praised the United States for its candor. A next round is to be held in the spring, "
    "both said."
)


def read(content: bytes, **known: object) -> tuple[Document, tuple[Passage, ...]]:
    facts = {"content": content, "media_type": "application/pdf", "origin": "a.pdf"} | known
    return prepare(Original.model_validate(facts), added_at=NOW)


def paragraphs(content: bytes) -> list[str]:
    return original_text(content, "application/pdf").split("\n\n")


def test_lines_are_joined_to_paragraphs_and_broken_words_mended() -> None:
    assert paragraphs(write_pdf([block(BODY)])) == [FIRST, SECOND]


@pytest.mark.parametrize(
    ("line", "following", "joined"),
    [
        ("the inter-", "national talks", "the international talks"),
        ("a long-", "term plan", "a long-term plan"),
        ("the US-", "China talks", "the US-China talks"),
        ("in 2021-", "2024 they", "in 2021-2024 they"),
        ("of re-", "export, and re-export", "of re-export, and re-export"),
        ("talks -", "and more", "talks - and more"),
        ("soft\xad", "ened tone", "softened tone"),
    ],
)
def test_hyphens_at_line_ends(line: str, following: str, joined: str) -> None:
    wide = "They spoke for an hour and ten minutes on the whole of "
    (found,) = paragraphs(write_pdf([block(f"{wide}{line}\n{following} here.")]))
    assert found == f"{wide}{joined} here."


def test_running_heads_feet_and_page_numbers_are_left_out() -> None:
    pages = [
        [
            At(72, 810, f"Ministry of Talks, communiqué no. {number}"),
            *block(
                f"On day {number} the two sides met again and agreed to go on with\ntheir talks."
            ),
            At(290, 30, str(number)),
        ]
        for number in range(1, 6)
    ]
    text = "\n".join(paragraphs(write_pdf(pages)))
    assert "Ministry" not in text
    assert text.splitlines() == [
        f"On day {n} the two sides met again and agreed to go on with their talks."
        for n in range(1, 6)
    ]


def test_a_sentence_goes_on_across_a_page() -> None:
    first = block(
        "Both sides said that the lines between their capitals and their\nforces are", y=90
    )
    second = block("open by day and by night, and that they will stay so for the time\nto come.")
    pages = [[*first, At(290, 30, "- 1 -")], [*second, At(290, 30, "- 2 -")]]
    (found,) = paragraphs(write_pdf(pages))
    assert "forces are open by day" in found


def test_the_left_column_is_read_before_the_right() -> None:
    left = block("Left one of the\ntext goes on\nto its end.", x=60, y=650)
    right = block("Right one of\nthe text goes\non as well.", x=320, y=650)
    head = At(60, 720, "A communiqué of both sides on their talks, in two columns", 16)
    crossed = [head, *(line for pair in zip(left, right, strict=True) for line in pair)]
    assert paragraphs(write_pdf([crossed]))[1:] == [
        "Left one of the text goes on to its end.",
        "Right one of the text goes on as well.",
    ]


def test_what_is_drawn_last_is_read_where_it_stands() -> None:
    lines = block(BODY)
    assert paragraphs(write_pdf([lines[::-1]])) == [FIRST, SECOND]


def test_every_passage_is_found_again_in_the_bytes() -> None:
    content = write_pdf([block(BODY)])
    _, passages = read(content)
    text = original_text(content, "application/pdf")
    assert [quoted(text, p.span, "application/pdf") for p in passages] == [p.text for p in passages]
    assert len(passages) == 3


INFO = {"Title": "Talks in Vienna end", "CreationDate": "D:20230511093000Z"}


@pytest.mark.parametrize(
    ("text", "info", "title", "published", "basis"),
    [
        (BODY, INFO, "Talks in Vienna end", "2023-05-11/2023-05-31", "file"),
        (BODY, INFO | {"ModDate": "D:20230601"}, None, "2023-06-01/2023-06-30", "file"),
        (BODY, {"CreationDate": "D:20261118"}, None, "2026-11-18/2026-11-20", "file"),
        (BODY, {"CreationDate": "D:20991118"}, None, "None", "none"),
        (BODY, {"CreationDate": "D:20231399"}, None, "None", "none"),
        (BODY, {"Title": "Microsoft Word - readout.doc"}, FIRST, "None", "none"),
        (f"Vienna, 10 May 2023 - {BODY}", INFO, None, "2023-05-10", "text"),
        (
            f"A readout of talks\n\n{BODY}",
            INFO,
            "A readout of talks",
            "2023-05-11/2023-05-31",
            "file",
        ),
    ],
    ids=["file", "changed", "this month", "future", "no day", "no title", "dateline", "headline"],
)
def test_metadata_is_asked_last(
    text: str, info: dict[str, str], title: str | None, published: str, basis: str
) -> None:
    document, _ = read(write_pdf([block(text)], info))
    assert (str(document.published), document.published_basis) == (published, basis)
    assert title in {None, document.title}


FINE = write_pdf([block(BODY), block(BODY)])


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (encrypted(FINE), "an encrypted PDF; save a copy without its password"),
        (FINE[: len(FINE) // 2], "cut off; fetch it again"),
        (b"%PDF-1.7\n" + b"\0" * 999 + b"%%EOF", "a damaged PDF: .*fetch it again"),
        (FINE.replace(b"6 0 obj", b"9 0 obj"), "a damaged PDF: .*fetch it again"),
        (write_pdf([[], []]), "without text, a scan perhaps; recognise its text"),
        (write_pdf([[At(72, 700, "12 - 34")]]), "without text"),
    ],
    ids=["encrypted", "cut", "damaged", "page missing", "scan", "numbers alone"],
)
def test_what_cannot_be_read_is_told(content: bytes, told: str) -> None:
    with pytest.raises(TextError, match=rf"a\.pdf: .*{told}"):
        read(content)


@pytest.mark.parametrize(
    ("limit", "content", "told"),
    [
        ("MOST_PAGES", write_pdf([block(BODY)] * 9), "9 pages, more than the 8 of the largest"),
        ("MOST_CHARACTERS", FINE, "more than the 8 characters of the largest"),
        ("MOST_UNPACKED", write_pdf([[]], raw=b" " * 3_000_000), "unpacks to more than the"),
    ],
)
def test_too_large_a_pdf_is_told(
    monkeypatch: pytest.MonkeyPatch, limit: str, content: bytes, told: str
) -> None:
    monkeypatch.setattr(pdf, limit, 2_000_000 if limit == "MOST_UNPACKED" else 8)
    assert len(content) < 20_000
    with pytest.raises(TextError, match=f"{told}.*split it into documents"):
        read(content)


def test_signs_without_a_meaning_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "rebuilt", lambda _: "a \ufffd\ue001\ufffd")
    with pytest.raises(TextError, match="do not say what their signs mean; recognise its text"):
        read(FINE)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("chromium") is None, reason="no chromium here")
def test_what_a_browser_prints_is_read_as_it_was_written(tmp_path: Path) -> None:
    words = [FIRST, SECOND, f"Later, {FIRST}", "Both said “yes”, officials find; a café was near."]
    page = "".join(f"<p>{text}</p>" for text in words * 3)
    style = "@page{size:A5} p{text-align:justify} h1{font-size:20pt}"
    source, target = tmp_path / "a.html", tmp_path / "a.pdf"
    source.write_text(
        f"<meta charset=utf-8><title>x</title><style>{style}</style><h1>A readout of talks</h1>{page}",
        encoding="utf-8",
    )
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu"]
    command += [f"--user-data-dir={tmp_path / 'profile'}", f"--print-to-pdf={target}", str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert paragraphs(target.read_bytes()) == ["A readout of talks", *words * 3]
    document, _ = read(target.read_bytes(), published={"start": "2023-05-11", "end": "2023-05-11"})
    assert (document.title, document.published_basis) == ("A readout of talks", "given")
    assert pdf.pdf_facts(target.read_bytes()).saved != date(2023, 5, 11)
