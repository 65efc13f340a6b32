"""Any CSV or Parquet table of events, read by a small TOML file that names its columns.

The mapping says what each column holds; it never changes a value.
"""

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from enum import StrEnum
from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError, model_validator

from detente.errors import SourceError, UnknownNameError
from detente.ontology.issues import ISSUES
from detente.records import Record
from detente.sources.columns import constant
from detente.sources.countries import code_reader, cow_reader, name_reader
from detente.sources.events import EventBatch, Reading, event_batches
from detente.sources.gdelt import type_role
from detente.sources.icews import sector_role
from detente.sources.parquet import is_parquet, parquet_header, parquet_rows
from detente.sources.rows import (
    Rows,
    delimited_rows,
    opened_text,
    quoted_records,
    require_columns,
)
from detente.sources.values import ROLES, RowError, day_reader


class Names(StrEnum):
    """What the country columns of a table hold."""

    ISO3 = "iso3"
    COUNTRY_NAMES = "country names"
    COW = "cow"


class Roles(StrEnum):
    """What the role columns of a table hold."""

    CODES = "codes"
    """The codebook's own: `GOV`, `MIL`, ...; empty for the country itself."""
    ICEWS_SECTORS = "icews sectors"
    GDELT_TYPES = "gdelt types"


class Constants(Record):
    """Values that hold for every row of a table."""

    actor: str | None = None
    recipient: str | None = None
    actor_role: str | None = None
    recipient_role: str | None = None
    issues: tuple[str, ...] = ()


class Columns(Record):
    """The table's column names, by what they hold."""

    date: str
    cameo: str
    actor: str | None = None
    recipient: str | None = None
    published: str | None = None
    actor_name: str | None = None
    recipient_name: str | None = None
    actor_role: str | None = None
    recipient_role: str | None = None
    goldstein: str | None = None
    n_reports: str | None = None
    url: str | None = None
    id: str | None = None

    def given(self) -> dict[str, str]:
        """Return the product's column name to the table's, for the columns named."""
        return {name: column for name, column in self.model_dump().items() if column}


class EventMapping(Record):
    """How a table's columns become events."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")]
    """The source's name in the panel."""
    names: Names = Names.ISO3
    roles: Roles = Roles.CODES
    date_format: str = "%Y-%m-%d"
    delimiter: Annotated[str, Field(min_length=1, max_length=1)] = ","
    columns: Columns
    constants: Constants = Constants()
    aliases: dict[str, str] = Field(default_factory=dict)
    """The table's own country texts to the product's codes."""

    @model_validator(mode="after")
    def _complete(self) -> "EventMapping":
        for side in ("actor", "recipient"):
            if not (getattr(self.columns, side) or getattr(self.constants, side)):
                msg = f"columns.{side} is missing; name the column or give constants.{side}"
                raise ValueError(msg)
        for issue in self.constants.issues:
            if issue not in ISSUES:
                msg = f"constants.issues: {issue!r} is no issue; known are {', '.join(ISSUES)}"
                raise ValueError(msg)
        return self


def load_mapping(path: Path) -> EventMapping:
    """Read a mapping.

    Args:
        path: A TOML file: `name`, `names`, `date_format`, `[columns]` with at least `date`, `actor`,
            `recipient` and `cameo`, and if need be `roles`, `delimiter`, `[constants]`, `[aliases]`.

    Raises:
        SourceError: The file cannot be read, or a key is missing, unknown or wrong.
    """
    try:
        return EventMapping.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        reason = f"mapping cannot be read ({error.strerror}); give the path of a TOML file"
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        reason = f"mapping is no TOML ({error}); mend it there"
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        reason = f"mapping key {key or 'columns'}: {first['msg']}; correct it in the file"
    raise SourceError(source="mapping", location=str(path), reason=reason)


def shipped_mapping(name: str) -> EventMapping:
    """Return a mapping that comes with the package.

    Args:
        name: Its file name without `.toml`.

    Raises:
        UnknownNameError: No such mapping is shipped.

    Examples:
        >>> shipped_mapping("icews_parquet").columns.cameo
        'cameo'
    """
    folder = files("detente.sources") / "mappings"
    known = sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir())
    if name not in known:
        raise UnknownNameError(kind="shipped mapping", name=name, known=known)
    with as_file(folder / f"{name}.toml") as path:
        return load_mapping(path)


def read_mapped(path: Path, mapping: EventMapping) -> Iterator[EventBatch]:
    """Read a table of events by its mapping.

    Args:
        path: A CSV file with a header, plain or zipped, or a Parquet file.
        mapping: What its columns hold.

    Yields:
        Batches in file order.
    """
    yield from event_batches(_rows(path, mapping), _reading(mapping))


def _reading(mapping: EventMapping) -> Reading:
    return Reading(
        day=day_reader(mapping.date_format),
        country=_country_reader(mapping),
        role=_role_reader(mapping.roles),
        issues=mapping.constants.issues,
        repeats=(
            *("date", "actor", "actor_name", "actor_role"),
            *("recipient", "recipient_name", "recipient_role", "cameo"),
        ),
    )


def _country_reader(mapping: EventMapping) -> Callable[[str], str]:
    match mapping.names:
        case Names.ISO3:
            return code_reader(mapping.aliases)
        case Names.COW:
            return cow_reader(mapping.aliases)
        case Names.COUNTRY_NAMES:
            return name_reader(mapping.aliases)


def _role_reader(roles: Roles) -> Callable[[str], str]:
    match roles:
        case Roles.CODES:
            return _plain_role
        case Roles.ICEWS_SECTORS:
            return sector_role
        case Roles.GDELT_TYPES:
            return type_role


def _plain_role(text: str) -> str:
    if text not in ROLES:
        expected = f"no role; expected one of {', '.join(sorted(ROLES - {''}))} or empty"
        raise RowError(field="role", received=text, expected=expected)
    return text


def _rows(path: Path, mapping: EventMapping) -> Iterator[Rows]:
    for rows in _table(path, mapping):
        fixed = mapping.constants.model_dump(exclude={"issues"}, exclude_none=True)
        constants = {name: constant(value, rows.size) for name, value in fixed.items()}
        yield replace(rows, columns={**rows.columns, **constants})


def _table(path: Path, mapping: EventMapping) -> Iterator[Rows]:
    wanted = mapping.columns.given()
    source, mend = mapping.name, "correct the mapping"
    if is_parquet(path):
        header = parquet_header(path, source)
        require_columns(header, tuple(wanted.values()), source, str(path), mend)
        yield from parquet_rows(path, wanted, source)
        return
    with opened_text(path, source) as lines:
        records = quoted_records(lines, mapping.delimiter, path, source)
        _, _, first = next(records)
        header = [name.strip() for name in first]
        require_columns(header, tuple(wanted.values()), source, str(path), mend)
        yield from delimited_rows(records, header, wanted, str(path))
