"""Days of an archive into the panel, over a real connection, with a publisher's faults."""

import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import pytest

from detente.errors import SettingsError, SourceError, SourceMissingError, WorkspaceError
from detente.pipeline import fetching
from detente.pipeline.archive_settings import gdelt_settings
from detente.pipeline.event_sources import event_sources
from detente.pipeline.fetched import Fate, FetchedFile, FetchReport
from detente.pipeline.fetching import fetch_gdelt
from detente.pipeline.workspace import SETTINGS_FILE, Workspace
from detente.sources.gdelt_settings import GdeltSettings
from tests.gdelt_server import Fault, GdeltServer, row, rows, server_fixture, zipped

__all__ = ["server_fixture"]

DAY = date(2020, 1, 1)
LATER = datetime(2020, 1, 1, 0, 59, tzinfo=UTC)
STAMPS = ["20200101000000", "20200101001500", "20200101003000", "20200101004500"]
LISTS = "masterfilelist.txt"
Fetch = Callable[..., FetchReport]


@pytest.fixture(name="waits")
def waits_fixture() -> list[float]:
    return []


@pytest.fixture(name="fetch")
def fetch_fixture(empty: Workspace, server: GdeltServer, waits: list[float]) -> Fetch:
    """Fetches the first hour of a day from the server; the server has no file yet."""
    url = server.url
    settings = GdeltSettings(
        url_1=f"{url}/events", url_2=f"{url}/gdeltv2", rate=0, pause=0, timeout=5, tries=3
    )
    return partial(
        fetch_gdelt, empty, DAY, DAY, asked_at=LATER, settings=settings, sleep=waits.append
    )


def fates(report: FetchReport) -> dict[str, Fate]:
    return {file.file.partition(".")[0]: file.fate for file in report.files}


def account(file: FetchedFile) -> tuple[int | None, ...]:
    return file.rows_in, file.kept, file.duplicate, file.quarantined


def downloads(workspace: Workspace, edition: int = 2) -> list[str]:
    folder = workspace.folder / "downloads" / f"gdelt-{edition}"
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*.zip*") if p.is_file())


def test_an_hour_comes_and_is_taken(fetch: Fetch, server: GdeltServer, empty: Workspace) -> None:
    names = [server.publish(stamp) for stamp in STAMPS]
    report = fetch()
    assert (report.fetched, report.held, report.missing, report.failed) == (4, 0, 0, 0)
    assert [file.file for file in report.files] == names
    assert [account(file) for file in report.files] == [(4, 3, 0, 1)] * 4
    assert all(Path(str(file.quarantine)).is_file() for file in report.files)
    (source,) = event_sources(empty).sources
    assert (source.name, source.files, source.rows, source.last) == ("gdelt", 4, 12, DAY)


def test_the_same_call_asks_for_nothing_it_has(fetch: Fetch, server: GdeltServer) -> None:
    for stamp in [*STAMPS, "20200102000000"]:
        server.publish(stamp)
    first = fetch()
    asked = len(server.asked)
    again = fetch()
    assert len(server.asked) == asked
    assert (again.fetched, again.held) == (0, 4)
    assert [account(f) for f in again.files] == [account(f) for f in first.files]


def test_a_list_that_ends_too_early_is_fetched_again(fetch: Fetch, server: GdeltServer) -> None:
    server.publish(STAMPS[0])
    assert fetch().missing == 3
    server.publish(STAMPS[1])
    report = fetch()
    assert (report.fetched, report.held, report.missing) == (1, 1, 2)
    assert server.names(".txt") == [LISTS, LISTS]


CURED = {
    "dropped": [Fault(cut=100)],
    "wrong bytes once": [Fault(body=b"x" * 100)],
    "500 twice": [Fault(500), Fault(500)],
    "429": [Fault(429, {"Retry-After": "7"})],
}


@pytest.mark.parametrize("faults", CURED.values(), ids=CURED)
def test_faults_that_pass(
    fetch: Fetch, server: GdeltServer, waits: list[float], faults: list[Fault]
) -> None:
    for stamp in STAMPS:
        server.publish(stamp)
    server.faults[f"{STAMPS[1]}.export.CSV.zip"] = list(faults)
    report = fetch()
    assert (report.fetched, report.failed) == (4, 0)
    assert (7 in waits) == (faults[0].status == 429)


def truncated(stamp: str) -> bytes:
    return zipped(rows(stamp, 400))[:-60]


def changed(stamp: str) -> bytes:
    lines = rows(stamp).splitlines()
    return zipped("\n".join(f"{line}\tnew\tcolumns" for line in lines))


def damaged(stamp: str) -> bytes:
    content = bytearray(zipped(rows(stamp, 400)))
    content[200:260] = b"\xff" * 60
    return bytes(content)


FAULTY: dict[str, tuple[Callable[[GdeltServer], object], Fate, str]] = {
    "truncated": (
        lambda s: s.publish(STAMPS[1], truncated(STAMPS[1])),
        Fate.FAILED,
        "came, and cannot be read: binary",
    ),
    "damaged": (
        lambda s: s.publish(STAMPS[1], damaged(STAMPS[1])),
        Fate.FAILED,
        "came, and cannot be read: damaged zip",
    ),
    "another layout": (
        lambda s: s.publish(STAMPS[1], changed(STAMPS[1])),
        Fate.FAILED,
        "61, 58 or 57 tab-separated columns looked for, found 63",
    ),
    "404": (lambda s: s.files.pop(f"gdeltv2/{s.publish(STAMPS[1])}"), Fate.GAP, "no such file"),
    "always wrong": (
        lambda s: s.files.update({f"gdeltv2/{s.publish(STAMPS[1])}": b"x" * 100}),
        Fate.FAILED,
        "100 bytes, .* expected, twice",
    ),
    "403": (
        lambda s: s.faults.update({s.publish(STAMPS[1]): [Fault(403)]}),
        Fate.FAILED,
        "answers 403",
    ),
    "always 500": (
        lambda s: s.faults.update({s.publish(STAMPS[1]): [Fault(500)] * 9}),
        Fate.FAILED,
        "answers 500; run again later",
    ),
}


@pytest.mark.parametrize(("publish", "fate", "reason"), FAULTY.values(), ids=FAULTY)
def test_a_file_with_a_fault_and_the_rest_goes_on(
    fetch: Fetch,
    server: GdeltServer,
    empty: Workspace,
    publish: Callable[[GdeltServer], object],
    fate: Fate,
    reason: str,
) -> None:
    server.publish(STAMPS[0])
    publish(server)
    server.publish(STAMPS[2])
    server.publish("20200102000000")
    report = fetch()
    assert list(fates(report).values()) == [Fate.FETCHED, fate, Fate.FETCHED]
    with pytest.raises(ValueError, match=reason):
        raise ValueError(report.files[1].reason)
    assert account(report.files[1]) == (None,) * 4
    assert [account(report.files[n]) for n in (0, 2)] == [(4, 3, 0, 1)] * 2
    assert f"{STAMPS[1]}.export.CSV.zip" not in downloads(empty)
    server.faults.clear()
    server.publish(STAMPS[1])
    shutil.rmtree(empty.folder / "downloads" / "gdelt-2")
    assert fetch().failed == 0


def test_only_a_layout_that_changes_within_is_told_by_row(
    fetch: Fetch, server: GdeltServer
) -> None:
    lines = [row(n, STAMPS[0]) for n in range(5)] + [row(9, STAMPS[0], 58)]
    server.publish(STAMPS[0], zipped("\n".join(lines)))
    (file,) = fetch().files
    assert account(file) == (6, 5, 0, 1)
    assert "58 columns, expected 61" in Path(str(file.quarantine)).read_text(encoding="utf-8")


def test_two_files_of_the_same_bytes_have_their_accounts(fetch: Fetch, server: GdeltServer) -> None:
    content = zipped(rows(STAMPS[0]))
    names = [server.publish(stamp, content) for stamp in STAMPS[:2]]
    report = fetch()
    assert [(file.file, file.rows_in) for file in report.files] == [(name, 4) for name in names]


def test_gaps_of_the_list_are_counted(fetch: Fetch, server: GdeltServer) -> None:
    server.publish(STAMPS[0])
    server.list(f"120 {STAMPS[1]}")
    server.publish(STAMPS[3])
    report = fetch()
    assert (report.fetched, report.missing, report.failed) == (2, 2, 0)
    ((begins, ends, count),) = [(g.begins, g.ends, g.files) for g in report.gaps]
    assert (begins.minute, ends.minute, count) == (15, 30, 2)
    assert [(r.line, r.origin) for r in report.refused] == [(2, LISTS)]


def test_translations_come_beside(fetch: Fetch, server: GdeltServer) -> None:
    server.publish(STAMPS[0])
    server.publish(STAMPS[1], kind="translation.")
    report = fetch(translation=True)
    assert [file.file for file in report.files] == [
        f"{STAMPS[0]}.export.CSV.zip",
        f"{STAMPS[1]}.translation.export.CSV.zip",
    ]
    assert [(g.translation, g.files) for g in report.gaps] == [(False, 3), (True, 1), (True, 2)]
    with pytest.raises(SettingsError, match="take edition 2 or leave it out"):
        fetch(translation=True, edition=1)


def test_days_months_and_years_of_edition_1(
    empty: Workspace, fetch: Fetch, server: GdeltServer
) -> None:
    server.publish_old("2005.zip", 57)
    server.publish_old("200601.zip", 57)
    server.publish_old("20130401.export.CSV.zip")
    years = partial(fetch_gdelt, empty, settings=fetch.keywords["settings"])  # type: ignore[attr-defined]
    report = years(date(2005, 12, 31), date(2006, 2, 1), asked_at=LATER, edition=1)
    assert [file.file for file in report.files] == ["2005.zip", "200601.zip"]
    assert [account(file) for file in report.files] == [(4, 1, 2, 1)] * 2  # no URL tells them apart
    assert [(str(g.begins.date()), g.files) for g in report.gaps] == [("2006-02-01", 1)]
    daily = years(date(2013, 4, 1), date(2013, 4, 1), asked_at=LATER, edition=1)
    assert [account(file) for file in daily.files] == [(4, 3, 0, 1)]
    assert downloads(empty, 1) == ["2005.zip", "200601.zip", "20130401.export.CSV.zip"]


@pytest.mark.parametrize("missing", ["md5sums", "filesizes"])
def test_one_of_the_two_old_lists_is_enough(
    empty: Workspace, fetch: Fetch, server: GdeltServer, missing: str
) -> None:
    server.publish_old("20200101.export.CSV.zip")
    del server.files[f"events/{missing}"]
    at = datetime(2020, 1, 3, tzinfo=UTC)
    assert fetch(edition=1, asked_at=at).fetched == 1
    server.files.clear()
    shutil.rmtree(empty.folder / "downloads")
    with pytest.raises(SourceMissingError, match="no such file"):
        fetch(edition=1, asked_at=at)


def test_files_that_are_not_kept_are_not_fetched_again(
    empty: Workspace, fetch: Fetch, server: GdeltServer
) -> None:
    for stamp in [*STAMPS[:2], "20200102000000"]:
        server.publish(stamp)
    first = fetch(keep_downloads=False)
    assert downloads(empty) == []
    again = fetch(keep_downloads=False)
    assert (again.fetched, again.held, server.names()) == (0, 2, [f.file for f in first.files])
    assert [account(f) for f in again.files] == [account(f) for f in first.files]
    shutil.rmtree(empty.folder / "events")
    assert fetch().fetched == 2


def test_a_receipt_cut_off_only_costs_its_file(
    empty: Workspace, fetch: Fetch, server: GdeltServer
) -> None:
    for stamp in STAMPS[:2]:
        server.publish(stamp)
    fetch(keep_downloads=False)
    receipts = empty.folder / "downloads" / "gdelt-2" / "taken.jsonl"
    receipts.write_bytes(receipts.read_bytes()[:-30])
    report = fetch(keep_downloads=False)
    assert list(fates(report).values()) == [Fate.HELD, Fate.FETCHED]
    assert fetch().held == 2


def test_each_group_is_taken_when_it_is_here(
    empty: Workspace, fetch: Fetch, server: GdeltServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "GROUP", 2)
    for stamp in STAMPS:
        server.publish(stamp)
    server.faults[f"{STAMPS[3]}.export.CSV.zip"] = [Fault(503, {"Retry-After": "1"})]

    def interrupt(_seconds: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fetch(sleep=interrupt)
    (source,) = event_sources(empty).sources
    assert (source.files, source.rows) == (2, 6)
    report = fetch()
    assert list(fates(report).values()) == [Fate.HELD] * 3 + [Fate.FETCHED]
    assert len(server.names()) == 5


def test_a_server_that_falls_silent_is_left_alone(fetch: Fetch, server: GdeltServer) -> None:
    names = [server.publish(f"20200101{n // 4:02d}{n % 4 * 15:02d}00") for n in range(8)]
    for name in names[1:]:
        server.faults[name] = [Fault(503)] * 9
    report = fetch(asked_at=datetime(2020, 1, 2, tzinfo=UTC))
    assert (report.fetched, report.failed) == (1, 7)
    assert [f.reason.startswith("not tried") for f in report.files] == [False] * 4 + [True] * 4
    assert len(server.names()) == 1 + 3 * 3


def test_who_asks_to_wait_long_is_left_alone_at_once(fetch: Fetch, server: GdeltServer) -> None:
    for stamp in STAMPS:
        server.publish(stamp)
    server.faults[".CSV.zip"] = [Fault(429, {"Retry-After": "86400"})]
    report = fetch()
    assert (report.failed, len(server.names())) == (4, 1)
    assert "asks to wait 86,400 s" in report.files[0].reason


def test_progress_is_told_in_bytes_and_files(fetch: Fetch, server: GdeltServer) -> None:
    class Noted:
        def __init__(self) -> None:
            self.totals: list[int | None] = []
            self.steps = 0

        def start(self, what: str, total: int | None) -> None:
            self.totals.append(total)

        def advance(self, steps: int = 1) -> None:
            self.steps += steps

    for stamp in STAMPS:
        server.publish(stamp)
    server.faults[f"{STAMPS[1]}.export.CSV.zip"] = [Fault(cut=100), Fault(body=b"x")]
    downloading, loading = Noted(), Noted()
    fetch(downloading=downloading, loading=loading)
    size = sum(len(c) for path, c in server.files.items() if path.endswith(".zip"))
    assert (downloading.totals, downloading.steps) == ([size], size)
    assert (loading.totals, loading.steps) == ([4], 4)


@pytest.mark.parametrize(
    ("faults", "told"),
    [
        pytest.param([Fault(404)], "no such file", id="404"),
        pytest.param([Fault(500)] * 9, "answers 500; run again later", id="500"),
        pytest.param([Fault(body=b"<html></html>")], "check the address", id="another page"),
    ],
)
def test_no_list_no_files(
    fetch: Fetch, server: GdeltServer, empty: Workspace, faults: list[Fault], told: str
) -> None:
    server.publish(STAMPS[0])
    server.faults[LISTS] = list(faults)
    with pytest.raises(SourceError, match=told):
        fetch()
    assert event_sources(empty).sources == ()
    server.faults.clear()
    assert fetch().fetched == 1


def test_days_the_archive_does_not_reach(fetch: Fetch, server: GdeltServer) -> None:
    server.publish("20200301000000")
    with pytest.raises(SourceError, match="or take edition 1 for earlier ones"):
        fetch()


SETTINGS = {
    "unknown": ("[gdelt]\nurl = 'http://a.example'\n", "known are .*url_1, url_2"),
    "address": ("[gdelt]\nurl_2 = 'a.example'\n", "url_2: not an http or https address"),
    "rate": ("[gdelt]\nrate = -1\n", "rate: Input should be greater than or equal to 0"),
    "no table": ("gdelt = 3\n", "cannot be read"),
}


@pytest.mark.parametrize(("text", "told"), SETTINGS.values(), ids=SETTINGS)
def test_settings_that_cannot_be_used(empty: Workspace, text: str, told: str) -> None:
    with (empty.folder / SETTINGS_FILE).open("a", encoding="utf-8") as file:
        file.write(text)
    with pytest.raises(SettingsError, match=told):
        gdelt_settings(empty)


def test_settings_of_the_table_and_of_the_call(empty: Workspace) -> None:
    assert gdelt_settings(empty) == GdeltSettings()
    with (empty.folder / SETTINGS_FILE).open("a", encoding="utf-8") as file:
        file.write("[gdelt]\nurl_2 = 'http://a.example/2/'\nrate = 9\n")
    read = gdelt_settings(empty, {"rate": 0.25})
    assert (read.url(2), read.rate) == ("http://a.example/2", 0.25)
    assert read.url(1) == "http://data.gdeltproject.org/events"


def test_one_run_at_a_time(fetch: Fetch, empty: Workspace, server: GdeltServer) -> None:
    server.publish(STAMPS[0])
    server.faults[LISTS] = [Fault(503, {"Retry-After": "1"})]

    def meanwhile(_seconds: float) -> None:
        with pytest.raises(WorkspaceError, match="another process is fetching"):
            fetch()

    assert fetch(sleep=meanwhile).fetched == 1
