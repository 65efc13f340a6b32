import time
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from detente.errors import SourceChangedError, SourceError, UnknownNameError
from detente.panel import EventPanel
from detente.sources.mapping import load_mapping, read_mapped, shipped_mapping

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
EVENTS = SHARED / "data" / "events"
needs_events = pytest.mark.skipif(not EVENTS.exists(), reason="../shared is not here")

MAPPING = """
name = "mine"
names = "country names"
date_format = "%d.%m.%Y"
delimiter = ";"
[columns]
date = "day"
actor = "who"
recipient = "whom"
cameo = "code"
actor_role = "role"
url = "link"
[constants]
issues = ["trade"]
"""
TABLE = """day;who;whom;code;role;link;note
03.01.2021;China;United States;042;GOV;https://a.example/1;"two
lines"
04.01.2021;China;United States;13y;GOV;;"a; b"
05.01.2021;China;United States;111;CHIEF;;
06.01.2021;China
07.01.2021;United States;China;163;;;
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "table.csv"
    path.write_text(TABLE, encoding="utf-8-sig")
    return path


def write_mapping(folder: Path, text: str) -> Path:
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_reads_a_quoted_table(table: Path, tmp_path: Path) -> None:
    (batch,) = read_mapped(table, load_mapping(write_mapping(tmp_path, MAPPING)))
    rows = batch.events.to_pylist()
    assert [(r["actor"], r["cameo_code"], r["origin_line"]) for r in rows] == [
        ("CHN", "042", 2),
        ("USA", "163", 7),
    ]
    assert (rows[0]["occurred_on"], rows[0]["issues"]) == (date(2021, 1, 3), ["trade"])
    assert (rows[0]["goldstein"], rows[1]["goldstein"]) == (1.9, -8.0)


def test_refuses_rows_with_line_and_original(table: Path, tmp_path: Path) -> None:
    (batch,) = read_mapped(table, load_mapping(write_mapping(tmp_path, MAPPING)))
    refused = {refusal.line: refusal for refusal in batch.refusals}
    assert list(refused) == [6, 4, 5]
    assert "13y" in refused[4].reason
    assert refused[4].original.endswith('"a; b"')
    assert "expected one of BUS" in refused[5].reason
    assert refused[6].reason == "2 columns, expected 7"


@pytest.mark.parametrize(
    ("names", "actor", "expected"),
    [("iso3", "CHN", "CHN"), ("country names", "China", "CHN"), ("cow", "710", "CHN")],
)
def test_country_conventions(tmp_path: Path, names: str, actor: str, expected: str) -> None:
    text = MAPPING.replace('"country names"', f'"{names}"')
    text = text.replace('recipient = "whom"\n', "").replace(
        "[constants]", f'[constants]\nrecipient = "{actor}"'
    )
    path = tmp_path / "t.csv"
    path.write_text(f"day;who;code;role;link\n03.01.2021;{actor};042;;\n", encoding="utf-8")
    (batch,) = read_mapped(path, load_mapping(write_mapping(tmp_path, text)))
    assert batch.events.select(["actor", "recipient"]).to_pylist() == [
        {"actor": expected, "recipient": expected}
    ]


def test_aliases_go_first(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    rows = {"date": ["2018-01-01"], "source_country": ["EUR"], "target_country": ["KSV"]}
    rows |= {"source": ["a"], "target": ["b"], "cameo": ["042"]}
    pq.write_table(pa.table({**rows, "goldstein": [1.9]}), path)
    (batch,) = read_mapped(path, shipped_mapping("icews_parquet"))
    (row,) = batch.events.to_pylist()
    assert (row["actor"], row["recipient"]) == ("EU", "XKX")


@pytest.mark.parametrize(
    ("old", "new", "mend"),
    [
        pytest.param('name = "mine"', "", "mapping key name: Field required", id="no name"),
        pytest.param('date = "day"', "", "mapping key columns.date", id="no date"),
        pytest.param('actor = "who"', "", "name the column or give constants.actor", id="no actor"),
        pytest.param('cameo = "code"', 'cameo = "code"\nx = "y"', "Extra inputs", id="unknown key"),
        pytest.param('"country names"', '"fips"', "'iso3', 'country names' or 'cow'", id="names"),
        pytest.param('["trade"]', '["tradee"]', "is no issue; known are", id="issue"),
        pytest.param("[columns]", "[columns", "mend it there", id="no toml"),
    ],
)
def test_a_wrong_mapping_says_what_to_mend(tmp_path: Path, old: str, new: str, mend: str) -> None:
    path = write_mapping(tmp_path, MAPPING.replace(old, new, 1))
    with pytest.raises(SourceError, match=mend):
        load_mapping(path)


def test_a_missing_mapping(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="give the path of a TOML file"):
        load_mapping(tmp_path / "none.toml")


def test_an_unknown_shipped_mapping() -> None:
    with pytest.raises(UnknownNameError, match="did you mean icews_parquet"):
        shipped_mapping("icews_parquets")


def test_a_missing_column_is_named(table: Path, tmp_path: Path) -> None:
    mapping = load_mapping(write_mapping(tmp_path, MAPPING.replace('"code"', '"cameo"')))
    with pytest.raises(
        SourceChangedError, match=r"columns cameo looked for, .*; correct the mapping"
    ):
        list(read_mapped(table, mapping))


def test_an_unclosed_quotation_mark(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    lines = [f"0{day}.01.2021;China;China;042;;;" for day in range(1, 9)] * 700
    path.write_text(TABLE.splitlines()[0] + '\n"' + "\n".join(lines), encoding="utf-8")
    mapping = load_mapping(write_mapping(tmp_path, MAPPING))
    with pytest.raises(SourceError, match=r"line 2: .*; close the quotation mark there"):
        list(read_mapped(path, mapping))


@needs_events
@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "account"),
    [
        ("icews18.parquet", (468_558, 403_593, 0, 64_965)),
        ("icews21.parquet", (326_354, 280_109, 0, 46_245)),
        ("icews22.parquet", (345_341, 204_293, 124_588, 16_460)),
    ],
)
def test_real_years_load_with_their_account(
    tmp_path: Path, name: str, account: tuple[int, ...]
) -> None:
    """The repeats of 2022 are rows equal in every column to an earlier row, refused rows counted too."""
    panel, path = EventPanel(tmp_path / "panel"), EVENTS / name
    started = time.process_time()
    entry = panel.ingest("icews", path, read_mapped(path, shipped_mapping("icews_parquet"))).entry
    assert (entry.rows_in, entry.kept, entry.duplicate, entry.quarantined) == account
    assert time.process_time() - started < 40


@needs_events
@pytest.mark.slow
def test_united_states_to_china_of_2022(tmp_path: Path) -> None:
    """Counted by hand in SQL over distinct rows: 830 and 344 words, 16 and 58 deeds."""
    panel, path = EventPanel(tmp_path / "panel"), EVENTS / "icews22.parquet"
    panel.ingest("icews", path, read_mapped(path, shipped_mapping("icews_parquet")))
    started = time.perf_counter()
    counts = panel.daily_counts("icews", "USA", "CHN", date(2022, 12, 31)).to_pylist()
    assert time.perf_counter() - started < 1
    words = {"01", "02", "03", "04", "05"}, {"09", "10", "11", "12", "13"}
    deeds = {"06", "07", "08"}, {str(root) for root in range(14, 21)}
    found = [sum(r["n"] for r in counts if r["root"] in roots) for roots in (*words, *deeds)]
    assert found == [830, 344, 16, 58]
