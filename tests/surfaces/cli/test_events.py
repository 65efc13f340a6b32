"""`detente events` as a user types it, against an archive on 127.0.0.1."""

import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from detente.pipeline.event_sources import EventSources
from detente.pipeline.fetched import FetchReport
from detente.pipeline.workspace import SETTINGS_FILE, Workspace
from detente.surfaces import settings
from tests.gdelt_server import Fault, GdeltServer, server_fixture

__all__ = ["server_fixture"]

Run = Callable[..., tuple[int, str, str]]
STAMPS = ["20200101000000", "20200101001500", "20200101003000", "20200101004500"]
DAYS = ("--from", "2020-01-01", "--to", "2020-01-01")


@pytest.fixture(name="place")
def place_fixture(empty: Workspace, server: GdeltServer) -> Workspace:
    """A workspace whose settings name the server, which has an hour of files."""
    for stamp in [*STAMPS, "20200102000000"]:
        server.publish(stamp)
    table = f'[gdelt]\nurl_1 = "{server.url}/events"\nurl_2 = "{server.url}/gdeltv2"\n'
    with (empty.folder / SETTINGS_FILE).open("a", encoding="utf-8") as file:
        file.write(f"{table}rate = 0\npause = 0\ntries = 2\n")
    return empty


def fetch(run: Run, place: Workspace, *words: object) -> tuple[int, str, str]:
    code, out, err = run("events", "fetch", "gdelt", *DAYS, "-w", place.folder, *words)
    return code, " ".join(out.split()), err


def test_a_day_comes_and_is_listed(run: Run, place: Workspace) -> None:
    code, out, err = fetch(run, place)
    assert (code, err) == (0, "")
    assert "4 files fetched, 0 held already, 92 missing at the publisher, 0 failed." in out
    assert "16 rows = 12 kept + 0 repeated + 4 set aside." in out
    assert "Gap: 2020-01-01 01:00 to 2020-01-01 23:45: 92 files not listed" in out
    code, out, err = run("events", "list", "-w", place.folder)
    assert (code, err) == (0, "")
    assert "gdelt 4 12 2020-01-01 2020-01-01" in " ".join(out.split())


def test_nothing_to_list(run: Run, empty: Workspace) -> None:
    code, out, _ = run("events", "list", "-w", empty.folder)
    assert (code, out.split(";")[0]) == (0, "No events yet")


def test_json_is_the_record(run: Run, place: Workspace) -> None:
    code, out, err = run("events", "fetch", "gdelt", *DAYS, "-w", place.folder, "--json")
    assert (code, err) == (0, "")
    report = FetchReport.model_validate_json(out)
    assert report.model_dump_json(indent=2) + "\n" == out
    assert (report.fetched, report.missing) == (4, 92)
    _, out, _ = run("events", "list", "-w", place.folder, "--json")
    assert EventSources.model_validate_json(out).sources[0].rows == 12


def test_a_failure_says_what_repeats_it(run: Run, place: Workspace, server: GdeltServer) -> None:
    server.faults[f"{STAMPS[1]}.export.CSV.zip"] = [Fault(403)]
    code, out, err = fetch(run, place, "--rate", "0")
    assert (code, err) == (1, "")
    assert f"Failed: {STAMPS[1]}.export.CSV.zip: answers 403" in out
    words = out.partition("again: detente ")[2].partition(" In ")[0].split()
    assert words[-2:] == ["-w", str(place.folder)]
    assert words[words.index("--rate") + 1] == "0.0"
    code, out, _ = run(*words)
    assert (code, "1 files fetched, 3 held already" in " ".join(out.split())) == (0, True)


def test_only_gaps_are_no_failure(run: Run, place: Workspace, server: GdeltServer) -> None:
    del server.files[f"gdeltv2/{STAMPS[1]}.export.CSV.zip"]
    code, out, _ = fetch(run, place)
    assert (code, "93 missing" in out) == (0, True)
    assert f"Gap: {STAMPS[1]}.export.CSV.zip: no such file (404)" in out


def test_another_address_and_edition(run: Run, place: Workspace, server: GdeltServer) -> None:
    server.publish_old("20200101.export.CSV.zip")
    server.files = {p.replace("events/", "mirror/"): c for p, c in server.files.items()}
    code, out, _ = fetch(run, place, "--edition", 1, "--url", f"{server.url}/mirror/")
    assert (code, "GDELT 1.0" in out, "1 files fetched" in out) == (0, True, True)
    assert not list(place.folder.rglob("*.part"))


def test_files_need_not_be_kept(run: Run, place: Workspace) -> None:
    assert fetch(run, place, "--no-keep-downloads")[0] == 0
    assert not list(place.folder.rglob("*.zip"))


WRONG = {
    "no such day": (("--to", "2020-02-30"), "not a day; write it as"),
    "in the future": (("--to", str((settings.now() + timedelta(9)).date())), "is after today"),
    "backwards": (("--to", "2019-12-31"), "name the earlier day first"),
    "edition": (("--edition", "3"), "'--edition'"),
    "rate": (("--rate", "-1"), "gdelt: rate: Input should be greater"),
    "address": (("--url", "ftp://a.example"), "not an http or https address"),
    "translation": (("--edition", "1", "--translation"), "take edition 2"),
    "outside": (("--from", "2016-01-01", "--to", "2016-01-02"), "name days between them"),
}


@pytest.mark.parametrize(("words", "told"), WRONG.values(), ids=WRONG)
def test_what_a_user_can_mend(
    run: Run, place: Workspace, words: tuple[str, ...], told: str
) -> None:
    code, out, err = fetch(run, place, *words)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert told in err


def test_nobody_there(run: Run, place: Workspace) -> None:
    with GdeltServer() as gone:
        url = gone.url
    code, out, err = fetch(run, place, "--url", url)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "run again later" in err


@pytest.mark.slow
def test_an_interrupted_command_goes_on(run: Run, place: Workspace, server: GdeltServer) -> None:
    name = f"{STAMPS[2]}.export.CSV.zip"
    server.faults[name] = [Fault(cut=100, stall=True)]
    start = "from detente.surfaces.cli.app import run; run()"
    words = [sys.executable, "-c", start, "events", "fetch", "gdelt", *DAYS, "-w", place.folder]
    process = subprocess.Popen(list(map(str, words)), stderr=subprocess.PIPE, text=True)
    try:
        assert server.stalled.wait(120)
        part = next_part(place.folder)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=60)
    finally:
        process.kill()
    assert (process.returncode, told.count("\n")) == (130, 1)
    assert "run the same command again to go on" in told
    assert part.stat().st_size == 100
    code, out, _ = fetch(run, place)
    assert (code, "2 files fetched, 2 held already" in out) == (0, True)
    assert server.asked[-2][1]["Range"] == "bytes=100-"


def next_part(folder: Path) -> Path:
    """The unfinished file, once its first bytes are there."""
    while not (found := [p for p in folder.rglob("*.zip.part") if p.stat().st_size]):
        continue
    return found[0]
