"""One definition of event and cube, every engine the same figures, bit for bit."""

import runpy
import shutil
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from ibis import Table

from detente.panel import EventPanel
from detente.panel.archives import Dialect, gdelt_cube, gdelt_lines, read_cube, sql_of
from detente.panel.cells import DAY_OF_WEEK_ZERO, day_number, week_number
from detente.panel.expressions import (
    CUBE_SCHEMA,
    EVENTS_SCHEMA,
    classified,
    known_by,
    marked,
    stored_events,
    weekly_cube,
)
from detente.pipeline.archives import gdelt_codes
from detente.sources.gdelt import COLUMNS_2, read_gdelt
from tests.gdelt_lines import published_lines
from tests.kit import ROOT

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("spark")]

SUNDAY = day_number(date(2007, 1, 7))
"""The next day begins a week."""
WEEK = week_number(date(2007, 1, 7))
AS_OF = date(2007, 1, 10)
BY_WEEK = [(name, "ascending") for name in ("week", "issue", "actor", "recipient", "cell")]

Row = Mapping[str, Any]


def row(day: int = SUNDAY, **given: Any) -> Row:  # noqa: ANN401 (values of columns)
    """A row of the events; a file number and a line tell its place, the key what it repeats."""
    return {
        "recipient": "CHN",
        "day": day,
        "published": day,
        "cell": 6,
        "goldstein_hundredths": 190,
        "n_reports": 1,
        "has_url": True,
        "root": "04",
        "cameo_code": "042",
        "actor_role": "",
        "recipient_role": "GOV",
        "issues": [],
        "repeat_key": 1,
        "file_number": 1,
        "origin_line": 1,
        **given,
    }


def lines(*rows: Row) -> list[Row]:
    return [{**given, "origin_line": at} for at, given in enumerate(rows, 1)]


def day_of(*parts: int) -> int:
    return day_number(date(*parts))


CASES: Mapping[str, tuple[Sequence[Row], Sequence[tuple[int, int, str, int, int, int]]]] = {
    "one row": ([row()], [(WEEK, 6, "", 1, 190, 1)]),
    "before 1970": (
        lines(
            row(-1, repeat_key=1),
            row(-4, repeat_key=2),
            row(-3, repeat_key=3),
            row(DAY_OF_WEEK_ZERO, repeat_key=4),
        ),
        [(0, 6, "", 1, 190, 1), (3651, 6, "", 1, 190, 1), (3652, 6, "", 2, 380, 2)],
    ),
    "repeats over the end of a week": (
        lines(row(SUNDAY), row(SUNDAY + 1)),
        [(WEEK, 6, "", 1, 190, 1)],
    ),
    "a repeat published first": (
        lines(row(SUNDAY, published=SUNDAY + 2), row(SUNDAY + 1)),
        [(WEEK + 1, 6, "", 1, 190, 1)],
    ),
    "a repeat of a repeat": (
        lines(row(SUNDAY), row(SUNDAY + 1), row(SUNDAY + 2)),
        [(WEEK, 6, "", 1, 190, 1)],
    ),
    "two days apart": (
        lines(row(SUNDAY), row(SUNDAY + 2)),
        [(WEEK, 6, "", 1, 190, 1), (WEEK + 1, 6, "", 1, 190, 1)],
    ),
    "one link, the first row's reports": (
        lines(row(n_reports=5), row(n_reports=7, goldstein_hundredths=-50)),
        [(WEEK, 6, "", 1, 190, 5)],
    ),
    "no link, all rows' reports": (
        lines(row(n_reports=5, has_url=False), row(n_reports=7, has_url=False)),
        [(WEEK, 6, "", 1, 190, 12)],
    ),
    "issues": (
        lines(
            row(repeat_key=1, issues=["trade", "taiwan"]),
            row(repeat_key=2, issues=None),
            row(repeat_key=3, issues=["trade"]),
            row(repeat_key=3, issues=["climate"]),
        ),
        [
            (WEEK, 6, "", 3, 570, 3),
            (WEEK, 6, "taiwan", 1, 190, 1),
            (WEEK, 6, "trade", 2, 380, 2),
        ],
    ),
    "ends of years": (
        lines(
            row(day_of(2018, 12, 31), repeat_key=1),
            row(day_of(2019, 1, 1), repeat_key=2),
            row(day_of(2020, 12, 31), repeat_key=3),
            row(day_of(2021, 1, 3), repeat_key=4),
            row(day_of(2021, 1, 4), repeat_key=5),
        ),
        [
            (week_number(date(2018, 12, 31)), 6, "", 2, 380, 2),
            (week_number(date(2020, 12, 28)), 6, "", 2, 380, 2),
            (week_number(date(2021, 1, 4)), 6, "", 1, 190, 1),
        ],
    ),
    "ties within a day of publication": (
        [
            row(file_number=2, origin_line=1, goldstein_hundredths=1),
            row(file_number=1, origin_line=9, goldstein_hundredths=2),
            row(file_number=1, origin_line=8, goldstein_hundredths=3),
        ],
        [(WEEK, 6, "", 1, 3, 1)],
    ),
    "private actors are another act, and no state's": (
        lines(row(actor_role="BUS"), row(actor_role="MIL"), row(actor_role="LEG")),
        [(WEEK, 6, "", 1, 190, 1)],
    ),
    "within a state": ([row(recipient="")], []),
    "sums of both signs": (
        lines(
            row(repeat_key=1, root="19", cell=4, goldstein_hundredths=-1000, n_reports=2**30),
            row(repeat_key=2, root="19", cell=4, goldstein_hundredths=-1000, n_reports=2**30),
            row(repeat_key=-(2**63), root="19", cell=4, goldstein_hundredths=720, n_reports=3),
        ),
        [(WEEK, 4, "", 3, -1280, 2**31 + 3)],
    ),
}


def _named(name: str) -> str:
    return f"T{list(CASES).index(name):02}"


def drawn_rows(n_rows: int, seed: int) -> list[Row]:
    """Rows of few keys, days and files, so that repeats meet in every order."""
    chance = np.random.default_rng(seed)
    whole = {
        "day": chance.integers(SUNDAY - 12, SUNDAY + 12, n_rows),
        "lag": chance.integers(-1, 4, n_rows),
        "cell": chance.integers(1, 7, n_rows),
        "goldstein_hundredths": chance.integers(-1000, 1001, n_rows),
        "n_reports": chance.integers(1, 50, n_rows),
        "repeat_key": chance.integers(0, 40, n_rows),
        "file_number": chance.integers(1, 5, n_rows),
        "has_url": chance.integers(0, 2, n_rows),
    }
    texts = {
        "actor": chance.choice(["USA", "CHN", "TWN"], n_rows),
        "recipient": chance.choice(["USA", "CHN"], n_rows),
        "actor_role": chance.choice(["", "GOV", "BUS", "OPP"], n_rows),
        "root": chance.choice(["01", "04", "19"], n_rows),
    }
    issues: Sequence[Sequence[str] | None] = ([], ["trade"], ["taiwan", "trade"], None)
    rows = []
    for at in range(n_rows):
        given: dict[str, Any] = {name: int(column[at]) for name, column in whole.items()}
        given["published"] = given["day"] + given.pop("lag")
        given |= {name: str(column[at]) for name, column in texts.items()}
        given |= {"has_url": bool(given["has_url"]), "origin_line": at}
        rows.append(row(**given, issues=issues[int(chance.integers(4))]))
    return rows


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The events as Parquet, and the lines of GDELT files."""
    folder = tmp_path_factory.mktemp("given")
    named = [
        {**r, "actor": _named(name), "recipient": r["recipient"] or _named(name)}
        for name, (rows, _) in CASES.items()
        for r in rows
    ]
    unset = {"week": -1, "is_kept": None, "is_dyad": None, "of_state": None}
    rows = [{**unset, **r} for r in [*named, *drawn_rows(3000, seed=11)]]
    pq.write_table(pa.Table.from_pylist(rows, EVENTS_SCHEMA), folder / "events.parquet")
    text = "\n".join(published_lines(2000, seed=5)) + "\n"
    (folder / "a.export.CSV").write_text(text, encoding="utf-8")
    return folder


def cube() -> Table:
    return weekly_cube(marked(classified(stored_events("events"))), by_issue=True)


def cube_as_of() -> Table:
    return weekly_cube(known_by(marked(classified(stored_events("events"))), AS_OF), by_issue=True)


def gdelt() -> Table:
    return gdelt_cube(gdelt_lines("lines", COLUMNS_2), gdelt_codes())


READS: Mapping[str, Callable[[], Table]] = {"cube": cube, "as of": cube_as_of, "gdelt": gdelt}


def by_duckdb(given: Path, folder: Path) -> None:
    text = (given / "a.export.CSV").read_text(encoding="utf-8")
    with duckdb.connect() as connection:
        connection.register("events", pq.read_table(given / "events.parquet"))
        connection.register("lines", pa.table({"value": text.split("\n")}))
        for name, read in READS.items():
            table = connection.sql(sql_of(read(), Dialect.DUCKDB)).to_arrow_table()
            pq.write_table(table, folder / name)


def by_spark(given: Path, folder: Path) -> None:
    with _session(folder) as spark:
        spark.read.parquet(str(given / "events.parquet")).createOrReplaceTempView("events")
        for name in ("cube", "as of"):
            found = spark.sql(sql_of(READS[name](), Dialect.SPARK))
            found.write.parquet(str(folder / name))
        example = runpy.run_path(str(ROOT / "examples/archive/spark_cube.py"))
        example["count"](spark, str(given / "a.export.CSV"), str(folder / "gdelt"))


@contextmanager
def _session(folder: Path) -> Iterator["SparkSession"]:
    from pyspark.sql import SparkSession

    settings: dict[str, bool | float | int | str | None] = {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.memory": "512m",
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",  # a short run
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        message = "PySpark does not yet fully support pandas"
        warnings.filterwarnings("ignore", message=message, category=FutureWarning)
        builder = SparkSession.builder.master("local[2]").config(map=settings)
        session = builder.getOrCreate()
        try:
            yield session
        finally:
            session.stop()


ENGINES: Mapping[str, Callable[[Path, Path], None]] = {"duckdb": by_duckdb, "spark": by_spark}
Cubes = Mapping[str, pa.Table]


def _counted(engine: str, given: Path, folder: Path) -> Cubes:
    ENGINES[engine](given, folder)
    return {name: read_cube(folder / name).sort_by(BY_WEEK) for name in READS}


@pytest.fixture(scope="module")
def by_default(given: Path, tmp_path_factory: pytest.TempPathFactory) -> Cubes:
    return _counted("duckdb", given, tmp_path_factory.mktemp("default"))


@pytest.fixture(scope="module", params=list(ENGINES))
def cubes(
    request: pytest.FixtureRequest, given: Path, tmp_path_factory: pytest.TempPathFactory
) -> Cubes:
    """What one engine counts; it starts once."""
    if request.param == "spark" and not shutil.which("java"):
        pytest.skip("no Java here, and Spark needs one")
    return _counted(request.param, given, tmp_path_factory.mktemp(request.param))


@pytest.mark.parametrize("name", CASES)
def test_counts(cubes: Cubes, name: str) -> None:
    rows = [r for r in cubes["cube"].to_pylist() if r["actor"] == _named(name)]
    assert [tuple(r[n] for n in CUBE_SCHEMA.names[2:]) for r in rows] == list(CASES[name][1])


@pytest.mark.parametrize("read", READS)
def test_same_cube_bit_for_bit(cubes: Cubes, by_default: Cubes, read: str) -> None:
    assert by_default[read].num_rows > 30
    assert cubes[read].equals(by_default[read])


def test_nothing_later_is_used(cubes: Cubes) -> None:
    whole, known = (cubes[read]["n"].to_numpy().sum() for read in ("cube", "as of"))
    assert 0 < known < whole
    assert max(cubes["as of"]["week"].to_pylist()) == week_number(AS_OF)


def test_gdelt_counts_as_loaded_and_stored(cubes: Cubes, given: Path, tmp_path: Path) -> None:
    path = given / "a.export.CSV"
    panel = EventPanel(tmp_path / "panel")
    panel.ingest("gdelt", path, read_gdelt(path))
    assert cubes["gdelt"].equals(panel.cube("gdelt").sort_by(BY_WEEK))
