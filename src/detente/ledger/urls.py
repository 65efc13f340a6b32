"""Database URLs: read, compared, and shown without the secrets they may hold."""

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError

from detente.errors import LedgerError

_FORMS = "write sqlite:///FILE or postgresql://USER@HOST/DATABASE"
_SECRETS = ("password", "sslpassword")
"""Parameters of a PostgreSQL URL that no message may repeat."""
_DRIVER = "postgresql+psycopg"


def read_url(url: str) -> sa.URL:
    """Return a database URL in its parts, its driver filled in.

    Args:
        url: `sqlite:///path/to/ledger.sqlite` or `postgresql://user@host/database`.

    Raises:
        LedgerError: It is no URL, names another database or driver, or no file or database.
    """
    place = _parts(url)
    if place is None:
        raise LedgerError(
            url=hidden(url), reason=f"no database URL; {_FORMS}, an @ in a name as %40"
        )
    if place.drivername in {"postgresql", _DRIVER}:
        place = place.set(drivername=_DRIVER)
    elif place.drivername != "sqlite":
        reason = f"{place.drivername} is not supported; {_FORMS}"
        raise LedgerError(url=hidden(url), reason=reason)
    if place.database in {None, "", ":memory:"}:
        what = "file" if place.drivername == "sqlite" else "database"
        raise LedgerError(url=hidden(url), reason=f"names no {what}; {_FORMS}")
    return place


def hidden(url: str | sa.URL) -> str:
    """Return a URL fit for a message: without its password.

    Args:
        url: A database URL, or what was given for one.

    Examples:
        >>> hidden("postgresql+psycopg://desk:secret@localhost/detente")
        'postgresql://desk:***@localhost/detente'
        >>> hidden("postgresql://localhost/detente?password=secret")
        'postgresql://localhost/detente?password=***'
        >>> hidden("postgresql:desk:secret@localhost")
        'postgresql:***@localhost'
    """
    place = _parts(url)
    if place is None:
        kind, _, rest = str(url).partition(":")
        has_secret = "@" in rest or any(name in rest for name in _SECRETS)
        return f"{kind}:***@{rest.rpartition('@')[2].partition('?')[0]}" if has_secret else str(url)
    masked = {name: "***" for name in _SECRETS if name in place.query}
    shown = place.set(drivername=place.drivername.partition("+")[0]).update_query_dict(masked)
    return shown.render_as_string(hide_password=True).replace("%2A%2A%2A", "***")


def without_password(url: str) -> str:
    """Return a URL to be written into a file that others may read.

    Args:
        url: A database URL.

    Examples:
        >>> without_password("postgresql://desk:secret@localhost/detente")
        'postgresql://desk@localhost/detente'
    """
    place = read_url(url)
    bare = place._replace(drivername=place.drivername.partition("+")[0], password=None)
    return bare.difference_update_query(_SECRETS).render_as_string(hide_password=False)


def same_database(left: str, right: str) -> bool:
    """Say whether two URLs name a database alike, whoever asks and by whatever road.

    Args:
        left: A database URL.
        right: Another.

    Examples:
        >>> same_database("postgresql://a:x@db/study", "postgresql://b@127.0.0.1:5433/study")
        True
        >>> same_database("postgresql://a@db/study", "postgresql://a@db/other")
        False
    """
    names = [
        (place.drivername, place.database, place.query.get("options"))
        for place in (read_url(left), read_url(right))
    ]
    return names[0] == names[1]


def without_secrets(text: str, url: sa.URL) -> str:
    """Return what a server or driver said with the URL's secrets masked.

    Args:
        text: Its words.
        url: Whose secrets they may repeat.
    """
    found = [url.password, *(url.query.get(name) for name in _SECRETS)]
    for secret in found:
        if isinstance(secret, str) and secret:
            text = text.replace(secret, "***")
    return text


def _parts(url: str | sa.URL) -> sa.URL | None:
    """Return a URL's parts; None where it has none, or an unescaped `@` blurs them."""
    try:
        place = sa.make_url(url)
    except (ArgumentError, ValueError):
        return None
    return None if "@" in (place.host or "") else place
