"""Frames of daily counts for the measures' tests."""

from collections.abc import Callable, Iterable
from datetime import date

import pyarrow as pa
import pytest
from hypothesis import settings

# A busy machine must not fail a law: examples have no deadline.
settings.register_profile("measures", deadline=None)
settings.load_profile("measures")

Row = tuple[date, str, str, int]


def _frame(rows: Iterable[Row] = ()) -> pa.Table:
    on, root, tone, n = zip(*rows, strict=True) if rows else ((), (), (), ())
    return pa.table(
        {
            "occurred_on": pa.array(on, pa.date32()),
            "root": pa.array(root, pa.string()),
            "tone": pa.array(tone, pa.string()),
            "n": pa.array(n, pa.int64()),
        }
    )


@pytest.fixture(scope="session")
def daily() -> Callable[..., pa.Table]:
    """Build a frame of day, root, tone and n from rows."""
    return _frame
