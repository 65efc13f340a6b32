from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from detente.ledger import DocumentItem, Found, Ledger
from detente.ontology.acts import Mode
from detente.ontology.cameo import Realm
from detente.records import DateInterval, Event, Reading

JUNE_30 = date(2023, 6, 30)


@pytest.fixture
def filled(
    ledger: Ledger,
    an_item: Callable[..., DocumentItem],
    a_reading: Callable[..., Reading],
    an_event: Callable[..., Event],
) -> Ledger:
    """Three events of d1 (`talk`, `tariff`, `advice`); d2 repeats d1; d3 is undated, d4 later."""
    ledger.append_documents(
        [
            an_item("d1"),
            an_item("d2", duplicate_of="d1"),
            an_item("d3", published=None),
            an_item("d4", published=date(2023, 7, 1)),
        ]
    )
    may = DateInterval(start=date(2023, 5, 1), end=date(2023, 5, 31))
    events = (
        an_event("d1", event_id="talk"),
        an_event(
            "d1",
            event_id="tariff",
            root="16",
            tone="conf",
            act=None,
            actor="CHN/GOV",
            recipient="USA/BUS",
            issues=("trade",),
            occurred=may,
        ),
        an_event("d1", event_id="advice", mode="called_for", recipient=None),
    )
    ledger.append_reading(a_reading("d1", events=events))
    ledger.append_readings(a_reading(name) for name in ("d2", "d3", "d4"))
    return ledger


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["tariff", "talk", "advice"]),
        ({"actor_country": "CHN"}, ["tariff"]),
        ({"recipient_country": "USA"}, ["tariff"]),
        ({"actor_country": "USA", "recipient_country": "CHN"}, ["talk"]),
        ({"since": date(2023, 5, 31)}, ["tariff", "talk", "advice"]),
        ({"since": date(2023, 6, 1)}, ["talk", "advice"]),
        ({"realm": Realm.DO}, ["tariff"]),
        ({"issue": "crisis"}, ["talk", "advice"]),
        ({"mode": Mode.CALLED_FOR}, ["advice"]),
        ({"coder": "model"}, []),
        ({"include_duplicates": True}, ["tariff", "talk", "advice", "d2-e1"]),
    ],
    ids=[
        "all",
        "actor",
        "recipient",
        "both",
        "reaching-into",
        "after",
        "realm",
        "issue",
        "mode",
        "coder",
        "duplicates",
    ],
)
def test_events_are_found_by_what_they_are(
    filled: Ledger, asked: dict[str, Any], found: list[str]
) -> None:
    events = filled.events(as_of=JUNE_30, **asked)
    assert [e.record.event_id for e in events] == found


def test_an_event_comes_with_its_document(
    ledger: Ledger,
    an_item: Callable[..., DocumentItem],
    a_reading: Callable[..., Reading],
    an_event: Callable[..., Event],
) -> None:
    ledger.append_documents([an_item()])
    ledger.append_reading(a_reading())
    published = DateInterval.day(date(2023, 6, 19))
    assert ledger.events(as_of=JUNE_30) == [Found("d1", published, an_event("d1"))]


@pytest.mark.parametrize(
    ("coder", "found"),
    [(None, ["new"]), ("rules", ["newer-rules"]), ("model", ["new"])],
    ids=["any", "rules", "model"],
)
def test_only_the_latest_reading_counts(
    ledger: Ledger,
    an_item: Callable[..., DocumentItem],
    a_reading: Callable[..., Reading],
    an_event: Callable[..., Event],
    coder: str | None,
    found: list[str],
) -> None:
    ledger.append_documents([an_item()])
    for name, version, day in (("new", "1", 3), ("newer-rules", "2", 2), ("old", "1", 1)):
        ledger.append_reading(
            a_reading(
                coder="model" if name == "new" else "rules",
                coder_version=version,
                coded_at=datetime(2023, 7, day, tzinfo=UTC),
                events=(an_event("d1", event_id=name),),
            )
        )
    assert [e.record.event_id for e in ledger.events(as_of=JUNE_30, coder=coder)] == found


def test_a_latest_reading_that_found_nothing_hides_the_older(
    ledger: Ledger, an_item: Callable[..., DocumentItem], a_reading: Callable[..., Reading]
) -> None:
    ledger.append_documents([an_item()])
    ledger.append_reading(a_reading())
    same_instant = a_reading(coder_version="2", events=(), meetings=())
    ledger.append_reading(same_instant)
    assert ledger.events(as_of=JUNE_30) == []
    assert ledger.meetings(as_of=JUNE_30) == []
    assert len(ledger.steps(as_of=JUNE_30)) == 1


@pytest.mark.parametrize(
    ("countries", "count"),
    [((), 1), (("USA",), 1), (("CHN", "USA"), 1), (("CHN", "RUS"), 0)],
    ids=["any", "one", "both", "a-stranger"],
)
def test_meetings_are_found_by_who_takes_part(
    filled: Ledger, countries: tuple[str, ...], count: int
) -> None:
    assert len(filled.meetings(as_of=JUNE_30, countries=countries)) == count


@pytest.mark.parametrize(
    ("pair", "count"),
    [(None, 1), (("USA", "CHN"), 1), (("CHN", "USA"), 1), (("CHN", "RUS"), 0)],
    ids=["any", "pair", "turned", "a-stranger"],
)
def test_shared_interests_are_found_by_pair(
    filled: Ledger, pair: tuple[str, str] | None, count: int
) -> None:
    assert len(filled.shared_interests(as_of=JUNE_30, pair=pair)) == count


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({}, 1),
        ({"makers": ["CHN", "RUS"]}, 1),
        ({"makers": ["USA"]}, 0),
        ({"pair": ("USA", "CHN")}, 1),
        ({"pair": ("CHN", "RUS")}, 0),
        ({"makers": ["USA"], "pair": ("USA", "CHN")}, 0),
    ],
    ids=["any", "maker", "beneficiary-is-no-maker", "pair", "a-stranger", "maker-and-pair"],
)
def test_commitments_are_found_by_their_sides(
    filled: Ledger, asked: dict[str, Any], count: int
) -> None:
    assert len(filled.commitments(as_of=JUNE_30, **asked)) == count


@pytest.mark.parametrize(("issue", "count"), [(None, 1), ("people", 1), ("trade", 0)])
def test_steps_are_found_by_issue(filled: Ledger, issue: str | None, count: int) -> None:
    assert len(filled.steps(as_of=JUNE_30, issue=issue)) == count
