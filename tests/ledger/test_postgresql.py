"""What only a server can do: sort by a language, be away, refuse, be written to by others."""

from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from detente.errors import LedgerError
from detente.ledger import DocumentItem, Ledger
from detente.ledger.engine import connect, transaction
from tests.servers import PASSWORD, Server


def test_the_server_sorts_by_a_language_and_the_ledger_by_letters(
    ledger_database: str, tmp_path: Path, an_item: Callable[..., DocumentItem]
) -> None:
    names = ["B", "_", "a", "é", "Z", "b-1", "b1"]
    with Ledger.open(ledger_database, tmp_path / "originals") as ledger:
        ledger.append_documents([an_item(name) for name in names])
        found = [document.document_id for document in ledger.all_documents()]
    with psycopg.connect(ledger_database) as connection:
        rows = connection.execute(
            "SELECT x FROM unnest(%s::text[]) AS x ORDER BY x", [names]
        ).fetchall()
    assert found == sorted(names)
    assert [row[0] for row in rows] != sorted(names)


def test_numbers_of_the_log_have_no_gap(
    ledger_database: str, tmp_path: Path, an_item: Callable[..., DocumentItem]
) -> None:
    document, sentences, content, _ = an_item("d2")
    with Ledger.open(ledger_database, tmp_path / "originals") as ledger:
        ledger.append_documents([an_item("d1")])
        with pytest.raises(LedgerError, match="unique constraint"):
            ledger.append_documents([(document, [*sentences, *sentences], content, None)])
        ledger.append_documents([an_item("d1"), an_item("d2")])
        assert [line.addition_id for line in ledger.additions()] == [1, 2]


def test_what_cuts_the_connection_between_two_calls_is_not_noticed(
    server: Server, ledger_database: str, tmp_path: Path, an_item: Callable[..., DocumentItem]
) -> None:
    with Ledger.open(ledger_database, tmp_path / "originals") as ledger:
        ledger.append_documents([an_item("d1")])
        server.run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            f"WHERE datname = '{ledger_database.rpartition('/')[2]}'"
        )
        assert ledger.append_documents([an_item("d2")]).added == 1


def write_and_be_cut(ledger: Ledger, server: Server, database: str) -> None:
    with transaction(ledger._engine, write=True) as connection:
        connection.exec_driver_sql("DELETE FROM alembic_version")
        server.run(
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'"
        )
        connection.exec_driver_sql("DELETE FROM additions")


def test_what_cuts_the_connection_midway_is_told_and_keeps_nothing(
    server: Server, ledger_database: str, tmp_path: Path, an_item: Callable[..., DocumentItem]
) -> None:
    with Ledger.open(ledger_database, tmp_path / "originals") as ledger:
        with pytest.raises(LedgerError, match=r"connection was lost.*run the same comm") as caught:
            write_and_be_cut(ledger, server, ledger_database.rpartition("/")[2])
        assert "\n" not in str(caught.value)
        assert ledger.append_documents([an_item()]).added == 1
    Ledger.open(ledger_database, tmp_path / "originals").close()


@pytest.mark.parametrize(
    ("change", "mend"),
    [
        (("study", "nowhere"), 'database "nowhere.*" does not exist; make it with createdb'),
        ((PASSWORD, "wrong-word"), "give user and password by DETENTE_LEDGER, PGPASSWORD"),
        (("//desk:", "//nobody:"), "give user and password"),
        (("127.0.0.1:", "127.0.0.1:1"), "start the server, or mend host and port|no database URL"),
        (("127.0.0.1", "nowhere.invalid"), "start the server, or mend host and port"),
    ],
    ids=["database", "password", "user", "port", "host"],
)
def test_a_server_that_cannot_be_used_is_told_in_a_line(
    server: Server, tmp_path: Path, change: tuple[str, str], mend: str
) -> None:
    url = server.url("study").replace(*change)
    with pytest.raises(LedgerError, match=mend) as caught:
        Ledger.open(url, tmp_path / "originals")
    said = str(caught.value)
    assert "\n" not in said
    assert PASSWORD not in said
    assert "wrong-word" not in said


def test_who_may_only_read_reads(
    server: Server, ledger_database: str, tmp_path: Path, an_item: Callable[..., DocumentItem]
) -> None:
    name = ledger_database.rpartition("/")[2]
    with Ledger.open(ledger_database, tmp_path / "originals") as ledger:
        ledger.append_documents([an_item("d1")])
    server.run(
        "DROP ROLE IF EXISTS guest", f"CREATE ROLE guest LOGIN PASSWORD '{PASSWORD}'", database=name
    )
    server.run("GRANT SELECT ON ALL TABLES IN SCHEMA public TO guest", database=name)
    with Ledger.open(server.url(name, "guest"), tmp_path / "originals") as ledger:
        assert len(ledger.all_documents()) == 1
        with pytest.raises(LedgerError, match=r"permission denied.*ask who owns the database"):
            ledger.append_documents([an_item("d2")])
        server.run("GRANT INSERT ON ALL TABLES IN SCHEMA public TO guest", database=name)
        assert ledger.append_documents([an_item("d2")]).added == 1
    server.run("DROP OWNED BY guest", "DROP ROLE guest", database=name)


def test_a_database_that_cannot_keep_every_letter_is_refused(
    server: Server, tmp_path: Path
) -> None:
    server.run(
        "CREATE DATABASE latin TEMPLATE template0 ENCODING LATIN1 LOCALE 'C' LOCALE_PROVIDER libc"
    )
    with pytest.raises(LedgerError, match="keeps text as LATIN1; make it with createdb -E UTF8"):
        Ledger.create(server.url("latin"), tmp_path / "originals")
    server.drop("latin")


def test_the_server_s_own_ways_with_dates_do_not_matter(ledger_database: str) -> None:
    engine = connect(ledger_database)
    with transaction(engine) as connection:
        shown = [
            connection.exec_driver_sql(f"SHOW {name}").scalar_one()
            for name in ("timezone", "datestyle", "transaction_isolation", "lock_timeout")
        ]
    engine.dispose()
    assert shown == ["UTC", "ISO, YMD", "repeatable read", "30s"]
