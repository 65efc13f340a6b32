"""What every coder must keep to, whatever it is made of."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.coding import CODERS, Coder
from detente.coding.llm import LlmCoder
from detente.records import DateInterval, Document, Evidence, Passage, Reading, Span
from detente.text import dates_in
from tests.chat import ChatServer

NOW = datetime(2026, 1, 1, tzinfo=UTC)
TEXTS = (
    "Antony Blinken met Qin Gang in Beijing on June 18, 2023.",
    "Beijing accused the United States of interference, and Washington rejected the charge.",
    "The two sides agreed to keep a crisis channel open by the end of 2023.",
    "Both sides recognized the importance of climate change and food security.",
    "The United States added twelve Chinese companies to the Entity List and banned Chinese apps.",
    "India said the United States and China must stop their drills.",
    "China condemned Japan, and Japan condemned China.",
    "The two sides should expand student exchanges.",
)
NAMES = (
    "China|the United States|Japan|Beijing|Chinese|companies|Lawmakers|Congress|Antony Blinken|"
    "Wang Yi|Xi|the two sides|They|He|It|The ministry|We|the administration|NATO|China’s"
)
DEEDS = (
    "met with|visit to|agreed to|affirmed|pledged|imposed tariffs|sanctioned|accused|urged|must stop|"
    "rejected|warned|condemned|does not seek|held talks|erode its policy|should stop|lift its tariffs"
)
REST = (
    "said|must|should|will|not|neither|and|, and|as well as|by|with|on|to|that|;|,|was|if|may|no|"
    "climate|trade|by May 2024|on June 18, 2023|two-day|é|🙂|\n"
)
WORDS = st.sampled_from(NAMES.split("|")) | st.sampled_from((DEEDS + "|" + REST).split("|"))
SENTENCES = st.lists(WORDS, min_size=1, max_size=16).map(" ".join)

MAKERS: dict[str, Callable[[], Coder]] = dict(CODERS)
every_coder = pytest.mark.parametrize("name", sorted([*CODERS, "llm"]))


@pytest.fixture(scope="module", autouse=True)
def model_fixture() -> Iterator[None]:
    """A language model on this machine; what it makes up must not come through."""
    with ChatServer() as server:
        plenty = server.settings(max_requests=10**9, max_tokens=10**12, max_sentences=2)
        MAKERS["llm"] = lambda: LlmCoder(plenty)
        yield


def _document(texts: Sequence[str], **facts: object) -> tuple[Document, list[Passage]]:
    published = DateInterval.day(date(2023, 6, 20))
    known = {
        "document_id": "d1",
        "sha256": "0" * 64,
        "media_type": "text/plain",
        "title": "China and the United States",
        "publisher": "A newspaper",
        "kind": "analysis",
        "language": "en",
        "published": published,
        "published_basis": "given",
        "added_at": NOW,
    }
    passages: list[Passage] = []
    start = 7
    for index, text in enumerate(texts):
        span = Span(start=start, end=start + len(text))
        dates = dates_in(text, published)
        passages.append(
            Passage(
                document_id="d1", index=index, span=span, text=text, paragraph=index, dates=dates
            )
        )
        start = span.end + 1
    return Document.model_validate(known | facts), passages


def _read(name: str, texts: Sequence[str], **facts: object) -> Reading:
    document, passages = _document(texts, **facts)
    return MAKERS[name]().code(document, passages, coded_at=NOW)


def _cited(reading: Reading) -> list[Evidence]:
    return [
        *(e.evidence for e in reading.events),
        *(c.evidence for c in reading.commitments),
        *(i.evidence for i in reading.shared_interests),
        *(s.evidence for s in reading.steps),
        *(e for m in reading.meetings for e in m.evidence),
    ]


def _check(reading: Reading, passages: Sequence[Passage]) -> None:
    quoted = {(p.index, p.span, p.text) for p in passages}
    assert {(e.passage, e.span, e.text) for e in _cited(reading)} <= quoted
    assert all(e.actor != e.recipient for e in reading.events)
    for ids in (
        [e.event_id for e in reading.events],
        [m.meeting_id for m in reading.meetings],
        [c.commitment_id for c in reading.commitments],
    ):
        assert len(set(ids)) == len(ids)
    assert all(i.parties[0] < i.parties[1] for i in reading.shared_interests)
    assert all(len({p.country for p in m.participants}) == 2 for m in reading.meetings)
    named = {a for e in reading.events for a in (e.actor, e.recipient, e.attributed_to)}
    assert "BOTH/GOV" not in named
    assert Reading.model_validate_json(reading.model_dump_json()) == reading


@every_coder
def test_calls_itself_by_the_name_it_is_found_under(name: str) -> None:
    coder = MAKERS[name]()
    reading = _read(name, TEXTS)
    assert coder.name == name
    assert (reading.document_id, reading.coder, reading.coder_version, reading.coded_at) == (
        "d1",
        name,
        coder.version,
        NOW,
    )


@every_coder
def test_same_input_same_reading(name: str) -> None:
    document, passages = _document(TEXTS)
    coder = MAKERS[name]()
    first = coder.code(document, passages, coded_at=NOW)
    coder.code(*_document(["Japan accused India.", "They met."]), coded_at=NOW)
    assert coder.code(document, passages, coded_at=NOW) == first
    assert MAKERS[name]().code(document, passages, coded_at=NOW) == first
    assert first.events


@every_coder
def test_every_record_rests_on_a_sentence_of_the_document(name: str) -> None:
    reading = _read(name, TEXTS)
    _check(reading, _document(TEXTS)[1])
    assert len({e.evidence.passage for e in reading.events}) >= 3


@every_coder
def test_ids_of_a_sentence_said_twice_differ(name: str) -> None:
    reading = _read(name, [TEXTS[1], TEXTS[1]])
    assert reading.events
    assert len({e.event_id for e in reading.events}) == len(reading.events)


@every_coder
@pytest.mark.parametrize(
    "facts", [{"published": None}, {"language": "zh"}], ids=["undated", "not English"]
)
def test_no_events_where_it_cannot_read(name: str, facts: dict[str, object]) -> None:
    reading = _read(name, TEXTS, **facts)
    assert (reading.events, reading.meetings, reading.commitments) == ((), (), ())


@every_coder
@pytest.mark.parametrize("texts", [[], [""], ["", ""]], ids=["none", "empty", "two empty"])
def test_nothing_in_empty_passages(name: str, texts: list[str]) -> None:
    document, _ = _document(TEXTS)
    passages = [
        Passage(document_id="d1", index=i, span=Span(start=i, end=i + 1), text=t, paragraph=0)
        for i, t in enumerate(texts)
    ]
    assert MAKERS[name]().code(document, passages, coded_at=NOW).events == ()


@every_coder
@settings(deadline=None, max_examples=150)
@given(texts=st.lists(SENTENCES, min_size=1, max_size=3), own=st.sampled_from([None, "CHN/GOV"]))
def test_any_order_of_words_can_be_read(name: str, texts: list[str], own: str | None) -> None:
    _check(_read(name, texts, account_of=own), _document(texts)[1])


@every_coder
@settings(deadline=None, max_examples=50)
@given(text=st.text(min_size=1, max_size=80))
def test_any_text_can_be_read(name: str, text: str) -> None:
    _check(_read(name, [text]), _document([text])[1])
