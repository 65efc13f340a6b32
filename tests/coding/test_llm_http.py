"""An answer has an end in time and in size."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest

from detente.coding import llm_http
from detente.coding.llm_http import Poster
from tests.chat import ChatServer, Say, unused_url


@pytest.fixture(name="dripping")
def dripping_fixture() -> Iterator[str]:
    """An endpoint that sends a byte now and then, for a second at most."""
    with socket.create_server(("127.0.0.1", 0)) as place:

        def drip() -> None:
            link, _ = place.accept()
            with link, suppress(OSError):
                link.recv(65536)
                link.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
                for _ in range(20):
                    link.sendall(b" ")
                    time.sleep(0.05)

        thread = threading.Thread(target=drip)
        thread.start()
        yield f"http://127.0.0.1:{place.getsockname()[1]}/"
        thread.join()


def test_an_answer_that_drips_ends_in_time(dripping: str) -> None:
    begun = time.monotonic()
    with pytest.raises(TimeoutError):
        Poster(dripping, None, 0.3).post("{}")
    assert time.monotonic() - begun < 0.9


def test_an_answer_without_end_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(llm_http, "_LARGEST", 1000)
    with ChatServer(script=[Say(body="x" * 2000)]) as server:
        poster = Poster(f"{server.url}/chat/completions", None, 5)
        with pytest.raises(ConnectionError, match="more than 1,000 bytes"):
            poster.post(json.dumps({"messages": []}))


@pytest.mark.parametrize(
    "url",
    [unused_url, lambda: "http://\u00ad/", lambda: "http://a..b/"],
    ids=["nobody", "no host", "no name"],
)
def test_what_cannot_be_reached(url: Callable[[], str]) -> None:
    with pytest.raises(ConnectionError):
        Poster(url(), None, 2).post("{}")
