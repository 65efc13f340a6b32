"""Build the panel of all directed dyads by week, and keep it up to date."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from detente.errors import NotEnoughDataError
from detente.measures.cube_grid import REACH, WINDOW_WEEKS
from detente.measures.dyad_weeks import dyad_week_blocks, renewed_weeks
from detente.measures.week_totals import PAST_COLUMNS, panel_totals, week_totals
from detente.panel import BuiltPanel, EventPanel, monday, year_of
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
    made = _Made()
    source.built.replace(source.name, made.counted(_blocks(source)), generation)
    return _told(source, min(weeks, default=None), made)


def _blocks(source: _Source) -> Iterator[pa.Table]:
    cube = source.events.cube(source.name)
    return dyad_week_blocks(cube, week_totals(cube))


def _update(source: _Source) -> PanelBuild:
    generation, weeks = source.events.manifest.generation, source.weeks()
    seen = source.built.generation(source.name)
    if seen is None:
        return _build(source)
    held = source.built.weeks(source.name)
    changed = {week for week, made in weeks.items() if made > seen} | (held - weeks.keys())
    if not changed:
        return _told(source, None, _Made())
    since, last = min(changed), max(weeks, default=0)
    first = min(held, default=since)
    if since <= first or since + WINDOW_WEEKS <= last:
        return _build(source)
    years = range(year_of(since), year_of(max(last, *held)) + 1)
    fresh, others = _renewed(source, since, last, first)
    made = _Made()
    rows = pa.concat_tables([others, *made.counted([fresh])]).sort_by(_ORDER)
    source.built.replace(source.name, [rows], generation, years)
    return _told(source, since, made)


def _renewed(source: _Source, since: int, last: int, first: int) -> tuple[pa.Table, pa.Table]:
    """Make rows of the touched dyads anew; return them, and the rows of their years that stay."""
    events, built, name = source.events, source.built, source.name
    recent = events.cube(name, weeks=range(max(first, since - WINDOW_WEEKS + 1), last + 1))
    years = range(year_of(since), year_of(max(last, since)) + 1)
    day = monday(since)
    held = built.read(name, years=years)
    touched = _dyads(recent.filter(pc.greater_equal(recent["week"], since)), held, day)
    reach = range(year_of(since - REACH), years.stop)
    before = (pc.field("week") >= pa.scalar(monday(since - REACH))) & (pc.field("week") < day)
    past = built.read(name, before, reach, PAST_COLUMNS)
    fresh = renewed_weeks(
        recent.join(touched, _PAIR, join_type="left semi"),
        past,
        panel_totals(past, first, max(last, since)),
        since=since,
    )
    earlier = held.filter(pc.less(held["week"], day))
    later = held.filter(pc.greater_equal(held["week"], day))
    return fresh, pa.concat_tables([earlier, later.join(touched, _PAIR, join_type="left anti")])


def _dyads(new: pa.Table, held: pa.Table, day: date) -> pa.Table:
    old = held.filter(pc.greater_equal(held["week"], day)).select(_PAIR)
    return pa.concat_tables([new.select(_PAIR), old]).group_by(_PAIR).aggregate([])


@dataclass
class _Made:
    """Counts rows as they pass."""

    rows: int = 0
    dyads: int = 0

    def counted(self, blocks: Iterable[pa.Table]) -> Iterator[pa.Table]:
        """Pass blocks of whole dyads on."""
        for block in blocks:
            self.rows += block.num_rows
            self.dyads += block.select(_PAIR).group_by(_PAIR).aggregate([]).num_rows
            yield block


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
    return built.weeks(source) <= weeks.keys()


def _told(source: _Source, since: int | None, made: _Made) -> PanelBuild:
    weeks = source.weeks()
    return PanelBuild(
        source=source.name,
        rows=source.built.size(source.name),
        weeks=len(weeks),
        first=monday(min(weeks)) if weeks else None,
        last=monday(max(weeks)) if weeks else None,
        since=None if since is None else monday(since),
        rows_made=made.rows,
        dyads_made=made.dyads,
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
