"""Connections: the one place that knows which database it speaks to.

Every other module of the ledger writes SQL that SQLite and PostgreSQL both understand.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from pydantic import ValidationError
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import SQLAlchemyError, StatementError
from sqlalchemy.pool import ConnectionPoolEntry

from detente.errors import LedgerError
from detente.ledger.objections import objection
from detente.ledger.urls import hidden, read_url

PATIENCE = 30
"""Seconds a writer waits for another."""
_CONNECT_PATIENCE = 10
"""Seconds a server may take to answer, unless its URL says `connect_timeout`."""
_WRITERS_LOCK = 0x64_65_74_65_6E_74_65
"""Key of the advisory lock that makes writers of one PostgreSQL database take turns."""


def connect(url: str) -> sa.Engine:
    """Return the engine for a database URL; nothing is opened yet.

    Args:
        url: `sqlite:///path/to/ledger.sqlite` or `postgresql://user@host/database`.

    Returns:
        Writers take turns and wait 30 seconds for each other. SQLite has its write-ahead log
        and foreign keys on; PostgreSQL tells time in UTC, and a connection that was cut while
        idle is made anew.

    Raises:
        LedgerError: No database URL, another database, or its driver is not installed.
    """
    place = read_url(url)
    try:
        engine = sa.create_engine(place, **_options(place))
    except ImportError as error:
        reason = "PostgreSQL's driver is missing; pip install 'detente[postgres]'"
        raise LedgerError(url=hidden(url), reason=reason) from error
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _prepare_sqlite)
        sa.event.listen(engine, "begin", _begin_sqlite)
    else:
        sa.event.listen(engine, "connect", _prepare_postgresql)
        sa.event.listen(engine, "begin", _begin_postgresql)
    return engine


def _options(place: sa.URL) -> dict[str, Any]:
    if place.drivername == "sqlite":
        return {}
    timeout = {} if "connect_timeout" in place.query else {"connect_timeout": _CONNECT_PATIENCE}
    return {"pool_pre_ping": True, "connect_args": timeout}


def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself: `_begin_sqlite` does
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout = {PATIENCE * 1000}",
        "journal_mode = WAL",
        "synchronous = NORMAL",
        "foreign_keys = ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: sa.Connection) -> None:
    """Take the write lock at the start: a reader that turns writer midway cannot wait for it."""
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _is_write(connection) else "BEGIN")


def _prepare_postgresql(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    """Undo what a server or a user may have set: how instants are written, and when all is lost."""
    cursor = connection.cursor()
    for setting in ("timezone = 'UTC'", "datestyle = 'ISO, YMD'", f"lock_timeout = '{PATIENCE}s'"):
        cursor.execute(f"SET {setting}")
    cursor.close()
    connection.commit()


def _begin_postgresql(connection: sa.Connection) -> None:
    """Take turns to write, as SQLite does; what comes after the lock sees all that came before."""
    if _is_write(connection):
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_WRITERS_LOCK)))


def _is_write(connection: sa.Connection) -> bool:
    return bool(connection.get_execution_options().get("ledger_write", False))


@contextmanager
def transaction(engine: sa.Engine, *, write: bool = False) -> Iterator[sa.Connection]:
    """Open a transaction: all of it is kept, or nothing; a read sees one moment.

    Args:
        engine: From `connect`.
        write: Whether anything is to be written.

    Yields:
        The connection; committed at the end, rolled back when anything is raised.

    Raises:
        LedgerError: Whatever the database objects to, or a stored record cannot be read.
    """
    options: dict[str, Any] = {"ledger_write": write}
    if engine.dialect.name == "postgresql":
        # a write begins by waiting for its turn, and must see what the one before it wrote
        options["isolation_level"] = "READ COMMITTED" if write else "REPEATABLE READ"
        options["postgresql_readonly"] = not write
    try:
        with engine.execution_options(**options).begin() as connection:
            yield connection
    except SQLAlchemyError as error:
        said = str(error.orig) if isinstance(error, StatementError) else str(error)
        raise LedgerError(
            url=hidden(engine.url), reason=objection(said, engine.url, PATIENCE)
        ) from error
    except (ValidationError, json.JSONDecodeError) as error:
        reason = "a stored record is damaged; restore the ledger from a backup"
        raise LedgerError(url=hidden(engine.url), reason=reason) from error


def insert_if_absent(table: sa.Table, engine_name: str) -> sqlite.Insert | postgresql.Insert:
    """Return an insert that leaves a row with the same key as it is.

    Args:
        table: Where to insert.
        engine_name: `sqlite` or `postgresql`.
    """
    if engine_name == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing()
    return sqlite.insert(table).on_conflict_do_nothing()
