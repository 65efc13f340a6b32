import zipfile
from collections import Counter
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from detente.errors import SourceChangedError, SourceError
from detente.panel import EventPanel
from detente.sources.events import EVENT_SCHEMA
from detente.sources.icews import read_icews, sector_role

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
WEEK = SHARED / "data" / "events" / "icews_raw_week_2021-01-03.parquet"
needs_week = pytest.mark.skipif(not WEEK.exists(), reason="../shared is not here")

HEADER = (
    "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\t"
    "Intensity\tTarget Name\tTarget Sectors\tTarget Country\tStory ID\tSentence Number\tPublisher\t"
    "City\tDistrict\tProvince\tCountry\tLatitude\tLongitude"
)


def line(**given: str) -> str:
    fields = {
        **dict.fromkeys(HEADER.split("\t"), ""),
        "Event ID": "7",
        "Event Date": "2021-01-03",
        "Source Name": "A minister",
        "Source Sectors": "Government,Foreign Ministry",
        "Source Country": "United States",
        "CAMEO Code": "042",
        "Intensity": "1.9",
        "Target Name": "China",
        "Target Country": "China",
        **{name.replace("_", " "): value for name, value in given.items()},
    }
    return "\t".join(fields.values())


def write(folder: Path, *lines: str) -> Path:
    path = folder / "release.tab"
    path.write_text("\r\n".join(lines) + "\r\n", encoding="utf-8")
    return path


def test_reads_a_row_with_its_line(tmp_path: Path) -> None:
    path = write(tmp_path, HEADER, "", line())
    (batch,) = read_icews(path)
    assert batch.events.schema.equals(EVENT_SCHEMA)
    (row,) = batch.events.to_pylist()
    assert (row["actor"], row["actor_role"], row["recipient"]) == ("USA", "GOV", "CHN")
    assert (row["recipient_role"], row["root"], row["realm"], row["tone"]) == (
        "",
        "04",
        "say",
        "coop",
    )
    assert (row["event_id"], row["goldstein"], row["origin_line"]) == ("7", 1.9, 3)
    assert row["published_on"] == row["occurred_on"]


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        pytest.param({"CAMEO_Code": "13y"}, "unknown CAMEO code '13y'", id="code"),
        pytest.param({"Event_Date": "2021-02-30"}, "date '2021-02-30'", id="day"),
        pytest.param({"Source_Country": "Freedonia"}, "unknown country 'Freedonia'", id="country"),
        pytest.param(
            {"Target_Country": "", "Target_Name": "Unspecified Actor"}, "no dyad", id="no dyad"
        ),
        pytest.param({"Intensity": "11"}, "not between -10 and 10", id="scale"),
        pytest.param({"Intensity": "1_0"}, "not a number", id="number"),
    ],
)
def test_refuses_a_row_with_its_reason(tmp_path: Path, given: dict[str, str], reason: str) -> None:
    (batch,) = read_icews(write(tmp_path, HEADER, line(), line(**given)))
    (refusal,) = batch.refusals
    assert batch.events.num_rows == 1
    assert reason in refusal.reason
    assert (refusal.line, refusal.original) == (3, line(**given))


def test_refuses_a_short_line(tmp_path: Path) -> None:
    (batch,) = read_icews(write(tmp_path, HEADER, "7\t2021-01-03", line()))
    assert [(r.line, r.reason, r.original) for r in batch.refusals] == [
        (2, "2 columns, expected 20", "7\t2021-01-03")
    ]


def test_an_organisation_stands_for_a_missing_country(tmp_path: Path) -> None:
    sectors = "Regional,International Government Organization"
    given = {"Source_Country": "", "Source_Name": "European Commission", "Source_Sectors": sectors}
    (batch,) = read_icews(write(tmp_path, HEADER, line(**given)))
    assert batch.events.select(["actor", "actor_role"]).to_pylist() == [
        {"actor": "EU", "actor_role": ""}
    ]


def test_an_id_does_not_tell_repeats_apart(tmp_path: Path) -> None:
    (batch,) = read_icews(
        write(tmp_path, HEADER, line(), line(Event_ID="8"), line(Target_Name="X"))
    )
    first, second, third = batch.events["repeat_key"].to_pylist()
    assert first == second != third


def test_missing_intensity_is_the_code_s(tmp_path: Path) -> None:
    (batch,) = read_icews(write(tmp_path, HEADER, line(Intensity="", CAMEO_Code="163")))
    assert batch.events["goldstein"].to_pylist() == [-8.0]


@pytest.mark.parametrize(
    ("sectors", "role"),
    [
        ("", ""),
        ("Government", "GOV"),
        ("Government,Military", "MIL"),
        ("Government,Police", "GOV"),
        ("Unicameral,Legislative / Parliamentary,Government", "LEG"),
        ("Executive,Government,Parties,(National) Major Party", "GOV"),
        ("Government,Judicial", "JUD"),
        ("Business,Multinational Corporation", "BUS"),
        ("Parties,Dissident", "OPP"),
        ("Education,Social", "CVL"),
        ("Global Diplomatic IGOs,International Government Organization", ""),
    ],
)
def test_sectors_become_a_role(sectors: str, role: str) -> None:
    assert sector_role(sectors) == role


def test_reads_a_zipped_release(tmp_path: Path) -> None:
    path = write(tmp_path, HEADER, line())
    zipped = tmp_path / "release.zip"
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.write(path, "release.tab")
    assert [batch.events.num_rows for batch in read_icews(zipped)] == [1]


@pytest.mark.parametrize(
    ("content", "error", "mend"),
    [
        pytest.param(b"", SourceError, "empty file; fetch it again", id="empty"),
        pytest.param(b"\n \n", SourceError, "holds no text", id="blank"),
        pytest.param(b"\x00\x01\x02", SourceError, "give the publisher's text file", id="binary"),
        pytest.param(b"PK\x03\x04", SourceError, "give the publisher's text file", id="half zip"),
        pytest.param(b"PAR1", SourceError, "cannot be read as Parquet", id="half parquet"),
        pytest.param(
            b"Event ID\tDay\n1\t2\n",
            SourceChangedError,
            "Event Date, Source Country.* looked for",
            id="header",
        ),
    ],
)
def test_a_file_that_is_no_release(
    tmp_path: Path, content: bytes, error: type[SourceError], mend: str
) -> None:
    path = tmp_path / "release.tab"
    path.write_bytes(content)
    with pytest.raises(error, match=mend):
        list(read_icews(path))


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="give the path of a downloaded file"):
        list(read_icews(tmp_path / "none.tab"))


def test_a_zip_of_two_files(tmp_path: Path) -> None:
    path = tmp_path / "two.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a", "x")
        archive.writestr("b", "x")
    with pytest.raises(SourceChangedError, match="unpack it and give each file"):
        list(read_icews(path))


@needs_week
def test_a_real_week_loads_with_its_account(tmp_path: Path) -> None:
    """7,251 rows: 248 name no second country, 904 repeat actors, sectors, day and code of another."""
    panel = EventPanel(tmp_path / "panel")
    entry = panel.ingest("icews", WEEK, read_icews(WEEK)).entry
    assert (entry.rows_in, entry.kept, entry.duplicate, entry.quarantined) == (7251, 6099, 904, 248)


@needs_week
def test_text_and_parquet_of_a_week_agree(tmp_path: Path) -> None:
    table = pq.read_table(WEEK)
    texts = [column.cast(pa.string()).to_pylist() for column in table.columns]
    path = write(tmp_path, HEADER, *("\t".join(row) for row in zip(*texts, strict=True)))
    small = tmp_path / "week.parquet"
    pq.write_table(table, small)
    (of_text,), (of_parquet,) = read_icews(path), read_icews(small)
    names = [name for name in EVENT_SCHEMA.names if name != "origin_line"]
    assert of_text.events.select(names).equals(of_parquet.events.select(names))
    assert Counter(r.reason for r in of_text.refusals) == Counter(
        r.reason for r in of_parquet.refusals
    )
