"""`detente gap`: how wide the gap between words and deeds is."""

from typing import Annotated

import typer
from rich import box
from rich.table import Table

from detente.pipeline.answers import Figure, GapAnswer, GapRow
from detente.pipeline.gaps import gap
from detente.surfaces import settings
from detente.surfaces.cli.options import Actor, AsOfOption, JsonOption, Recipient, WorkspaceOption
from detente.surfaces.cli.output import console, print_json


def command(
    actor: Actor,
    recipient: Recipient,
    workspace: WorkspaceOption = None,
    as_of: AsOfOption = None,
    issue: Annotated[str | None, typer.Option(help="One issue, as taiwan or trade.")] = None,
    source: Annotated[str | None, typer.Option(help="One source; else each.")] = None,
    *,
    by_issue: Annotated[bool, typer.Option("--by-issue", help="Add a row per issue.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Measure how much warmer each side's words are than its deeds, with 90 % intervals."""
    answer = gap(
        settings.workspace(workspace),
        actor,
        recipient,
        as_of=settings.day(as_of),
        issue=issue,
        source=source,
        by_issue=by_issue,
    )
    if as_json:
        print_json(answer)
    else:
        print_gaps(answer.rows)
        print_limits(answer)


def print_gaps(rows: tuple[GapRow, ...]) -> None:
    """Print a table of gaps.

    Args:
        rows: One per source, direction and issue.
    """
    if not rows:
        return
    start, end = rows[0].window_start, rows[0].window_end
    table = Table(
        box=box.SIMPLE, title=f"Words, deeds and gap, {start} to {end} (log-odds, 90 % interval)"
    )
    for name in ("side", "words", "n", "deeds", "n", "gap", "z"):
        table.add_column(name, justify="right" if name == "n" else "left")
    for row in rows:
        table.add_row(
            _side(row),
            interval(row.words.index),
            str(row.words.n_cooperative + row.words.n_conflictual),
            interval(row.deeds.index),
            str(row.deeds.n_cooperative + row.deeds.n_conflictual),
            f"[bold]{interval(row.gap)}[/]" if row.gap else "too few deeds",
            f"{row.z:+.1f}" if row.z is not None else "-",
        )
    console.print(table)


def _side(row: GapRow) -> str:
    topic = f", {row.issue}" if row.issue else ""
    return f"{row.actor} > {row.recipient}{topic}\n{row.source}"


def interval(figure: Figure) -> str:
    r"""Write a figure with its interval.

    Args:
        figure: Log-odds.

    Examples:
        >>> interval(Figure(value=0.71, low=-0.2, high=1.4, level=0.9))
        '+0.71\n-0.20 to +1.40'
    """
    return f"{figure.value:+.2f}\n{figure.low:+.2f} to {figure.high:+.2f}"


def print_limits(answer: GapAnswer) -> None:
    """Print what limits an answer.

    Args:
        answer: Any gap answer.
    """
    for line in answer.limitations:
        console.print(f"Limit: {line}", style="dim", markup=False)
