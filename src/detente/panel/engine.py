"""DuckDB over the panel's Parquet files: runs an Ibis expression, keeps nothing on disk."""

from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from threading import Lock

import duckdb
import ibis
import pyarrow as pa
from ibis import Table

from detente.errors import WorkspaceError
from detente.panel.expressions import stored_events


class Engine:
    """One in-memory DuckDB; threads may share it, each query has its own cursor."""

    def __init__(self) -> None:
        self._connection = duckdb.connect()
        self._views: set[str] = set()
        self._lock = Lock()

    def run(self, files: Sequence[Path], query: Callable[[Table], Table]) -> pa.Table:
        """Run a query over the rows of some files.

        Args:
            files: Parquet files of the panel, at least one.
            query: Gets their rows, returns what is wanted of them.

        Raises:
            WorkspaceError: A file is missing or damaged.
        """
        try:
            text = ibis.to_sql(query(stored_events(self._view(files))), dialect="duckdb")
            with self._connection.cursor() as cursor:
                return cursor.sql(text).to_arrow_table()
        except (duckdb.IOException, duckdb.InvalidInputException) as error:
            reason = f"a panel file is missing or damaged ({str(error).splitlines()[0]})"
            hint = "restore it from a backup or ingest the files again"
            raise WorkspaceError(folder=str(files[0].parent), reason=reason, hint=hint) from error

    def _view(self, files: Sequence[Path]) -> str:
        names = [str(path) for path in files]
        view = "events_" + sha256("\n".join(names).encode()).hexdigest()[:16]
        with self._lock:
            if view not in self._views:
                self._connection.read_parquet(names).create_view(view)
                self._views.add(view)
        return view
