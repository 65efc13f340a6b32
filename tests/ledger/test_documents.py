from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from detente.errors import LedgerError
from detente.ledger import DocumentItem, Ledger
from detente.records import DateInterval, DocumentKind

JUNE_30 = date(2023, 6, 30)


def test_documents_come_back_as_they_went(
    ledger: Ledger, an_item: Callable[..., DocumentItem]
) -> None:
    caption = {"span": {"start": 1, "end": 4}, "text": "cap", "taken": None}
    item = an_item(captions=[caption], url="https://example.org/1", account_of="CHN/GOV")
    assert ledger.append_documents([item]).added == 1
    document, sentences, content, _ = item
    assert ledger.document("d1") == document
    assert ledger.documents(as_of=JUNE_30) == [document]
    assert ledger.passages("d1") == sentences
    assert ledger.originals.get(document.sha256) == content


def test_the_same_document_twice_changes_nothing(
    ledger: Ledger, an_item: Callable[..., DocumentItem]
) -> None:
    first = ledger.append_documents([an_item("d1"), an_item("d2")])
    before = ledger.counts()
    again = ledger.append_documents([an_item("d2"), an_item("d1"), an_item("d1")])
    assert (first.added, first.known) == (2, 0)
    assert (again.added, again.known, again.refused) == (0, 3, ())
    assert ledger.counts() == before


def test_another_text_under_a_taken_id_is_refused(
    ledger: Ledger, an_item: Callable[..., DocumentItem]
) -> None:
    ledger.append_documents([an_item("d1")])
    result = ledger.append_documents([an_item("d1", text="Quite another text."), an_item("d2")])
    assert (result.added, result.known) == (1, 0)
    assert "add the new text under an id of its own" in result.refused[0].reason
    assert ledger.document("d1") == an_item("d1")[0]


def test_bytes_must_be_those_the_record_names(
    ledger: Ledger, an_item: Callable[..., DocumentItem]
) -> None:
    document, sentences, _, _ = an_item("d2")
    with pytest.raises(LedgerError, match="document d2: its bytes have sha256"):
        ledger.append_documents([an_item("d1"), (document, sentences, b"other", None)])
    assert ledger.counts()["documents"] == 0


def test_passages_must_be_the_document_s_own(
    ledger: Ledger, an_item: Callable[..., DocumentItem]
) -> None:
    document, _, content, _ = an_item("d2")
    with pytest.raises(LedgerError, match="document d2: given another's passages"):
        ledger.append_documents([(document, an_item("d1")[1], content, None)])


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["d1", "d2"]),
        ({"kind": DocumentKind.NEWS}, ["d2"]),
        ({"publisher": "Daily"}, ["d2"]),
        ({"language": "zh"}, ["d1"]),
        ({"since": date(2023, 6, 11)}, ["d2"]),
        ({"include_duplicates": True}, ["d1", "d2", "d3"]),
    ],
    ids=["all", "kind", "publisher", "language", "since", "duplicates"],
)
def test_documents_are_found_by_what_they_are(
    ledger: Ledger, an_item: Callable[..., DocumentItem], asked: dict[str, Any], found: list[str]
) -> None:
    ledger.append_documents(
        [
            an_item("d1", published=date(2023, 6, 10), language="zh"),
            an_item("d2", published=date(2023, 6, 11), kind="news", publisher="Daily"),
            an_item("d3", published=date(2023, 6, 12), duplicate_of="d2"),
            an_item("d4", published=date(2023, 7, 1)),
            an_item("d5", published=None),
        ]
    )
    assert [d.document_id for d in ledger.documents(as_of=JUNE_30, **asked)] == found


def test_an_interval_counts_from_its_last_day(
    ledger: Ledger, an_item: Callable[..., DocumentItem]
) -> None:
    june = DateInterval(start=date(2023, 6, 1), end=JUNE_30)
    ledger.append_documents([an_item(published=june)])
    assert ledger.documents(as_of=date(2023, 6, 29)) == []
    assert len(ledger.documents(as_of=JUNE_30)) == 1


@pytest.mark.parametrize(
    ("as_of", "found"),
    [(10, ["early"]), (11, ["early"]), (12, ["early"])],
    ids=["before-the-first-stored", "on-its-day", "after"],
)
def test_the_earliest_visible_report_stands_for_all(
    ledger: Ledger, an_item: Callable[..., DocumentItem], as_of: int, found: list[str]
) -> None:
    stored_first = an_item("first", published=date(2023, 6, 11))
    ledger.append_documents([stored_first])
    ledger.append_documents(
        [
            an_item("early", published=date(2023, 6, 10), duplicate_of="first"),
            an_item("late", published=date(2023, 6, 12), duplicate_of="early"),
        ]
    )
    seen = ledger.documents(as_of=date(2023, 6, as_of))
    assert [d.document_id for d in seen] == found


def test_an_unknown_document_is_told(ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match="no document 'd9'; add it first"):
        ledger.document("d9")
    assert ledger.passages("d9") == []


def test_signatures_come_with_their_dates(
    ledger: Ledger, an_item: Callable[..., DocumentItem]
) -> None:
    ledger.append_documents(
        [
            an_item("d1", signature=b"\x00\x01"),
            an_item("d2"),
            an_item("d3", signature=b"\x02", published=None),
        ]
    )
    day = DateInterval.day(date(2023, 6, 19))
    assert ledger.signatures() == [("d1", day, b"\x00\x01"), ("d3", None, b"\x02")]


def test_additions_tell_what_came_when(
    ledger: Ledger, an_item: Callable[..., DocumentItem]
) -> None:
    ledger.append_documents([an_item("d1")])
    ledger.append_documents([an_item("d1"), an_item("d2")])
    log = ledger.additions()
    assert [(a.what, a.name, a.at) for a in log] == [
        ("document", name, an_item()[0].added_at) for name in ("d1", "d2")
    ]
    assert ledger.additions(after=log[0].addition_id) == log[1:]
