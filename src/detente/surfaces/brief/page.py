"""Put the page together from a brief and write it.

Everything from a document is untrusted: the template escapes it, and only http and https become
links.
"""

import contextlib
import os
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from detente.errors import WorkspaceError
from detente.pipeline.briefs import Brief
from detente.records import DateInterval
from detente.surfaces.brief import drawings, figures, gap_views, meeting_views, record_views
from detente.surfaces.brief.evidence import Evidence, evidence_of
from detente.surfaces.brief.standfirst import standfirst
from detente.surfaces.charts.names import in_sentence, state_names

_FIRST_LINES = 12
"""Lines of a list shown before the rest is folded."""


def write_page(answer: Brief, path: Path) -> Path:
    """Write the page of a brief; a page already there is replaced as a whole.

    Args:
        answer: The brief.
        path: The file to write; its folder is made.

    Returns:
        The path written.

    Raises:
        WorkspaceError: The file cannot be written there.
    """
    page = render_page(answer)
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("w", encoding="utf-8") as file:
            file.write(page)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        raise WorkspaceError(
            folder=str(path),
            reason=f"the page cannot be written ({error.strerror})",
            hint="name a file in a folder you may write to, with --page",
        ) from error
    finally:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
    return path


def render_page(answer: Brief) -> str:
    """Return the page of a brief as HTML.

    Args:
        answer: The brief.

    Returns:
        One document that needs no network, no script and no other file.
    """
    template = _environment().get_template("brief.html.j2")
    return template.render(**_context(answer)) + "\n"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FunctionLoader(_text),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["plural"] = figures.plural
    return environment


def _text(name: str) -> str:
    return (files("detente.surfaces.brief") / name).read_text(encoding="utf-8")


def _context(answer: Brief) -> dict[str, object]:
    names = state_names(answer.pair)
    evidence = evidence_of(answer.cites)
    window = DateInterval(start=answer.window_start, end=answer.as_of)
    return {
        "style": Markup(_text("style.css")),
        "answer": answer,
        "names": [names[code] for code in answer.pair],
        "pair_title": f"{names[answer.pair[0]]} and {in_sentence(names[answer.pair[1]])}",
        "as_of": figures.day_text(answer.as_of),
        "window": figures.days_text(window),
        "level": _level(answer),
        "most": _FIRST_LINES,
        "standfirst": standfirst(answer, names),
        **_charts(answer, names),
        **_records(answer, evidence, names),
        "evidence": evidence,
    }


def _level(answer: Brief) -> str:
    levels = {row.words.index.level for row in (*answer.gaps, *answer.gaps_by_issue)}
    return figures.percent(min(levels)) if levels else "90%"


def _charts(answer: Brief, names: Mapping[str, str]) -> dict[str, object]:
    by_source = dict.fromkeys(row.source for row in answer.gaps)
    strips = {
        source: drawings.words_deeds_drawing(
            source, [r for r in answer.gaps if r.source == source], answer, names
        )
        for source in by_source
    }
    has_weeks = bool(answer.timeline)
    return {
        "timeline": drawings.timeline_drawing(answer, names),
        "timeline_start": drawings.timeline_start(answer) if has_weeks else "",
        "weeks": drawings.timeline_weeks(answer),
        "strips": strips,
        "gap_chart": drawings.gap_drawing(answer, names),
    }


def _records(answer: Brief, evidence: Evidence, names: Mapping[str, str]) -> dict[str, object]:
    sources = gap_views.source_figures(answer, evidence, names)
    issues = gap_views.issue_rows(answer, evidence, names)
    meetings, strip = meeting_views.meeting_views(answer, evidence)
    return {
        "sources": sources,
        "issues": issues,
        "meetings": meetings,
        "timeline_meetings": strip,
        "interests": record_views.interest_views(answer, evidence),
        "sides": record_views.side_views(answer, evidence, names),
        "commitments": record_views.commitment_views(answer, evidence),
        "steps": record_views.step_views(answer, evidence),
    }
