"""Read the panel as a table, as of a day, and write it to a file."""

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.dataset as ds
import pyarrow.feather as feather
import pyarrow.parquet as pq

from detente.errors import SettingsError, UnknownNameError
from detente.measures.dyad_weeks import dyad_weeks
from detente.measures.week_totals import week_totals
from detente.ontology.issues import ISSUES
from detente.ontology.states import resolve_country
from detente.panel import BuiltPanel, EventPanel, monday, settle, week_number
from detente.pipeline.panels import dyad_filter, is_current, named_sources
from detente.pipeline.workspace import Workspace
from detente.records import Record


class Format(StrEnum):
    """What an export writes."""

    PARQUET = "parquet"
    CSV = "csv"
    ARROW = "arrow"

    @classmethod
    def of(cls, path: Path) -> "Format":
        """Tell the format by a file's suffix.

        Args:
            path: Ends in `.parquet`, `.csv`, `.arrow` or `.feather`.

        Raises:
            UnknownNameError: Another suffix.

        Examples:
            >>> Format.of(Path("panel.csv")).value
            'csv'
        """
        known = {f".{kind.value}": kind for kind in cls} | {".feather": cls.ARROW}
        if path.suffix.lower() not in known:
            raise UnknownNameError(kind="suffix of a panel file", name=path.suffix, known=known)
        return known[path.suffix.lower()]


class PanelFile(Record):
    """An exported panel."""

    path: str
    rows: int
    columns: int


def panel(
    workspace: Workspace,
    actor: str | None = None,
    recipient: str | None = None,
    *,
    as_of: date,
    source: str | None = None,
    issue: str | None = None,
    start: date | None = None,
    end: date | None = None,
) -> pa.Table:
    """Return directed dyads by week.

    `.to_pandas()` makes it a pandas frame, `polars.from_arrow(...)` a Polars one.

    Args:
        workspace: Holds the events.
        actor: Who acts, by code or name; None for all.
        recipient: The other side; None for all.
        as_of: Only what had happened and was published by this day counts.
        source: One source, or None for all.
        issue: One issue, where the source tells issues; None for all events together.
        start: First day; the week it lies in is the first.
        end: Last day; so is its week the last.

    Returns:
        One row per source, directed dyad, issue and week with an event; the columns are those of
        docs/concepts/panel.md. The metadata name `as_of` and the change of the events it was made from.

    Raises:
        UnknownNameError: A state, issue or source no table holds.
    """
    if issue is not None and issue not in ISSUES:
        raise UnknownNameError(kind="issue", name=issue, known=ISSUES.keys())
    who, whom = (None if name is None else resolve_country(name) for name in (actor, recipient))
    chosen = dyad_filter(who, whom, issue)
    weeks = _between(start, end)
    events = workspace.panel()
    tables = [_known(events, n, as_of, chosen, weeks) for n in named_sources(events, source)]
    order = [(n, "ascending") for n in ("source", "actor", "recipient", "issue", "week")]
    facts = {"as_of": str(as_of), "generation": str(events.manifest.generation)}
    return pa.concat_tables(tables).sort_by(order).replace_schema_metadata(facts)


def _between(start: date | None, end: date | None) -> ds.Expression:
    where = pc.scalar(value=True)
    if start is not None:
        where &= pc.field("week") >= pa.scalar(monday(week_number(start)), pa.date32())
    if end is not None:
        where &= pc.field("week") <= pa.scalar(monday(week_number(end)), pa.date32())
    return where


def _known(
    events: EventPanel, source: str, as_of: date, chosen: ds.Expression, weeks: ds.Expression
) -> pa.Table:
    built = BuiltPanel(events.folder)
    if events.is_known(source, as_of) and is_current(events, built, source):
        found = built.read(source, chosen & weeks)
    else:
        cube = events.cube(source, as_of)
        totals = week_totals(cube)
        found = dyad_weeks(cube.filter(chosen), totals).filter(weeks)
    name = pa.array([source] * found.num_rows, pa.string())
    return found.add_column(0, "source", name).replace_schema_metadata(None)


def export_panel(
    table: pa.Table, path: Path, kind: Format, *, overwrite: bool = False
) -> PanelFile:
    """Write a panel to a file, whole or not at all.

    Args:
        table: From `panel`.
        path: Where.
        kind: Parquet, CSV, or Arrow's IPC file.
        overwrite: Replace a file that is there.

    Raises:
        SettingsError: A file is there, or the folder cannot be written.
    """
    if path.exists() and not overwrite:
        reason = f"{path} is there already; name another file, or give --force"
        raise SettingsError(setting="file", reason=reason, tried=(str(path),))
    draft = path.with_name(path.name + ".part")
    try:
        _WRITERS[kind](table, draft)
        settle(draft, path)
    except OSError as error:
        reason = f"{path} cannot be written ({error.strerror}); name a folder where you may write"
        raise SettingsError(setting="file", reason=reason, tried=(str(path),)) from error
    finally:
        draft.unlink(missing_ok=True)
    return PanelFile(path=str(path), rows=table.num_rows, columns=table.num_columns)


_WRITERS: dict[Format, Callable[[pa.Table, Path], None]] = {
    Format.PARQUET: lambda table, path: pq.write_table(table, path, compression="zstd"),
    Format.CSV: lambda table, path: pa_csv.write_csv(table, str(path)),
    Format.ARROW: lambda table, path: feather.write_feather(
        table, str(path), compression="uncompressed"
    ),
}
