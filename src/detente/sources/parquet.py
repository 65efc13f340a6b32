"""Parquet tables as text columns, in stretches; the original of a row is its JSON."""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from detente.errors import SourceError
from detente.sources.columns import TEXTS
from detente.sources.rows import Rows, require_file

STRETCH = 65_536
"""Rows held in memory at a time."""


def parquet_rows(path: Path, wanted: Mapping[str, str], source: str) -> Iterator[Rows]:
    """Read a Parquet file's columns as text, in stretches.

    Args:
        path: The file.
        wanted: The product's column name to the file's.
        source: The publisher's name, for messages.

    Yields:
        Stretches of at most `STRETCH` rows; the original of a row is its JSON.

    Raises:
        SourceError: Missing, empty or no Parquet file.
    """
    require_file(path, source)
    start = 1
    try:
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(STRETCH):
                columns = {name: _as_text(batch.column(given)) for name, given in wanted.items()}
                lines = pa.array(np.arange(start, start + batch.num_rows))
                yield Rows(str(path), columns, lines, _json_of(batch))
                start += batch.num_rows
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, OSError) as error:
        reason = f"cannot be read as Parquet ({_first_line(error)}); fetch it again"
        raise SourceError(source=source, location=str(path), reason=reason) from error


def parquet_header(path: Path, source: str) -> list[str]:
    """Read a Parquet file's column names.

    Args:
        path: The file.
        source: The publisher's name, for messages.

    Raises:
        SourceError: Missing, empty or no Parquet file.
    """
    require_file(path, source)
    try:
        return list(pq.read_schema(path).names)
    except (pa.ArrowInvalid, OSError) as error:
        reason = f"cannot be read as Parquet ({_first_line(error)}); fetch it again"
        raise SourceError(source=source, location=str(path), reason=reason) from error


def is_parquet(path: Path) -> bool:
    """Say whether a file begins as Parquet files do.

    Args:
        path: The file; a missing one is none.
    """
    if not path.is_file():
        return False
    with path.open("rb") as raw:
        return raw.read(4) == b"PAR1"


def _as_text(column: pa.Array) -> pa.Array:
    if pa.types.is_timestamp(column.type):
        column = column.cast(pa.date32(), safe=False)
    return column.cast(TEXTS if pa.types.is_dictionary(column.type) else pa.string())


def _json_of(batch: pa.RecordBatch) -> Callable[[npt.NDArray[np.int64]], list[str]]:
    def texts(places: npt.NDArray[np.int64]) -> list[str]:
        rows = batch.take(pa.array(places))
        names = [_json(name) for name in rows.schema.names]
        cells = zip(*(_cells(column) for column in rows.columns), strict=True)
        form = "{" + ", ".join(f"{name.replace('%', '%%')}: %s" for name in names) + "}"
        return [form % row for row in cells]

    return texts


def _cells(column: pa.Array) -> list[str]:
    """Write each value as JSON, each distinct one once where Arrow can tell them apart."""
    if pa.types.is_nested(column.type):
        return [_json(value) for value in column.to_pylist()]
    held = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    words = [*(_json(value) for value in held.dictionary.to_pylist()), "null"]
    return [words[at] for at in pc.fill_null(held.indices, len(words) - 1).to_pylist()]


def _json(value: object) -> str:
    return json.dumps(value, default=str, ensure_ascii=False)


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__
