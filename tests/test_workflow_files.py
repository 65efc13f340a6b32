"""The files around the code: what they promise, and what must not stand in them."""

import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
REGISTRIES = tuple(
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("deb", "debian", "org"),
        ("archive", "ubuntu", "com"),
        ("conda", "anaconda", "org"),
        ("crates", "io"),
        ("proxy", "golang", "org"),
    )
)


def tracked() -> list[Path]:
    """Files under version control, or that would be."""
    words = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("git does not know this folder")
    paths = (ROOT / name for name in done.stdout.split("\0") if name)
    return [path for path in paths if path.is_file()]


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


def test_no_file_names_a_package_registry() -> None:
    files = tracked()
    assert len(files) > 300
    found = [(str(p.relative_to(ROOT)), r) for p in files for r in REGISTRIES if r in text_of(p)]
    assert found == []


def test_product_and_examples_do_not_lean_on_the_folder_beside() -> None:
    inside = [p for p in tracked() if p.relative_to(ROOT).parts[0] in {"src", "examples", "docs"}]
    assert len(inside) > 300
    assert [str(p) for p in inside if "../shared" in text_of(p)] == []


def test_every_pin_has_its_hashes() -> None:
    lines = text_of(ROOT / "constraints.txt").replace("\\\n", " ").splitlines()
    pins = [line for line in lines if line.strip() and not line.lstrip().startswith("#")]
    assert len(pins) > 50
    loose = [p for p in pins if not re.match(r"^[\w.\[\]-]+==\S+.* --hash=sha256:[0-9a-f]{64}", p)]
    assert loose == []


def test_every_dependency_is_pinned() -> None:
    project = tomllib.loads(text_of(ROOT / "pyproject.toml"))
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    names = {re.split(r"[\[=<>~!; ]", line, maxsplit=1)[0].lower() for line in wanted}
    pinned = {
        p.lower()
        for p in re.findall(r"^([\w.-]+)==", text_of(ROOT / "constraints.txt"), re.MULTILINE)
    }
    assert names <= pinned


def test_make_lists_every_target() -> None:
    makefile = text_of(ROOT / "Makefile")
    declared = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    assert declared is not None
    told = _make("help")
    listed = {line.split()[0] for line in told.splitlines() if line}
    assert listed == set(declared[1].split())
    assert told == _make()


def _make(*targets: str) -> str:
    words = ["make", "--no-print-directory", *targets]
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def test_the_changelog_has_a_section_for_the_version() -> None:
    version = tomllib.loads(text_of(ROOT / "pyproject.toml"))["project"]["version"]
    sections = re.findall(r"^## \[([^\]]+)\]", text_of(ROOT / "CHANGELOG.md"), re.MULTILINE)
    assert sections[0] in {"Unreleased", version}
    assert len(sections) == len(set(sections))


def test_the_citation_names_the_version() -> None:
    version = tomllib.loads(text_of(ROOT / "pyproject.toml"))["project"]["version"]
    assert re.search(
        rf"^version: \"?{re.escape(version)}\"?$", text_of(ROOT / "CITATION.cff"), re.MULTILINE
    )


def test_what_must_pass_can_be_run() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert text_of(script).startswith("#!/usr/bin/env bash\n")
    assert subprocess.run(["bash", "-n", script], check=False).returncode == 0
    for target in ("make check", "make test"):
        assert target in text_of(script)
