"""One suite for every database the ledger speaks to: tests take `ledger` and the two makers."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory

import pytest

from detente.ledger import DocumentItem, Ledger
from detente.ledger.engine import transaction
from detente.ledger.tables import METADATA
from detente.ontology.issues import Difficulty
from detente.records import (
    Commitment,
    DateInterval,
    Document,
    Event,
    Evidence,
    Level,
    Meeting,
    Participant,
    Passage,
    Reading,
    SharedInterest,
    Span,
    Step,
)
from tests.servers import database_fixture, ledger_database_fixture, server_fixture

__all__ = ["database_fixture", "ledger_database_fixture", "server_fixture"]

STORES = ("sqlite", "postgresql")
MakeItem = Callable[..., DocumentItem]
MakeReading = Callable[..., Reading]


def make_item(document_id: str = "d1", **changes: object) -> DocumentItem:
    text = str(changes.pop("text", f"The two sides met. They agreed to talk. ({document_id})"))
    published = changes.pop("published", date(2023, 6, 19))
    signature = changes.pop("signature", None)
    assert signature is None or isinstance(signature, bytes)
    content = text.encode()
    facts: dict[str, object] = {
        "document_id": document_id,
        "sha256": sha256(content).hexdigest(),
        "media_type": "text/plain",
        "title": f"Title of {document_id}",
        "publisher": "Foreign Ministry",
        "kind": "readout",
        "language": "en",
        "published": DateInterval.day(published) if isinstance(published, date) else published,
        "published_basis": "given",
        "added_at": datetime(2023, 7, 1, tzinfo=UTC),
    }
    sentences = [
        Passage(document_id=document_id, index=i, span=Span(start=a, end=b), text=t, paragraph=0)
        for i, (a, b, t) in enumerate([(0, 18, text[:18]), (19, 39, text[19:39])])
    ]
    return Document.model_validate(facts | changes), sentences, content, signature


def make_event(document_id: str, **changes: object) -> Event:
    facts: dict[str, object] = {
        "event_id": f"{document_id}-e1",
        "actor": "USA/GOV",
        "recipient": "CHN/GOV",
        "root": "04",
        "tone": "coop",
        "act": "consult",
        "mode": "actual",
        "issues": ("relations", "crisis"),
        "occurred": DateInterval(start=date(2023, 6, 18), end=date(2023, 6, 19)),
        "evidence": make_evidence(document_id),
        "confidence": 0.9,
    }
    return Event.model_validate(facts | changes)


def make_evidence(document_id: str) -> Evidence:
    span = Span(start=0, end=18)
    return Evidence(document_id=document_id, passage=0, span=span, text="The two sides met.")


def make_reading(document_id: str = "d1", **changes: object) -> Reading:
    evidence = make_evidence(document_id)
    june = DateInterval(start=date(2023, 6, 18), end=date(2023, 6, 19))
    people = (Participant(name="A", country="USA"), Participant(name="B", country="CHN"))
    facts: dict[str, object] = {
        "document_id": document_id,
        "coder": "rules",
        "coder_version": "1",
        "coded_at": datetime(2023, 7, 2, tzinfo=UTC),
        "events": (make_event(document_id),),
        "meetings": (
            Meeting(
                meeting_id=f"{document_id}-m1",
                participants=people,
                within=june,
                level=Level.MINISTER,
                track="strategic",
                format="visit",
                evidence=(evidence,),
            ),
        ),
        "shared_interests": (
            SharedInterest(issue="climate", parties=("USA/GOV", "CHN/GOV"), evidence=evidence),
        ),
        "commitments": (
            Commitment(
                commitment_id=f"{document_id}-c1",
                makers=("CHN/GOV",),
                beneficiary="USA/GOV",
                issue="narcotics",
                what="stop precursors",
                made=june,
                evidence=evidence,
            ),
        ),
        "steps": (Step(issue="people", difficulty=Difficulty.EASY, evidence=evidence),),
        "passages_skipped": 3,
    }
    return Reading.model_validate(facts | changes)


@pytest.fixture(scope="session")
def an_item() -> MakeItem:
    return make_item


@pytest.fixture(scope="session")
def a_reading() -> MakeReading:
    return make_reading


@pytest.fixture(scope="session")
def an_event() -> Callable[..., Event]:
    return make_event


@pytest.fixture(scope="session")
def empty_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite ledger without a row, to be copied: making one runs every migration."""
    file = tmp_path_factory.mktemp("template") / "ledger.sqlite"
    Ledger.create(f"sqlite:///{file}", file.parent / "originals").close()
    return file


@pytest.fixture
def sqlite_url(tmp_path: Path, empty_ledger: Path) -> str:
    """Where an empty ledger lies in a file."""
    copy(empty_ledger, tmp_path / "ledger.sqlite")
    return f"sqlite:///{tmp_path / 'ledger.sqlite'}"


@pytest.fixture(params=STORES)
def url(request: pytest.FixtureRequest) -> str:
    """Where an empty ledger lies; a further database is a further parameter."""
    name = "sqlite_url" if request.param == "sqlite" else "ledger_database"
    return str(request.getfixturevalue(name))


@pytest.fixture(params=STORES)
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a ledger can be made."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'ledger.sqlite'}"
    return str(request.getfixturevalue("database"))


@pytest.fixture
def ledger(url: str, tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(url, tmp_path / "originals") as opened:
        yield opened


@pytest.fixture
def fresh(url: str) -> Callable[[], AbstractContextManager[Ledger]]:
    """The opener of one ledger, emptied each time: to make a new one each time would be slow."""

    @contextmanager
    def opened() -> Iterator[Ledger]:
        with TemporaryDirectory() as folder, Ledger.open(url, Path(folder)) as ledger:
            with transaction(ledger._engine, write=True) as connection:
                for table in reversed(METADATA.sorted_tables):
                    connection.execute(table.delete())
            yield ledger

    return opened
