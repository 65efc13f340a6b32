from collections.abc import Callable

import pytest
import typer.main

from detente.surfaces.cli.app import COMMANDS, GROUPS, app

Run = Callable[..., tuple[int, str, str]]


def test_the_commands_are_those_named() -> None:
    assert set(typer.main.get_command(app).commands) == {*COMMANDS, *GROUPS}  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_and_argument_says_what_it_is(run: Run, name: str) -> None:
    command = typer.main.get_command(app).commands[name]  # type: ignore[attr-defined]
    assert command.help.strip()
    silent = [p.name for p in command.params if p.name != "help" and not (p.help or "").strip()]
    assert silent == []
    code, out, err = run(name, "--help")
    assert (code, err) == (0, "")
    for option in (o for p in command.params for o in p.opts if o.startswith("--")):
        assert option in out


@pytest.mark.parametrize("words", [(), ("--help",), ("--debug",)], ids=["none", "help", "debug"])
def test_without_a_command_it_lists_them(run: Run, words: tuple[str, ...]) -> None:
    code, out, err = run(*words)
    assert (code, err) == (0, "")
    assert all(f" {name} " in out for name in (*COMMANDS, *GROUPS))
    assert "Traceback" not in out


GROUPED = [("events", "list"), ("events", "fetch", "gdelt")]


@pytest.mark.parametrize("words", GROUPED, ids=" ".join)
def test_commands_of_a_group_say_what_they_are(
    run: Run, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    command = typer.main.get_command(app)
    for word in words:
        command = command.commands[word]  # type: ignore[attr-defined]
    assert command.help is not None
    assert command.help.strip()
    options = [o for p in command.params for o in p.opts if o.startswith("--")]
    monkeypatch.setenv("COLUMNS", "120")  # a narrow page cuts the longest names
    code, out, err = run(*words, "--help")
    assert (code, err) == (0, "")
    assert [o for o in options if o not in out] == []
    assert [p.name for p in command.params if not getattr(p, "help", "").strip()] == []


@pytest.mark.parametrize("words", [("events",), ("events", "fetch")], ids=" ".join)
def test_a_group_alone_is_told_in_a_line_what_to_write(run: Run, words: tuple[str, ...]) -> None:
    code, out, err = run(*words)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "--help" in err


@pytest.mark.parametrize("name", ["brief", "gap", "meetings", "commitments"])
def test_questions_take_the_same_options(name: str) -> None:
    command = typer.main.get_command(app).commands[name]  # type: ignore[attr-defined]
    options = {o for p in command.params for o in p.opts}
    assert options >= {"--workspace", "-w", "--as-of", "--json"}
