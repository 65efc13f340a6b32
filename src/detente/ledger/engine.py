"""Connections: the one place that knows which database it speaks to.

Every other module of the ledger writes SQL that SQLite and PostgreSQL both understand.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from pydantic import ValidationError
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from detente.errors import LedgerError

_PATIENCE_MS = 30_000
_DIALECTS = ("sqlite", "postgresql")


def connect(url: str) -> sa.Engine:
    """Return the engine for a database URL; nothing is opened yet.

    Args:
        url: `sqlite:///path/to/ledger.sqlite` or a `postgresql` URL.

    Returns:
        For SQLite: write-ahead log, foreign keys on, 30 seconds of patience with other writers.

    Raises:
        LedgerError: No database URL, another database, or its driver is not installed.
    """
    try:
        place = sa.make_url(url)
        engine = sa.create_engine(place)
    except NoSuchModuleError as error:
        reason = f"an unknown kind of database; write {' or '.join(_DIALECTS)}"
        raise LedgerError(url=hidden(url), reason=reason) from error
    except ArgumentError as error:
        raise LedgerError(url=url, reason="no database URL; write sqlite:///FILE") from error
    except ImportError as error:
        reason = f"the database's driver is missing; pip install {error.name}"
        raise LedgerError(url=hidden(url), reason=reason) from error
    if engine.dialect.name not in _DIALECTS:
        reason = f"{engine.dialect.name} is not supported; write {' or '.join(_DIALECTS)}"
        raise LedgerError(url=hidden(url), reason=reason)
    if engine.dialect.name == "sqlite" and place.database in {None, "", ":memory:"}:
        raise LedgerError(url=url, reason="names no file; write sqlite:///FILE")
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _prepare_sqlite)
        sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def hidden(url: str) -> str:
    """Return a URL fit for a message: without its password.

    Args:
        url: A database URL.

    Examples:
        >>> hidden("postgresql://desk:secret@localhost/detente")
        'postgresql://desk:***@localhost/detente'
    """
    return sa.make_url(url).render_as_string(hide_password=True)


def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself: `_begin_sqlite` does
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout = {_PATIENCE_MS}",
        "journal_mode = WAL",
        "synchronous = NORMAL",
        "foreign_keys = ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: sa.Connection) -> None:
    """Take the write lock at the start: a reader that turns writer midway cannot wait for it."""
    is_write = connection.get_execution_options().get("ledger_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_write else "BEGIN")


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
    url = engine.url.render_as_string(hide_password=True)
    try:
        with engine.execution_options(ledger_write=write).begin() as connection:
            yield connection
    except SQLAlchemyError as error:
        raise LedgerError(url=url, reason=_reason(error)) from error
    except (ValidationError, json.JSONDecodeError) as error:
        reason = "a stored record is damaged; restore the ledger from a backup"
        raise LedgerError(url=url, reason=reason) from error


def _reason(error: SQLAlchemyError) -> str:
    said = str(error.orig) if isinstance(error, DBAPIError) else str(error)
    said = said.strip().partition("\n")[0]
    if "not a database" in said or "malformed" in said:
        return f"{said}; restore the ledger from a backup"
    if "locked" in said:
        return f"{said} by another process for {_PATIENCE_MS // 1000} seconds; try again"
    return said


def insert_if_absent(table: sa.Table, engine_name: str) -> sqlite.Insert | postgresql.Insert:
    """Return an insert that leaves a row with the same key as it is.

    Args:
        table: Where to insert.
        engine_name: `sqlite` or `postgresql`.
    """
    if engine_name == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing()
    return sqlite.insert(table).on_conflict_do_nothing()
