"""Settings of the language-model coder: which endpoint, which model, and how much it may cost.

The key itself is no setting: `key_env` names the environment variable that holds it.
"""

import re
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, ConfigDict, Field

from detente.records import Record

_VARIABLE = re.compile(r"[A-Z_][A-Z0-9_]*")


def _endpoint(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        msg = 'not an http or https address; write it as "http://127.0.0.1:8080/v1"'
        raise ValueError(msg)
    if "@" in parts.netloc or parts.query or parts.fragment:
        msg = "holds more than an address; a key belongs in the variable that key_env names"
        raise ValueError(msg)
    if parts.port == 0:  # asking for the port refuses one that is no number
        msg = "port 0 is none"
        raise ValueError(msg)
    bare = url.rstrip("/")
    if bare.endswith("/chat/completions"):
        msg = "ends before /chat/completions"
        raise ValueError(msg)
    return bare


def _variable(name: str) -> str:
    if not _VARIABLE.fullmatch(name):
        msg = (
            "not the name of a variable; write a name in capitals and keep the key out of the file"
        )
        raise ValueError(msg)
    return name


class LlmSettings(Record):
    """The `[llm]` table of `detente.toml`.

    Examples:
        >>> LlmSettings(base_url="http://127.0.0.1:8080/v1/", model="a-model").base_url
        'http://127.0.0.1:8080/v1'
    """

    model_config = ConfigDict(hide_input_in_errors=True)

    base_url: Annotated[str, AfterValidator(_endpoint)]
    """Address that `/chat/completions` is added to."""
    model: Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[!-~]+$")]
    """The model's name as the endpoint knows it."""
    key_env: Annotated[str, AfterValidator(_variable)] | None = None
    """Environment variable that holds the key; None for a server that wants none."""
    max_requests: Annotated[int, Field(gt=0)] = 200
    """Requests one run may send, tries that fail among them."""
    max_tokens: Annotated[int, Field(gt=0)] = 1_000_000
    """Tokens one run may use, question and answer together."""
    timeout: Annotated[float, Field(gt=0, le=3600)] = 120.0
    """Seconds an answer may take."""
    retries: Annotated[int, Field(ge=0, le=10)] = 3
    """Further tries where no answer comes or none that can be used."""
    pause: Annotated[float, Field(ge=0, le=60)] = 1.0
    """Seconds before the second try; doubled each time, 60 at most."""
    max_sentences: Annotated[int, Field(gt=0, le=200)] = 20
    """Sentences asked about in one request."""
