from typing import Any

import pytest
from pydantic import ValidationError

from detente.coding.given import Sentence, code_sentence
from detente.records import Span


def test_actors_are_found() -> None:
    (event, *_) = code_sentence(Sentence(text="Beijing accused Washington of bullying.")).events
    assert (event.actor, event.recipient, event.root) == ("CHN/GOV", "USA/GOV", "11")


def test_a_table_adds_actors() -> None:
    text, table = "Gondor attacked Arnor on Monday.", {"Gondor": "GON", "Arnor": "ARN"}
    (event,) = code_sentence(Sentence(text=text, actors=table)).events
    assert (event.actor, event.recipient, event.realm) == ("GON", "ARN", "do")
    assert code_sentence(Sentence(text=text)).events == ()


@pytest.mark.parametrize(
    ("spans", "count"), [(((0, 10), (27, 39)), 1), (((27, 39), (0, 10)), 0)], ids=["acts", "not"]
)
def test_a_given_pair_alone_is_read(
    spans: tuple[tuple[int, int], tuple[int, int]], count: int
) -> None:
    actor, recipient = (Span(start=a, end=b) for a, b in spans)
    text = "The nurses marched against the ministry."
    found = code_sentence(Sentence(text=text, actor=actor, recipient=recipient)).events
    assert len(found) == count
    assert all(e.root == "14" for e in found)


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"actor": (7, 1)}, r"actor \[7, 1\] is no part of a text of 27 characters"),
        ({"actor": (3, 3)}, "is no part"),
        ({"recipient": (20, 90)}, r"recipient \[20, 90\] is no part"),
        ({"actors": {"": "GON"}}, "at least 1 character"),
        ({"actors": {"Gondor": "a place"}}, "should match pattern"),
    ],
    ids=["reversed", "empty", "beyond", "no name", "no code"],
)
def test_a_pair_or_table_that_cannot_be_is_refused(facts: dict[str, Any], told: str) -> None:
    spans = {k: {"start": v[0], "end": v[1]} for k, v in facts.items() if k != "actors"}
    given = {"text": "Beijing accused Washington.", **facts, **spans}
    with pytest.raises(ValidationError, match=told):
        Sentence.model_validate(given)


def test_a_name_may_end_in_a_mark() -> None:
    text, table = "Acme Inc. accused Gondor.", {"Acme Inc.": "ACM", "Gondor": "GON"}
    found = code_sentence(Sentence(text=text, actors=table)).events
    assert {e.actor for e in found} == {"ACM"}
