import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from detente.errors import LedgerError, LedgerVersionError
from detente.ledger import Ledger, migrate
from detente.ledger.engine import connect, transaction
from detente.ledger.schema import newest
from detente.ledger.tables import METADATA


def set_version(file: Path, version: str | None) -> None:
    connection = sqlite3.connect(file)
    with connection:
        connection.execute("DELETE FROM alembic_version")
        if version:
            connection.execute("INSERT INTO alembic_version VALUES (?)", (version,))
    connection.close()


def test_revisions_and_tables_say_the_same(url: str) -> None:
    engine = connect(url)
    with transaction(engine) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []
    engine.dispose()


def test_keys_are_enforced_and_the_log_is_written_ahead(url: str) -> None:
    engine = connect(url)
    with transaction(engine) as connection:
        found = {
            pragma: connection.exec_driver_sql(f"PRAGMA {pragma}").scalar()
            for pragma in ("foreign_keys", "journal_mode", "synchronous", "busy_timeout")
        }
    engine.dispose()
    wanted = {"foreign_keys": 1, "journal_mode": "wal", "synchronous": 1, "busy_timeout": 30000}
    assert found == wanted


def test_create_refuses_what_is_there(url: str, tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="there already; open it instead"):
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
    set_version(tmp_path / "ledger.sqlite", "9999")
    with pytest.raises(LedgerVersionError, match="newer detente; upgrade detente") as caught:
        Ledger.open(url, tmp_path / "originals")
    assert (caught.value.found, caught.value.wanted) == ("9999", newest())
    with pytest.raises(LedgerVersionError, match="newer detente; upgrade detente"):
        migrate(url)


def test_an_older_ledger_names_the_command_and_migrates(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "ledger.sqlite")
    connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
    connection.close()
    url = f"sqlite:///{tmp_path}/ledger.sqlite"
    with pytest.raises(LedgerVersionError, match=f"run: detente migrate --workspace {tmp_path}$"):
        Ledger.open(url, tmp_path / "originals")
    assert migrate(url) == newest()
    assert migrate(url) == newest()
    Ledger.open(url, tmp_path / "originals").close()


def test_a_migration_that_fails_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "ledger.sqlite"
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
    connection.execute("CREATE TABLE steps (in_the_way INTEGER)")
    connection.close()
    with pytest.raises(LedgerError, match="table steps already exists"):
        migrate(f"sqlite:///{file}")
    connection = sqlite3.connect(file)
    names = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema")}
    connection.close()
    assert names == {"alembic_version", "steps"}


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


def test_a_torn_file_is_told_in_a_line(url: str, tmp_path: Path) -> None:
    file = tmp_path / "ledger.sqlite"
    whole = file.read_bytes()
    file.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with pytest.raises(LedgerError, match="malformed; restore the ledger from a backup") as caught:
        Ledger.open(url, tmp_path / "originals").counts()
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("bad", "mend"),
    [
        pytest.param("ledger.sqlite", "write sqlite:///FILE", id="a-path"),
        pytest.param("sqlite://", "write sqlite:///FILE", id="memory"),
        pytest.param("postgres://desk:secret@host/d", "write sqlite or postgresql", id="unknown"),
    ],
)
def test_a_url_that_cannot_be_used_is_told_without_its_password(bad: str, mend: str) -> None:
    with pytest.raises(LedgerError, match=mend) as caught:
        connect(bad)
    assert "secret" not in str(caught.value)
