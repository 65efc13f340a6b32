"""The event panel: ingests event files once, answers what was known as of a day.

A row is counted exactly once: rows in = kept + duplicate + quarantined.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
from ibis import Table

from detente.errors import UnknownNameError
from detente.ontology.cameo import realm_of, tone_of
from detente.panel import expressions as events_of
from detente.panel.cells import day_number, week_number
from detente.panel.engine import Engine, MissingFileError, duckdb_sql, read_parquet
from detente.panel.expressions import CUBE_SCHEMA, EVENTS_SCHEMA
from detente.panel.ingest import EventFile, Ingest, Ingestion
from detente.panel.lean import LINKS_SCHEMA, Batch
from detente.panel.manifest import FileEntry, Manifest, WeekEntry

RUN = 1_000_000
"""Rows of neighbouring weeks counted together, at least a week."""


@dataclass(frozen=True)
class PanelSource:
    """What the panel holds of one source."""

    name: str
    files: int
    rows: int
    """Distinct events."""
    first: date | None
    last: date | None


class EventPanel:
    """Events of all sources in one folder.

    Args:
        folder: Where the files lie; made at the first ingestion.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest = Manifest(folder)
        self._engine = Engine()

    def ingest(self, source: str, file: Path, batches: Iterable[Batch]) -> Ingest:
        """Take a file's events in, or none of them.

        Args:
            source: The source's name; repeats are sought within it.
            file: The file as given; its bytes tell whether it is here already.
            batches: Its events and refusals, in file order; not asked for where it is.
        """
        return next(self.ingest_all(source, [EventFile(file, lambda: batches)]))

    def ingest_all(
        self, source: str, files: Iterable[EventFile], *, replace: bool = False
    ) -> Iterator[Ingest]:
        """Take many files in, small ones together.

        Args:
            source: The source's name; repeats are sought within it.
            files: In order; one that cannot be read stops the rest, and leaves nothing of itself.
            replace: A file takes the place of an earlier one of its name: a corrected release.

        Yields:
            What became of each, once it is in the panel for good.
        """
        yield from Ingestion(self._engine, self.folder, source, replace=replace).take(files)

    def daily_counts(
        self, source: str, actor: str, recipient: str, as_of: date, issue: str | None = None
    ) -> pa.Table:
        """Count a directed dyad's events by day.

        Args:
            source: Name of the source.
            actor: Code of the acting side.
            recipient: Code of the other side.
            as_of: The last day whose publications may be used.
            issue: Only events in this issue area.

        Returns:
            One row per day and root: occurred_on, root, tone, n, goldstein_sum. Only events whose two
            sides both count as the state.
        """

        def query(rows: Table) -> Table:
            chosen = events_of.of_dyad(events_of.known_by(rows, as_of), actor, recipient)
            if issue is not None:
                chosen = chosen.filter(chosen.issues.contains(issue))
            return events_of.daily(chosen)

        return _daily(self._read(source, query, as_of))

    def daily_totals(self, source: str, as_of: date) -> pa.Table:
        """Count the events of all dyads of different sides by day.

        Args:
            source: Name of the source.
            as_of: The last day whose publications may be used.

        Returns:
            One row per day and root: occurred_on, root, tone, n, goldstein_sum.
        """

        def query(rows: Table) -> Table:
            known = events_of.known_by(rows, as_of)
            return events_of.daily(known.filter(known.is_dyad))

        return _daily(self._read(source, query, as_of))

    def rows(
        self,
        source: str,
        actor: str,
        recipient: str,
        start: date,
        end: date,
        as_of: date,
        realm: str | None = None,
        limit: int = 1000,
    ) -> pa.Table:
        """Return the single events behind a figure.

        Args:
            source: Name of the source.
            actor: Code of the acting side.
            recipient: Code of the other side.
            start: First day.
            end: Last day.
            as_of: The last day whose publications may be used.
            realm: Only `say` or only `do`.
            limit: At most so many, the newest first.

        Returns:
            One row per event: event_id, occurred_on, published_on, actor, actor_role, recipient,
            recipient_role, cameo_code, root, realm, tone, goldstein, issues, n_reports, url,
            origin_line, and file, the name of the file whose line `origin_line` holds it.
            `n_reports` counts the exact repeats of a row without URL.
        """

        def query(rows: Table) -> Table:
            return _newest(rows, actor, recipient, start, end, as_of, realm, limit)

        weeks = range(week_number(start), week_number(end) + 1)
        found = self._read(source, query, as_of, weeks)
        return self._shown(found, self._links(source, found))

    def cube(self, source: str, as_of: date | None = None, weeks: range | None = None) -> pa.Table:
        """Return the weekly cube of a source.

        Args:
            source: Name of the source.
            as_of: The last day whose publications may be used; None uses all.
            weeks: Only these weeks.

        Returns:
            Rows of `CUBE_SCHEMA`. A week wholly published by `as_of` is read as it was kept, any
            other is counted anew from its events.
        """
        last = None if as_of is None else day_number(as_of)

        def read(entries: Sequence[WeekEntry]) -> pa.Table:
            known = {e.week: last is None or e.is_known(last) for e in entries}
            whole = [self.folder / e.cube for e in entries if known[e.week]]
            parts = [e for e in entries if not known[e.week]]
            kept = read_parquet(whole, CUBE_SCHEMA)
            return pa.concat_tables([kept, self._counted(parts, as_of)]) if parts else kept

        return self._retried(source, read, as_of, weeks)

    def counted_cube(self, source: str, as_of: date | None = None) -> pa.Table:
        """Count the weekly cube of a source from its events, as if none were kept.

        Args:
            source: Name of the source.
            as_of: The last day whose publications may be used; None uses all.
        """
        return self._retried(source, lambda entries: self._counted(entries, as_of), as_of)

    def is_known(self, source: str, as_of: date) -> bool:
        """Say whether all the panel holds of a source had happened and was published by a day.

        Args:
            source: Name of the source.
            as_of: The day.
        """
        return all(entry.is_known(day_number(as_of)) for entry in self.manifest.weeks(source))

    def sources(self) -> tuple[PanelSource, ...]:
        """List the sources of the panel by name."""
        return tuple(_summary(n, self.manifest.files(n)) for n in self.manifest.sources())

    def require(self, source: str) -> None:
        """Refuse a source the panel does not hold.

        Args:
            source: Its name.

        Raises:
            UnknownNameError: No file of that source was ingested.
        """
        known = self.manifest.sources()
        if source not in known:
            raise UnknownNameError(kind="event source", name=source, known=known)

    def _counted(self, entries: Sequence[WeekEntry], as_of: date | None) -> pa.Table:
        by_issue = any(entry.has_issues for entry in entries)

        def query(rows: Table) -> Table:
            known = rows if as_of is None else events_of.known_by(rows, as_of)
            return events_of.weekly_cube(known, by_issue=by_issue)

        text = duckdb_sql(query, EVENTS_SCHEMA)
        parts = [
            self._engine.run_sql([self.folder / e.events for e in run], text, EVENTS_SCHEMA)
            for run in _runs(entries)
        ]
        return pa.concat_tables([CUBE_SCHEMA.empty_table(), *(p.cast(CUBE_SCHEMA) for p in parts)])

    def _read(
        self,
        source: str,
        query: Callable[[Table], Table],
        as_of: date | None,
        weeks: range | None = None,
    ) -> pa.Table:
        def run(entries: Sequence[WeekEntry]) -> pa.Table:
            files = [self.folder / entry.events for entry in entries]
            return self._engine.run(files, query, EVENTS_SCHEMA)

        return self._retried(source, run, as_of, weeks)

    def _retried(
        self,
        source: str,
        read: Callable[[Sequence[WeekEntry]], pa.Table],
        as_of: date | None = None,
        weeks: range | None = None,
    ) -> pa.Table:
        self.require(source)
        generation = self.manifest.generation
        entries = [e for e in self.manifest.weeks(source) if _may_hold(e, as_of, weeks)]
        try:
            return read(entries)
        except MissingFileError:
            if self.manifest.generation == generation:
                raise
            return self._retried(source, read, as_of, weeks)  # a writer replaced a file meanwhile

    def _links(self, source: str, found: pa.Table) -> pa.Table:
        numbers = pc.unique(found["file_number"]).to_pylist()
        paths = [
            self.folder / entry.path
            for entry in self.manifest.links(source)
            if any(entry.first <= number <= entry.last for number in numbers)
        ]
        names = LINKS_SCHEMA.names
        if not paths:
            return LINKS_SCHEMA.empty_table()
        lines = pc.unique(found["origin_line"])
        wanted = pc.field("file_number").isin(numbers) & pc.field("origin_line").isin(lines)
        return ds.dataset(paths).to_table(columns=names, filter=wanted)

    def _shown(self, found: pa.Table, links: pa.Table) -> pa.Table:
        keys = ["file_number", "origin_line"]
        joined = found.sort_by([("place", "ascending")])
        named = joined.select([*keys, "place"]).join(links, keys, join_type="left outer")
        named = named.sort_by([("place", "ascending")])
        roots = joined["root"].to_pylist()
        files = {n: self.manifest.file(n).file for n in set(joined["file_number"].to_pylist())}
        names = [files[number] for number in joined["file_number"].to_pylist()]
        columns = {
            "event_id": named["event_id"],
            "occurred_on": joined["day"].cast(pa.date32()),
            "published_on": joined["published"].cast(pa.date32()),
            **{name: joined[name] for name in _AS_STORED},
            "realm": pa.array([realm_of(root).value for root in roots], pa.string()),
            "tone": pa.array([tone_of(root).value for root in roots], pa.string()),
            "goldstein": pc.divide(joined["goldstein_hundredths"].cast(pa.float64()), 100.0),
            "issues": joined["issues"],
            "n_reports": joined["n_reports"].cast(pa.int64()),
            "url": named["url"],
            "origin_line": joined["origin_line"].cast(pa.int64()),
            "file": pa.array(names, pa.string()),
        }
        return pa.table(columns)


_AS_STORED = ("actor", "actor_role", "recipient", "recipient_role", "cameo_code", "root")


def _newest(
    rows: Table,
    actor: str,
    recipient: str,
    start: date,
    end: date,
    as_of: date,
    realm: str | None,
    limit: int,
) -> Table:
    chosen = events_of.of_dyad(events_of.known_by(rows, as_of), actor, recipient)
    chosen = chosen.filter(chosen.day >= day_number(start), chosen.day <= day_number(end))
    if realm is not None:
        roots = [root for root in _ROOTS if realm_of(root).value == realm]
        chosen = chosen.filter(chosen.root.isin(roots))
    same = ibis.window(group_by=list(events_of.SAME_REPORT))
    reports = ibis.ifelse(chosen.has_url, chosen.n_reports, chosen.n_reports.sum().over(same))
    kept = chosen.mutate(n_reports=reports.cast("int64")).filter(lambda t: t.is_kept)
    order = (ibis.desc("day"), ibis.desc("file_number"), ibis.desc("origin_line"))
    newest = kept.order_by(*order).limit(limit)
    return newest.mutate(place=ibis.row_number().over(ibis.window(order_by=order)))


_ROOTS = tuple(f"{number:02}" for number in range(1, 21))


def _daily(found: pa.Table) -> pa.Table:
    tones = [tone_of(root).value for root in found["root"].to_pylist()]
    hundredths = found["goldstein_hundredths"].cast(pa.float64())
    return pa.table(
        {
            "occurred_on": found["day"].cast(pa.date32()),
            "root": found["root"],
            "tone": pa.array(tones, pa.string()),
            "n": found["n"],
            "goldstein_sum": pc.divide(hundredths, 100.0),
        }
    )


def _runs(entries: Sequence[WeekEntry]) -> Iterator[list[WeekEntry]]:
    """Weeks counted together: their groups fit into the processor's cache, and memory stays flat."""
    run: list[WeekEntry] = []
    for entry in entries:
        if run and sum(e.rows for e in run) + entry.rows > RUN:
            yield run
            run = []
        run.append(entry)
    if run:
        yield run


def _may_hold(entry: WeekEntry, as_of: date | None, weeks: range | None) -> bool:
    if weeks is not None and entry.week not in weeks:
        return False
    return as_of is None or entry.first_published <= day_number(as_of)


def _summary(name: str, entries: Sequence[FileEntry]) -> PanelSource:
    entries = [entry for entry in entries if not entry.is_replaced]
    firsts = [entry.first for entry in entries if entry.first]
    lasts = [entry.last for entry in entries if entry.last]
    return PanelSource(
        name=name,
        files=len(entries),
        rows=sum(entry.kept for entry in entries),
        first=min(firsts, default=None),
        last=max(lasts, default=None),
    )
