import pytest

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
