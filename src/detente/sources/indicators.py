"""Deed indicators: a dated series in CSV, with a TOML file of the same stem that says what it is.

The sign tells which way is cooperative; a figure is known only from its publication on.
"""

import math
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Literal

import pyarrow as pa
from pydantic import Field, ValidationError, field_validator

from detente.errors import SourceError
from detente.ontology.issues import ISSUES
from detente.records import ActorCode, IndicatorSeries, IndicatorValue, Record, Refusal
from detente.sources.rows import opened_text, quoted_records, require_columns

INDICATOR_SCHEMA = pa.schema(
    [
        pa.field("on", pa.date32(), nullable=False),
        pa.field("published_on", pa.date32(), nullable=False),
        pa.field("value", pa.float64(), nullable=False),
        pa.field("note", pa.string()),
    ]
)
"""One row per observation: the day it is about, the day it was published, its value."""


class IndicatorMeta(Record):
    """What an indicator is: the TOML file beside its CSV."""

    name: str
    actor: ActorCode
    """Whose deed it is."""
    recipient: ActorCode
    """Toward whom."""
    issue: str
    sign: Literal[1, -1]
    """+1: higher is more cooperative; -1: higher is less."""
    kind: Literal["flow", "level"] = "flow"
    """`flow`: an amount a period. `level`: stands until it is changed, as a tariff rate does."""
    unit: str
    cadence: Literal["daily", "weekly", "monthly", "quarterly", "yearly", "irregular"]
    publication_lag_days: Annotated[int, Field(ge=0)]
    """Days from an observation to its publication, where the CSV does not say."""
    source: str
    url: str | None = None

    @field_validator("issue")
    @classmethod
    def _known_issue(cls, issue: str) -> str:
        if issue not in ISSUES:
            msg = f"{issue!r} is no issue; known are {', '.join(ISSUES)}"
            raise ValueError(msg)
        return issue


@dataclass(frozen=True)
class Indicator:
    """A deed indicator with its observations, ordered by day."""

    meta: IndicatorMeta
    observations: pa.Table
    """Rows of `INDICATOR_SCHEMA`."""
    origin: str
    refusals: tuple[Refusal, ...] = ()

    @property
    def series(self) -> IndicatorSeries:
        """The record of the indicator."""
        meta = self.meta
        return IndicatorSeries(
            name=meta.name,
            actor=meta.actor,
            recipient=meta.recipient,
            issue=meta.issue,
            unit=meta.unit,
            sign=meta.sign,
            is_level=meta.kind == "level",
            source=meta.source,
            url=meta.url,
            values=tuple(
                IndicatorValue.model_validate(row) for row in self.observations.to_pylist()
            ),
        )

    def known_by(self, as_of: date) -> pa.Table:
        """Return the observations about and published on days up to one day.

        Args:
            as_of: The last day whose publications may be used.

        Returns:
            Rows of `INDICATOR_SCHEMA`; of several figures for one day, the last published.
        """
        rows = [
            row
            for row in self.observations.to_pylist()
            if row["published_on"] <= as_of and row["on"] <= as_of
        ]
        latest = {row["on"]: row for row in sorted(rows, key=lambda row: row["published_on"])}
        ordered = [latest[on] for on in sorted(latest)]
        return pa.Table.from_pylist(ordered, INDICATOR_SCHEMA)


def read_indicator(path: Path) -> Indicator:
    r"""Read an indicator.

    Args:
        path: A CSV file with the columns `on` (ISO day) and `value`, and if need be `published_on` and
            `note`; beside it a TOML file of the same stem.

    Returns:
        The indicator; rows that cannot be used are among its refusals.

    Examples:
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     csv, toml = Path(folder) / "x.csv", Path(folder) / "x.toml"
        ...     _ = csv.write_text("on,value\n2024-01-31,19.3\n2024-02-30,1\n")
        ...     _ = toml.write_text(
        ...         'name = "tariff"\nactor = "USA"\nrecipient = "CHN"\nissue = "trade"\nsign = -1\n'
        ...         'unit = "per cent"\ncadence = "monthly"\npublication_lag_days = 30\nsource = "A"'
        ...     )
        ...     indicator = read_indicator(csv)
        >>> indicator.observations["published_on"].to_pylist(), indicator.refusals[0].line
        ([datetime.date(2024, 3, 1)], 3)
    """
    meta = _meta(path.with_suffix(".toml"))
    rows: list[dict[str, object]] = []
    refusals: list[Refusal] = []
    seen: set[tuple[object, object]] = set()
    for line, text, fields in _records(path):
        try:
            rows.append(_new(_observation(fields, meta), seen))
        except ValueError as error:
            reason = str(error)
            refusals.append(Refusal(origin=str(path), line=line, reason=reason, original=text))
    table = pa.Table.from_pylist(rows, INDICATOR_SCHEMA)
    ordered = table.sort_by([("on", "ascending"), ("published_on", "ascending")])
    return Indicator(meta, ordered, str(path), tuple(refusals))


def _meta(path: Path) -> IndicatorMeta:
    try:
        return IndicatorMeta.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        reason = "no such file; write one that says what the CSV beside it holds"
    except OSError as error:
        reason = f"cannot be read ({error.strerror}); check its permissions"
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        reason = f"no TOML ({error}); mend it there"
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        reason = f"key {key}: {first['msg']}; correct it in the file"
    raise SourceError(source="indicator", location=str(path), reason=reason)


def _records(path: Path) -> Iterator[tuple[int, str, dict[str, str]]]:
    with opened_text(path, "indicator") as lines:
        records = quoted_records(lines, ",", path, "indicator")
        _, _, header = next(records)
        names = [name.strip() for name in header]
        mend = "name the columns on, value, published_on, note"
        require_columns(names, ("on", "value"), "indicator", str(path), mend)
        for line, text, fields in records:
            yield line, text, dict(zip(names, fields, strict=False))


def _observation(fields: dict[str, str], meta: IndicatorMeta) -> dict[str, object]:
    on = _day(fields.get("on", ""))
    published = fields.get("published_on", "").strip()
    lag = timedelta(days=meta.publication_lag_days)
    published_on = _day(published) if published else on + lag
    note = fields.get("note", "").strip() or None
    return {"on": on, "published_on": published_on, "value": _value(fields), "note": note}


def _new(row: dict[str, object], seen: set[tuple[object, object]]) -> dict[str, object]:
    key = (row["on"], row["published_on"])
    if key in seen:
        msg = (
            f"second value on {key[0]}, published on {key[1]}; expected one, or a later publication"
        )
        raise ValueError(msg)
    seen.add(key)
    return row


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        msg = f"day {text!r}: expected an ISO day such as 2024-01-31"
        raise ValueError(msg) from None


def _value(fields: dict[str, str]) -> float:
    text = fields.get("value", "").strip()
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        msg = f"value {text!r}: expected a finite number"
        raise ValueError(msg)
    return value
