"""The panel of events: immutable Parquet by ISO week behind a manifest, read as of a day.

Only this package speaks to Ibis and DuckDB; every read takes `as_of`.
"""

from detente.panel.built import BuiltPanel, by_iso_year, year_of
from detente.panel.cells import monday, week_number
from detente.panel.events import EventPanel, PanelSource
from detente.panel.ingest import EventFile, Ingest
from detente.panel.lean import Batch
from detente.panel.manifest import FileEntry, settle

__all__ = [
    "Batch",
    "BuiltPanel",
    "EventFile",
    "EventPanel",
    "FileEntry",
    "Ingest",
    "PanelSource",
    "by_iso_year",
    "monday",
    "settle",
    "week_number",
    "year_of",
]
