import pytest

from detente.errors import LedgerError
from detente.ledger import hidden, without_password
from detente.ledger.engine import connect

SECRET = "s3cret"


@pytest.mark.parametrize(
    ("bad", "mend"),
    [
        pytest.param("ledger.sqlite", "write sqlite:///FILE", id="a path"),
        pytest.param("sqlite://", "names no file; write sqlite:///FILE", id="memory"),
        pytest.param("postgresql://desk@host", "names no database; write", id="no database"),
        pytest.param(f"postgres://desk:{SECRET}@host/d", "write .* postgresql://", id="unknown"),
        pytest.param(f"mysql://desk:{SECRET}@host/d", "mysql is not supported", id="another"),
        pytest.param(f"postgresql+asyncpg://a:{SECRET}@h/d", "not supported; write", id="driver"),
        pytest.param(f"postgresql://a:{SECRET}@host:port/d", "no database URL; write", id="port"),
        pytest.param(f"postgresql://a:b@{SECRET}@host/d", "an @ in a name as %40", id="bare @"),
        pytest.param(f"postgresql:/desk:{SECRET}@host/d", "no database URL", id="one slash"),
    ],
)
def test_a_url_that_cannot_be_used_is_told_without_its_password(bad: str, mend: str) -> None:
    with pytest.raises(LedgerError, match=mend) as caught:
        connect(bad)
    assert SECRET not in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://desk:{SECRET}@host:5433/d?sslmode=require",
        f"postgresql://host/d?user=desk&password={SECRET}",
        f"postgresql://desk@host/d?sslpassword={SECRET}",
    ],
    ids=["in its place", "as a parameter", "of a key"],
)
def test_secrets_are_neither_shown_nor_written(url: str) -> None:
    assert SECRET not in hidden(url)
    assert SECRET not in without_password(url)
    assert "***" in hidden(url)
    assert "***" not in without_password(url)
    assert "host" in without_password(url)


def test_a_missing_driver_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "psycopg", None)
    with pytest.raises(LedgerError, match=r"pip install 'detente\[postgres\]'") as caught:
        connect(f"postgresql://desk:{SECRET}@host/d")
    assert SECRET not in str(caught.value)
