"""`detente panel`: build, update, query and export a small table of events."""

import json
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from pathlib import Path

import pytest

from detente.pipeline.workspace import Workspace

Run = Callable[..., tuple[int, str, str]]
START = date(2021, 1, 4)
MAPPING = (
    'name = "desk"\n[columns]\ndate = "day"\npublished = "seen"\nactor = "a"\n'
    'recipient = "r"\ncameo = "code"\n'
)


def table(folder: Path, weeks: Iterable[int], code: str = "163", name: str = "e.csv") -> Path:
    """Two deeds and a word of each side in each week, seen the day after."""
    lines = ["day,seen,a,r,code"]
    for week in weeks:
        for by, which in ((0, code), (1, code), (2, "042")):
            day = START + timedelta(weeks=week, days=by)
            seen = day + timedelta(days=1)
            lines += [f"{day},{seen},USA,CHN,{which}", f"{day},{seen},CHN,USA,{which}"]
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "m.toml").write_text(MAPPING, encoding="utf-8")
    return folder / name


@pytest.fixture(name="loaded")
def loaded_fixture(empty: Workspace, tmp_path: Path, run: Run) -> Path:
    path = table(tmp_path, range(40))
    code, _, err = run("add", "-w", empty.folder, path, "--mapping", tmp_path / "m.toml")
    assert (code, err) == (0, "")
    return empty.folder


def told(run: Run, *words: object) -> str:
    code, out, err = run(*words)
    assert (code, err) == (0, "")
    return " ".join(out.split())


def test_build_and_update_say_what_they_made(loaded: Path, tmp_path: Path, run: Run) -> None:
    assert "desk: 80 dyad-weeks in 40 weeks, 2021-01-04 to 2021-10-04." in told(
        run, "panel", "build", "-w", loaded
    )
    assert "Nothing changed." in told(run, "panel", "update", "-w", loaded)
    path = table(tmp_path, [40], name="late.csv")
    told(run, "add", "-w", loaded, path, "--mapping", tmp_path / "m.toml")
    out = told(run, "panel", "update", "-w", loaded)
    assert "2 rows of 2 directed dyads made anew, from the week of 2021-10-11 on." in out


def test_query_prints_the_latest_weeks(loaded: Path, run: Run) -> None:
    out = told(run, "panel", "query", "USA", "China", "-w", loaded, "--weeks", 3)
    assert "USA > CHN, desk" in out
    assert [w for w in out.split() if w.startswith("2021-W")] == [
        "2021-W38",
        "2021-W39",
        "2021-W40",
    ]


def test_query_uses_what_was_published_by_the_day(loaded: Path, run: Run) -> None:
    words = ("panel", "query", "USA", "CHN", "-w", loaded, "--json", "--as-of", "2021-01-12")
    answer = json.loads(told(run, *words))
    assert [(row["week"], row["n_events"]) for row in answer["rows"]] == [
        ("2021-01-04", 3),
        ("2021-01-11", 1),
    ]
    assert answer["as_of"] == "2021-01-12"


@pytest.mark.parametrize(
    ("words", "mend"),
    [
        pytest.param(("query", "USA", "JPN"), "needed", id="no such row"),
        pytest.param(("query", "USA", "Chinaa"), "did you mean China", id="unknown state"),
        pytest.param(("query", "USA", "CHN", "--from", "May"), "write it as", id="no day"),
        pytest.param(("build", "--source", "dask"), "did you mean desk", id="unknown source"),
        pytest.param(("export", "panel.xls"), "did you mean", id="unknown suffix"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_line(
    loaded: Path, run: Run, words: tuple[str, ...], mend: str
) -> None:
    code, out, err = run("panel", *words, "-w", loaded)
    assert (code, out) == (2, "")
    assert mend in err
    assert err.count("\n") == 1


def test_an_empty_workspace_asks_for_event_files(empty: Workspace, run: Run) -> None:
    code, _, err = run("panel", "build", "-w", empty.folder)
    assert code == 2
    assert "event files" in err


def test_export_writes_once_unless_forced(loaded: Path, tmp_path: Path, run: Run) -> None:
    path = tmp_path / "panel.csv"
    words = ("panel", "export", path, "-w", loaded, "--actor", "USA", "--from", "2021-06-01")
    out = told(run, *words)
    assert out.startswith("19 rows of 39 columns in ")
    assert len(path.read_text(encoding="utf-8").splitlines()) == 20
    code, _, err = run(*words)
    assert code == 2
    assert "give --force" in err
    assert json.loads(told(run, *words, "--force", "--json"))["rows"] == 19


def test_a_namesake_is_told_and_replaced_when_asked(loaded: Path, tmp_path: Path, run: Run) -> None:
    path = table(tmp_path, range(40), code="071")
    words = ("add", "-w", loaded, path, "--mapping", tmp_path / "m.toml")
    assert "add --replace if this one corrects it" in told(run, *words)
    path = table(tmp_path, range(40), code="061")
    assert "240 rows = 240 kept" in told(run, *words, "--replace")
    answer = json.loads(told(run, "panel", "query", "USA", "CHN", "-w", loaded, "--json"))
    assert {row["n_material_conflict"] for row in answer["rows"]} == {0}
    assert {row["n_material_cooperation"] for row in answer["rows"]} == {2}
