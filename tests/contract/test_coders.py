from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.coding import CODERS
from tests.conftest import AT, Coded

TEXTS = (
    "Beijing accused the United States of interference.",
    "The two sides agreed to keep channels open.",
    "The U.S. Commerce Department added 12 Chinese companies to the Entity List.",
)
WORDS = st.sampled_from(
    ["China", "Washington", "the two sides", "accused", "imposed sanctions on", "met", "to", "not",
     "must", "by", "Wang Yi", ",", ";", "that", "said", "Japan", "’s", "visit", "agreed to"]
)  # fmt: skip

every_coder = pytest.mark.parametrize("name", sorted(CODERS))


@every_coder
def test_the_same_input_gives_the_same_reading(
    name: str, make_document: Callable[..., Coded]
) -> None:
    coded = make_document(*TEXTS)
    first, second = (CODERS[name]().code(*coded, coded_at=AT) for _ in range(2))
    assert first == second
    assert len(first.events) >= 4


@every_coder
def test_evidence_quotes_its_passage(name: str, make_document: Callable[..., Coded]) -> None:
    document, passages = make_document(*TEXTS)
    for event in CODERS[name]().code(document, passages, coded_at=AT).events:
        passage = passages[event.evidence.passage]
        assert (event.evidence.text, event.evidence.span) == (passage.text, passage.span)


@every_coder
def test_nothing_to_read_gives_nothing(name: str, make_document: Callable[..., Coded]) -> None:
    document, _ = make_document()
    assert CODERS[name]().code(document, [], coded_at=AT).events == ()


@every_coder
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(WORDS, min_size=1, max_size=25))
def test_any_sentence_can_be_read(
    name: str, words: list[str], make_document: Callable[..., Coded]
) -> None:
    reading = CODERS[name]().code(*make_document(" ".join(words)), coded_at=AT)
    ids = [(e.event_id, e.recipient) for e in reading.events]
    assert len(ids) == len(set(ids))
    assert all(e.actor != e.recipient for e in reading.events)
