import csv
import io
from datetime import date
from pathlib import Path

import pytest

from detente.errors import SourceChangedError
from detente.sources.events import EventBatch
from detente.sources.phoenix import read_phoenix

HEADER = (
    *("EventID", "Date", "Year", "Month", "Day"),
    *(
        f"{s}Actor{k}"
        for s in ("Source", "Target")
        for k in ("Full", "Entity", "Role", "Attribute")
    ),
    *("EventCode", "EventRootCode", "PentaClass", "GoldsteinScore", "Issues", "Lat", "Lon"),
    *("LocationName", "StateName", "CountryCode", "SentenceID", "URLs", "NewsSources"),
)


def fields(**given: str) -> list[str]:
    row = {
        **dict.fromkeys(HEADER, ""),
        "EventID": "140620_1",
        "Date": "20140620",
        "SourceActorFull": "USAGOV",
        "SourceActorEntity": "USA",
        "SourceActorRole": "GOV",
        "TargetActorFull": "CHN",
        "TargetActorEntity": "CHN",
        "EventCode": "042",
        "EventRootCode": "04",
        "PentaClass": "1",
        "GoldsteinScore": "1.9",
        "Issues": "FOREIGN_TRADE,2;ELECTION,1",
        "URLs": "https://a.example/1?x=1;y=2;https://b.example/2",
        **given,
    }
    return list(row.values())


def read(folder: Path, *rows: list[str], delimiter: str = ",") -> EventBatch:
    path = folder / "phoenix.csv"
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerows([HEADER, *rows])
    path.write_text(text.getvalue(), encoding="utf-8")
    (batch,) = read_phoenix(path)
    return batch


@pytest.mark.parametrize("delimiter", [",", "\t"], ids=["commas", "tabs"])
def test_reads_a_row(tmp_path: Path, delimiter: str) -> None:
    (row,) = read(tmp_path, fields(), delimiter=delimiter).events.to_pylist()
    assert (row["actor"], row["actor_role"], row["recipient"]) == ("USA", "GOV", "CHN")
    assert (row["cameo_code"], row["goldstein"], row["issues"]) == ("042", 1.9, ["trade", "other"])
    assert (row["url"], row["n_reports"]) == ("https://a.example/1?x=1;y=2", 2)
    assert row["published_on"] == row["occurred_on"] == date(2014, 6, 20)


def test_rows_of_the_same_report_share_their_key(tmp_path: Path) -> None:
    batch = read(tmp_path, fields(), fields(EventID="2"), fields(URLs=""))
    first, second, third = batch.events["repeat_key"].to_pylist()
    assert first == second != third


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        pytest.param({"EventRootCode": "17"}, "the code 042 has root 04", id="root"),
        pytest.param({"PentaClass": "4"}, "PentaClass '4': does not go with code 042", id="class"),
        pytest.param({"PentaClass": "9"}, "PentaClass '9'", id="no class"),
        pytest.param({"EventCode": "13y"}, "unknown CAMEO code '13y'", id="code"),
        pytest.param({"Date": "20140631"}, "date '20140631'", id="day"),
        pytest.param({"TargetActorEntity": "", "TargetActorFull": ""}, "no dyad", id="one side"),
        pytest.param({"GoldsteinScore": "77"}, "not between -10 and 10", id="scale"),
    ],
)
@pytest.mark.parametrize("delimiter", [",", "\t"], ids=["commas", "tabs"])
def test_refuses_a_row_with_its_reason(
    tmp_path: Path, given: dict[str, str], reason: str, delimiter: str
) -> None:
    batch = read(tmp_path, fields(), fields(**given), delimiter=delimiter)
    (refusal,) = batch.refusals
    assert reason in refusal.reason
    (original,) = csv.reader([refusal.original], delimiter=delimiter)
    assert (refusal.line, original) == (3, fields(**given))


def test_an_organisation_is_read_by_its_whole_code(tmp_path: Path) -> None:
    body = {"SourceActorEntity": "IGO", "SourceActorFull": "IGOUNO", "SourceActorRole": ""}
    assert read(tmp_path, fields(**body)).events["actor"].to_pylist() == ["UN"]


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    path = tmp_path / "phoenix.csv"
    path.write_text(",".join(name for name in HEADER if name != "URLs") + "\n", encoding="utf-8")
    with pytest.raises(
        SourceChangedError, match=r"columns URLs looked for, .*; give a Phoenix file"
    ):
        list(read_phoenix(path))
