"""What the code has, the reference pages have."""

import re
from importlib import import_module
from pkgutil import iter_modules

import pytest
import typer.main

from detente import measures
from detente.records import DocumentKind
from detente.sources.files import FRONT_MATTER_KEYS, MEDIA_TYPES
from detente.sources.gdelt_settings import GdeltSettings
from detente.surfaces.cli.app import COMMANDS, GROUPS, app
from tests.kit import ROOT

NAMED_AS_THEIR_FILE = [
    module.name
    for module in iter_modules(measures.__path__)
    if hasattr(import_module(f"detente.measures.{module.name}"), module.name)
    and module.name != "event_index"  # the half that words_index and deeds_index share
]


def sections(page: str) -> dict[str, str]:
    """Text under each heading of a page."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    parts = re.split(r"^##+ (.+)$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.mark.parametrize("name", NAMED_AS_THEIR_FILE)
def test_every_measure_has_a_section(name: str) -> None:
    found = [
        title for title, text in sections("concepts/measures.md").items() if f"`{name}`" in text
    ]
    assert len(found) >= 1


def test_the_measures_are_found_at_all() -> None:
    assert {"gap", "words_index", "deeds_index"} <= set(NAMED_AS_THEIR_FILE)


def options_of(*words: str) -> set[str]:
    """Options of a command, or of all commands of a group."""
    command = typer.main.get_command(app)
    for word in words:
        command = command.commands[word]  # type: ignore[attr-defined]
    inner = getattr(command, "commands", {})
    deeper = [options_of(*words, name) for name in inner]
    own = {o for p in command.params for o in p.opts if o.startswith("--")} - {"--help"}
    return own.union(*deeper)


@pytest.mark.parametrize("name", [*COMMANDS, *GROUPS])
def test_every_option_of_a_command_is_told(name: str) -> None:
    page = (ROOT / "docs/reference/commands.md").read_text(encoding="utf-8")
    introduction = page.partition("\n## ")[0]
    told = introduction + sections("reference/commands.md")[name]
    assert [o for o in sorted(options_of(name)) if o not in told] == []


def test_every_setting_of_the_archive_is_told() -> None:
    page = (ROOT / "docs/guides/event-archives.md").read_text(encoding="utf-8")
    assert [name for name in GdeltSettings.model_fields if f"| `{name}` |" not in page] == []


def test_every_format_key_and_kind_is_told() -> None:
    page = (ROOT / "docs/reference/formats.md").read_text(encoding="utf-8")
    names = (*MEDIA_TYPES, *FRONT_MATTER_KEYS, *(kind.value for kind in DocumentKind))
    assert [name for name in names if f"`{name}`" not in page] == []
