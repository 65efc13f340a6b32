"""Settings of GDELT's archive: where the files come from, and how its server is treated."""

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator

from detente.sources.downloads import Manners


def _address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        msg = 'not an http or https address; write it as "http://127.0.0.1:8080/gdeltv2"'
        raise ValueError(msg)
    if "@" in parts.netloc or parts.query or parts.fragment:
        msg = "holds more than an address; leave out user names and what follows ? or #"
        raise ValueError(msg)
    if parts.port == 0:  # asking for the port refuses one that is no number
        msg = "port 0 is none"
        raise ValueError(msg)
    return url.rstrip("/")


class GdeltSettings(Manners):
    """The `[gdelt]` table of `detente.toml`.

    Examples:
        >>> GdeltSettings(url_2="http://127.0.0.1:8080/gdeltv2/").url_2
        'http://127.0.0.1:8080/gdeltv2'
    """

    url_1: Annotated[str, AfterValidator(_address)] = "http://data.gdeltproject.org/events"
    """Address of GDELT 1.0's folder of event files, or of a mirror."""
    url_2: Annotated[str, AfterValidator(_address)] = "http://data.gdeltproject.org/gdeltv2"
    """Address of GDELT 2.0's."""

    def url(self, edition: int) -> str:
        """Return the address of an edition's folder.

        Args:
            edition: 1 or 2.
        """
        return self.url_1 if edition == 1 else self.url_2
