from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.feather as feather
import pyarrow.parquet as pq
import pytest

from detente.errors import NotEnoughDataError, SettingsError, UnknownNameError
from detente.panel import BuiltPanel, EventFile
from detente.pipeline.panel_tables import Format, export_panel, panel
from detente.pipeline.panels import PanelBuild, build_panel, is_current, update_panel
from detente.pipeline.workspace import Workspace, init
from tests.pipeline.panel_work import FIRST_DAY, batches, event_rows

LATE = date(2030, 1, 1)
SPAN = 1000
"""Days of the fixture's events."""


def load(workspace: Workspace, folder: Path, rows: pa.Table, name: str = "late") -> None:
    path = folder / f"{name}.parquet"
    pq.write_table(rows, path)
    list(workspace.panel().ingest_all("icews", [EventFile(path, partial(batches, path))]))


@pytest.fixture
def study(tmp_path: Path) -> Workspace:
    workspace = init(tmp_path / "study")
    load(workspace, tmp_path, event_rows(9000, 1, range(SPAN)), "first")
    return workspace


def rows_of(days: range, n: int, actor: str | None = None) -> pa.Table:
    rows = event_rows(n, 99, days)
    if actor is None:
        return rows
    at = rows.schema.get_field_index("actor")
    return rows.set_column(at, "actor", pa.array([actor] * n, pa.string()))


def built(workspace: Workspace) -> pa.Table:
    return BuiltPanel(workspace.panel().folder).read("icews")


@pytest.mark.parametrize(
    ("days", "n", "actor"),
    [
        pytest.param(range(SPAN, SPAN + 1), 300, None, id="the next day"),
        pytest.param(range(SPAN - 3, SPAN), 50, "USA", id="late rows of the last week"),
        pytest.param(range(400, 401), 200, "CHN", id="a late day in the middle"),
        pytest.param(range(5, 6), 20, None, id="late rows of the first week"),
        pytest.param(range(-30, -29), 20, None, id="a day before the first"),
        pytest.param(range(SPAN + 200, SPAN + 202), 40, "JPN", id="after a silence of months"),
    ],
)
@pytest.mark.slow
def test_an_update_gives_the_very_figures_of_a_build(
    study: Workspace, tmp_path: Path, days: range, n: int, actor: str | None
) -> None:
    build_panel(study)
    load(study, tmp_path, rows_of(days, n, actor))
    update_panel(study)
    updated = built(study)
    build_panel(study)
    assert updated.equals(built(study))


def update_of(workspace: Workspace) -> PanelBuild:
    [report] = update_panel(workspace).sources
    return report


def test_an_update_touches_the_dyads_of_the_day_alone(study: Workspace, tmp_path: Path) -> None:
    build_panel(study)
    load(study, tmp_path, rows_of(range(SPAN + 7, SPAN + 8), 30, "USA"))
    report = update_of(study)
    assert 0 < report.dyads_made <= 7
    assert report.rows_made <= 14
    assert update_of(study).since is None


def test_an_update_without_a_build_builds(study: Workspace) -> None:
    assert update_of(study).rows_made == built(study).num_rows


def test_a_withdrawn_week_leaves_the_panel(study: Workspace, tmp_path: Path) -> None:
    load(study, tmp_path, rows_of(range(SPAN + 70, SPAN + 71), 30), "weekly")
    build_panel(study)
    path = tmp_path / "weekly.parquet"
    pq.write_table(rows_of(range(SPAN + 7, SPAN + 8), 30), path)
    files = [EventFile(path, partial(batches, path))]
    list(study.panel().ingest_all("icews", files, replace=True))
    update_panel(study)
    updated = built(study)
    build_panel(study)
    assert updated.equals(built(study))
    assert max(updated["week"].to_pylist()) < date(1970, 1, 1) + timedelta(FIRST_DAY + SPAN + 10)


def test_built_and_counted_panels_are_equal(study: Workspace) -> None:
    counted = panel(study, as_of=LATE)
    build_panel(study)
    assert panel(study, as_of=LATE).equals(counted)


@pytest.mark.slow
def test_nothing_published_later_enters(study: Workspace, tmp_path: Path) -> None:
    as_of = date(1970, 1, 1) + timedelta(FIRST_DAY + 700)
    before = panel(study, as_of=as_of)
    late = rows_of(range(600, 700), 500)
    at = late.schema.get_field_index("published_on")
    published = pa.array([as_of + timedelta(1)] * late.num_rows, pa.date32())
    load(study, tmp_path, late.set_column(at, "published_on", published))
    build_panel(study)
    assert panel(study, as_of=as_of).equals(before)
    assert before.num_rows < panel(study, as_of=LATE).num_rows


def test_a_panel_of_one_dyad_is_cut_from_that_of_all(study: Workspace) -> None:
    start, end = date(2019, 1, 2), date(2019, 6, 30)
    mine = panel(study, "United States", "CHN", as_of=LATE, start=start, end=end)
    frame = pl.from_arrow(panel(study, as_of=LATE))
    assert isinstance(frame, pl.DataFrame)
    week = pl.col("week")
    dyad = (pl.col("actor") == "USA") & (pl.col("recipient") == "CHN")
    expected = frame.filter(dyad, week >= date(2018, 12, 31), week <= date(2019, 6, 24))
    assert expected.to_dicts() == mine.to_pylist()
    assert list(mine.to_pandas().columns) == mine.column_names


def test_weeks_without_a_dyad_keep_no_panel_from_being_current(
    study: Workspace, tmp_path: Path
) -> None:
    domestic = rows_of(range(SPAN + 20, SPAN + 21), 10, "USA")
    at = domestic.schema.get_field_index("recipient")
    load(study, tmp_path, domestic.set_column(at, "recipient", pa.array(["USA"] * 10)))
    build_panel(study)
    events = study.panel()
    assert is_current(events, BuiltPanel(events.folder), "icews")
    assert update_of(study).since is None


def test_issues_have_rows_of_their_own(study: Workspace) -> None:
    trade, whole = panel(study, as_of=LATE, issue="trade"), panel(study, as_of=LATE)
    assert set(trade["issue"].to_pylist()) == {"trade"}
    assert set(whole["issue"].to_pylist()) == {""}
    assert 0 < sum(trade["n_events"].to_pylist()) < sum(whole["n_events"].to_pylist())


READERS: dict[str, Callable[[Path], pa.Table]] = {
    "parquet": pq.read_table,
    "csv": pa_csv.read_csv,
    "arrow": feather.read_table,
}


@pytest.mark.parametrize("kind", list(Format))
def test_exports_hold_every_row_and_column(study: Workspace, tmp_path: Path, kind: Format) -> None:
    table = panel(study, "USA", as_of=LATE)
    path = tmp_path / f"panel.{kind.value}"
    written = export_panel(table, path, Format.of(path))
    found = READERS[kind.value](path)
    assert (written.rows, written.columns) == (found.num_rows, found.num_columns)
    assert found["n_events"].to_pylist() == table["n_events"].to_pylist()
    assert found.column_names == table.column_names


def test_an_export_replaces_no_file_unasked(study: Workspace, tmp_path: Path) -> None:
    table, path = panel(study, "USA", "CHN", as_of=LATE), tmp_path / "panel.csv"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(SettingsError, match="give --force"):
        export_panel(table, path, Format.CSV)
    assert path.read_text(encoding="utf-8") == "mine"
    assert export_panel(table, path, Format.CSV, overwrite=True).rows == table.num_rows


def test_an_export_that_fails_leaves_nothing(study: Workspace, tmp_path: Path) -> None:
    table = panel(study, "USA", "CHN", as_of=LATE)
    with pytest.raises(SettingsError, match="name a folder where you may write"):
        export_panel(table, tmp_path / "none" / "panel.csv", Format.CSV)
    assert not (tmp_path / "none").exists()


def test_unknown_names_are_refused_with_the_known(study: Workspace, tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="did you mean China"):
        panel(study, "USA", "Chinaa", as_of=LATE)
    with pytest.raises(UnknownNameError, match="did you mean icews"):
        panel(study, as_of=LATE, source="icew")
    with pytest.raises(UnknownNameError, match="did you mean taiwan"):
        panel(study, as_of=LATE, issue="taiwann")
    with pytest.raises(UnknownNameError, match=r"did you mean \.csv"):
        Format.of(tmp_path / "panel.cvs")
    with pytest.raises(NotEnoughDataError, match="event files"):
        panel(init(tmp_path / "empty"), as_of=LATE)
