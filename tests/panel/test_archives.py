import re
import runpy
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import sqlglot
from ibis import Table
from sqlglot import expressions as sql

from detente.errors import SourceChangedError
from detente.measures.dyad_weeks import dyad_weeks
from detente.measures.week_totals import week_totals
from detente.panel import EventPanel
from detente.panel.archives import (
    GDELT_COLUMNS,
    Dialect,
    gdelt_cube,
    gdelt_events,
    gdelt_lines,
    gdelt_rows,
    read_cube,
    sql_of,
)
from detente.panel.expressions import CUBE_SCHEMA, marked
from detente.pipeline.archives import gdelt_codes
from detente.sources.gdelt import COLUMNS_1, COLUMNS_2, read_gdelt
from tests.gdelt_lines import as_archived, published_lines
from tests.kit import ROOT

CODES = gdelt_codes()
AS_OF = date(2018, 12, 28)
ORDER = [(name, "ascending") for name in ("week", "issue", "actor", "recipient", "cell")]
LINES = published_lines(4000, seed=7)

DOCUMENTED = {
    name: "STRING"
    if re.search(r"Code$|Name$|FullName$|FeatureID$|URL$", name)
    else "FLOAT64"
    if re.search(r"Date$|Scale$|Tone$|Lat$|Long$", name)
    else "INT64"
    for name in COLUMNS_2
}
"""GDELT's 61 columns as its codebook types them: codes, names and links are text; the fraction of the
year, scale, tone and coordinates are numbers with a point; all others are whole."""


def run(text: str, **tables: pa.Table) -> pa.Table:
    with duckdb.connect() as connection:
        connection.execute(
            "CREATE MACRO ieee_divide(a, b) AS a / b"
        )  # BigQuery's, where translated
        for name, table in tables.items():
            connection.register(name, table)
        return connection.sql(text).to_arrow_table()


def cube(table: Table, **tables: pa.Table) -> pa.Table:
    found = run(sql_of(table, Dialect.DUCKDB), **tables)
    return found.select(CUBE_SCHEMA.names).cast(CUBE_SCHEMA).sort_by(ORDER)


def stored(folder: Path, lines: Sequence[str]) -> EventPanel:
    path = folder / "a.export.CSV"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    panel = EventPanel(folder / "panel")
    panel.ingest("gdelt", path, read_gdelt(path))
    return panel


def kept(folder: Path, lines: Sequence[str], as_of: date | None = None) -> pa.Table:
    return stored(folder, lines).cube("gdelt", as_of).sort_by(ORDER)


def texts(lines: Sequence[str]) -> pa.Table:
    return pa.table({"value": pa.array(lines, pa.string())})


@pytest.mark.parametrize("as_of", [None, AS_OF], ids=["all", "as of a day"])
def test_the_archive_counts_as_the_loader_and_the_store(tmp_path: Path, as_of: date | None) -> None:
    table = gdelt_cube(gdelt_lines("lines", COLUMNS_2), CODES, as_of)
    found = cube(table, lines=texts(LINES))
    assert found.num_rows > 20
    assert found.equals(kept(tmp_path, LINES, as_of))


def test_columns_and_lines_count_alike(tmp_path: Path) -> None:
    archived = as_archived(LINES)
    assert 2000 < archived.num_rows < len(LINES)
    typed = [line for line in LINES if "\tx\t" not in line and "\t2.0\t" not in line]
    found = cube(gdelt_cube(gdelt_events("events"), CODES), events=archived)
    assert found.equals(kept(tmp_path, [t for t in typed if "yesterday" not in t]))


def test_the_rows_themselves_are_those_of_the_loader(tmp_path: Path) -> None:
    names = ("actor", "actor_role", "recipient", "recipient_role", "cameo_code", "root")
    path = tmp_path / "a.export.CSV"
    path.write_text("\n".join(LINES) + "\n", encoding="utf-8")
    loaded = pa.Table.from_batches([batch.events for batch in read_gdelt(path)])
    table = gdelt_rows(gdelt_lines("lines", COLUMNS_2), CODES)
    found = run(sql_of(table, Dialect.DUCKDB), lines=texts(LINES)).sort_by("event_id")
    assert found.select(names).to_pylist() == loaded.select(names).to_pylist()
    days = found["day"].cast(pa.int32()).cast(pa.date32()).to_pylist()
    assert days == loaded["occurred_on"].to_pylist()
    assert found["event_id"].to_pylist() == loaded["event_id"].to_pylist()
    hundredths = [round(value * 100) for value in loaded["goldstein"].to_pylist()]
    assert found["goldstein_hundredths"].to_pylist() == hundredths


def line(**given: str) -> str:
    fields = {
        **dict.fromkeys(COLUMNS_2, ""),
        "GLOBALEVENTID": "1",
        "SQLDATE": "20170630",
        **{f"Actor1{name}": "USA" for name in ("Code", "CountryCode")},
        **{f"Actor2{name}": "CHN" for name in ("Code", "CountryCode")},
        "EventCode": "042",
        "GoldsteinScale": "1.9",
        "NumArticles": "10",
        "DATEADDED": "20170701234500",
        "SOURCEURL": "https://a.example/1",
        **given,
    }
    return "\t".join(fields[name] for name in COLUMNS_2)


def test_files_without_links_from_before_the_archive_was_loaded(tmp_path: Path) -> None:
    width = len(COLUMNS_1) - 1
    places = [COLUMNS_2.index(name) for name in COLUMNS_1[:-1]]
    row = line(SQLDATE="19691228", DATEADDED="20130203").split("\t")
    old = ["\t".join(row[place] for place in places)] * 2
    assert len(old[0].split("\t")) == width
    found = cube(gdelt_cube(gdelt_lines("lines", COLUMNS_1[:-1]), CODES), lines=texts(old))
    assert found.select(["n", "n_reports"]).to_pylist() == [{"n": 1, "n_reports": 20}]
    assert found.equals(kept(tmp_path, old))


def test_only_the_order_within_a_day_of_publication_can_differ(tmp_path: Path) -> None:
    """The store takes the file's order, the archive that of the ids."""
    later = line(GLOBALEVENTID="2", EventCode="043", GoldsteinScale="2.8", NumArticles="3")
    lines = [later, line()]
    table = gdelt_cube(gdelt_lines("lines", COLUMNS_2), CODES)
    (of_archive,) = cube(table, lines=texts(lines)).to_pylist()
    (of_store,) = kept(tmp_path, lines).to_pylist()
    assert (of_store["goldstein_hundredths"], of_store["n_reports"]) == (280, 3)
    assert (of_archive["goldstein_hundredths"], of_archive["n_reports"]) == (190, 10)
    assert of_archive["n"] == of_store["n"] == 1


def test_a_row_held_twice_counts_once() -> None:
    table = gdelt_cube(gdelt_lines("lines", COLUMNS_2), CODES)
    (row,) = cube(table, lines=texts([line(), line()])).to_pylist()
    assert (row["n"], row["n_reports"]) == (1, 10)


def test_the_order_of_the_table_changes_nothing() -> None:
    archived = as_archived(LINES)
    table = gdelt_cube(gdelt_events("events"), CODES)
    reverse = archived.take(pa.array(range(archived.num_rows)[::-1]))
    assert cube(table, events=reverse).equals(cube(table, events=archived))


def test_codes_are_data() -> None:
    codes = replace(CODES, countries={"USA": "USA", "PRC": "CHN"})
    table = gdelt_cube(gdelt_lines("lines", COLUMNS_2), codes)
    found = cube(table, lines=texts([line(), line(Actor2CountryCode="PRC", SQLDATE="20170610")]))
    assert found.select(["recipient", "n"]).to_pylist() == [{"recipient": "CHN", "n": 1}]


def _on_bigquery() -> str:
    events = gdelt_events("events", project="gdelt-bq", dataset="gdeltv2")
    return sql_of(gdelt_cube(events, CODES, AS_OF), Dialect.BIGQUERY)


def test_bigquery_is_asked_for_documented_columns() -> None:
    tree = sqlglot.parse_one(_on_bigquery(), read="bigquery")
    (source,) = tree.find_all(sql.Table)
    assert source.sql("bigquery") == "`gdelt-bq`.`gdeltv2`.`events` AS `t0`"
    asked = {column.name for column in tree.find_all(sql.Column) if column.table == source.alias}
    assert asked == set(GDELT_COLUMNS)
    assert {name: GDELT_COLUMNS[name].upper() for name in asked} == {
        name: DOCUMENTED[name] for name in asked
    }


def test_the_example_writes_what_bigquery_is_asked(tmp_path: Path) -> None:
    example = runpy.run_path(str(ROOT / "examples/archive/bigquery_sql.py"))
    example["write"](tmp_path / "cube.sql", AS_OF)
    assert (tmp_path / "cube.sql").read_text(encoding="utf-8") == _on_bigquery() + "\n"


def test_bigquery_has_no_calendar_no_hash_and_fits_its_limit() -> None:
    text = _on_bigquery()
    assert not re.search(r"INTERVAL|FINGERPRINT|HASH|MD5|SHA\d", text)
    assert len(text) < 1_000_000


def test_what_bigquery_is_asked_counts_alike_when_translated(tmp_path: Path) -> None:
    (text,) = sqlglot.transpile(_on_bigquery(), read="bigquery", write="duckdb")
    text = text.replace('"gdelt-bq"."gdeltv2"."events"', "events")
    found = run(text, events=as_archived(LINES)).cast(CUBE_SCHEMA).sort_by(ORDER)
    table = gdelt_cube(gdelt_events("events"), CODES, AS_OF)
    assert found.equals(cube(table, events=as_archived(LINES)))


def test_what_counts_is_marked_by_day_then_id() -> None:
    rows = marked(gdelt_rows(gdelt_lines("lines", COLUMNS_2), CODES))
    lines = [line(GLOBALEVENTID="3"), line(GLOBALEVENTID="2"), line(DATEADDED="20170702")]
    found = run(sql_of(rows, Dialect.DUCKDB), lines=texts(lines))
    shown = found.filter(found["is_kept"])["event_id"].to_pylist()
    assert shown == ["2"]


def test_a_cube_of_an_engine_becomes_the_panel(tmp_path: Path) -> None:
    table = gdelt_cube(gdelt_lines("lines", COLUMNS_2), CODES)
    found = cube(table, lines=texts(LINES))
    wide = pa.schema(
        [(f.name, pa.int64() if pa.types.is_integer(f.type) else f.type) for f in CUBE_SCHEMA]
    )
    pq.write_table(
        found.cast(wide).take(pa.array(range(found.num_rows)[::-1])), tmp_path / "c.parquet"
    )
    read = read_cube(tmp_path / "c.parquet")
    assert read.equals(found)
    assert dyad_weeks(read, week_totals(read)).num_rows > 5


def test_another_table_is_no_cube(tmp_path: Path) -> None:
    pq.write_table(pa.table({"actor": ["USA"]}), tmp_path / "c.parquet")
    with pytest.raises(SourceChangedError, match="give the cube that gdelt_cube counts"):
        read_cube(tmp_path / "c.parquet")
