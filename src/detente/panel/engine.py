"""DuckDB over the panel's Parquet files: runs an Ibis expression, keeps nothing on disk."""

from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb
import ibis
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
from ibis import Table

from detente.errors import WorkspaceError

MEMORY = "768MB"
"""What DuckDB may hold before it spills."""


class MissingFileError(WorkspaceError):
    """A file the manifest named is gone: the panel changed meanwhile, or was damaged."""


class Engine:
    """One in-memory DuckDB; threads may share it, each query has its own cursor."""

    def __init__(self) -> None:
        self._connection = duckdb.connect(config={"memory_limit": MEMORY})

    def run(
        self,
        files: Sequence[Path],
        query: Callable[[Table], Table],
        schema: pa.Schema,
        extra: pa.Table | None = None,
    ) -> pa.Table:
        """Run a query over the rows of some files.

        Args:
            files: Parquet files of the panel; none gives no rows.
            query: Gets their rows, returns what is wanted of them.
            schema: Columns of the files.
            extra: Further rows of that schema.
        A file that is missing or damaged is a `MissingFileError`.
        """
        return self.run_sql(files, duckdb_sql(query, schema), schema, extra)

    def run_sql(
        self, files: Sequence[Path], text: str, schema: pa.Schema, extra: pa.Table | None = None
    ) -> pa.Table:
        """Run a query that was written before.

        Args:
            files: Parquet files of the panel; none gives no rows.
            text: From `duckdb_sql`.
            schema: Columns of the files.
            extra: Further rows of that schema.

        A file that is missing or damaged is a `MissingFileError`.
        """
        try:
            with self._connection.cursor() as cursor:
                self._bind(cursor, files, schema, extra)
                return cursor.sql(text).to_arrow_table()
        except (duckdb.IOException, duckdb.InvalidInputException) as error:
            failure = _missing(files, error)
        raise failure

    def _bind(
        self,
        cursor: duckdb.DuckDBPyConnection,
        files: Sequence[Path],
        schema: pa.Schema,
        extra: pa.Table | None,
    ) -> None:
        parts = []
        columns = ", ".join(f'"{name}"' for name in schema.names)
        if files:
            names = ", ".join("'" + str(path).replace("'", "''") + "'" for path in files)
            parts.append(f"SELECT {columns} FROM read_parquet([{names}])")  # noqa: S608 (own names)
        if extra is not None or not files:
            cursor.register("extra_rows", schema.empty_table() if extra is None else extra)
            parts.append(f"SELECT {columns} FROM extra_rows")  # noqa: S608 (own names)
        cursor.execute(f"CREATE TEMP VIEW rows_of_panel AS {' UNION ALL '.join(parts)}")


def duckdb_sql(query: Callable[[Table], Table], schema: pa.Schema) -> str:
    """Write a query as SQL for `Engine.run_sql`.

    Args:
        query: Gets rows, returns what is wanted of them.
        schema: Their columns.
    """
    rows = ibis.table(ibis.Schema.from_pyarrow(schema), name="rows_of_panel")
    return str(ibis.to_sql(query(rows), dialect="duckdb"))


def read_parquet(
    files: Sequence[Path],
    schema: pa.Schema,
    where: ds.Expression | None = None,
    columns: Sequence[str] | None = None,
) -> pa.Table:
    """Read files of one schema.

    Args:
        files: Parquet files of the panel; none gives no rows.
        schema: Their columns.
        where: Only rows for which this holds.
        columns: Only these; None gives all.
    A file that is missing or damaged is a `MissingFileError`.
    """
    chosen = list(columns or schema.names)
    if not files:
        return schema.empty_table().select(chosen)
    try:
        found = ds.dataset([str(path) for path in files], schema=schema)
        return found.to_table(columns=chosen, filter=where)
    except (OSError, pa.ArrowInvalid) as error:
        failure = _missing(files, error)
    raise failure


def read_schema(path: Path) -> pa.Schema:
    """Read the columns of a file; a missing or damaged one is a `MissingFileError`.

    Args:
        path: A Parquet file of the panel.
    """
    try:
        return pq.read_schema(path)
    except (OSError, pa.ArrowInvalid) as error:
        failure = _missing([path], error)
    raise failure


def _missing(files: Sequence[Path], error: Exception) -> MissingFileError:
    reason = f"a panel file is missing or damaged ({str(error).splitlines()[0]})"
    hint = "restore the folder from a backup, or ingest the files again into an empty one"
    folder = str(files[0].parent) if files else "-"
    return MissingFileError(folder=folder, reason=reason, hint=hint)
