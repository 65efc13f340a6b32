"""What a user can mend: exit code 2, one line on stderr, nothing changed."""

import json
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from detente.pipeline.workspace import SETTINGS_FILE, Workspace
from tests.pdfs import encrypted
from tests.pdfs import pdf as write_pdf

Run = Callable[..., tuple[int, str, str]]
Counts = Callable[[Workspace], dict[str, int]]


def sparse(path: Path) -> None:
    path.touch()
    os.truncate(path, 200 * 1024 * 1024)


def rows(path: Path) -> None:
    text = "The United States and China held {} rounds of talks."
    good = [json.dumps({"text": text.format(n), "date": "2023-06-01"}) for n in range(8)]
    path.write_text("\n".join([*good[:6], '{"text": "They', *good[6:]]), encoding="utf-8")


def future(path: Path) -> None:
    words = "The United States sanctioned a Chinese bank."
    path.write_text(f"---\npublished: 2999-01-01\n---\n\n{words}\n", encoding="utf-8")


FILES: dict[str, tuple[str, Callable[[Path], object], str]] = {
    "empty": ("a.txt", Path.touch, "an empty file; give a file with text"),
    "blank": ("a.txt", lambda p: p.write_text("\n \n"), "an empty file"),
    "200 MB": ("a.txt", sparse, "200 MB, more than the 64 MB .*split it"),
    "binary": ("a.txt", lambda p: p.write_bytes(b"%PDF\0\1\2"), "binary content.*export it"),
    "not UTF-8": ("a.txt", lambda p: p.write_bytes(b"caf\xe9 talks"), "not UTF-8.*iconv"),
    "broken row": ("a.jsonl", rows, r"a\.jsonl, line 7: not valid JSON"),
    "in the future": ("a.md", future, "published after today .*correct its date"),
    "header": ("a.md", lambda p: p.write_text("---\ndate: 1\n---\nx\n"), "known are title"),
    "no reader": ("a.docx", lambda p: p.write_text("x"), r"no reader for \.docx; give \.txt"),
    "no PDF": ("a.pdf", lambda p: p.write_text("x"), "no PDF, whatever its name says"),
    "cut PDF": ("a.pdf", lambda p: p.write_bytes(write_pdf([[]])[:-20]), "cut off; fetch it again"),
    "locked PDF": (
        "a.pdf",
        lambda p: p.write_bytes(encrypted(write_pdf([[]]))),
        "an encrypted PDF",
    ),
    "scanned PDF": ("a.pdf", lambda p: p.write_bytes(write_pdf([[]])), "a scan perhaps; recognise"),
    "Parquet": ("a.parquet", lambda p: p.write_bytes(b"PAR1"), "polecat, or --mapping"),
    "CSV": ("a.csv", lambda p: p.write_text("on,value\n"), "an indicator needs a TOML"),
    "missing": ("a.txt", lambda p: None, "no such file or folder; check the path"),
    "empty folder": ("a", Path.mkdir, "a folder without files"),
}


@pytest.mark.parametrize(("name", "make", "told"), FILES.values(), ids=FILES)
def test_files_that_cannot_be_taken(
    study: Workspace,
    tmp_path: Path,
    run: Run,
    counts: Counts,
    name: str,
    make: Callable[[Path], object],
    told: str,
) -> None:
    make(tmp_path / name)
    before = counts(study), (study.folder / "ledger.sqlite").read_bytes()
    code, out, err = run("add", "-w", study.folder, tmp_path / name)
    assert (code, out, err.count("\n")) == (2, "", 1)
    with pytest.raises(ValueError, match=told):
        raise ValueError(err)
    assert (counts(study), (study.folder / "ledger.sqlite").read_bytes()) == before


CALLS = {
    "gap, country": ("gap USA Atlantis", "unknown country 'Atlantis'; did you mean"),
    "brief, country": ("brief Chyna USA", "did you mean China"),
    "meetings, country": ("meetings USA Chyna", "did you mean China"),
    "commitments, country": ("commitments USA Chyna", "did you mean China"),
    "gap, no events": ("gap FJI TON", "0 records, at least 1 needed"),
    "brief, future": ("brief USA CHN --as-of 2999-01-01", "name today or an earlier day"),
    "gap, future": ("gap USA CHN --as-of 2999-01-01", "name today or an earlier day"),
    "meetings, future": ("meetings USA CHN --as-of 2999-01-01", "name today or an earlier day"),
    "commitments, future": ("commitments USA CHN --as-of 2999-01-01", "name today or"),
    "nonsense day": ("gap USA CHN --as-of nonsense", "'nonsense': not a day; write it as 2023-06"),
    "no such day": ("brief USA CHN --as-of 2023-06-31", "not a day; write it as"),
    "American day": ("gap USA CHN --as-of 06/30/2023", "not a day; write it as"),
    "since nonsense": ("meetings USA CHN --since june", "not a day; write it as"),
    "since in the future": ("commitments USA CHN --since 2999-01-01", "name today or"),
    "gap, issue": ("gap USA CHN --issue tade", "did you mean trade"),
    "commitments, issue": ("commitments USA CHN --issue tade", "did you mean trade"),
    "source": ("gap USA CHN --source icews", "unknown source 'icews'; known are documents"),
    "coder": ("code --coder pattern", "did you mean patterns"),
    "event format": ("add --as acled {file}", "known are gdelt, icews"),
    "no mapping": ("add --mapping nowhere.toml {file}", "give the path of a TOML file"),
    "date of a document": ("add --date 2999-01-01 {file}", "name today or an earlier day"),
    "kind": ("add --kind recipe {file}", "Invalid value for '--kind': .*'readout'"),
    "account of": ("add --account-of america {file}", "write a state and a role, as USA/GOV"),
    "no command": ("gaps USA CHN", "No such command 'gaps'.*detente --help"),
    "no option": ("gap USA CHN --issues trade", "No such option: --issues"),
    "no argument": ("gap USA", "Missing argument 'STATE'"),
    "one word too many": ("verify everything", "unexpected extra argument"),
}


@pytest.mark.parametrize(("words", "told"), CALLS.values(), ids=CALLS)
def test_words_that_mean_nothing(
    study: Workspace, tmp_path: Path, run: Run, counts: Counts, words: str, told: str
) -> None:
    (tmp_path / "fine.txt").write_text("The two sides met in Geneva.", encoding="utf-8")
    before = counts(study)
    command, *rest = words.format(file=tmp_path / "fine.txt").split()
    code, out, err = run(command, "-w", study.folder, *rest)
    assert (code, out, err.count("\n")) == (2, "", 1)
    with pytest.raises(ValueError, match=told):
        raise ValueError(err)
    assert counts(study) == before


def test_init_of_an_unknown_state_or_a_full_folder(tmp_path: Path, run: Run) -> None:
    code, _, err = run("init", tmp_path / "new", "--second", "Chyna")
    assert (code, "did you mean China" in err, err.count("\n")) == (2, True, 1)
    assert not (tmp_path / "new").exists()
    (tmp_path / "thesis.txt").touch()
    code, _, err = run("init", tmp_path)
    assert (code, "name a new folder" in err, err.count("\n")) == (2, True, 1)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


COMMANDS = {
    "add": ("add", "x.txt"),
    "code": ("code",),
    "verify": ("verify",),
    "migrate": ("migrate",),
    "gap": ("gap", "USA", "CHN"),
    "brief": ("brief", "USA", "CHN"),
    "meetings": ("meetings", "USA", "CHN"),
    "commitments": ("commitments", "USA", "CHN"),
}


@pytest.mark.parametrize("words", COMMANDS.values(), ids=COMMANDS)
def test_a_newer_workspace(study: Workspace, run: Run, words: tuple[str, ...]) -> None:
    settings = study.folder / SETTINGS_FILE
    newer = settings.read_text(encoding="utf-8").replace("version = 1", "version = 99")
    settings.write_text(newer, encoding="utf-8")
    before = (study.folder / "ledger.sqlite").read_bytes()
    code, out, err = run(*words, "-w", study.folder)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "version 99" in err
    assert "upgrade detente" in err
    assert (study.folder / "ledger.sqlite").read_bytes() == before


@pytest.mark.parametrize("words", COMMANDS.values(), ids=COMMANDS)
def test_a_newer_ledger(study: Workspace, tmp_path: Path, run: Run, words: tuple[str, ...]) -> None:
    (tmp_path / "x.txt").write_text("The two sides met in Geneva.", encoding="utf-8")
    ledger = study.folder / "ledger.sqlite"
    connection = sqlite3.connect(ledger)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    before = ledger.read_bytes()
    command, *rest = words
    rest = [str(tmp_path / word) if word == "x.txt" else word for word in rest]
    code, out, err = run(command, *rest, "-w", study.folder)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "schema 9999" in err
    assert "upgrade detente" in err
    assert ledger.read_bytes() == before


@pytest.mark.parametrize("words", COMMANDS.values(), ids=COMMANDS)
def test_no_workspace(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = run(*words)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "make one with: detente init" in err
    assert "looked in --workspace, then DETENTE_WORKSPACE, then " in err
    assert not list(tmp_path.iterdir())


def test_quarantine_takes_the_good_and_tells_of_the_bad(
    empty: Workspace, tmp_path: Path, run: Run, counts: Counts
) -> None:
    rows(tmp_path / "a.jsonl")
    code, out, _ = run("add", "-w", empty.folder, tmp_path / "a.jsonl", "--quarantine")
    assert code == 0
    told = " ".join(out.split())
    assert "8 documents added" in told
    assert "1 set aside" in told
    assert "a.jsonl, line 7: not valid JSON" in told
    assert counts(empty)["documents"] == 8


@pytest.mark.parametrize("place", ["before", "after"])
def test_debug_shows_the_traceback_and_the_line(study: Workspace, run: Run, place: str) -> None:
    words = ["gap", "USA", "Chyna", "-w", study.folder]
    code, _, err = run(*(["--debug", *words] if place == "before" else [*words, "--debug"]))
    assert code == 2
    assert "Traceback" in err
    assert "UnknownNameError" in err
    assert err.splitlines()[-1].startswith("detente: unknown country 'Chyna'")
