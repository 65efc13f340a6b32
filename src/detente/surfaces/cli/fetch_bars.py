"""Two bars on stderr while files come: bytes that arrived, and files taken into the panel."""

from types import TracebackType
from typing import Self

from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from detente.surfaces.cli.output import errors


class FetchBars:
    """Draws both bars; quiet where stderr is no terminal.

    Attributes:
        downloading: Told of bytes.
        loading: Told of files.
    """

    def __init__(self, *, quiet: bool = False) -> None:
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            _Amount(),
            TimeRemainingColumn(),
            console=errors,
            transient=True,
            disable=quiet or not errors.is_terminal,
        )
        self.downloading = _Bar(self._progress, in_bytes=True)
        self.loading = _Bar(self._progress, in_bytes=False)

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


class _Bar:
    """One bar; a new piece of work takes the place of the one before."""

    def __init__(self, progress: Progress, *, in_bytes: bool) -> None:
        self._progress = progress
        self._in_bytes = in_bytes
        self._task: TaskID | None = None

    def start(self, what: str, total: int | None) -> None:
        if self._task is not None:
            self._progress.remove_task(self._task)
        self._task = self._progress.add_task(what, total=total, in_bytes=self._in_bytes)

    def advance(self, steps: int = 1) -> None:
        if self._task is not None:
            self._progress.advance(self._task, steps)


class _Amount(ProgressColumn):
    """Bytes or pieces, as the bar counts."""

    def __init__(self) -> None:
        super().__init__()
        self._bytes = DownloadColumn()
        self._pieces = MofNCompleteColumn()

    def render(self, task: Task) -> Text:
        return (self._bytes if task.fields["in_bytes"] else self._pieces).render(task)
