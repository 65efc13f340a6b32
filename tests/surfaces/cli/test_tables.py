"""What people read: the figures of the answer, in words and tables."""

from collections.abc import Callable
from pathlib import Path

import pytest

from detente.pipeline.workspace import Workspace

Run = Callable[..., tuple[int, str, str]]
Write = Callable[..., Path]
Counts = Callable[[Workspace], dict[str, int]]
DAY = ("--as-of", "2023-06-30")


def told(run: Run, *words: object) -> str:
    """Output with its white space made even."""
    code, out, err = run(*words)
    assert (code, err) == (0, "")
    return " ".join(out.split())


def test_init_says_what_comes_next(tmp_path: Path, run: Run) -> None:
    out = told(run, "init", tmp_path / "study", "--first", "Japan", "--second", "KOR")
    assert "for JPN and KOR" in out
    assert "Next: detente add FILES" in out


def test_add_and_code_and_verify_count(empty: Workspace, study_once: Path, run: Run) -> None:
    source = study_once.parent / "in"
    assert "18 documents added, 0 known already." in told(run, "add", "-w", empty.folder, source)
    assert "0 documents added, 18 known already." in told(run, "add", "-w", empty.folder, source)
    out = told(run, "code", "-w", empty.folder, "--coder", "patterns")
    assert out.startswith("18 documents, ")
    assert "4 meetings, 3 commitments." in out
    again = told(run, "code", "-w", empty.folder, "--coder", "patterns")
    assert again == "Nothing new for patterns 3."
    assert "18 documents: " in (out := told(run, "verify", "-w", empty.folder))
    assert out.endswith("checked, 0 not found.")


def test_migrate_says_where_it_is(study: Workspace, run: Run, counts: Counts) -> None:
    before = counts(study)
    assert told(run, "migrate", "-w", study.folder) == f"{study.folder} is at schema 0001."
    assert counts(study) == before


def test_add_tells_of_what_will_not_count(empty: Workspace, write: Write, run: Run) -> None:
    write("undated", "The two sides met for talks in Geneva on trade and on climate.", "")
    path = write("会谈", "中美双方在北京举行会谈。双方同意继续保持沟通。" * 6)
    out = told(run, "add", "-w", empty.folder, path.parent)
    assert "1 not in English, kept uncoded" in out
    assert "1 undated: give them a date with --date" in out


def test_add_takes_what_the_file_does_not_say(empty: Workspace, tmp_path: Path, run: Run) -> None:
    path = tmp_path / "note.txt"
    path.write_text("The United States and China held talks in Geneva on trade.", encoding="utf-8")
    facts = ("--date", "2023-06-01", "--publisher", "A paper", "--kind", "news")
    out = told(run, "add", "-w", empty.folder, path, *facts, "--account-of", "USA/GOV")
    assert "undated" not in out
    with empty.ledger() as ledger:
        (document,) = ledger.all_documents()
    assert (str(document.published), document.publisher) == ("2023-06-01", "A paper")
    assert (document.kind, document.account_of) == ("news", "USA/GOV")


def test_add_accounts_for_event_rows(empty: Workspace, tmp_path: Path, run: Run) -> None:
    table, mapping = tmp_path / "e.csv", tmp_path / "m.toml"
    table.write_text("d,a,r,c\n2023-06-01,USA,CHN,163\n2023-06-02,USA,CHN,13y\n", encoding="utf-8")
    columns = 'date = "d"\nactor = "a"\nrecipient = "r"\ncameo = "c"\n'
    mapping.write_text(f'name = "desk"\n[columns]\n{columns}', encoding="utf-8")
    words = ("add", "-w", empty.folder, table, "--mapping", mapping)
    out = told(run, *words)
    assert "e.csv: 2 rows = 1 kept + 0 repeated + 1 set aside." in out
    assert "Set aside, with reasons: " in out
    assert "e.csv (known already): 2 rows" in told(run, *words)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param(
            ("gap", "USA", "CHN"),
            ["USA > CHN", "CHN > USA", "too few deeds", "Limit: Where deeds are too few"],
            id="gap",
        ),
        pytest.param(
            ("meetings", "USA", "CHN"),
            ["2 meetings", "Antony Blinken", "2023-06-18", "Beijing", "Limit: "],
            id="meetings",
        ),
        pytest.param(
            ("commitments", "USA", "CHN"),
            ["3 commitments", "expand", "2023-12-31", "overdue", "Limit: "],
            id="commitments",
        ),
        pytest.param(
            ("brief", "USA", "CHN"),
            [
                "USA and CHN, as of 2023-06-30",
                "18 documents; window 2023-04-08 to 2023-06-30; coded by patterns 3.",
                "2 meetings",
                "Shared interests named: narcotics, people",
                "Limit: Only English texts are read.",
            ],
            id="brief",
        ),
    ],
)
def test_answers_as_tables(
    study: Workspace, run: Run, words: tuple[str, ...], expected: list[str]
) -> None:
    out = told(run, *words, *DAY, "-w", study.folder)
    assert [text for text in expected if text not in out] == []


def test_the_page_goes_where_it_is_asked_to(study: Workspace, tmp_path: Path, run: Run) -> None:
    page = tmp_path / "pages" / "june.html"
    out = told(run, "brief", "USA", "CHN", *DAY, "-w", study.folder, "--page", page)
    assert str(page) in out.replace(" ", "")
    text = page.read_text(encoding="utf-8")
    assert text.startswith("<!doctype html>")
    assert "expand direct flights" in text
    assert not (study.folder / "briefs").exists()


def test_square_brackets_in_a_text_stay(empty: Workspace, write: Write, run: Run) -> None:
    text = "The two sides agreed to expand [bold]direct[/bold] flights by the end of the year."
    run("add", "-w", empty.folder, write("a", f"China met the United States in Rome. {text}"))
    run("code", "-w", empty.folder)
    assert "[bold]direct" in told(run, "commitments", "USA", "CHN", *DAY, "-w", empty.folder)
