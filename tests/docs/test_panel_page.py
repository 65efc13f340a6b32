"""Every column of the panel has its line on the page, and no other has one."""

import re

import pytest

from detente.measures import cube_grid as kernel
from detente.measures.dyad_weeks import panel_columns
from detente.measures.gap import LEAST_DEEDS, LEAST_HISTORY
from detente.measures.reference_rate import LEAST_EVENTS, shipped_rate
from detente.measures.week_totals import REFERENCE_WEEKS
from detente.ontology.cameo import Realm
from tests.kit import ROOT

PAGE = (ROOT / "docs/concepts/panel.md").read_text(encoding="utf-8")


def test_every_column_has_its_line_and_no_other() -> None:
    lines = re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)
    assert lines == list(panel_columns())


def test_every_line_says_meaning_unit_and_null() -> None:
    lines = re.findall(r"^\| `\w+` \|(.+)\|$", PAGE, re.MULTILINE)
    assert [line for line in lines if len([c for c in line.split("|") if c.strip()]) != 3] == []


@pytest.mark.parametrize(
    "told",
    [
        f"w - {kernel.WINDOW_WEEKS - 1} to w",
        f"w - {kernel.REACH} to w - {kernel.WINDOW_WEEKS} ({kernel.HISTORY_WEEKS} weeks)",
        f"w - {kernel.WINDOW_WEEKS + REFERENCE_WEEKS - 1} to w - {kernel.WINDOW_WEEKS}",
        f"w - {kernel.TRAILING_WEEKS} to w - {kernel.WINDOW_WEEKS}",
        f"Under {LEAST_EVENTS} events",
        f"{shipped_rate(Realm.SAY):.3f}"[1:] + " of words",
        f"{shipped_rate(Realm.DO):.3f}"[1:] + " of deeds",
    ],
    ids=["window", "history", "year", "trailing", "least events", "words rate", "deeds rate"],
)
def test_the_page_tells_the_figures_of_the_code(told: str) -> None:
    assert told in PAGE


def test_the_page_tells_ten_deeds_and_twenty_rows() -> None:
    assert (LEAST_DEEDS, LEAST_HISTORY) == (10, 20)
    assert "under ten deeds" in PAGE
    assert "under twenty such rows" in PAGE
