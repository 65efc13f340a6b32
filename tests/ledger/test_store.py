"""Laws of the store: no leakage, no half batch, no lost write."""

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from pathlib import Path
from shutil import copy
from threading import Thread

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.errors import LedgerError
from detente.ledger import DocumentItem, Ledger, engine
from detente.records import DateInterval, Reading

Pair = tuple[DocumentItem, Reading]

SOURCE = Path(engine.__file__).parents[2]
AS_OF = date(2023, 6, 30)
DAYS = st.integers(-40, 40).map(lambda n: AS_OF + timedelta(days=n))
PUBLISHED = st.none() | st.tuples(DAYS, DAYS).map(
    lambda two: DateInterval(start=min(two), end=max(two))
)
WORLD = st.lists(st.tuples(PUBLISHED, st.none() | st.integers(0, 7)), max_size=8)

WRITER = """
import json, os, signal, sys
from pathlib import Path
source, url, originals, task, mode = sys.argv[1:]
sys.path.insert(0, source)
import sqlalchemy as sa
from detente.ledger import Ledger
from detente.records import Document, Passage, Reading

ledger = Ledger.open(url, Path(originals))
if mode == "die":
    sa.event.listen(ledger._engine, "commit", lambda _: os.kill(os.getpid(), signal.SIGKILL))
for text in json.loads(task):
    reading = Reading.model_validate(text["reading"])
    document = Document.model_validate(text["document"])
    sentences = [Passage.model_validate(p) for p in text["passages"]]
    ledger.append_documents([(document, sentences, text["content"].encode(), None)])
    ledger.append_reading(reading)
"""


def start(url: str, folder: Path, made: list[Pair], mode: str) -> subprocess.Popen[bytes]:
    task = [
        {
            "document": document.model_dump(mode="json"),
            "passages": [p.model_dump(mode="json") for p in sentences],
            "content": content.decode(),
            "reading": reading.model_dump(mode="json"),
        }
        for (document, sentences, content, _), reading in made
    ]
    return subprocess.Popen(
        [
            sys.executable,
            "-c",
            WRITER,
            str(SOURCE),
            url,
            str(folder / "originals"),
            json.dumps(task),
            mode,
        ],
    )


def everything(
    fresh: Callable[[], AbstractContextManager[Ledger]],
    a_reading: Callable[..., Reading],
    batches: list[list[DocumentItem]],
) -> list[object]:
    """All dated reads of an emptied ledger after the batches were appended and coded."""
    with fresh() as ledger:
        for batch in batches:
            ledger.append_documents(batch)
            ledger.append_readings(a_reading(item[0].document_id) for item in batch)
        reads = (
            ledger.documents,
            ledger.events,
            ledger.meetings,
            ledger.shared_interests,
            ledger.commitments,
            ledger.steps,
        )
        return [read(as_of=AS_OF, include_duplicates=d) for read in reads for d in (False, True)]


@pytest.mark.slow
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(world=WORLD, rest_first=st.booleans())
def test_what_is_published_later_changes_no_read(
    fresh: Callable[[], AbstractContextManager[Ledger]],
    an_item: Callable[..., DocumentItem],
    a_reading: Callable[..., Reading],
    world: list[tuple[DateInterval | None, int | None]],
    rest_first: bool,
) -> None:
    items = [
        an_item(f"d{i}", published=published, duplicate_of=None if first is None else f"d{first}")
        for i, (published, first) in enumerate(world)
    ]
    seen = [i for i in items if i[0].published and i[0].published.known_by(AS_OF)]
    later = [i for i in items if i not in seen]
    alone = everything(fresh, a_reading, [seen])
    order = [later, seen] if rest_first else [seen, later]
    assert everything(fresh, a_reading, order) == alone


def test_an_error_within_a_batch_keeps_none_of_it(
    ledger: Ledger, an_item: Callable[..., DocumentItem], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = ledger.counts()
    twice = an_item("d2")[1]
    document, _, content, _ = an_item("d2")
    with pytest.raises(LedgerError, match=r"(?i)unique constraint.*passages"):
        ledger.append_documents([an_item("d1"), (document, [*twice, *twice], content, None)])
    assert ledger.counts() == before
    assert ledger.append_documents([an_item("d1"), an_item("d2")]).added == 2


@pytest.mark.slow
def test_a_process_killed_at_commit_leaves_an_original_and_no_row(
    url: str,
    tmp_path: Path,
    an_item: Callable[..., DocumentItem],
    a_reading: Callable[..., Reading],
) -> None:
    item = an_item()
    writer = start(url, tmp_path, [(item, a_reading())], "die")
    assert writer.wait(timeout=60) == -signal.SIGKILL
    with Ledger.open(url, tmp_path / "originals") as ledger:
        assert set(ledger.counts().values()) == {0}
        assert ledger.originals.has(item[0].sha256)
        assert ledger.append_documents([item]).added == 1


@pytest.mark.slow
def test_two_processes_append_and_nothing_is_lost(
    url: str,
    tmp_path: Path,
    an_item: Callable[..., DocumentItem],
    a_reading: Callable[..., Reading],
) -> None:
    ids = [f"d{i}" for i in range(20)]
    shares = [ids[:13], ids[7:]]
    made = [[(an_item(name), a_reading(name)) for name in share] for share in shares]
    writers = [start(url, tmp_path, part, "live") for part in made]
    assert [writer.wait(timeout=120) for writer in writers] == [0, 0]
    with Ledger.open(url, tmp_path / "originals") as ledger:
        counts = ledger.counts()
        assert (counts["documents"], counts["passages"], counts["readings"]) == (20, 40, 20)
        assert [ledger.readings(name) for name in ids] == [[a_reading(name)] for name in ids]


def test_threads_share_a_ledger(ledger: Ledger, an_item: Callable[..., DocumentItem]) -> None:
    def add(first: int) -> None:
        for i in range(first, first + 20):
            ledger.append_documents([an_item(f"d{i}")])
            ledger.documents(as_of=AS_OF)

    threads = [Thread(target=add, args=(n,)) for n in (0, 10, 20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ledger.counts()["documents"] == 40


def test_a_ledger_held_by_another_is_told(
    ledger: Ledger, url: str, an_item: Callable[..., DocumentItem]
) -> None:
    other = engine.connect(url)
    impatient = (
        "PRAGMA busy_timeout = 50" if url.startswith("sqlite") else "SET lock_timeout = '50ms'"
    )
    sa.event.listen(ledger._engine, "connect", lambda c, _: (c.execute(impatient), c.commit()))
    ledger._engine.dispose()
    with engine.transaction(other, write=True):
        with pytest.raises(LedgerError, match=r"locked by another process.*try again"):
            ledger.append_documents([an_item()])
        assert ledger.documents(as_of=AS_OF) == []
    other.dispose()


def test_a_damaged_record_is_told(
    ledger: Ledger, url: str, an_item: Callable[..., DocumentItem]
) -> None:
    ledger.append_documents([an_item()])
    payloads = ['{"title": 1}', *(['{"title":'] if url.startswith("sqlite") else [])]
    for payload in payloads:  # a server that knows JSON keeps none that is broken
        with engine.transaction(ledger._engine, write=True) as connection:
            connection.execute(
                sa.text("UPDATE documents SET payload = :payload"), {"payload": payload}
            )
        with pytest.raises(LedgerError, match="is damaged; restore the ledger from a backup"):
            ledger.documents(as_of=AS_OF)


def test_a_closed_ledger_is_one_file(
    sqlite_url: str, tmp_path: Path, an_item: Callable[..., DocumentItem]
) -> None:
    with Ledger.open(sqlite_url, tmp_path / "originals") as ledger:
        ledger.append_documents([an_item()])
    moved = copy(tmp_path / "ledger.sqlite", tmp_path / "copy.sqlite")
    assert not (tmp_path / "ledger.sqlite-wal").exists()
    with Ledger.open(f"sqlite:///{moved}", tmp_path / "originals") as ledger:
        assert ledger.document("d1") == an_item()[0]
