"""Figures of words, deeds and gap as the page shows them, each with its evidence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from detente.pipeline.answers import Figure, GapRow
from detente.pipeline.briefs import Brief
from detente.pipeline.counts import DOCUMENTS
from detente.surfaces.brief.evidence import Evidence, Item
from detente.surfaces.brief.figures import figure_text, share_text
from detente.surfaces.brief.standfirst import row_anchor
from detente.surfaces.charts.names import issue_label, toward
from detente.surfaces.charts.theme import signed


@dataclass(frozen=True)
class FigureRow:
    """One side's figures from one source on one issue, or on all together."""

    anchor: str
    side: str
    """`first` or `second`: the style of the side."""
    title: str
    """Who toward whom."""
    actor: str
    issue: str
    source: str
    words: str
    words_counts: str
    words_plain: str
    deeds: str
    deeds_counts: str
    indicators: tuple[tuple[str, str, str], ...]
    """Name, signed z-score, source."""
    gap: str | None
    reason: str
    z: str
    """The gap against its own two years; empty where there is none."""
    z_reason: str
    words_basis: str
    """Where the usual share comes from."""
    deeds_basis: str
    word_items: list[Item]
    deed_items: list[Item]
    word_total: int
    deed_total: int
    raw: GapRow

    @property
    def is_few(self) -> bool:
        """Whether there are too few deeds for a gap."""
        return self.gap is None


@dataclass(frozen=True)
class SourceFigures:
    """The rows of one source over all issues."""

    name: str
    label: str
    rows: list[FigureRow]


def source_label(name: str) -> str:
    """Say what a source of counts is.

    Args:
        name: Name of the source.

    Examples:
        >>> source_label("documents"), source_label("icews")
        ('coded documents of this workspace', 'event file icews')
    """
    return "coded documents of this workspace" if name == DOCUMENTS else f"event file {name}"


def source_figures(
    answer: Brief, evidence: Evidence, names: Mapping[str, str]
) -> list[SourceFigures]:
    """Return the figures over all issues, by source.

    Args:
        answer: The brief.
        evidence: Gives references.
        names: Name of each state by code.
    """
    sources = dict.fromkeys(row.source for row in answer.gaps)
    return [
        SourceFigures(
            name=name,
            label=source_label(name),
            rows=[
                figure_row(row, answer.pair, evidence, names)
                for row in answer.gaps
                if row.source == name
            ],
        )
        for name in sources
    ]


def issue_rows(answer: Brief, evidence: Evidence, names: Mapping[str, str]) -> list[FigureRow]:
    """Return the figures by issue, in the order of the answer.

    Args:
        answer: The brief.
        evidence: Gives references.
        names: Name of each state by code.
    """
    return [figure_row(row, answer.pair, evidence, names) for row in answer.gaps_by_issue]


def figure_row(
    row: GapRow, pair: Sequence[str], evidence: Evidence, names: Mapping[str, str]
) -> FigureRow:
    """Return one row of figures as the page shows it.

    Args:
        row: Of a gap.
        pair: The two states in the order of the answer.
        evidence: Gives references.
        names: Name of each state by code.
    """
    anchor = row_anchor(row)
    issue = issue_label(row.issue)
    label = f"{names[row.actor]}: {issue.lower() if row.issue is None else issue}"
    words, deeds = row.words, row.deeds
    return FigureRow(
        anchor=anchor,
        side=side_class(row.actor, pair),
        title=toward(names, row.actor, row.recipient),
        actor=names[row.actor],
        issue=issue,
        source=source_label(row.source),
        words=figure_text(words.index),
        words_counts=share_text(words),
        words_plain=figure_text(row.words_without_meetings),
        deeds=figure_text(deeds.index),
        deeds_counts=share_text(deeds),
        indicators=tuple((i.name, signed(i.z), i.source) for i in row.indicators),
        gap=_gap_text(row.gap),
        reason=row.gap_reason or "",
        z=signed(row.z) if row.z is not None else "",
        z_reason=row.z_reason or "",
        words_basis=row.words.reference_basis,
        deeds_basis=row.deeds.reference_basis,
        word_items=evidence.refer(row.word_cites, anchor, label),
        deed_items=evidence.refer(row.deed_cites, anchor, label),
        word_total=words.n_cooperative + words.n_conflictual,
        deed_total=deeds.n_cooperative + deeds.n_conflictual,
        raw=row,
    )


def side_class(actor: str, pair: Sequence[str]) -> str:
    """Return the class that colours a side.

    Args:
        actor: Actor code or ISO-3.
        pair: The two states in the order of the answer.

    Examples:
        >>> side_class("CHN/GOV", ("USA", "CHN")), side_class("JPN", ("USA", "CHN"))
        ('second', 'neither')
    """
    country = actor.split("/", maxsplit=1)[0]
    if country not in pair:
        return "neither"
    return "first" if country == pair[0] else "second"


def _gap_text(gap: Figure | None) -> str | None:
    return figure_text(gap) if gap else None
