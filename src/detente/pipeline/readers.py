"""Documents into readings, here or spread over processes; the readings are the same either way."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from multiprocessing import get_context

from detente.coding import CODERS, Coder
from detente.records import Document, Passage, Reading

Job = tuple[Document, Sequence[Passage]]
"""A document with its sentences in order."""

Read = Callable[[Iterable[Job]], Iterator[Reading]]
"""Returns a reading for each job, in order."""


@contextmanager
def reading(coder: Coder, coded_at: datetime, processes: int) -> Iterator[Read]:
    """Open a way of reading documents.

    Args:
        coder: Reads them; only one that ships with Detente and needs no settings is spread.
        coded_at: Instant to stamp the readings with, UTC.
        processes: How many to start; with one, or fewer, this process reads.

    Yields:
        The function that reads.
    """
    shipped: object = CODERS.get(coder.name)
    if processes <= 1 or shipped is not type(coder):
        yield partial(map, partial(_read, coder, coded_at))
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        try:
            yield partial(pool.map, partial(_read_by_name, coder.name, coded_at))
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _read(coder: Coder, coded_at: datetime, job: Job) -> Reading:
    document, passages = job
    return coder.code(document, passages, coded_at=coded_at)


def _read_by_name(name: str, coded_at: datetime, job: Job) -> Reading:
    return _read(CODERS[name](), coded_at, job)
