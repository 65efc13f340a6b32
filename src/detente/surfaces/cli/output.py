"""How commands print: tables for people, JSON for programs, progress on stderr."""

import sys
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)

from detente.records import Record

console = Console()
errors = Console(stderr=True)


def print_json(answer: Record) -> None:
    """Print an answer as JSON on standard output.

    Args:
        answer: Any record.
    """
    sys.stdout.write(answer.model_dump_json(indent=2) + "\n")


class ProgressBar:
    """Draws a verb's progress on stderr; quiet where stderr is no terminal."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=errors,
            transient=True,
            disable=quiet or not errors.is_terminal,
        )
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._progress.stop()

    def start(self, what: str, total: int | None) -> None:
        """Begin one piece of work.

        Args:
            what: What is being done.
            total: How many steps, or None where unknown.
        """
        if self._task is not None:
            self._progress.remove_task(self._task)
        self._task = self._progress.add_task(what, total=total)

    def advance(self, steps: int = 1) -> None:
        """Report steps done.

        Args:
            steps: How many.
        """
        if self._task is not None:
            self._progress.advance(self._task, steps)
