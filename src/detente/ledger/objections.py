"""What a database says when it refuses, and what mends it."""

import re

import sqlalchemy as sa

from detente.ledger.urls import without_secrets

_RERUN = "what was stored stays, run the same command again"
_MENDS: dict[tuple[str, ...], str] = {
    ("not a database", "malformed"): "restore the ledger from a backup",
    (
        "no password supplied",
        "password authentication failed",
    ): "give user and password by DETENTE_LEDGER, PGPASSWORD or ~/.pgpass",
    ("no pg_hba.conf entry",): "let this machine and user in by pg_hba.conf on the server",
    (
        '" does not exist',
    ): "make it with createdb -E UTF8 -T template0, or mend the name in the URL",
    (
        "permission denied",
        "must be owner",
    ): "ask who owns the database for the right to do this",
    (
        "terminating connection",
        "closed the connection",
        "consuming input failed",
        "connection is lost",
        "connection already closed",
        "connection is closed",
        "connection has been closed",
        "Broken pipe",
        "Connection reset",
    ): f"the connection was lost, {_RERUN}",
    (
        "starting up",
        "shutting down",
        "in recovery mode",
        "too many clients",
        "remaining connection slots",
    ): "wait for the server, then run the same command again",
    (
        "connection failed",
        "connection is bad",
        "connection timeout",
        "could not translate",
        "failed to resolve",
    ): "start the server, or mend host and port in the URL",
    ("No space left on device", "disk is full"): f"make room on the disk, {_RERUN}",
}
"""Words of a database and the mend to add; the first that fit."""
_WAITED = re.compile(r"database is locked|lock timeout")


def objection(said: str, url: sa.URL, patience: int) -> str:
    """Return a database's words as one line with the mend.

    Args:
        said: Its words, several lines perhaps.
        url: Where it is; secrets in it are not repeated.
        patience: Seconds that were waited for a lock.

    Examples:
        >>> objection("file is not a database", sa.make_url("sqlite:///x"), 30)
        'file is not a database; restore the ledger from a backup'
    """
    first = without_secrets(said.strip().partition("\n")[0].rstrip(), url)
    if _WAITED.search(said):
        return f"database is locked by another process for {patience} seconds; try again"
    mend = next((m for words, m in _MENDS.items() if any(word in said for word in words)), None)
    return first if mend is None else f"{first}; {mend}"
