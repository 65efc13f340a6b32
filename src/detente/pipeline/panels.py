"""Build the panel of all directed dyads by week, and keep it up to date."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from detente.errors import NotEnoughDataError
from detente.measures.dyad_weeks import (
    REACH,
    TRAILING_WEEKS,
    WINDOW_WEEKS,
    dyad_weeks,
    week_totals,
)
from detente.panel import BuiltPanel, EventPanel, by_iso_year, monday, year_of
from detente.pipeline.progress import Progress, Silent
from detente.pipeline.workspace import Workspace
from detente.records import Record

_PAIR = ["actor", "recipient"]
_ORDER = [(name, "ascending") for name in (*_PAIR, "issue", "week")]


class PanelBuild(Record):
    """What one build or update did for one source."""

    source: str
    rows: int
    """Dyad-weeks the panel of the source now holds."""
    weeks: int
    first: date | None
    """Monday of the first week."""
    last: date | None
    since: date | None
    """First week made anew; None where nothing had changed."""
    rows_made: int
    dyads_made: int
    """Directed dyads among the rows made anew."""


class PanelReport(Record):
    """What one build or update did."""

    sources: tuple[PanelBuild, ...]


def build_panel(
    workspace: Workspace, *, source: str | None = None, progress: Progress | None = None
) -> PanelReport:
    """Build the panel of every directed dyad and week from the cubes.

    Args:
        workspace: Holds the events.
        source: One source, or None for all.
        progress: Told about each source.
    """
    return _each(workspace, source, _build, "building the panel", progress)


def update_panel(
    workspace: Workspace, *, source: str | None = None, progress: Progress | None = None
) -> PanelReport:
    """Make those dyad-weeks anew that changed since the last build.

    The figures are the same to the last bit as those of a whole build.

    Args:
        workspace: Holds the events.
        source: One source, or None for all.
        progress: Told about each source.
    """
    return _each(workspace, source, _update, "updating the panel", progress)


def named_sources(events: EventPanel, source: str | None) -> list[str]:
    """Return the sources that are meant.

    Args:
        events: The event panel.
        source: One by name, or None for all.

    Raises:
        NotEnoughDataError: The panel holds no event file.
    """
    if source is not None:
        events.require(source)
        return [source]
    names = [found.name for found in events.sources()]
    if not names:
        raise NotEnoughDataError(measure="the panel: event files", found=0, needed=1)
    return names


@dataclass(frozen=True)
class _Source:
    events: EventPanel
    built: BuiltPanel
    name: str

    def weeks(self) -> dict[int, int]:
        """Return the source's weeks with the change that wrote each."""
        return {e.week: e.generation for e in self.events.manifest.weeks(self.name)}


def _each(
    workspace: Workspace,
    source: str | None,
    make: Callable[[_Source], PanelBuild],
    what: str,
    progress: Progress | None,
) -> PanelReport:
    events = workspace.panel()
    names = named_sources(events, source)
    bar = progress or Silent()
    bar.start(what, len(names))
    found = []
    for name in names:
        found.append(make(_Source(events, BuiltPanel(events.folder), name)))
        bar.advance()
    return PanelReport(sources=tuple(found))


def _build(source: _Source) -> PanelBuild:
    generation, weeks = source.events.manifest.generation, source.weeks()
    cube = source.events.cube(source.name)
    table = dyad_weeks(cube, week_totals(cube))
    source.built.replace(source.name, by_iso_year(table), generation, all_years=True)
    return _told(source, min(weeks, default=None), table)


def _update(source: _Source) -> PanelBuild:
    generation, weeks = source.events.manifest.generation, source.weeks()
    seen = source.built.generation(source.name)
    if seen is None:
        return _build(source)
    held = source.built.weeks(source.name)
    changed = {week for week, made in weeks.items() if made > seen} | (held - weeks.keys())
    if not changed:
        return _told(source, None, None)
    if not weeks or not held or min(weeks) != min(held) or min(changed) <= min(held):
        return _build(source)
    fresh, touched = _renewed(source, changed, weeks)
    last = max(weeks.keys() | held)
    years = range(year_of(min(changed)), year_of(last) + 1)
    merged = _merged(source, fresh, touched, monday(min(changed)), years)
    source.built.replace(source.name, merged, generation, all_years=False)
    return _told(source, min(changed), fresh)


def _renewed(
    source: _Source, changed: set[int], weeks: dict[int, int]
) -> tuple[pa.Table, pa.Table | None]:
    """Make rows anew; of touched dyads only, unless what is usual among states changed as well."""
    since, first, last = min(changed), min(weeks), max(weeks)
    reach = range(max(first, since - REACH - TRAILING_WEEKS), last + 1)
    cube = source.events.cube(source.name, weeks=reach)
    totals = week_totals(cube).reaching(first)
    if since + WINDOW_WEEKS <= last:
        return dyad_weeks(cube, totals, since=since), None
    new = cube.filter(pc.is_in(cube["week"], pa.array(sorted(changed), pa.int32())))
    days = pa.array([monday(week) for week in sorted(changed)], pa.date32())
    years = range(year_of(since), year_of(last) + 1)
    old = source.built.read(source.name, pc.field("week").isin(days), years)
    touched = pa.concat_tables([new.select(_PAIR), old.select(_PAIR)]).group_by(_PAIR).aggregate([])
    mine = cube.join(touched, _PAIR, join_type="left semi")
    return dyad_weeks(mine, totals, since=since), touched


def _merged(
    source: _Source, fresh: pa.Table, touched: pa.Table | None, since: date, years: range
) -> dict[int, pa.Table]:
    old = source.built.read(source.name, years=years)
    kept = [old.filter(pc.less(old["week"], since))]
    if touched is not None:
        later = old.filter(pc.greater_equal(old["week"], since))
        kept.append(later.join(touched, _PAIR, join_type="left anti"))
    found = by_iso_year(pa.concat_tables([*kept, fresh]).sort_by(_ORDER))
    return {year: found.get(year, old.schema.empty_table()) for year in years}


def is_current(events: EventPanel, built: BuiltPanel, source: str) -> bool:
    """Say whether a source's panel was built from all that the events now hold.

    Args:
        events: The event panel.
        built: The built panel beside it.
        source: Name of the source.
    """
    seen = built.generation(source)
    weeks = _Source(events, built, source).weeks()
    if seen is None or any(made > seen for made in weeks.values()):
        return False
    return built.weeks(source) == weeks.keys()


def _told(source: _Source, since: int | None, made: pa.Table | None) -> PanelBuild:
    weeks = source.weeks()
    dyads = 0 if made is None else made.select(_PAIR).group_by(_PAIR).aggregate([]).num_rows
    return PanelBuild(
        source=source.name,
        rows=source.built.size(source.name),
        weeks=len(weeks),
        first=monday(min(weeks)) if weeks else None,
        last=monday(max(weeks)) if weeks else None,
        since=None if since is None else monday(since),
        rows_made=0 if made is None else made.num_rows,
        dyads_made=dyads,
    )


def dyad_filter(actor: str | None, recipient: str | None, issue: str | None) -> ds.Expression:
    """Return what chooses rows of a cube or a panel by who, whom and on what.

    Args:
        actor: Code of who acts; None for all.
        recipient: Code of the other; None for all.
        issue: One issue; None for all events together.
    """
    where = pc.field("issue") == (issue or "")
    for name, code in (("actor", actor), ("recipient", recipient)):
        if code is not None:
            where &= pc.field(name) == code
    return where
