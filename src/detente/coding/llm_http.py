"""One POST to an endpoint, with an end in time and in size. No proxy, no redirect, no `.netrc`.

The key goes into one header and nowhere else; no message holds it.
"""

import time
from dataclasses import dataclass

import httpx

_LARGEST = 8_000_000
"""Bytes of an answer."""
_CONNECT = 10.0
"""Seconds a connection may take."""


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    wait: float
    """Seconds the endpoint asks to wait before the next try; 0 where it does not say."""
    text: str


class Poster:
    """Posts JSON to one address.

    Args:
        url: The address.
        key: Sent as a bearer token; None sends none.
        timeout: Seconds to wait for the next part of the answer, and for all of its parts.
    """

    def __init__(self, url: str, key: str | None, timeout: float) -> None:
        self._url = url
        self._timeout = timeout
        self._headers = {"Content-Type": "application/json"}
        if key is not None:
            self._headers["Authorization"] = f"Bearer {key}"
        self._tls = httpx.create_ssl_context(trust_env=False)

    def post(self, body: str) -> Reply:
        """Send a body and wait for all of the answer.

        Args:
            body: JSON.

        Returns:
            The answer, whatever its status.

        Raises:
            TimeoutError: It was not there in time; the endpoint may have worked on it.
            ConnectionError: No answer at all, or a broken one; says why.
        """
        deadline = time.monotonic() + self._timeout
        connect = min(self._timeout, _CONNECT)
        times = httpx.Timeout(self._timeout, connect=connect)
        try:
            with (
                httpx.Client(verify=self._tls, timeout=times, trust_env=False) as http,
                http.stream("POST", self._url, content=body, headers=self._headers) as response,
            ):
                content = _all_of(response, deadline)
        except httpx.ConnectTimeout as error:
            msg = f"no connection in {connect:g} s"
            raise ConnectionError(msg) from error
        except httpx.TimeoutException as error:
            raise TimeoutError from error
        except (httpx.RequestError, httpx.InvalidURL, UnicodeError) as error:
            raise ConnectionError(str(error) or type(error).__name__) from error
        wait = response.headers.get("retry-after", "")
        text = content.decode("utf-8", errors="replace")
        return Reply(response.status_code, float(wait) if wait.isdecimal() else 0.0, text)


def _all_of(response: httpx.Response, deadline: float) -> bytes:
    content = bytearray()
    for part in response.iter_bytes():
        content += part
        if len(content) > _LARGEST:
            msg = f"an answer of more than {_LARGEST:,} bytes"
            raise httpx.DecodingError(msg)
        if time.monotonic() > deadline:
            msg = "still answering at the deadline"
            raise httpx.ReadTimeout(msg)
    return bytes(content)
