import csv
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from detente.errors import SourceChangedError, SourceError
from detente.panel import EventPanel
from detente.sources.gdelt import COLUMNS_1, COLUMNS_2, read_gdelt, type_role

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
SAMPLES = SHARED / "data" / "events"
needs_samples = pytest.mark.skipif(not SAMPLES.exists(), reason="../shared is not here")


def line(*, columns: Sequence[str] = COLUMNS_2, given: dict[str, str] | None = None) -> str:
    fields = {
        **dict.fromkeys(columns, ""),
        "GLOBALEVENTID": "1",
        "SQLDATE": "20170630",
        "Actor1Code": "USA",
        "Actor1CountryCode": "USA",
        "Actor2Code": "CHN",
        "Actor2CountryCode": "CHN",
        "EventCode": "042",
        "GoldsteinScale": "1.9",
        "NumArticles": "10",
        "DATEADDED": "20170701234500",
        "SOURCEURL": "https://a.example/1",
        **(given or {}),
    }
    return "\t".join(fields[name] for name in columns)


def write(folder: Path, *lines: str) -> Path:
    path = folder / "20170701234500.export.CSV"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def published_form(sample: str, folder: Path) -> Path:
    """Undo what a client did to the publisher's file: header, description, dashes, commas."""
    with (SAMPLES / sample).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        del row["CAMEOCodeDescription"]
        row["SQLDATE"] = row["SQLDATE"].replace("-", "")
    path = folder / f"{sample}.export.CSV.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("export.CSV", "".join("\t".join(row.values()) + "\n" for row in rows))
    return path


@needs_samples
@pytest.mark.parametrize(
    ("sample", "columns"),
    [("gdelt1_sample_50rows.csv", COLUMNS_1), ("gdelt2_sample_50rows.csv", COLUMNS_2)],
)
def test_knows_the_publishers_columns(sample: str, columns: tuple[str, ...]) -> None:
    header = (SAMPLES / sample).read_text(encoding="utf-8").splitlines()[0].split(",")
    assert [name for name in header if name != "CAMEOCodeDescription"] == list(columns)


@needs_samples
@pytest.mark.parametrize(
    ("sample", "account", "reasons"),
    [
        pytest.param(
            "gdelt1_sample_50rows.csv",
            (50, 9, 6, 35),
            {"no dyad": 34, "dated 365 days or more": 1},
            id="1.0",
        ),
        pytest.param(
            "gdelt2_sample_50rows.csv",
            (50, 2, 2, 46),
            {"no dyad": 40, "dated 365 days or more": 6},
            id="2.0",
        ),
    ],
)
def test_real_rows_load_with_their_account(
    tmp_path: Path, sample: str, account: tuple[int, ...], reasons: dict[str, int]
) -> None:
    path = published_form(sample, tmp_path)
    refused = [r.reason for batch in read_gdelt(path) for r in batch.refusals]
    assert {why: sum(why in r for r in refused) for why in reasons} == reasons
    entry = EventPanel(tmp_path / "panel").ingest("gdelt", path, read_gdelt(path)).entry
    assert (entry.rows_in, entry.kept, entry.duplicate, entry.quarantined) == account


def test_reads_a_row(tmp_path: Path) -> None:
    (batch,) = read_gdelt(write(tmp_path, line(given={"Actor1Type1Code": "MIL"})))
    (row,) = batch.events.to_pylist()
    assert (row["occurred_on"], row["published_on"]) == (date(2017, 6, 30), date(2017, 7, 1))
    assert (row["actor"], row["actor_role"], row["recipient"]) == ("USA", "MIL", "CHN")
    assert (row["n_reports"], row["url"]) == (10, "https://a.example/1")


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        pytest.param({"Actor2CountryCode": ""}, "no dyad", id="one country"),
        pytest.param({"Actor1CountryCode": "AFR"}, "unknown country code 'AFR'", id="region"),
        pytest.param({"SQLDATE": "20160701"}, "365 days or more before", id="a year off"),
        pytest.param({"SQLDATE": "20070701"}, "365 days or more before", id="ten years off"),
        pytest.param({"SQLDATE": "20170801"}, "after its publication", id="in the future"),
        pytest.param({"SQLDATE": "2017063"}, "not 8 or 14 digits", id="digit lost"),
        pytest.param({"EventCode": "42"}, "unknown CAMEO code '42'", id="zero lost"),
        pytest.param({"NumArticles": "-1"}, "number of reports", id="count"),
        pytest.param({"NumArticles": "2147483648"}, "over 2,147,483,647", id="count too large"),
    ],
)
def test_refuses_a_row_with_its_reason(tmp_path: Path, given: dict[str, str], reason: str) -> None:
    (batch,) = read_gdelt(write(tmp_path, line(), line(given=given)))
    (refusal,) = batch.refusals
    assert reason in refusal.reason
    assert (refusal.line, refusal.original) == (2, line(given=given))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        pytest.param({"SQLDATE": "20160702"}, 1, id="364 days"),
        pytest.param({"SQLDATE": "20170702"}, 1, id="a day ahead, west of UTC"),
    ],
)
def test_takes_dates_just_inside(tmp_path: Path, given: dict[str, str], kept: int) -> None:
    (batch,) = read_gdelt(write(tmp_path, line(given=given)))
    assert batch.events.num_rows == kept


def test_old_files_have_no_url_and_no_publication(tmp_path: Path) -> None:
    old = line(columns=COLUMNS_1[:-1], given={"SQLDATE": "19910117", "DATEADDED": "20130203"})
    (batch,) = read_gdelt(write(tmp_path, old, old))
    rows = batch.events.to_pylist()
    assert [(row["published_on"], row["url"]) for row in rows] == [(date(1991, 1, 17), None)] * 2
    assert rows[0]["repeat_key"] == rows[1]["repeat_key"]


@pytest.mark.parametrize(
    ("codes", "role"),
    [
        ("|||", ""),
        ("GOV|||", "GOV"),
        ("COP|||", "GOV"),
        ("LEG|||", "LEG"),
        ("MNC|||", "BUS"),
        ("UAF|||", "REB"),
        ("EDU|||", "CVL"),
        ("|||CHR", "CVL"),
        ("|PLO||", "CVL"),
    ],
)
def test_type_codes_become_a_role(codes: str, role: str) -> None:
    assert type_role(codes) == role


def test_a_truncated_line_is_refused(tmp_path: Path) -> None:
    (batch,) = read_gdelt(write(tmp_path, line(), "1\t2017"))
    assert [(r.line, r.reason) for r in batch.refusals] == [(2, "2 columns, expected 61")]


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        pytest.param("1979.zip", COLUMNS_1[:-1], id="1.0 by year"),
        pytest.param("200601.zip", COLUMNS_1[:-1], id="1.0 by month"),
        pytest.param("20170701.export.CSV.zip", COLUMNS_1, id="1.0 by day"),
        pytest.param("20170701234500.export.CSV.zip", COLUMNS_2, id="2.0"),
        pytest.param("20170701234500.translation.export.CSV.zip", COLUMNS_2, id="2.0 translated"),
    ],
)
def test_every_release_is_told_by_its_width(
    tmp_path: Path, name: str, columns: tuple[str, ...]
) -> None:
    path = tmp_path / name
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("member.csv", line(columns=columns) + "\r\n1\t2\r\n")
    (batch,) = read_gdelt(path)
    assert batch.events.select(["actor", "recipient", "cameo_code"]).to_pylist() == [
        {"actor": "USA", "recipient": "CHN", "cameo_code": "042"}
    ]
    assert [(r.line, r.reason) for r in batch.refusals] == [
        (2, f"2 columns, expected {len(columns)}")
    ]


def test_another_table_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "a\tb\tc")
    with pytest.raises(
        SourceChangedError, match="61, 58 or 57 tab-separated columns looked for, found 3"
    ):
        list(read_gdelt(path))


def test_a_damaged_zip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.export.CSV.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "x.CSV", "\n".join(line(given={"GLOBALEVENTID": str(n)}) for n in range(5000))
        )
    content = bytearray(path.read_bytes())
    content[2000:2100] = b"\xff" * 100
    path.write_bytes(content)
    with pytest.raises(SourceError, match="fetch it again"):
        list(read_gdelt(path))


def test_every_line_is_counted_over_stretches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("detente.sources.blocks.BLOCK", 300)
    codes = ["13y" if n % 4 == 0 else "042" for n in range(10)]
    lines = [line(given={"EventCode": code}) for code in codes]
    batches = list(read_gdelt(write(tmp_path, *lines)))
    assert [r.line for b in batches for r in b.refusals] == [1, 5, 9]
    assert len(batches) > 2
    assert sum(b.events.num_rows for b in batches) == 7
