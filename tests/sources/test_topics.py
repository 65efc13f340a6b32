import pytest

from detente.ontology.issues import ISSUES
from detente.ontology.tables import read_table
from detente.sources.topics import topic_issues


@pytest.mark.parametrize("row", read_table("event_topics"), ids=lambda row: row["topic"])
def test_every_topic_is_an_issue_area(row: dict[str, str]) -> None:
    assert topic_issues(row["topic"]) == (row["issue"],)
    assert row["issue"] in ISSUES


@pytest.mark.parametrize(
    ("cell", "issues"),
    [
        ("", ()),
        (" | ", ()),
        ("military;military|human rights", ("military", "rights")),
        ("Human-Rights", ("rights",)),
        ("ID_REFUGEE_CAMP,3", ("people",)),
        ("never_heard", ("other",)),
    ],
)
def test_lists_are_read_entry_by_entry(cell: str, issues: tuple[str, ...]) -> None:
    assert topic_issues(cell) == issues
