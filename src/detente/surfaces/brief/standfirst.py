"""Three sentences that say where the relation stands, written from the figures and no more.

A direction is named only where the whole interval lies on one side of zero.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from detente.pipeline.answers import Figure, GapRow
from detente.pipeline.briefs import Brief
from detente.records import Level
from detente.surfaces.brief.figures import day_text, figure_text, interval_text, plural, slug
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
    return {
        1: "were warmer than is usual among states",
        -1: "were colder than is usual among states",
        0: "could not be told from what is usual among states",
    }[direction(figure)]


def _words(answer: Brief, rows: Sequence[GapRow], names: Mapping[str, str]) -> list[Piece]:
    if not rows:
        return [Piece(f"No source holds an event of this pair by {day_text(answer.as_of)}.")]
    pieces = [Piece(f"In the twelve weeks to {day_text(answer.as_of)}, ")]
    for index, row in enumerate(rows):
        actor, other = in_sentence(names[row.actor]), in_sentence(names[row.recipient])
        words = row.words.index
        level = f"{words.level:.0%} interval " if index == 0 else ""
        start = f"the words of {actor} toward {other}" if index == 0 else f"; those of {actor}"
        pieces += [
            Piece(f"{start} {against_usual(words)} ("),
            Piece(f"{signed(words.value)}, {level}{interval_text(words)}", f"#{row_anchor(row)}"),
            Piece(")"),
            *_without_meetings(row),
        ]
    return [*pieces, Piece(".")]


def _without_meetings(row: GapRow) -> list[Piece]:
    """Say so where the verdict hangs on meetings alone."""
    plain = row.words_without_meetings
    if direction(plain) == direction(row.words.index):
        return []
    told = {1: "were warmer", -1: "were colder", 0: "not"}[direction(plain)]
    figure = f"{signed(plain.value)}, {interval_text(plain)}"
    return [
        Piece(f", but {told} once meetings are left out ("),
        Piece(figure, f"#{row_anchor(row)}"),
        Piece(")"),
    ]


def direction(figure: Figure) -> int:
    """Return 1 or -1 where the whole interval lies on one side of zero, else 0.

    Args:
        figure: Log-odds with its interval.

    Examples:
        >>> direction(Figure(value=0.5, low=0.1, high=0.9, level=0.9))
        1
    """
    return (figure.low > 0) - (figure.high < 0)


def _gaps(rows: Sequence[GapRow], names: Mapping[str, str]) -> list[Piece]:
    by_clause: dict[str, list[GapRow]] = {}
    for row in rows:
        by_clause.setdefault(_clause(row), []).append(row)
    pieces: list[Piece] = []
    for clause, same in by_clause.items():
        pieces.append(Piece("; for " if pieces else "For "))
        for index, row in enumerate(same):
            pieces += [
                Piece(f"{' and ' if index else ''}{in_sentence(names[row.actor])} ("),
                Piece(_gap_figure(row), f"#{row_anchor(row)}"),
                Piece(")"),
            ]
        pieces.append(Piece(f"{' alike' if len(same) > 1 else ''}, {clause}"))
    return [*pieces, Piece(".")] if pieces else []


def _clause(row: GapRow) -> str:
    if row.gap is None:
        return "there are too few deeds to set words against"
    told = {
        1: "words ran warmer than deeds",
        -1: "words stood lower than deeds, each against its own usual",
        0: "words and deeds cannot be told apart",
    }
    return told[direction(row.gap)]


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
