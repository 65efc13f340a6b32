"""The schema's version: made, checked and moved forward. Data is never touched by opening."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from detente.errors import LedgerError, LedgerVersionError
from detente.ledger.engine import connect, transaction
from detente.ledger.urls import hidden

_MIGRATIONS = Path(__file__).parent / "migrations"


def newest() -> str:
    """Return the schema version this package reads and writes.

    Examples:
        >>> newest()
        '0001'
    """
    head = ScriptDirectory.from_config(_config()).get_current_head()
    return head or "none"


def migrate(url: str) -> str:
    """Bring an existing ledger to the schema this package reads.

    Args:
        url: The ledger's database URL.

    Returns:
        The version reached; the same as before where nothing was to do.
    """
    engine = connect(url)
    try:
        _refuse_newer(engine, version(engine))
        upgrade(engine)
        return version(engine)
    finally:
        engine.dispose()


def version(engine: sa.Engine) -> str:
    """Return the schema version of a stored ledger.

    Args:
        engine: From `connect`.

    Raises:
        LedgerError: The file is missing or holds no ledger.
    """
    url = hidden(engine.url)
    if (file := sqlite_file(engine)) is not None and not file.is_file():
        raise LedgerError(url=url, reason="no such file; start a workspace with detente init")
    with transaction(engine) as connection:
        if not _has_ledger(connection):
            reason = "holds no ledger; start a workspace with detente init"
            raise LedgerError(url=url, reason=reason)
        return MigrationContext.configure(connection).get_current_revision() or "none"


def make(engine: sa.Engine) -> None:
    """Make the tables of a new ledger, or nothing.

    A ledger or file that is there already is left as it is, and told.

    Args:
        engine: From `connect`.
    """
    file = sqlite_file(engine)
    if file is not None:
        _reserve(file, hidden(engine.url))
    try:
        with transaction(engine, write=True) as connection:
            _refuse_unfit(connection)
            _upgrade(connection)
    except BaseException:
        engine.dispose()
        if file is not None:
            file.unlink()
        raise


def require_newest(engine: sa.Engine) -> None:
    """Refuse a ledger of another schema than this package's.

    Args:
        engine: From `connect`.

    Raises:
        LedgerVersionError: Older or newer; the message says what mends it.
    """
    found = version(engine)
    _refuse_newer(engine, found)
    if found == newest():
        return
    file = sqlite_file(engine)
    where = f" --workspace {file.parent}" if file else ""
    raise LedgerVersionError(
        url=hidden(engine.url),
        found=found,
        wanted=newest(),
        mend=f"run: detente migrate{where}",
    )


def upgrade(engine: sa.Engine) -> None:
    """Run the missing revisions in one transaction.

    Args:
        engine: From `connect`.
    """
    with transaction(engine, write=True) as connection:
        _upgrade(connection)


def is_newer(found: str) -> bool:
    """Say whether a version is none this package knows.

    Args:
        found: A schema version.

    Examples:
        >>> is_newer("0001"), is_newer("9999")
        (False, True)
    """
    known = {r.revision for r in ScriptDirectory.from_config(_config()).walk_revisions()}
    return found != "none" and found not in known


def sqlite_file(engine: sa.Engine) -> Path | None:
    """Return the file of an SQLite ledger; None for a server's.

    Args:
        engine: From `connect`.
    """
    if engine.dialect.name != "sqlite":
        return None
    return Path(engine.url.database or ":memory:")


def _reserve(file: Path, url: str) -> None:
    """Make the empty file, so that of two who create at once one is told.

    Raises:
        LedgerError: There is a file already, or none can be made.
    """
    try:
        file.touch(exist_ok=False)
    except FileExistsError as error:
        raise LedgerError(url=url, reason="is there already; open it instead") from error
    except OSError as error:
        reason = f"{error.strerror}; make its folder first, where you may write"
        raise LedgerError(url=url, reason=reason) from error


def _upgrade(connection: sa.Connection) -> None:
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _has_ledger(connection: sa.Connection) -> bool:
    return sa.inspect(connection).has_table("alembic_version")


def _refuse_unfit(connection: sa.Connection) -> None:
    """Stop where no new ledger can be; within the write transaction, so that one of two is told.

    Raises:
        LedgerError: There is one already, or the server cannot keep every letter.
    """
    url = hidden(connection.engine.url)
    if _has_ledger(connection):
        raise LedgerError(url=url, reason="holds a ledger already; name an empty database")
    if connection.dialect.name == "postgresql":
        encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
        if encoding != "UTF8":
            reason = f"keeps text as {encoding}; make it with createdb -E UTF8 -T template0"
            raise LedgerError(url=url, reason=reason)


def _refuse_newer(engine: sa.Engine, found: str) -> None:
    """Stop before a schema this package does not know.

    Raises:
        LedgerVersionError: A newer detente wrote it.
    """
    if is_newer(found):
        raise LedgerVersionError(
            url=hidden(engine.url),
            found=found,
            wanted=newest(),
            mend="this workspace was written by a newer detente; upgrade detente",
        )


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
