"""Event tables and indicators written for the tests."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.studies import (
    coded_fixture,
    counts_fixture,
    empty_fixture,
    study_fixture,
    study_once_fixture,
    write_fixture,
)

__all__ = [
    "coded_fixture",
    "counts_fixture",
    "empty_fixture",
    "study_fixture",
    "study_once_fixture",
    "write_fixture",
]

MAPPING = """
name = "desk"
[columns]
date = "day"
published = "told"
actor = "who"
recipient = "whom"
cameo = "code"
id = "id"
"""
INDICATOR = """
name = "Added tariff"
actor = "USA"
recipient = "CHN"
issue = "trade"
sign = -1
unit = "percent"
kind = "level"
cadence = "irregular"
publication_lag_days = 0
source = "tariff schedule"
"""
Row = tuple[str, str, str, str, str]
"""Day, day it was told, who, whom, CAMEO code."""


def write_table(folder: Path, rows: Sequence[Row], name: str = "desk") -> tuple[Path, Path]:
    """Write a CSV of events and the TOML that maps it."""
    folder.mkdir(exist_ok=True)
    table, mapping = folder / f"{name}.csv", folder / "mapping.toml"
    lines = [f"{','.join(row)},{name}-{number}" for number, row in enumerate(rows)]
    table.write_text("\n".join(["day,told,who,whom,code,id", *lines, ""]), encoding="utf-8")
    mapping.write_text(MAPPING, encoding="utf-8")
    return table, mapping


def write_indicator(folder: Path, rows: Sequence[tuple[str, str, float]]) -> Path:
    """Write a CSV of figures (day, day it was told, figure) with its TOML beside it."""
    folder.mkdir(exist_ok=True)
    table = folder / "added-tariff.csv"
    lines = [f"{on},{told},{value}" for on, told, value in rows]
    table.write_text("\n".join(["on,published_on,value", *lines, ""]), encoding="utf-8")
    table.with_suffix(".toml").write_text(INDICATOR, encoding="utf-8")
    return table


def deeds_and_words(first: date = date(2023, 5, 1), count: int = 30) -> list[Row]:
    """Both sides, a deed and two words in turn, a day each."""
    days = [str(first + timedelta(days=n)) for n in range(count)]
    kinds = ("163", "042", "051")
    return [
        (day, day, *way, kinds[n % 3])
        for n, day in enumerate(days)
        for way in (("USA", "CHN"), ("CHN", "USA"))
    ]


@pytest.fixture(name="event_table")
def event_table_fixture(tmp_path: Path) -> Callable[..., tuple[Path, Path]]:
    """The writer of an event table: rows, name of the file."""
    return lambda rows=None, name="desk": write_table(
        tmp_path / "events", deeds_and_words() if rows is None else rows, name
    )


@pytest.fixture(name="indicator_table")
def indicator_table_fixture(tmp_path: Path) -> Callable[..., Path]:
    """The writer of an indicator: rows."""
    return lambda rows: write_indicator(tmp_path / "indicators", rows)
