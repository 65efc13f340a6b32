import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier, Thread

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from detente.errors import LedgerError, LedgerVersionError
from detente.ledger import Ledger, migrate
from detente.ledger.engine import connect, transaction
from detente.ledger.schema import newest
from detente.ledger.tables import METADATA


@contextmanager
def writing(url: str) -> Iterator[sa.Connection]:
    """A connection beside the ledger's own code."""
    engine = connect(url)
    with transaction(engine, write=True) as connection:
        yield connection
    engine.dispose()


def empty_versions(url: str, *statements: str) -> None:
    """Leave what a ledger has before its first revision, and what is said beside it."""
    if url.startswith("sqlite"):
        sqlite3.connect(url.removeprefix("sqlite:///")).close()
    with writing(url) as connection:
        for words in (
            "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)",
            *statements,
        ):
            connection.exec_driver_sql(words)


def test_revisions_and_tables_say_the_same(url: str) -> None:
    engine = connect(url)
    with transaction(engine) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []
    engine.dispose()


def test_keys_are_enforced_and_the_log_is_written_ahead(sqlite_url: str) -> None:
    engine = connect(sqlite_url)
    with transaction(engine) as connection:
        found = {
            pragma: connection.exec_driver_sql(f"PRAGMA {pragma}").scalar()
            for pragma in ("foreign_keys", "journal_mode", "synchronous", "busy_timeout")
        }
    engine.dispose()
    wanted = {"foreign_keys": 1, "journal_mode": "wal", "synchronous": 1, "busy_timeout": 30000}
    assert found == wanted


def test_create_refuses_what_is_there(url: str, tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match=r"there already; open it|holds a ledger already"):
        Ledger.create(url, tmp_path / "originals")
    Ledger.open(url, tmp_path / "originals").close()


def test_create_needs_the_folder(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="make its folder first"):
        Ledger.create(f"sqlite:///{tmp_path}/none/ledger.sqlite", tmp_path)


def test_a_create_that_fails_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("detente.ledger.schema.command.upgrade", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError, match="division"):
        Ledger.create(f"sqlite:///{tmp_path}/ledger.sqlite", tmp_path / "originals")
    assert list(tmp_path.iterdir()) == []


def test_a_newer_ledger_asks_for_an_upgrade(url: str, tmp_path: Path) -> None:
    with writing(url) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(LedgerVersionError, match="newer detente; upgrade detente") as caught:
        Ledger.open(url, tmp_path / "originals")
    assert (caught.value.found, caught.value.wanted) == ("9999", newest())
    with pytest.raises(LedgerVersionError, match="newer detente; upgrade detente"):
        migrate(url)


def test_an_older_ledger_names_the_command_and_migrates(new_url: str, tmp_path: Path) -> None:
    empty_versions(new_url)
    where = f" --workspace {tmp_path}" if new_url.startswith("sqlite") else ""
    with pytest.raises(LedgerVersionError, match=f"run: detente migrate{where}$"):
        Ledger.open(new_url, tmp_path / "originals")
    assert migrate(new_url) == newest()
    assert migrate(new_url) == newest()
    Ledger.open(new_url, tmp_path / "originals").close()


def test_a_migration_that_fails_changes_nothing(new_url: str) -> None:
    empty_versions(new_url, "CREATE TABLE steps (in_the_way INTEGER)")
    with pytest.raises(LedgerError, match=r"(table|relation) \W?steps\W? already exists") as caught:
        migrate(new_url)
    assert "\n" not in str(caught.value)
    engine = connect(new_url)
    assert set(sa.inspect(engine).get_table_names()) == {"alembic_version", "steps"}
    engine.dispose()


def test_of_two_who_create_at_once_one_is_told(new_url: str, tmp_path: Path) -> None:
    both, told = Barrier(2), []

    def create() -> None:
        both.wait()
        try:
            Ledger.create(new_url, tmp_path / "originals").close()
        except LedgerError as error:
            told.append(str(error))

    threads = [Thread(target=create) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told) == 1
    assert "already" in told[0]
    Ledger.open(new_url, tmp_path / "originals").close()


@pytest.mark.parametrize(
    ("content", "mend"),
    [
        pytest.param(None, "no such file; start a workspace", id="missing"),
        pytest.param(b"", "holds no ledger; start a workspace", id="empty"),
        pytest.param(b"no database at all " * 99, "restore the ledger from a backup", id="text"),
    ],
)
@pytest.mark.parametrize("act", [Ledger.open, lambda url, _: migrate(url)], ids=["open", "migrate"])
def test_what_is_no_ledger_is_told_in_a_line(
    tmp_path: Path, content: bytes | None, mend: str, act: Callable[[str, Path], object]
) -> None:
    file = tmp_path / "ledger.sqlite"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(LedgerError, match=mend) as caught:
        act(f"sqlite:///{file}", tmp_path / "originals")
    assert "\n" not in str(caught.value)
    assert file.exists() == (content is not None)


def test_a_torn_file_is_told_in_a_line(sqlite_url: str, tmp_path: Path) -> None:
    file = tmp_path / "ledger.sqlite"
    whole = file.read_bytes()
    file.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with pytest.raises(LedgerError, match="malformed; restore the ledger from a backup") as caught:
        Ledger.open(sqlite_url, tmp_path / "originals").counts()
    assert "\n" not in str(caught.value)
