"""The demo as the Makefile builds it, command by command."""

import re
from pathlib import Path

import pytest

from detente.pipeline.briefs import Brief
from detente.surfaces.cli.app import main
from tests.kit import ROOT


def demo_commands() -> list[list[str]]:
    """Words of every `detente` line of the demo's recipe."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    recipe = re.search(r"^demo:.*\n((?:\t.*\n)+)", makefile, re.MULTILINE)
    assert recipe is not None
    return [line.split() for line in re.findall(r"\$\(BIN\)/detente (.+)", recipe[1])]


@pytest.fixture(scope="module", name="demo")
def demo_fixture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's workspace, its brief printed and its page written."""
    folder = tmp_path_factory.mktemp("made") / "us-china"
    for words in demo_commands():
        filled = [str(folder) if w == "$(DEMO)" else w for w in words]
        assert main([str(ROOT / w) if w.startswith("examples/") else w for w in filled]) == 0
    return folder


def test_the_recipe_is_the_whole_way() -> None:
    verbs = [words[0] for words in demo_commands()]
    assert verbs == ["init", "add", "add", "code", "verify", "brief"]


@pytest.mark.slow
def test_the_page_the_makefile_names_is_there(demo: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = re.search(r"\$\(DEMO\)/(briefs/\S+\.html)", makefile)
    assert named is not None
    text = (demo / named[1]).read_text(encoding="utf-8")
    assert "Antony Blinken" in text
    assert "summary" in text.casefold()


@pytest.mark.slow
def test_the_brief_by_command(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["brief", "USA", "CHN", "--as-of", "2023-06-30", "-w", str(demo), "--json"]
    capsys.readouterr()
    assert main(words) == 0
    answer = Brief.model_validate_json(capsys.readouterr().out)
    visits = [m.meeting for m in answer.meetings if m.meeting.place == "Beijing"]
    met = {
        p.name
        for v in visits
        if v.within.start.isoformat()[:7] == "2023-06"
        for p in v.participants
    }
    assert {"Antony Blinken", "Qin Gang"} <= met
    assert answer.commitments
    assert answer.shared_interests
    assert {(r.actor, r.gap is not None) for r in answer.gaps} == {("USA", True), ("CHN", True)}
    assert answer.limitations
    dated = [c.published for c in answer.cites if c.published != "undated"]
    assert len(dated) == len(answer.cites)
    assert max(dated) <= "2023-06-30"
    assert all(c.url for c in answer.cites)


@pytest.mark.slow
def test_to_build_it_again_changes_nothing(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["gap", "USA", "CHN", "--as-of", "2023-06-30", "-w", str(demo), "--json"]
    capsys.readouterr()
    assert main(words) == 0
    before = capsys.readouterr().out
    for place in ("documents", "indicators"):
        assert main(["add", "-w", str(demo), str(ROOT / "examples/us-china" / place)]) == 0
    assert main(["code", "-w", str(demo)]) == 0
    told = capsys.readouterr().out
    assert "0 documents added" in told
    assert "0 values added" in told
    assert "Nothing new" in told
    assert main(words) == 0
    assert capsys.readouterr().out == before
