"""Two worker processes, each started afresh, so that none carries what the others loaded."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TypeVar

from progress import watched

WORKERS = 2

Given = TypeVar("Given")
Made = TypeVar("Made")


def mapped(
    work: Callable[[Given], Made], items: Sequence[Given], title: str, *, together: int = 1
) -> Iterator[Made]:
    """Yield the work on each item, in the items' order.

    Args:
        work: A function of a module; it and its items are sent to the workers.
        items: What is worked on.
        title: What is being done, for the bar.
        together: How many items are sent at a time.
    """
    with ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn")) as pool:
        yield from watched(pool.map(work, items, chunksize=together), title, len(items))
