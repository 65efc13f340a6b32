"""What a workspace's event panel holds, source by source."""

from datetime import date

from detente.pipeline.workspace import Workspace
from detente.records import Record


class EventSource(Record):
    """One source of events."""

    name: str
    files: int
    rows: int
    """Distinct events."""
    first: date | None
    """Day of its earliest event; None where no row was taken."""
    last: date | None


class EventSources(Record):
    """All sources of a panel by name."""

    sources: tuple[EventSource, ...]


def event_sources(workspace: Workspace) -> EventSources:
    """List the sources of a workspace's event panel.

    Args:
        workspace: Where to look.

    Returns:
        One per source, by name; none where no event file was taken yet.
    """
    held = workspace.panel().sources()
    return EventSources(
        sources=tuple(
            EventSource(
                name=source.name,
                files=source.files,
                rows=source.rows,
                first=source.first,
                last=source.last,
            )
            for source in held
        )
    )
