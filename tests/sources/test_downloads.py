"""One file over a real connection, with every fault a server can have."""

import resource
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from hashlib import md5
from pathlib import Path

import pytest

from detente.errors import (
    SourceError,
    SourceMissingError,
    SourceUnavailableError,
    WorkspaceError,
)
from detente.sources.download_files import SET_ASIDE, Wanted, only_fetcher
from detente.sources.downloads import Downloader, Manners
from tests.gdelt_server import Fault, GdeltServer, server_fixture

__all__ = ["server_fixture"]

CONTENT = bytes(range(256)) * 1000
NAME = "a.zip"
SIZE = len(CONTENT)


class Fetching:
    """A downloader whose waits are noted, not waited."""

    def __init__(self, server: GdeltServer, folder: Path) -> None:
        self.server = server
        self.folder = folder
        self.waits: list[float] = []
        self.bytes = 0
        server.files[NAME] = CONTENT

    def wanted(self, **changes: object) -> Wanted:
        facts: dict[str, object] = {
            "name": NAME,
            "url": f"{self.server.url}/{NAME}",
            "size": SIZE,
            "md5": md5(CONTENT).hexdigest(),
        }
        return Wanted.model_validate(facts | changes)

    def fetch(self, wanted: Wanted | None = None, **manners: object) -> bool:
        chosen = Manners.model_validate({"rate": 0, "pause": 1, "timeout": 5} | manners)
        with Downloader("GDELT", chosen, sleep=self.waits.append) as downloader:
            return downloader.fetch(wanted or self.wanted(), self.folder, self._told)

    def _told(self, count: int) -> None:
        self.bytes += count

    def ranges(self) -> list[str | None]:
        return [headers.get("Range") for _, headers in self.server.asked]

    def files(self) -> list[str]:
        return sorted(p.name for p in self.folder.rglob("*") if p.is_file())


@pytest.fixture(name="one")
def one_fixture(server: GdeltServer, tmp_path: Path) -> Fetching:
    return Fetching(server, tmp_path)


def is_here(one: Fetching) -> bool:
    return (one.folder / NAME).read_bytes() == CONTENT and one.bytes == SIZE


def test_a_file_comes_once(one: Fetching) -> None:
    assert one.fetch()
    assert not one.fetch()
    assert (one.folder / NAME).read_bytes() == CONTENT
    assert (len(one.server.asked), one.bytes, one.files()) == (1, 2 * SIZE, [NAME])


def test_it_says_who_asks(one: Fetching) -> None:
    one.fetch()
    ((_, headers),) = one.server.asked
    assert headers["User-Agent"] == "detente/0.1.0"


FAULTS: dict[str, tuple[list[Fault], list[str | None]]] = {
    "dropped": ([Fault(cut=100_000)], [None, "bytes=100000-"]),
    "dropped twice": (
        [Fault(cut=70_000), Fault(cut=60_000)],
        [None, "bytes=70000-", "bytes=130000-"],
    ),
    "dropped at the last byte": ([Fault(cut=SIZE - 1)], [None, f"bytes={SIZE - 1}-"]),
    "cut without a length": ([Fault(cut=90_000, no_length=True)], [None, "bytes=90000-"]),
    "500 twice": ([Fault(500), Fault(500)], [None] * 3),
    "429": ([Fault(429)], [None] * 2),
    "dropped, then 503": ([Fault(cut=100_000), Fault(503)], [None, *["bytes=100000-"] * 2]),
    "wrong bytes": ([Fault(body=b"x" * SIZE)], [None, None]),
    "too few": ([Fault(body=b"x" * 9)], [None, None]),
    "too many": ([Fault(body=b"x" * (SIZE + 9))], [None, None]),
    "416": ([Fault(cut=100_000), Fault(416)], [None, "bytes=100000-", None]),
}


@pytest.mark.parametrize(("faults", "ranges"), FAULTS.values(), ids=FAULTS)
def test_it_comes_in_the_end(one: Fetching, faults: list[Fault], ranges: list[str | None]) -> None:
    one.server.faults[NAME] = list(faults)
    assert one.fetch()
    assert is_here(one)
    assert one.ranges() == ranges


NOT_RESUMED: dict[str, Callable[[GdeltServer], None]] = {
    "no ranges": lambda s: setattr(s, "has_ranges", False),
    "nothing tells the version": lambda s: setattr(s, "validators", {}),
    "only a weak tag": lambda s: setattr(s, "validators", {"ETag": 'W/"1"'}),
}


@pytest.mark.parametrize("change", NOT_RESUMED.values(), ids=NOT_RESUMED)
def test_it_starts_over_where_it_cannot_go_on(
    one: Fetching, change: Callable[[GdeltServer], None]
) -> None:
    change(one.server)
    one.server.faults[NAME] = [Fault(cut=100_000)]
    assert one.fetch()
    assert is_here(one)


def test_it_goes_on_by_the_date_of_the_file(one: Fetching) -> None:
    dated = "Sat, 22 Aug 2020 10:00:00 GMT"
    one.server.validators = {"ETag": 'W/"1"', "Last-Modified": dated}
    one.server.faults[NAME] = [Fault(cut=100_000)]
    assert one.fetch()
    assert one.server.asked[1][1]["If-Range"] == dated
    assert is_here(one)


def test_a_later_run_goes_on(one: Fetching) -> None:
    one.server.faults[NAME] = [Fault(cut=100_000)]
    with pytest.raises(SourceUnavailableError, match="run again later"):
        one.fetch(tries=1)
    assert one.files() == ["a.zip.part", "a.zip.part.version"]
    one.bytes = 0
    assert one.fetch()
    assert one.ranges() == [None, "bytes=100000-"]
    assert is_here(one)


def test_a_file_that_changed_meanwhile_comes_anew(one: Fetching) -> None:
    one.server.files[NAME] = b"y" * SIZE
    one.server.faults[NAME] = [Fault(cut=100_000)]
    with pytest.raises(SourceUnavailableError):
        one.fetch(tries=1)
    one.server.files[NAME] = CONTENT
    one.bytes = 0
    assert one.fetch()
    assert one.ranges() == [None, "bytes=100000-"]
    assert is_here(one)


def test_wrong_bytes_twice_are_set_aside(one: Fetching) -> None:
    with pytest.raises(SourceError, match=r"MD5 \w+, 0+ expected, twice; set aside, run again"):
        one.fetch(one.wanted(md5="0" * 32))
    assert len(one.server.asked) == 2
    assert (one.bytes, one.files()) == (0, [NAME])
    assert (one.folder / SET_ASIDE / NAME).read_bytes() == CONTENT


def test_a_held_file_that_is_damaged_is_fetched_again(one: Fetching) -> None:
    (one.folder / NAME).write_bytes(b"z" * SIZE)
    assert one.fetch()
    assert is_here(one)


@pytest.mark.parametrize(
    ("status", "kind", "told"),
    [
        pytest.param(404, SourceMissingError, "no such file", id="404"),
        pytest.param(410, SourceMissingError, "no such file", id="410"),
        pytest.param(403, SourceError, "answers 403; check the address", id="403"),
    ],
)
def test_a_refusal_is_not_asked_again(
    one: Fetching, status: int, kind: type[SourceError], told: str
) -> None:
    one.server.faults[NAME] = [Fault(status)]
    with pytest.raises(kind, match=told):
        one.fetch()
    assert len(one.server.asked) == 1


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504])
def test_a_passing_refusal_is_asked_again_so_often(one: Fetching, status: int) -> None:
    one.server.faults[NAME] = [Fault(status)] * 9
    with pytest.raises(SourceUnavailableError, match=f"answers {status}; run again later"):
        one.fetch(tries=4)
    assert len(one.server.asked) == 4
    low = [0.5, 1.0, 2.0]
    assert [b <= wait <= 2 * b for b, wait in zip(low, one.waits, strict=True)] == [True] * 3


NOW = datetime(2021, 5, 6, 7, 8, 9, tzinfo=UTC)
LATER = format_datetime(NOW + timedelta(seconds=42), usegmt=True)


@pytest.mark.parametrize(
    ("asked", "least"),
    [
        pytest.param("30", 30, id="seconds"),
        pytest.param(LATER, 42, id="date"),
        pytest.param("soon", 0, id="neither"),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
def test_it_waits_as_long_as_asked(one: Fetching, status: int, asked: str, least: float) -> None:
    headers = {"Retry-After": asked, "Date": format_datetime(NOW, usegmt=True)}
    one.server.faults[NAME] = [Fault(status, headers)]
    assert one.fetch()
    (wait,) = one.waits
    assert wait == least or (least == 0 and wait <= 1)


def test_who_asks_to_wait_too_long_is_left_alone(one: Fetching) -> None:
    one.server.faults[NAME] = [Fault(503, {"Retry-After": "3600"})]
    with pytest.raises(SourceUnavailableError, match="asks to wait 3,600 s; run again later"):
        one.fetch()
    assert (len(one.server.asked), one.waits) == (1, [])


def test_requests_keep_their_distance(one: Fetching) -> None:
    one.server.faults[NAME] = [Fault(cut=1000), Fault(cut=1000)]
    one.fetch(rate=50, pause=0)
    kept = [wait for wait in one.waits if wait > 1]
    assert len(kept) == 2
    assert all(45 < wait <= 100 for wait in kept)


def test_a_redirect_is_followed_and_a_ring_is_not(one: Fetching) -> None:
    one.server.files["b.zip"] = CONTENT
    one.server.faults[NAME] = [Fault(302, {"Location": "/b.zip"})]
    assert one.fetch()
    (one.folder / NAME).unlink()
    one.server.faults[NAME] = [Fault(302, {"Location": f"/{NAME}"})] * 20
    with pytest.raises(SourceError, match="check the address"):
        one.fetch()


def test_nobody_there(one: Fetching) -> None:
    with GdeltServer() as gone:
        url = gone.url
    with pytest.raises(SourceUnavailableError, match=r"no whole answer .*; run again later"):
        one.fetch(one.wanted(url=f"{url}/{NAME}"), tries=2)
    assert len(one.waits) == 1


def test_no_answer_in_time(one: Fetching) -> None:
    one.server.faults[NAME] = [Fault(cut=1000, stall=True)]
    with pytest.raises(SourceUnavailableError, match=r"no answer within 0\.2 s"):
        one.fetch(timeout=0.2, tries=1)
    assert (one.folder / "a.zip.part").stat().st_size == 1000


def test_a_file_of_unknown_bytes_is_always_asked_for(one: Fetching) -> None:
    unknown = one.wanted(size=None, md5=None)
    assert one.fetch(unknown)
    assert one.fetch(unknown)
    assert len(one.server.asked) == 2


def test_a_disk_that_takes_no_more(one: Fetching) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, before[1]))
    try:
        with pytest.raises(WorkspaceError, match=r"\(File too large\); make room, then run the"):
            one.fetch()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    one.bytes = (one.folder / "a.zip.part").stat().st_size - one.bytes
    assert one.fetch()
    assert one.ranges() == [None, "bytes=50000-"]


@pytest.mark.parametrize("name", ["../a.zip", "/etc/a.zip", "a/b.zip", ".hidden", "-r", ""])
def test_a_name_is_a_name(one: Fetching, name: str) -> None:
    with pytest.raises(ValueError, match="name"):
        one.wanted(name=name)


def test_one_process_at_a_time(tmp_path: Path) -> None:
    with (
        only_fetcher(tmp_path),
        pytest.raises(WorkspaceError, match="wait until it has ended"),
        only_fetcher(tmp_path),
    ):
        pass
    with only_fetcher(tmp_path):
        assert (tmp_path / ".lock").is_file()
