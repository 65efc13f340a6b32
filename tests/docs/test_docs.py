import re
from pathlib import Path

import pytest

from detente.surfaces.cli.app import COMMANDS, GROUPS
from tests.kit import ROOT

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("name", [*COMMANDS, *GROUPS])
def test_every_command_has_a_heading(name: str) -> None:
    text = (ROOT / "docs/reference/commands.md").read_text(encoding="utf-8")
    assert f"\n## {name}\n" in text


@pytest.mark.parametrize(
    "name",
    [
        "words_index",
        "deeds_index",
        "gap",
        "reference_rate",
        "blame_share",
        "signal_balance",
        "follow_through",
    ],
)
def test_every_measure_is_defined_in_the_docs(name: str) -> None:
    assert (ROOT / f"src/detente/measures/{name}.py").is_file()
    assert name in (ROOT / "docs/concepts/measures.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        assert target.startswith("http") or (page.parent / target).exists(), target


def test_the_readme_names_its_two_commands() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "    make demo\n" in text
    assert "    make test\n" in text


def test_everything_is_pinned_by_hash() -> None:
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    pins = re.findall(r"^[\w.-]+==\S+[^\n]*", text, re.MULTILINE)
    assert len(pins) > 50
    assert all(pin.endswith("\\") for pin in pins)


@pytest.mark.parametrize(
    "name",
    ["install", "demo", "test", "check", "fix", "docs", "bench", "evaluate", "serve", "build"],
)
def test_the_makefile_explains_its_targets(name: str) -> None:
    assert re.search(
        rf"^{name}:.*## \w", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE
    )
