from datetime import date

import pytest

from detente.coding.candidates import candidates
from detente.coding.context import Context
from detente.coding.mentions import find_mentions

JUNE = date(2023, 6, 19)


def pairs(text: str, parties: tuple[str, ...] = ()) -> list[tuple[str, str, bool, bool]]:
    context = Context(JUNE, parties, None)
    found = candidates(text, context.mentions(text), context)
    return [(c.actor, c.recipient, c.is_joint, c.is_implied) for c in found]


def test_every_ordered_pair_is_asked_about() -> None:
    assert {p[:2] for p in pairs("France told Japan.")} == {
        ("FRA/GOV", "JPN/GOV"),
        ("JPN/GOV", "FRA/GOV"),
    }


def test_the_two_sides_are_written_out() -> None:
    both = pairs("The two sides agreed to talk.", ("USA", "CHN"))
    assert both == [("USA/GOV", "CHN/GOV", True, False), ("CHN/GOV", "USA/GOV", True, False)]


def test_an_unnamed_other_side_is_added() -> None:
    assert pairs("Beijing protested.", ("USA", "CHN")) == [("CHN/GOV", "USA/GOV", False, True)]
    assert pairs("Beijing protested.") == []


@pytest.mark.parametrize(
    "text",
    [
        "France met Japan in Bali, Indonesia.",
        "France wrote to Japan about unrest across Indonesia.",
    ],
    ids=["in", "across"],
)
def test_a_place_is_no_party(text: str) -> None:
    assert {"IDN/GOV"}.isdisjoint({side for p in pairs(text) for side in p[:2]})


def test_marks_stand_where_the_actors_do() -> None:
    text = "Beijing accused Washington."
    (first, *_) = candidates(text, find_mentions(text, None), Context(None, (), None))
    a, r = first.pair.actor, first.pair.recipient
    assert (first.pair.text[a[0] : a[1]], first.pair.text[r[0] : r[1]]) == ("Beijing", "Washington")
