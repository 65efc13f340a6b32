"""A bar for what takes long; silent where nobody watches."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from rich.console import Console
from rich.progress import track

_WIDE = 140

CONSOLE = Console(width=None if sys.stdout.isatty() else _WIDE)
"""Where everything is printed; as wide as the tables where no terminal says otherwise."""

Item = TypeVar("Item")


def tracked(items: Sequence[Item], title: str) -> Iterator[Item]:
    """Yield items under a bar.

    Args:
        items: What is gone through.
        title: What is being done.
    """
    yield from watched(items, title, len(items))


def watched(items: Iterable[Item], title: str, total: int) -> Iterator[Item]:
    """Yield items as they come under a bar.

    Args:
        items: Any number.
        title: What is being done.
        total: How many are to come.
    """
    yield from track(
        items, title, total=total, console=CONSOLE, transient=True, disable=not CONSOLE.is_terminal
    )
