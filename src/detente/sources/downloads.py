"""Files fetched over HTTP: resumed where they were cut off, checked, and named only when whole.

Until its checksum is right a file is `NAME.part`. No proxy, no cookie, no `.netrc`.
"""

import re
import ssl
import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import Annotated, Self

import httpx
import numpy as np
from pydantic import Field
from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt

from detente.errors import SourceError, SourceMissingError, SourceUnavailableError
from detente.records import Record
from detente.sources.download_files import Part, Wanted, is_right, mismatch

LONGEST_WAIT = 600.0
"""Seconds; a publisher that asks for more is left alone for this run."""
_LONGEST_PAUSE = 60.0
_REDIRECTS = 5
_CONNECT = 10.0
"""Seconds a connection may take."""
_WHOLE, _STRETCH = 200, 206
_NONE = frozenset({404, 410})
_PAST_END = 416
_PASSING = frozenset({408, 425, 429})

Told = Callable[[int], None]
"""Told of bytes that arrived; fewer than none where they are thrown away."""


class Manners(Record):
    """How a publisher's server is treated."""

    rate: Annotated[float, Field(ge=0, le=3600)] = 0.5
    """Seconds between the starts of two requests, at least."""
    timeout: Annotated[float, Field(gt=0, le=3600)] = 60.0
    """Seconds the next part of an answer may take."""
    tries: Annotated[int, Field(gt=0, le=20)] = 5
    """Requests for one file before it is given up."""
    pause: Annotated[float, Field(ge=0, le=60)] = 1.0
    """Seconds before the second try; doubled each time, 60 at most, and spread by chance."""


class Downloader:
    """Fetches one file after another, politely; use it as a context manager.

    Args:
        source: The publisher's name, for messages.
        manners: Rate, times and tries.
        sleep: Waits so many seconds.
        seed: Of the chance that spreads pauses.
    """

    def __init__(
        self,
        source: str,
        manners: Manners,
        *,
        sleep: Callable[[float], None] = time.sleep,
        seed: int = 0,
    ) -> None:
        self._source = source
        self._manners = manners
        self._sleep = sleep
        self._chance = np.random.default_rng(seed)
        self._next = 0.0
        self._http = httpx.Client(
            headers={
                "User-Agent": f"detente/{version('detente')}",
                "Accept-Encoding": "identity",
            },
            timeout=httpx.Timeout(manners.timeout, connect=min(manners.timeout, _CONNECT)),
            verify=_tls(),
            follow_redirects=True,
            max_redirects=_REDIRECTS,
            event_hooks={"request": [self._keep_distance]},
            trust_env=False,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._http.close()

    def fetch(self, wanted: Wanted, folder: Path, told: Told) -> bool:
        """Bring one file into a folder.

        Args:
            wanted: Its address and what is known of its bytes.
            folder: Where it goes, under its name.
            told: Told of the bytes that arrive.

        Returns:
            False where a file of that name was there and right, so that nothing was asked.
            Otherwise a `SourceError`: the bytes were wrong twice, or the request is refused; a
            `SourceMissingError` where the publisher has no such file, a `SourceUnavailableError`
            where no try was answered.
        """
        if is_right(folder / wanted.name, wanted):
            told(wanted.size or 0)
            return False
        part = Part(folder, wanted.name)
        problem = ""
        for _ in range(2):
            self._bring(wanted, part, told)
            problem = mismatch(part.path, wanted)
            if not problem:
                part.settle()
                return True
            told(-part.size)
            part.set_aside()
        raise self._refused(wanted, f"{problem}, twice; set aside, run again to try once more")

    def _bring(self, wanted: Wanted, part: Part, told: Told) -> None:
        told(part.size)
        tries = Retrying(
            retry=retry_if_exception(_is_worth_another_try),
            stop=stop_after_attempt(self._manners.tries),
            wait=self._pause,
            sleep=self._sleep,
            reraise=True,
        )
        tries(self._ask, wanted, part, told)

    def _ask(self, wanted: Wanted, part: Part, told: Told) -> None:
        if wanted.size is not None and part.size >= wanted.size:
            return
        validator = part.validator
        if part.size and not validator:
            told(-part.discard())
        headers = {"Range": f"bytes={part.size}-", "If-Range": validator} if part.size else {}
        try:
            with self._http.stream("GET", wanted.url, headers=headers) as response:
                self._check(response, wanted, part, told)
                self._receive(response, wanted, part, told)
        except httpx.TimeoutException as error:
            reason = f"no answer within {self._manners.timeout:g} s"
            raise self._silent(wanted, reason) from error
        except (httpx.TooManyRedirects, httpx.UnsupportedProtocol, httpx.InvalidURL) as error:
            raise self._refused(wanted, f"leads nowhere ({error}); check the address") from error
        except httpx.TransportError as error:
            reason = f"no whole answer ({_words(error)})"
            raise self._silent(wanted, reason) from error

    def _check(self, response: httpx.Response, wanted: Wanted, part: Part, told: Told) -> None:
        # goes on only where the answer can be written
        status = response.status_code
        if status == _WHOLE:
            told(-part.discard())
            return
        if status == _STRETCH and _start(response) == part.size:
            return
        if status in {_STRETCH, _PAST_END}:
            told(-part.discard())
            raise self._silent(wanted, f"answers {status} with another stretch than asked for")
        if status in _NONE:
            raise SourceMissingError(
                source=self._source, location=wanted.url, reason=f"no such file ({status})"
            )
        if status in _PASSING or status >= 500:
            raise self._silent(wanted, f"answers {status}", _asked_to_wait(response))
        raise self._refused(wanted, f"answers {status}; check the address")

    def _receive(self, response: httpx.Response, wanted: Wanted, part: Part, told: Told) -> None:
        part.note(_validator(response))
        with part.appending() as write:
            for piece in response.iter_raw():
                write(piece)
                told(len(piece))
                if part.size > wanted.most:
                    return
        if _has_no_end(response) and part.size < (wanted.size or 0):
            raise self._silent(wanted, f"cut off at {part.size:,} of {wanted.size:,} bytes")

    def _keep_distance(self, _request: httpx.Request) -> None:
        wait = self._next - time.monotonic()
        if wait > 0:
            self._sleep(wait)
        self._next = time.monotonic() + self._manners.rate

    def _pause(self, state: RetryCallState) -> float:
        pause = self._manners.pause * 2.0 ** (state.attempt_number - 1)
        pause = min(pause, _LONGEST_PAUSE) * self._chance.uniform(0.5, 1.0)
        error = state.outcome.exception() if state.outcome else None
        asked = error.after if isinstance(error, SourceUnavailableError) else 0.0
        return float(max(pause, asked))

    def _silent(self, wanted: Wanted, reason: str, after: float = 0.0) -> SourceUnavailableError:
        later = f", asks to wait {after:,.0f} s" if after > LONGEST_WAIT else ""
        return SourceUnavailableError(
            source=self._source,
            location=wanted.url,
            reason=f"{reason}{later}; run again later",
            after=after,
        )

    def _refused(self, wanted: Wanted, reason: str) -> SourceError:
        return SourceError(source=self._source, location=wanted.url, reason=reason)


@cache
def _tls() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)


def _is_worth_another_try(error: BaseException) -> bool:
    return isinstance(error, SourceUnavailableError) and error.after <= LONGEST_WAIT


def _asked_to_wait(response: httpx.Response) -> float:
    """Seconds that Retry-After names, as a number or as a date by the server's own clock."""
    asked = response.headers.get("retry-after", "").strip()
    if asked.isdecimal():
        return float(asked)
    try:
        until = parsedate_to_datetime(asked)
        return max(0.0, (until - parsedate_to_datetime(response.headers["date"])).total_seconds())
    except (ValueError, TypeError, KeyError):
        return 0.0


def _validator(response: httpx.Response) -> str:
    """What tells this version of a file from another; a weak tag does not."""
    tag = str(response.headers.get("etag", ""))
    if tag and not tag.startswith("W/"):
        return tag
    return str(response.headers.get("last-modified", ""))


def _start(response: httpx.Response) -> int | None:
    found = re.match(r"bytes (\d+)-", response.headers.get("content-range", ""))
    return int(found[1]) if found else None


def _has_no_end(response: httpx.Response) -> bool:
    """Whether only the closed connection says that the answer is over."""
    return not {"content-length", "transfer-encoding"} & set(response.headers)


def _words(error: Exception) -> str:
    return str(error) or type(error).__name__
