"""Three sentences that say where the relation stands, written from the figures and no more.

A direction is named only where the whole interval lies on one side of zero.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from detente.pipeline.answers import Figure, GapRow
from detente.pipeline.briefs import Brief
from detente.records import DateInterval, Level
from detente.surfaces.brief.figures import days_text, figure_text, interval_text, plural, slug
from detente.surfaces.charts.names import in_sentence
from detente.surfaces.charts.theme import signed


@dataclass(frozen=True)
class Piece:
    """Some words of a sentence, linked where they are a figure."""

    text: str
    href: str | None = None


def standfirst(answer: Brief, names: Mapping[str, str]) -> list[list[Piece]]:
    """Write the three sentences.

    Args:
        answer: The brief.
        names: Name of each state by code.

    Returns:
        Sentences as pieces: words against the usual, words against deeds, meetings and promises.
    """
    rows = leading_rows(answer)
    return [_words(answer, rows, names), _gaps(rows, names), _record(answer)]


def leading_rows(answer: Brief) -> Sequence[GapRow]:
    """Return the rows of the first source over all issues, one per side.

    Args:
        answer: The brief.
    """
    if not answer.gaps:
        return ()
    return [row for row in answer.gaps if row.source == answer.gaps[0].source]


def row_anchor(row: GapRow) -> str:
    """Return the id of a row of figures on the page.

    Args:
        row: Of a gap.
    """
    return slug("g", row.source, row.actor, row.issue or "all-issues")


def against_usual(figure: Figure) -> str:
    """Say how words stand to what is usual, no more than the interval allows.

    Args:
        figure: Of words, log-odds against the usual.

    Examples:
        >>> against_usual(Figure(value=0.2, low=-0.2, high=0.6, level=0.9))
        'could not be told from what is usual among states'
    """
    if figure.low > 0:
        return "were warmer than is usual among states"
    if figure.high < 0:
        return "were colder than is usual among states"
    return "could not be told from what is usual among states"


def _words(answer: Brief, rows: Sequence[GapRow], names: Mapping[str, str]) -> list[Piece]:
    window = days_text(DateInterval(start=answer.window_start, end=answer.as_of))
    if not rows:
        return [Piece(f"No source holds an event of this pair in the window, {window}.")]
    pieces = [Piece(f"In the twelve weeks {window}, ")]
    for index, row in enumerate(rows):
        actor = in_sentence(names[row.actor])
        other = in_sentence(names[row.recipient])
        index_of = row.words.index
        level = f"{index_of.level:.0%} interval " if index == 0 else ""
        said = f"{signed(index_of.value)}, {level}{interval_text(index_of)}"
        start = f"the words of {actor} toward {other}" if index == 0 else f"; those of {actor}"
        pieces += [
            Piece(f"{start} {against_usual(index_of)} ("),
            Piece(said, f"#{row_anchor(row)}"),
            Piece(")"),
        ]
    return [*pieces, Piece(".")]


def _gaps(rows: Sequence[GapRow], names: Mapping[str, str]) -> list[Piece]:
    pieces: list[Piece] = []
    for index, row in enumerate(rows):
        actor = in_sentence(names[row.actor])
        pieces.append(Piece(f"{'For' if index == 0 else '; for'} {actor}, {_clause(row)} ("))
        pieces.append(Piece(_gap_figure(row), f"#{row_anchor(row)}"))
        pieces.append(Piece(")"))
    return [*pieces, Piece(".")] if pieces else []


def _clause(row: GapRow) -> str:
    if row.gap is None:
        return "there are too few deeds to set its words against"
    if row.gap.low > 0:
        return "words ran warmer than deeds"
    if row.gap.high < 0:
        return "deeds ran warmer than words"
    return "words and deeds cannot be told apart"


def _gap_figure(row: GapRow) -> str:
    if row.gap is not None:
        return f"gap {figure_text(row.gap).replace(' (', ', ').rstrip(')')}"
    deeds = row.deeds.n_cooperative + row.deeds.n_conflictual
    return f"{plural(deeds, 'deed')}, {plural(len(row.indicators), 'indicator')}"


def _record(answer: Brief) -> list[Piece]:
    held = [m for m in answer.meetings if m.meeting.status == "held"]
    leaders = sum(m.meeting.level is Level.LEADER for m in held)
    overdue = sum(c.is_overdue for c in answer.commitments)
    met = plural(len(held), "meeting or call", "meetings and calls")
    pieces = [
        Piece("The documents tell of "),
        Piece(met, "#meetings"),
        Piece(f" in the window, {leaders or 'none'} at leaders’ level, and of "),
        Piece(plural(len(answer.commitments), "commitment"), "#commitments"),
    ]
    if answer.commitments:
        pieces.append(Piece(f", {overdue or 'none'} of them overdue"))
    return [*pieces, Piece(".")]
