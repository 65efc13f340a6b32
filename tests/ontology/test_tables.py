"""Every data file says its edition and source, and no row is broken."""

from importlib.resources import files

import pytest

from detente.ontology.tables import read_table

NAMES = [
    "countries",
    "organisations",
    "offices",
    "roles",
    "role_words",
    "masked_phrases",
    "issue_words",
]


@pytest.mark.parametrize("name", NAMES)
def test_table_says_edition_and_source(name: str) -> None:
    text = (files("detente.ontology.data") / f"{name}.csv").read_text(encoding="utf-8")
    head = "\n".join(line for line in text.splitlines() if line.startswith("#"))
    assert head.startswith("# Edition ")
    assert "ource" in head


@pytest.mark.parametrize("name", NAMES)
def test_rows_have_every_cell_and_come_once(name: str) -> None:
    rows = read_table(name)
    assert rows
    assert [row for row in rows if None in row or None in row.values()] == []
    assert len({tuple(row.items()) for row in rows}) == len(rows)
