"""A PostgreSQL server of the test session's own, and databases of it for single tests."""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest

from detente.ledger import Ledger

PASSWORD = "not-to-be-shown"
"""The desk's password; no message and no answer may hold it."""
_LEAST_VERSION = 15
"""Earlier ones cannot sort by ICU as a whole, which shows where sorting is left to the server."""


@dataclass
class Server:
    """A running server.

    Attributes:
        folder: Its cluster.
        port: Where it listens on 127.0.0.1.
        process: The server itself.
        template: Database that holds a ledger without a row.
    """

    folder: Path
    port: int
    process: subprocess.Popen[bytes]
    template: str = "template_ledger"
    made: int = field(default=0)

    def url(self, database: str, user: str = "desk", password: str = PASSWORD) -> str:
        """URL of one of its databases."""
        return f"postgresql://{user}:{password}@127.0.0.1:{self.port}/{database}"

    def run(self, *statements: str, database: str = "postgres") -> None:
        """Run statements as the owner, each by itself."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())

    def database(self, template: str = "template0") -> str:
        """Make a database and return its name."""
        self.made += 1
        name = f"study_{self.made}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop(self, name: str) -> None:
        """Drop a database, whoever is connected to it."""
        self.run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def stop(self) -> None:
        """Stop at once: nothing in it is worth keeping."""
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait(timeout=60)


def binaries() -> Path | None:
    """Where the newest PostgreSQL's programs lie; None where there is none, or too old a one."""
    on_path = shutil.which("initdb")
    found = [Path(on_path).resolve().parent] if on_path else []
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: float(p.parent.name))
    fit = [folder for folder in found if _version(folder) >= _LEAST_VERSION]
    return fit[-1] if fit else None


def _version(folder: Path) -> int:
    words = [str(folder / "initdb"), "--version"]
    said = subprocess.run(words, capture_output=True, text=True, check=False).stdout.split()
    return int(said[2].partition(".")[0]) if len(said) > 2 else 0


@contextmanager
def running(programs: Path) -> Iterator[Server]:
    """Start a server in a new cluster, and stop and remove it at the end."""
    folder = Path(tempfile.mkdtemp(prefix="detente-pg-", dir="/tmp"))
    server: Server | None = None
    try:
        _make(programs, folder)
        server = _start(programs, folder)
        name = server.database()
        Ledger.create(server.url(name), folder / "originals").close()
        server.template = name
        yield server
    finally:
        if server is not None:
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _as_user() -> dict[str, str]:
    """The server refuses to run as root: there it runs as its package's own user."""
    return {"user": "postgres", "group": "postgres"} if os.geteuid() == 0 else {}


def _make(programs: Path, folder: Path) -> None:
    word = folder / "password"
    word.write_text(PASSWORD, encoding="utf-8")
    if os.geteuid() == 0:
        for path in (folder, word):
            shutil.chown(path, "postgres", "postgres")
    words = [programs / "initdb", "-D", folder / "data", "-U", "desk", f"--pwfile={word}"]
    words += ["--auth=scram-sha-256", "--encoding=UTF8", "--no-sync", "--locale=C.UTF-8"]
    words += ["--locale-provider=icu", "--icu-locale=en-US"]
    subprocess.run(words, check=True, capture_output=True, cwd="/", **_as_user())  # type: ignore[call-overload]


def _start(programs: Path, folder: Path) -> Server:
    for _ in range(5):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = int(free.getsockname()[1])
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": str(port),
            "unix_socket_directories": "",
            "fsync": "off",
            "full_page_writes": "off",
            "max_wal_size": "256MB",
            "timezone": "Asia/Shanghai",
            "datestyle": "German",
        }
        words = [programs / "postgres", "-D", folder / "data"]
        words += [word for key, value in settings.items() for word in ("-c", f"{key}={value}")]
        with (folder / f"log-{secrets.token_hex(4)}").open("wb") as log:
            process = subprocess.Popen(words, stdout=log, stderr=log, cwd="/", **_as_user())  # type: ignore[call-overload]
        server = Server(folder, port, process)
        if _answers(server):
            return server
    pytest.fail(f"PostgreSQL does not start; its log is in {folder}")


def _answers(server: Server) -> bool:
    until = time.monotonic() + 60
    while time.monotonic() < until and server.process.poll() is None:
        try:
            psycopg.connect(server.url("postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return True
    return False


@pytest.fixture(scope="session", name="server")
def server_fixture() -> Iterator[Server]:
    """The session's server; a process of pytest-xdist has one of its own."""
    programs = binaries()
    if programs is None:
        pytest.skip(f"no PostgreSQL {_LEAST_VERSION} or newer: apt-get install postgresql")
    with running(programs) as server:
        yield server


@pytest.fixture(name="database")
def database_fixture(server: Server) -> Iterator[str]:
    """URL of an empty database."""
    name = server.database()
    yield server.url(name)
    server.drop(name)


@pytest.fixture(name="ledger_database")
def ledger_database_fixture(server: Server) -> Iterator[str]:
    """URL of a database that holds a ledger without a row."""
    name = server.database(server.template)
    yield server.url(name)
    server.drop(name)
