from datetime import date
from pathlib import Path

import pytest

from detente.errors import SourceChangedError, SourceError
from detente.sources.indicators import INDICATOR_SCHEMA, read_indicator

META = """
name = "added-tariff"
actor = "USA/GOV"
recipient = "CHN"
issue = "trade"
sign = -1
unit = "per cent"
kind = "level"
cadence = "irregular"
publication_lag_days = 30
source = "tariff schedule"
"""


def write(folder: Path, rows: str, meta: str = META) -> Path:
    path = folder / "tariff.csv"
    path.write_text(rows, encoding="utf-8")
    path.with_suffix(".toml").write_text(meta, encoding="utf-8")
    return path


def test_reads_values_in_order(tmp_path: Path) -> None:
    rows = "on,value,published_on,note\n2025-03-04,20,,second\n2025-02-04,10,2025-02-01,\n"
    indicator = read_indicator(write(tmp_path, rows))
    assert (indicator.meta.sign, indicator.meta.kind, indicator.refusals) == (-1, "level", ())
    assert indicator.observations.schema.equals(INDICATOR_SCHEMA)
    assert indicator.observations.to_pylist() == [
        {"on": date(2025, 2, 4), "published_on": date(2025, 2, 1), "value": 10.0, "note": None},
        {"on": date(2025, 3, 4), "published_on": date(2025, 4, 3), "value": 20.0, "note": "second"},
    ]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("2025-02-30,1,,", "expected an ISO day"),
        ("04.03.2025,1,,", "expected an ISO day"),
        ("2025-03-01,ten,,", "expected a finite number"),
        ("2025-03-01,nan,,", "expected a finite number"),
        ("2025-03-01,,,", "expected a finite number"),
        ("2025-02-04,11,2025-03-06,", "second value on 2025-02-04"),
        ("2025-03-01", "expected a finite number"),
    ],
)
def test_refuses_a_row_with_its_reason(tmp_path: Path, row: str, reason: str) -> None:
    rows = f"on,value,published_on,note\n2025-02-04,10,,\n{row}\n"
    indicator = read_indicator(write(tmp_path, rows))
    (refusal,) = indicator.refusals
    assert reason in refusal.reason
    assert (refusal.line, refusal.original) == (3, row)
    assert indicator.observations.num_rows == 1


@pytest.mark.parametrize(
    ("as_of", "values"),
    [
        pytest.param(date(2025, 2, 28), [], id="measured, not published"),
        pytest.param(date(2025, 3, 1), [10.0], id="published"),
        pytest.param(date(2025, 6, 1), [12.0], id="revised"),
    ],
)
def test_a_figure_counts_from_its_publication(
    tmp_path: Path, as_of: date, values: list[float]
) -> None:
    rows = "on,value,published_on\n2025-01-31,12,2025-06-01\n2025-01-31,10,2025-03-01\n"
    known = read_indicator(write(tmp_path, rows)).known_by(as_of)
    assert known["value"].to_pylist() == values


@pytest.mark.parametrize(
    ("old", "new", "mend"),
    [
        pytest.param("sign = -1", "sign = 0", "key sign", id="sign"),
        pytest.param('issue = "trade"', 'issue = "tarde"', "is no issue; known are", id="issue"),
        pytest.param('unit = "per cent"\n', "", "key unit: Field required", id="no unit"),
        pytest.param("_days = 30", "_days = -1", "key publication_lag_days", id="lag"),
        pytest.param("sign = -1", "sign =", "mend it there", id="no toml"),
    ],
)
def test_a_wrong_description_says_what_to_mend(
    tmp_path: Path, old: str, new: str, mend: str
) -> None:
    path = write(tmp_path, "on,value\n", META.replace(old, new))
    with pytest.raises(SourceError, match=mend):
        read_indicator(path)


def test_a_missing_description(tmp_path: Path) -> None:
    path = write(tmp_path, "on,value\n")
    path.with_suffix(".toml").unlink()
    with pytest.raises(SourceError, match="write one that says what the CSV beside it holds"):
        read_indicator(path)


def test_a_missing_column(tmp_path: Path) -> None:
    path = write(tmp_path, "day,value\n2025-01-01,1\n")
    with pytest.raises(SourceChangedError, match="columns on looked for, found day, value"):
        read_indicator(path)
