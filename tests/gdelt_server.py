"""GDELT's archive on 127.0.0.1 for the tests: its lists, its zips of our own rows, and faults on order."""

import io
import threading
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import md5
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self

import pytest

from detente.sources.gdelt import COLUMNS_1, COLUMNS_2

LAYOUTS: Mapping[int, Sequence[str]] = {61: COLUMNS_2, 58: COLUMNS_1, 57: COLUMNS_1[:-1]}


def row(number: int, stamp: str, width: int = 61, **given: str) -> str:
    """One event of the United States towards China on the day of its file."""
    fields = {
        "GLOBALEVENTID": str(number),
        "SQLDATE": stamp[:8],
        "Actor1Code": "USA",
        "Actor1CountryCode": "USA",
        "Actor2Code": "CHN",
        "Actor2CountryCode": "CHN",
        "EventCode": "042",
        "GoldsteinScale": "1.9",
        "NumArticles": "3",
        "DATEADDED": stamp,
        "SOURCEURL": f"https://a.example/{stamp}/{number}",
    } | given
    return "\t".join(fields.get(name, "") for name in LAYOUTS[width])


def rows(stamp: str, count: int = 3, width: int = 61) -> str:
    """Good rows of one file, and a last one that names no second country."""
    good = [row(number, stamp, width) for number in range(count)]
    return "\n".join([*good, row(count, stamp, width, Actor2CountryCode=""), ""])


def zipped(text: str, name: str = "export.CSV") -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, text)
    return content.getvalue()


@dataclass(frozen=True)
class Fault:
    """What one request gets in place of the file."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    cut: int | None = None
    """Bytes after which the connection drops."""
    stall: bool = False
    """Whether it then waits for the end of the test instead of dropping it."""
    no_length: bool = False


class GdeltServer:
    """The archive, for as long as the context lasts.

    Attributes:
        files: Content by path, as `gdeltv2/20200101000000.export.CSV.zip`.
        faults: By the end of a path, what the next requests for it get, each once.
        asked: Paths and headers of the requests, in order.
        has_ranges: Whether parts of files are served.
        validators: Headers sent with each file; by default the ETag of its bytes.
    """

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.faults: dict[str, list[Fault]] = {}
        self.asked: list[tuple[str, Mapping[str, str]]] = []
        self.has_ranges = True
        self.validators: Mapping[str, str] | None = None
        self.stalled = threading.Event()
        self._closing = threading.Event()
        self._server = _Server(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def names(self, ending: str = ".zip") -> list[str]:
        """Names asked for, in order, that end so."""
        return [path.rpartition("/")[2] for path, _ in self.asked if path.endswith(ending)]

    def publish(self, stamp: str, content: bytes | None = None, *, kind: str = "") -> str:
        """Add a 2.0 file and its line of the list."""
        name = f"{stamp}.{kind}export.CSV.zip"
        content = zipped(rows(stamp)) if content is None else content
        self.files[f"gdeltv2/{name}"] = content
        self.list(
            f"{len(content)} {md5(content).hexdigest()} http://elsewhere.example/{name}", kind
        )
        return name

    def list(self, line: str, kind: str = "") -> None:
        """Add a line to the 2.0 list."""
        lists = f"gdeltv2/masterfilelist{'-translation' if kind else ''}.txt"
        self.files[lists] = self.files.get(lists, b"") + f"{line}\n".encode()

    def publish_old(self, name: str, width: int = 58) -> str:
        """Add a 1.0 file and its lines of both lists."""
        stamp = (name.partition(".")[0] + "0101")[:8]
        content = zipped(rows(stamp, width=width))
        self.files[f"events/{name}"] = content
        for path, fact in (("md5sums", md5(content).hexdigest()), ("filesizes", len(content))):
            known = self.files.get(f"events/{path}", b"")
            self.files[f"events/{path}"] = known + f"{fact} {name}\n".encode()
        return name

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _fault(self, path: str) -> Fault:
        for ending, faults in self.faults.items():
            if path.endswith(ending) and faults:
                return faults.pop(0)
        return Fault()

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        path = handler.path.lstrip("/")
        self.asked.append((path, dict(handler.headers)))
        fault = self._fault(path)
        content = self.files.get(path) if fault.body is None else fault.body
        status = fault.status if content is not None or fault.status != 200 else 404
        if status != 200 or content is None:
            handler.send_response_only(status)
            self._headers(handler, {**fault.headers, "Content-Length": "0"})
            return
        validators = self.validators
        if validators is None:
            validators = {"ETag": f'"{md5(content).hexdigest()}"'}
        start = self._start(dict(handler.headers), validators, len(content))
        handler.send_response_only(206 if start is not None else 200)
        headers = dict(validators) | dict(fault.headers)
        if start is not None:
            headers["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
        body = content[start or 0 :]
        if not fault.no_length:
            headers["Content-Length"] = str(len(body))
        self._headers(handler, headers)
        handler.wfile.write(body[: fault.cut])
        if fault.stall:
            handler.wfile.flush()
            self.stalled.set()
            self._closing.wait(60)

    def _headers(self, handler: BaseHTTPRequestHandler, headers: Mapping[str, str]) -> None:
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.end_headers()

    def _start(
        self, headers: Mapping[str, str], validators: Mapping[str, str], size: int
    ) -> int | None:
        """First byte of the part asked for, where a part is served."""
        asked = headers.get("Range")
        if not self.has_ranges or asked is None:
            return None
        if headers.get("If-Range") not in validators.values():
            return None
        start = int(asked.removeprefix("bytes=").rstrip("-"))
        return start if start < size else None

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        answer = self._answer

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                answer(self)

            def log_message(self, *args: object) -> None:
                """Say nothing of each request."""

        return Handler


class _Server(ThreadingHTTPServer):
    daemon_threads = False

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away is what some tests are about."""


@pytest.fixture(name="server")
def server_fixture() -> Iterator[GdeltServer]:
    """An archive without files."""
    with GdeltServer() as server:
        yield server
