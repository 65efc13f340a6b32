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
    ways = [("CHN/GOV", "USA/GOV", True, False), ("USA/GOV", "CHN/GOV", True, False)]
    assert sorted(both) == ways


def test_an_unnamed_other_side_is_added() -> None:
    assert pairs("Beijing protested.", ("USA", "CHN")) == [
        ("CHN/GOV", "USA/GOV", False, True),
        ("USA/GOV", "CHN/GOV", False, True),
    ]
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


def test_marks_stand_where_the_actors_were() -> None:
    text = "Beijing accused Washington."
    (first, *_) = candidates(text, find_mentions(text, None), Context(None, (), None))
    a, r = first.pair.actor, first.pair.recipient
    assert (first.pair.text[a[0] : a[1]], first.pair.text[r[0] : r[1]]) == ("alpha", "beta")


def read(context: Context, *sentences: str, is_question: bool = False) -> list[tuple[str, str]]:
    """Each pair of the last sentence with its marked text."""
    for text in sentences[:-1]:
        context.passed(text, context.mentions(text))
    mentions = context.mentions(sentences[-1])
    found = candidates(sentences[-1], mentions, context, is_question=is_question)
    return [(f"{c.actor[:3]}>{c.recipient[:3]}", c.pair.text) for c in found]


def test_a_bullet_takes_its_actor_from_the_header() -> None:
    context = Context(JUNE, ("USA", "CHN"), "USA/GOV", is_focused=True)
    found = read(context, "China will:", "- Halt the flow of chemicals.")
    assert ("CHN>USA", "alpha to beta: alpha will: || - Halt the flow of chemicals.") in found


def test_a_spokesperson_speaks_of_the_state_last_named() -> None:
    context = Context(JUNE, ("CHN", "USA"), "CHN/GOV")
    found = read(context, "Japan dumped the water.", "This is selfish and irresponsible.")
    assert dict(found)["CHN>JPN"].startswith("alpha to beta: beta dumped the water. ||")
    assert {"USA>CHN", "CHN>USA"}.isdisjoint(dict(found))


def test_a_state_is_forgotten_after_two_sentences() -> None:
    context = Context(JUNE, (), None)
    found = read(
        context, "Japan met France.", "It rained.", "It rained more.", "So it did.", "Well."
    )
    assert found == []


def test_the_five_countries_are_those_of_the_last_list() -> None:
    context = Context(JUNE, (), None)
    named = "China, France, Russia, the UK and the US affirmed their duties."
    found = read(context, named, "The five countries will consult.")
    assert {"CHN>FRA", "FRA>CHN", "CHN>USA", "USA>CHN"} <= dict(found).keys()
    assert "FRA>RUS" not in dict(found)
    assert read(Context(JUNE, (), None), named, "The six countries will consult.") != found


def test_the_two_sides_act_on_a_third() -> None:
    context = Context(JUNE, ("USA", "JPN"), None)
    found = read(context, "The two leaders condemned Iran.")
    assert {"USA>IRN", "JPN>IRN", "USA>JPN"} <= dict(found).keys()


def test_in_a_question_we_is_nobody_and_nobody_is_unsaid() -> None:
    context = Context(JUNE, ("CHN", "USA"), "CHN/GOV", is_focused=True)
    assert read(context, "Have we heard from Washington?", is_question=True) == []
    asked = read(context, "The US accused China; any comment?", is_question=True)
    assert dict(asked)["USA>CHN"] == "Question: alpha accused beta; any comment?"
