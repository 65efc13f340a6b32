"""The panel of events: immutable Parquet files behind a manifest, read as of a day.

Only this package speaks to Ibis and DuckDB; every read takes `as_of`.
"""

from detente.panel.events import EventPanel, Ingest, PanelSource
from detente.panel.manifest import FileEntry, Manifest
from detente.panel.storage import Batch

__all__ = ["Batch", "EventPanel", "FileEntry", "Ingest", "Manifest", "PanelSource"]
