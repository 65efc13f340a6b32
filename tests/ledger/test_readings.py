from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest

from detente.errors import DateError, LedgerError
from detente.ledger import DocumentItem, Ledger
from detente.records import Event, Reading

ONE_READING = {"readings": 1, "events": 1, "event_issues": 2, "commitment_parties": 2}


def test_readings_come_back_as_they_went(
    ledger: Ledger,
    an_item: Callable[..., DocumentItem],
    a_reading: Callable[..., Reading],
    an_event: Callable[..., Event],
) -> None:
    ledger.append_documents([an_item()])
    beijing = datetime(2023, 7, 2, 8, 30, tzinfo=timezone(timedelta(hours=8)))
    events = tuple(an_event("d1", event_id=name) for name in ("z", "a", "m"))
    reading = a_reading(coded_at=beijing, events=events)
    assert ledger.append_reading(reading) is True
    assert ledger.readings("d1") == [reading]


def test_the_same_reading_twice_changes_nothing(
    ledger: Ledger, an_item: Callable[..., DocumentItem], a_reading: Callable[..., Reading]
) -> None:
    ledger.append_documents([an_item()])
    ledger.append_reading(a_reading())
    before = ledger.counts()
    assert ledger.append_reading(a_reading(events=(), passages_skipped=9)) is False
    assert ledger.append_readings([a_reading()] * 2).known == 2
    assert ledger.counts() == before
    assert before.items() >= ONE_READING.items()


def test_a_new_version_stays_beside_the_old(
    ledger: Ledger, an_item: Callable[..., DocumentItem], a_reading: Callable[..., Reading]
) -> None:
    ledger.append_documents([an_item()])
    old = a_reading()
    new = a_reading(coder_version="2", coded_at=datetime(2023, 8, 1, tzinfo=UTC), events=())
    assert ledger.append_readings([new, old]).added == 2
    assert ledger.readings("d1") == [old, new]


def test_a_reading_needs_its_document(
    ledger: Ledger, an_item: Callable[..., DocumentItem], a_reading: Callable[..., Reading]
) -> None:
    ledger.append_documents([an_item("d1")])
    with pytest.raises(LedgerError, match="document d9: no such document; add the document first"):
        ledger.append_readings([a_reading("d1"), a_reading("d9")])
    assert ledger.readings("d1") == []


def test_evidence_must_lie_in_the_document_read(
    ledger: Ledger,
    an_item: Callable[..., DocumentItem],
    a_reading: Callable[..., Reading],
    an_event: Callable[..., Event],
) -> None:
    ledger.append_documents([an_item("d1"), an_item("d2")])
    with pytest.raises(LedgerError, match="its evidence lies in d2; evidence must be its own"):
        ledger.append_reading(a_reading("d1", events=(an_event("d2"),)))


def test_an_instant_without_a_zone_is_refused(
    ledger: Ledger, an_item: Callable[..., DocumentItem], a_reading: Callable[..., Reading]
) -> None:
    ledger.append_documents([an_item()])
    local: Reading = a_reading().model_copy(update={"coded_at": datetime(2023, 7, 2)})  # noqa: DTZ001
    with pytest.raises(DateError, match=r"write it with its zone, such as 2023-07-02T00:00:00\+00"):
        ledger.append_reading(local)
    assert ledger.counts()["readings"] == 0


def test_uncoded_are_english_documents_without_that_reading(
    ledger: Ledger, an_item: Callable[..., DocumentItem], a_reading: Callable[..., Reading]
) -> None:
    ledger.append_documents(
        [an_item("d1"), an_item("d2"), an_item("d3", language="zh"), an_item("d4", published=None)]
    )
    ledger.append_reading(a_reading("d1"))
    assert ledger.uncoded("rules", "1") == ["d2", "d4"]
    assert ledger.uncoded("rules", "2") == ledger.uncoded("model", "1") == ["d1", "d2", "d4"]
