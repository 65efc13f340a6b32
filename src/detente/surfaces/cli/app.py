"""The `detente` command: parses, calls one verb, prints its answer.

One line on stderr and exit code 2 for what a user can mend; a traceback only with `--debug`.
"""

import importlib
import sys
from typing import Annotated

import typer

from detente.errors import DetenteError
from detente.surfaces.cli.output import errors

COMMANDS = (
    "init",
    "add",
    "code",
    "brief",
    "gap",
    "meetings",
    "commitments",
    "verify",
    "migrate",
    "code-sentences",
)
"""Each a module of this folder with a function `command`."""

GROUPS = ("events", "panel")
"""Each a module of this folder with `group`, a set of commands."""

_SIGINT = 130
_INTERRUPTED = "interrupted; run the same command again to go on"

app = typer.Typer(
    name="detente",
    help="Words against deeds: an observatory for the relation between two states.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)

for _name in COMMANDS:
    _module = importlib.import_module(f"detente.surfaces.cli.{_name.replace('-', '_')}")
    app.command(_name)(_module.command)

for _name in GROUPS:
    app.add_typer(importlib.import_module(f"detente.surfaces.cli.{_name}").group, name=_name)


DebugOption = Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")]


@app.callback()
def _options(*, debug: DebugOption = False) -> None:
    """Read options that stand before the command; `main` looks for --debug itself."""
    del debug


def main(arguments: list[str] | None = None) -> int:
    """Run the command line.

    Args:
        arguments: Words after the program's name; None reads them from the process.

    Returns:
        0 when done, 2 for what the user can mend, 130 when interrupted, 1 otherwise.
    """
    words = sys.argv[1:] if arguments is None else arguments
    debug = "--debug" in words
    words = [w for w in words if w != "--debug"] or ["--help"]
    try:
        code = app(words, standalone_mode=False)
    except Exception as error:  # noqa: BLE001 - the last line of defence: no traceback to a user
        if debug:
            errors.print_exception()
        return _refuse(*_told(error))
    if code == _SIGINT:
        return _refuse(_INTERRUPTED, code)
    return code if isinstance(code, int) else 0


def _told(error: Exception) -> tuple[str, int]:
    """What to say of an error, and the exit code."""
    if isinstance(error, DetenteError):
        return str(error), 2
    if isinstance(error, typer.Abort):
        return _INTERRUPTED, _SIGINT
    wording = getattr(error, "format_message", None)  # a word that typer could not read
    if wording is not None:
        return f"{wording()} (detente --help says what can be written)", 2
    name = type(error).__name__
    return f"unexpected {name}: {error}; run again with --debug and report it", 1


def _refuse(reason: str, code: int) -> int:
    errors.print(f"detente: {' '.join(reason.split())}", markup=False, soft_wrap=True)
    return code


def run() -> None:
    """Run the command line and leave the process with its exit code."""
    sys.exit(main())
