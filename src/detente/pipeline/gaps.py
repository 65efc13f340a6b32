"""The gap between words and deeds of both sides, over all issues or by issue."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import numpy as np

from detente.errors import NotEnoughDataError, UnknownNameError
from detente.ledger import Ledger
from detente.measures.gap import gap as measure_gap
from detente.measures.indicators import IndicatorKind, IndicatorSeries
from detente.measures.windows import WINDOW_DAYS
from detente.ontology.cameo import Realm
from detente.ontology.issues import ISSUES
from detente.pipeline.answers import Cite, GapAnswer, GapRow
from detente.pipeline.counts import DOCUMENTS, CodedDocuments, CountSource, EventFiles
from detente.pipeline.limits import limitations
from detente.pipeline.naming import named_pair
from detente.pipeline.workspace import Workspace


def gap(
    workspace: Workspace,
    actor: str,
    recipient: str,
    *,
    as_of: date,
    issue: str | None = None,
    source: str | None = None,
    by_issue: bool = False,
) -> GapAnswer:
    """Measure how much warmer each side's words are than its deeds.

    Args:
        workspace: The study.
        actor: One state, by code or name.
        recipient: The other.
        as_of: Nothing published later is read; the window of 12 weeks ends on this day.
        issue: One issue, or None for all together.
        source: One source, or None for each that has this pair.
        by_issue: Add a row per issue that has any event in the window.

    Returns:
        A row per source and direction (and issue), each with its interval and its cites.

    Raises:
        UnknownNameError: A state, issue or source no table holds.
        NotEnoughDataError: No source has an event of this pair by that day.
    """
    pair = named_pair(actor, recipient)
    if issue is not None and issue not in ISSUES:
        raise UnknownNameError(kind="issue", name=issue, known=ISSUES.keys())
    with workspace.ledger() as ledger:
        documents = CodedDocuments(ledger, as_of, pair)
        sources = chosen_sources(workspace, documents, pair, source)
        wanted = [
            (one, kind, way)
            for one in sources
            for kind in (issue, *issues_seen(documents, one, pair, by_issue=by_issue))
            for way in both_ways(pair)
        ]
        if not wanted:
            raise NotEnoughDataError(measure=f"gap {pair[0]}-{pair[1]}", found=0, needed=1)
        measured = [gap_row(ledger, one, way, kind, as_of) for one, kind, way in wanted]
        rows = tuple(row for row, _ in measured)
        return GapAnswer(
            as_of=as_of,
            coders=tuple(sorted(set(documents.coders.values()))),
            limitations=limitations(documents, pair, rows),
            cites=tuple({c.id: c for _, cites in measured for c in cites}.values()),
            pair=pair,
            rows=rows,
        )


def both_ways(pair: tuple[str, str]) -> tuple[tuple[str, str], tuple[str, str]]:
    """Return the two directed dyads of a pair.

    Args:
        pair: ISO-3 of the two states.

    Examples:
        >>> both_ways(("USA", "CHN"))
        (('USA', 'CHN'), ('CHN', 'USA'))
    """
    return pair, (pair[1], pair[0])


def chosen_sources(
    workspace: Workspace, documents: CodedDocuments, pair: tuple[str, str], source: str | None
) -> list[CountSource]:
    """Return the sources that know a pair.

    Args:
        workspace: Its panel holds the event files.
        documents: The coded documents.
        pair: ISO-3 of the two states.
        source: One source by name, or None for all.

    Raises:
        UnknownNameError: No source of that name.
    """
    panel = workspace.panel()
    files = [EventFiles(panel, s.name, documents.as_of) for s in panel.sources()]
    known: list[CountSource] = [documents, *files]
    names = [s.name for s in known]
    if source is not None and source not in names:
        raise UnknownNameError(kind="source", name=source, known=names)
    return [s for s in known if source in {None, s.name} and _knows(s, pair)]


def _knows(source: CountSource, pair: tuple[str, str]) -> bool:
    return any(source.dyad(a, r, None).num_rows > 0 for a, r in both_ways(pair))


def issues_seen(
    documents: CodedDocuments, source: CountSource, pair: tuple[str, str], *, by_issue: bool
) -> list[str]:
    """Return the issues a source's events name in the window, most frequent first.

    Args:
        documents: The coded documents.
        source: Only documents tell issues.
        pair: ISO-3 of the two states.
        by_issue: False returns none.
    """
    if not by_issue or source.name != DOCUMENTS:
        return []
    since = documents.as_of - timedelta(days=WINDOW_DAYS - 1)
    recent = (e for way in both_ways(pair) for e in documents.of(*way) if e.occurred.end >= since)
    counts = Counter(issue for event in recent for issue in event.issues if issue != "other")
    return sorted(counts, key=lambda i: (-counts[i], i))


def gap_row(
    ledger: Ledger, source: CountSource, way: tuple[str, str], issue: str | None, as_of: date
) -> tuple[GapRow, tuple[Cite, ...]]:
    """Measure one directed dyad in one source.

    Args:
        ledger: Holds the deed indicators.
        source: Where the counts are.
        way: ISO-3 of who acts and of the other.
        issue: One issue, or None for all.
        as_of: Last day of the window.

    Returns:
        The row and the cites behind it.
    """
    dyad, totals = source.dyad(*way, issue), source.totals()
    series = tuple(_series(ledger, way, issue, as_of))
    measured = measure_gap(dyad, totals, as_of=as_of, indicators=series)
    plain = measure_gap(dyad, totals, as_of=as_of, indicators=series, meetings=False)
    cites = source.cites(*way, issue, measured.window.start)
    row = GapRow.of(
        measured,
        plain,
        source=source.name,
        actor=way[0],
        recipient=way[1],
        issue=issue,
        word_cites=tuple(c.id for c in cites[Realm.SAY]),
        deed_cites=tuple(c.id for c in cites[Realm.DO]),
    )
    return row, cites[Realm.SAY] + cites[Realm.DO]


def _series(
    ledger: Ledger, way: tuple[str, str], issue: str | None, as_of: date
) -> Iterator[IndicatorSeries]:
    for stored in ledger.indicators(as_of=as_of, actor=way[0], recipient=way[1]):
        if issue in {None, stored.issue}:
            latest = {v.on: v.value for v in sorted(stored.values, key=lambda v: v.published_on)}
            days: Sequence[date] = sorted(latest)
            yield IndicatorSeries(
                name=stored.name,
                source=stored.source,
                on=np.array(days, dtype="datetime64[D]"),
                values=np.array([latest[d] for d in days], dtype=np.float64),
                sign=stored.sign,
                kind=IndicatorKind.LEVEL if stored.is_level else IndicatorKind.FLOW,
            )
