"""Identifiers that depend on nothing but their parts."""

import pytest

from detente.coding.identity import stable_id


def test_same_parts_same_id_in_every_process() -> None:
    assert stable_id("e", "d1", 3, None) == "e86a6d7135f6a9173"


@pytest.mark.parametrize(
    "parts",
    [("d1", 4, None), ("d2", 3, None), ("d1", 3, ""), ("d13", None), (3, "d1", None)],
    ids=["number", "document", "empty for none", "run together", "order"],
)
def test_other_parts_other_id(parts: tuple[object, ...]) -> None:
    assert stable_id("e", *parts) != stable_id("e", "d1", 3, None)
