"""What GDELT's lists say, with the faults they have."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import DateError, SourceChangedError, SourceError
from detente.sources.download_files import Wanted
from detente.sources.downloads import Downloader
from detente.sources.gdelt_archive import (
    QUARTER,
    ArchiveFile,
    Listing,
    gaps_in,
    list_names,
    read_lists,
    span,
)
from detente.sources.gdelt_settings import GdeltSettings

BASE = "http://mirror.example/gdelt"
MD5 = "0123456789abcdef" * 2
DAY = span(date(2020, 1, 1), date(2020, 1, 1))
FAR = datetime(2030, 1, 1, tzinfo=UTC)


def line(stamp: str, kind: str = "export.CSV", size: str = "120", md5: str = MD5) -> str:
    return f"{size} {md5} http://data.example/gdeltv2/{stamp}.{kind}.zip"


def master(folder: Path, *lines: str) -> list[Path]:
    path = folder / "masterfilelist.txt"
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return [path]


def day_lists(folder: Path, md5sums: str, filesizes: str = "") -> list[Path]:
    paths = [folder / name for name in list_names(1)]
    for path, text in zip(paths, (md5sums, filesizes), strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def test_event_files_of_the_days_are_picked(tmp_path: Path) -> None:
    lists = master(
        tmp_path,
        line("20191231234500"),
        line("20200101000000"),
        line("20200101000000", "mentions.CSV"),
        line("20200101000000", "gkg.csv"),
        line("20200101234500", md5=MD5.upper()),
        line("20200102000000"),
    )
    listing = read_lists(lists, DAY, BASE, 2)
    assert [file.wanted.name for file in listing.files] == [
        "20200101000000.export.CSV.zip",
        "20200101234500.export.CSV.zip",
    ]
    assert {(f.wanted.size, f.wanted.md5) for f in listing.files} == {(120, MD5)}
    assert listing.files[0].wanted.url == f"{BASE}/20200101000000.export.CSV.zip"
    assert (listing.begins.day, listing.ends.day, listing.refused) == (31, 2, ())


BAD_LINES = {
    "no address": ("120 " + MD5, "size, md5 and url expected, found 2 of three"),
    "no size": (f"{MD5} http://a.example/20200101000000.export.CSV.zip", "found 2 of three"),
    "one field": ("20200101001500", "found 1 of three"),
    "four fields": (line("20200101001500") + " again", "found 4 of three"),
    "size": (line("20200101001500", size="-1"), "size '-1', a number of bytes expected"),
    "nothing in it": (line("20200101001500", size="0"), "size '0', a number of bytes"),
    "MD5": (line("20200101001500", md5="abc"), "md5 'abc', 32 hexadecimal digits expected"),
    "no such day": (line("20200230001500"), "names no day or instant"),
    "no such hour": (line("20200101256000"), "names no day or instant"),
}


@pytest.mark.parametrize(("bad", "reason"), BAD_LINES.values(), ids=BAD_LINES)
def test_a_bad_line_is_refused_and_the_rest_goes_on(tmp_path: Path, bad: str, reason: str) -> None:
    lists = master(tmp_path, line("20200101000000"), "", bad, line("20200101003000"))
    listing = read_lists(lists, DAY, BASE, 2)
    assert len(listing.files) == 2
    (refusal,) = listing.refused
    assert reason in refusal.reason
    assert (refusal.origin, refusal.line, refusal.original) == ("masterfilelist.txt", 3, bad)


@given(st.lists(st.text(max_size=60), max_size=20))
def test_no_line_breaks_the_reading(bad: list[str]) -> None:
    with TemporaryDirectory() as folder:
        lists = master(Path(folder), line("20200101000000"))
        with lists[0].open("ab") as file:
            file.write("\n".join(bad).encode("utf-16", errors="surrogatepass"))
        assert len(read_lists(lists, DAY, BASE, 2).files) == 1


@pytest.mark.parametrize(
    "text", ["", "<html>\n<body>Sign in to the network</body>\n", line("20200101000000", "gkg.csv")]
)
def test_a_list_without_event_files_is_another_page(tmp_path: Path, text: str) -> None:
    with pytest.raises(SourceChangedError, match=r"found none \(\d refused\); check the address"):
        read_lists(master(tmp_path, text), DAY, BASE, 2)


def test_old_lists_are_joined_by_name(tmp_path: Path) -> None:
    names = ("1979.zip", "200602.zip", "20130401.export.CSV.zip", "GDELT.MASTER.zip", "index.html")
    sums = "".join(f"{MD5}  {name}\n" for name in names)
    lists = day_lists(tmp_path, sums, "70 1979.zip\n80 20130401.export.CSV.zip\n90\n")
    listing = read_lists(lists, span(date(1979, 12, 31), date(2013, 4, 1)), BASE, 1)
    found = {file.wanted.name: (file.wanted.size, file.wanted.md5) for file in listing.files}
    assert found == {
        "1979.zip": (70, MD5),
        "200602.zip": (None, MD5),
        "20130401.export.CSV.zip": (80, MD5),
    }
    assert [(r.origin, r.line) for r in listing.refused] == [("filesizes", 3)]


@pytest.mark.parametrize(
    ("first", "last", "names"),
    [
        pytest.param("2005-12-31", "2005-12-31", ["2005.zip"], id="last day of a year"),
        pytest.param("2006-02-28", "2006-03-01", ["200602.zip", "200603.zip"], id="two months"),
        pytest.param("2006-02-01", "2006-02-01", ["200602.zip"], id="first day of a month"),
        pytest.param("2006-04-01", "2006-04-01", ["20060401.export.CSV.zip"], id="a day"),
        pytest.param("2006-04-02", "2006-04-05", [], id="between"),
    ],
)
def test_longer_files_count_for_each_of_their_days(
    tmp_path: Path, first: str, last: str, names: list[str]
) -> None:
    held = ["2005.zip", "200602.zip", "200603.zip", "20060401.export.CSV.zip"]
    lists = day_lists(tmp_path, "".join(f"{MD5} {name}\n" for name in held))
    days = span(date.fromisoformat(first), date.fromisoformat(last))
    assert [f.wanted.name for f in read_lists(lists, days, BASE, 1).files] == names


def listed(*times: datetime, ends: datetime = FAR) -> Listing:
    files = [
        ArchiveFile(wanted=Wanted(name="a.zip", url="http://a.example"), begins=at, ends=at)
        for at in times
    ]
    return Listing(files=tuple(files), begins=DAY.begins - timedelta(days=9), ends=ends)


@given(st.sets(st.integers(0, 95)))
def test_gaps_are_what_is_not_listed(held: set[int]) -> None:
    listing = listed(*(DAY.begins + n * QUARTER for n in sorted(held)))
    gaps = gaps_in(listing, DAY, FAR, 2)
    missing = {(gap.begins - DAY.begins) // QUARTER + n for gap in gaps for n in range(gap.files)}
    assert missing == set(range(96)) - held
    assert all(gap.ends == gap.begins + (gap.files - 1) * QUARTER for gap in gaps)
    assert len(gaps) <= len(held) + 1


@pytest.mark.parametrize(
    ("until", "files"),
    [("2020-01-01T00:00", 1), ("2020-01-01T06:07", 25), ("2020-01-09T00:00", 96)],
)
def test_what_is_not_due_yet_is_no_gap(until: str, files: int) -> None:
    at = datetime.fromisoformat(until).replace(tzinfo=UTC)
    assert sum(gap.files for gap in gaps_in(listed(), DAY, at, 2)) == files


@pytest.mark.parametrize(
    ("until", "days"), [("2020-01-02T23:00", 1), ("2020-01-03T00:30", 2), ("2020-02-01", 5)]
)
def test_the_file_of_a_day_is_due_when_the_day_is_over(until: str, days: int) -> None:
    week = span(date(2020, 1, 1), date(2020, 1, 5))
    at = datetime.fromisoformat(until).replace(tzinfo=UTC)
    assert sum(gap.files for gap in gaps_in(listed(), week, at, 1)) == days


@pytest.mark.parametrize("day", [date(2019, 12, 22), date(2020, 1, 11)], ids=["before", "after"])
def test_days_outside_the_list_are_an_error(day: date) -> None:
    listing = listed(ends=datetime(2020, 1, 10, tzinfo=UTC))
    with pytest.raises(SourceError, match=r"2019-12-23 to 2020-01-10, none .*; name days between"):
        gaps_in(listing, span(day, day), FAR, 2)


def test_days_in_the_wrong_order() -> None:
    with pytest.raises(DateError, match="name the earlier day first"):
        span(date(2020, 1, 2), date(2020, 1, 1))


@pytest.mark.parametrize(
    ("setting", "value", "told"),
    [
        ("url_2", "ftp://a.example", "not an http or https address"),
        ("url_2", "gdeltv2", "not an http or https address"),
        ("url_1", "http://me:secret@a.example", "holds more than an address"),
        ("url_1", "http://a.example/?x=1", "holds more than an address"),
        ("url_1", "http://a.example:0", "port 0 is none"),
        ("rate", -1, "greater than or equal to 0"),
        ("tries", 0, "greater than 0"),
    ],
)
def test_settings_that_cannot_be_used(setting: str, value: object, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        GdeltSettings.model_validate({setting: value})


@pytest.mark.network
def test_the_publisher_still_speaks_so(tmp_path: Path) -> None:
    """Fetches the 1.0 lists and one file of a day; run it with `pytest -m network`."""
    settings = GdeltSettings()
    with Downloader("GDELT", settings) as downloader:
        for name in list_names(1):
            wanted = Wanted(name=name, url=f"{settings.url_1}/{name}")
            downloader.fetch(wanted, tmp_path, lambda _count: None)
        paths = [tmp_path / name for name in list_names(1)]
        (file,) = read_lists(paths, DAY, settings.url_1, 1).files
        assert downloader.fetch(file.wanted, tmp_path, lambda _count: None)
