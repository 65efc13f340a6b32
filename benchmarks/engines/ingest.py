"""A zipped day as the publisher gives it, with bad rows, through the reader into an empty panel."""

import shutil
import tempfile
import time
from pathlib import Path

from benchmarks.synthetic import Expected, write_gdelt_day
from detente.panel import EventPanel, FileEntry
from detente.sources.gdelt import read_gdelt

DAY_ROWS = 150_000


class AccountError(Exception):
    """A file was not counted as it was written."""

    def __init__(self, found: Expected, expected: Expected) -> None:
        super().__init__(f"the account is {found}, expected {expected}; a row was lost or repaired")


def run(file: Path, folder: Path) -> FileEntry:
    """Take a file in.

    Args:
        file: The zip.
        folder: An empty panel.
    """
    return EventPanel(folder).ingest("gdelt", file, read_gdelt(file)).entry


def measured(parent: Path, n: int = DAY_ROWS) -> dict[str, float]:
    """Return what taking a day in costs.

    Args:
        parent: Folder for the day and its panel; both are removed.
        n: Rows of the day.

    Returns:
        CPU-seconds, rows and the account.

    An account that is not what was written is an `AccountError`.
    """
    work = Path(tempfile.mkdtemp(prefix="ingest-", dir=parent))
    try:
        file = work / "20260628.export.CSV.zip"
        expected = write_gdelt_day(file, n)
        start = time.process_time()
        entry = run(file, work / "events")
        seconds = time.process_time() - start
    finally:
        shutil.rmtree(work)
    _require(entry, expected)
    return {
        "cpu_s": seconds,
        "rows_in": entry.rows_in,
        "kept": entry.kept,
        "duplicate": entry.duplicate,
        "quarantined": entry.quarantined,
    }


def _require(entry: FileEntry, expected: Expected) -> None:
    found = Expected(rows_in=entry.rows_in, kept=entry.kept, quarantined=entry.quarantined)
    if found != expected:
        raise AccountError(found, expected)
