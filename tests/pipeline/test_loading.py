import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from detente.errors import SourceError, UnknownNameError
from detente.pipeline.loading import add_events, add_indicators, indicator_files
from detente.pipeline.workspace import Workspace

AT = datetime(2024, 1, 2, 12, tzinfo=UTC)
EventTable = Callable[..., tuple[Path, Path]]
IndicatorTable = Callable[..., Path]
GOOD = ("2023-06-01", "2023-06-01", "USA", "CHN", "163")
BAD = ("2023-06-02", "2023-06-02", "USA", "CHN", "13y")


def test_every_row_is_accounted_for(empty: Workspace, event_table: EventTable) -> None:
    table, mapping = event_table([GOOD, BAD, ("2023-06-31", "", "USA", "CHN", "163")])
    (file,) = add_events(empty, [table], mapping=mapping).files
    assert (file.rows_in, file.kept, file.duplicate, file.quarantined) == (3, 1, 0, 2)
    lines = Path(file.quarantine or "").read_text(encoding="utf-8").splitlines()
    refused = [json.loads(line) for line in lines]
    assert [r["line"] for r in refused] == [3, 4]
    assert "13y" in refused[0]["original"]


def test_a_file_that_is_there_already_changes_nothing(
    empty: Workspace, event_table: EventTable
) -> None:
    table, mapping = event_table()
    (first,) = add_events(empty, [table], mapping=mapping).files
    before = empty.panel().sources()
    (again,) = add_events(empty, [table], mapping=mapping).files
    assert (first.is_new, again.is_new) == (True, False)
    assert again.kept == first.kept == 60
    assert empty.panel().sources() == before


def test_a_row_told_before_is_counted_once(empty: Workspace, event_table: EventTable) -> None:
    other = ("2023-06-03", "2023-06-03", "CHN", "USA", "042")
    table, mapping = event_table([GOOD], "one")
    add_events(empty, [table], mapping=mapping)
    again = table.with_name("two.csv")
    lines = table.read_text(encoding="utf-8") + f"{','.join(other)},two-1\n"
    again.write_text(lines, encoding="utf-8")
    (file,) = add_events(empty, [again], mapping=mapping).files
    assert (file.rows_in, file.kept, file.duplicate) == (2, 1, 1)


def test_no_format_and_no_mapping(empty: Workspace, event_table: EventTable) -> None:
    with pytest.raises(UnknownNameError, match="unknown event format 'acled'; known are"):
        add_events(empty, [event_table()[0]], source_format="acled")


def test_indicators_come_once_and_revisions_beside(
    empty: Workspace, indicator_table: IndicatorTable
) -> None:
    first = [("2023-01-01", "2023-01-01", 10.0), ("2023-02-01", "2023-02-01", 12.0)]
    path = indicator_table(first)
    report = add_indicators(empty, [path], added_at=AT)
    again = add_indicators(empty, [path], added_at=AT)
    assert (report.values_added, report.values_known) == (2, 0)
    assert (again.values_added, again.values_known) == (0, 2)
    indicator_table([*first, ("2023-02-01", "2023-03-01", 13.0)])
    assert add_indicators(empty, [path], added_at=AT).values_added == 1
    with empty.ledger() as ledger:
        (then,) = ledger.indicators(as_of=date(2023, 2, 28))
        (now,) = ledger.indicators(as_of=date(2023, 3, 1))
    assert (then.values[-1].value, now.values[-1].value) == (12.0, 13.0)


def test_a_contradicting_figure_is_refused(
    empty: Workspace, indicator_table: IndicatorTable
) -> None:
    path = indicator_table([("2023-01-01", "2023-01-01", 10.0)])
    add_indicators(empty, [path], added_at=AT)
    indicator_table([("2023-01-01", "2023-01-01", 11.0), ("2023-02-01", "2023-02-01", 1.0)])
    report = add_indicators(empty, [path], added_at=AT)
    assert report.values_added == 1
    assert len(report.refused) == 1


def test_indicator_files_need_their_toml(indicator_table: IndicatorTable) -> None:
    path = indicator_table([("2023-01-01", "2023-01-01", 10.0)])
    (path.parent / "alone.csv").write_text("on,value\n", encoding="utf-8")
    assert indicator_files([path.parent]) == [path]
    assert indicator_files([path, path.parent / "alone.csv"]) == [path]


def test_no_indicator_at_all(empty: Workspace) -> None:
    with pytest.raises(SourceError, match="a TOML of the same stem"):
        add_indicators(empty, [], added_at=AT)
