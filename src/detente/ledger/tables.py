"""The ledger's tables: what is queried has a column, the whole record lies beside it as JSON.

A change here needs a new revision under `migrations/versions`; a test compares the two.
"""

from datetime import UTC, datetime

import sqlalchemy as sa

from detente.errors import DateError, TextError


class UtcDateTime(sa.TypeDecorator[datetime]):
    """An instant, stored in UTC and read back with its zone on every database."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:  # noqa: ARG002
        """Turn an instant into UTC.

        Args:
            value: An instant that knows its zone.
            dialect: Not looked at: every database stores UTC.
        """
        return None if value is None else in_utc(value)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:  # noqa: ARG002
        """Give a stored instant its zone back.

        Args:
            value: An instant in UTC, with or without its zone.
            dialect: Not looked at: every database stores UTC.
        """
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def in_utc(instant: datetime) -> datetime:
    """Return an instant in UTC.

    Args:
        instant: A date and time that knows its zone.

    Raises:
        DateError: It does not know its zone, so no order in time can rest on it.

    Examples:
        >>> in_utc(datetime.fromisoformat("2023-06-19T18:00:00+08:00")).isoformat()
        '2023-06-19T10:00:00+00:00'
    """
    if instant.tzinfo is None:
        hint = f"write it with its zone, such as {instant.isoformat()}+00:00"
        raise DateError(received=instant.isoformat(), reason="no time zone", hint=hint)
    return instant.astimezone(UTC)


class Words(sa.TypeDecorator[str]):
    """Text, compared and sorted letter by letter on every database, whatever its language."""

    impl = sa.Text
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> sa.types.TypeEngine[str]:
        """Name the order of text where the database would follow a language's.

        Args:
            dialect: Whose type is asked for.
        """
        return sa.Text(collation="C" if dialect.name == "postgresql" else None)

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> str | None:  # noqa: ARG002
        """Refuse what not every database can keep.

        Args:
            value: Any text.
            dialect: Not looked at: every database keeps the same.

        Raises:
            TextError: It holds a NUL character.
        """
        if value is not None and "\0" in value:
            raise TextError(
                path=f"{value[:40]!r}", reason="holds a NUL character", hint="take it out"
            )
        return value


METADATA = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _day(name: str, *, required: bool) -> sa.Column[object]:
    return sa.Column(name, sa.Date, nullable=not required)


def _next(table: str, name: str) -> sa.ScalarSelect[int]:
    """The number after the greatest: no gap where something was refused; writers take turns."""
    greatest = sa.func.max(sa.column(name, sa.Integer))
    return (
        sa.select(sa.func.coalesce(greatest, 0) + 1).select_from(sa.table(table)).scalar_subquery()
    )


def _payload() -> sa.Column[object]:
    return sa.Column("payload", sa.JSON, nullable=False)


documents = sa.Table(
    "documents",
    METADATA,
    sa.Column("document_id", Words, primary_key=True),
    sa.Column("sha256", sa.String(64), nullable=False, index=True),
    sa.Column("published_start", sa.Date, index=True),
    sa.Column("published_end", sa.Date, index=True),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("publisher", Words, nullable=False),
    sa.Column("language", Words, nullable=False),
    sa.Column("duplicate_of", Words, index=True),
    sa.Column("signature", sa.LargeBinary),
    _payload(),
)

passages = sa.Table(
    "passages",
    METADATA,
    sa.Column("document_id", sa.ForeignKey("documents.document_id"), primary_key=True),
    sa.Column("idx", sa.Integer, primary_key=True),
    sa.Column("span_start", sa.Integer, nullable=False),
    sa.Column("span_end", sa.Integer, nullable=False),
    sa.Column("paragraph", sa.Integer, nullable=False),
    sa.Column("speaker", Words),
    sa.Column("text", Words, nullable=False),
    sa.Column("dates", sa.JSON, nullable=False),
)

readings = sa.Table(
    "readings",
    METADATA,
    sa.Column("reading_id", sa.Integer, primary_key=True, default=_next("readings", "reading_id")),
    sa.Column("document_id", sa.ForeignKey("documents.document_id"), nullable=False),
    sa.Column("coder", Words, nullable=False),
    sa.Column("coder_version", Words, nullable=False),
    sa.Column("coded_at", UtcDateTime, nullable=False),
    sa.Column("passages_skipped", sa.Integer, nullable=False),
    sa.UniqueConstraint("document_id", "coder", "coder_version"),
)


def _of_reading(name: str, *columns: sa.Column[object] | sa.Index) -> sa.Table:
    """A table of records that one reading holds, in the order the coder gave them."""
    return sa.Table(
        name,
        METADATA,
        sa.Column("reading_id", sa.ForeignKey("readings.reading_id"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        *columns,
    )


events = _of_reading(
    "events",
    sa.Column("event_id", Words, nullable=False, index=True),
    sa.Column("actor", sa.String(14), nullable=False),
    sa.Column("actor_country", sa.String(10), nullable=False),
    sa.Column("recipient", sa.String(14)),
    sa.Column("recipient_country", sa.String(10)),
    sa.Column("root", sa.String(2), nullable=False),
    sa.Column("realm", sa.String(3), nullable=False),
    sa.Column("tone", sa.String(7), nullable=False),
    sa.Column("mode", sa.String(12), nullable=False),
    sa.Column("act", sa.String(10)),
    _day("occurred_start", required=True),
    _day("occurred_end", required=True),
    _payload(),
    sa.Index(None, "actor_country", "recipient_country", "occurred_end"),
)

meetings = _of_reading(
    "meetings",
    sa.Column("meeting_id", Words, nullable=False, index=True),
    _day("within_start", required=True),
    _day("within_end", required=True),
    sa.Column("level", sa.String(10), nullable=False),
    sa.Column("status", Words, nullable=False),
    _payload(),
)

shared_interests = _of_reading(
    "shared_interests",
    sa.Column("issue", Words, nullable=False),
    # the two countries in the order of the alphabet
    sa.Column("first_country", Words, nullable=False),
    sa.Column("second_country", Words, nullable=False),
    _payload(),
    sa.Index(None, "first_country", "second_country"),
)

commitments = _of_reading(
    "commitments",
    sa.Column("commitment_id", Words, nullable=False, index=True),
    sa.Column("issue", Words, nullable=False),
    sa.Column("status", sa.String(12), nullable=False),
    _day("made_start", required=True),
    _day("made_end", required=True),
    _day("due_end", required=False),
    _payload(),
)

steps = _of_reading(
    "steps",
    sa.Column("issue", Words, nullable=False),
    sa.Column("difficulty", sa.String(6), nullable=False),
    _payload(),
)


def _of_record(name: str, parent: sa.Table, *columns: sa.Column[object]) -> sa.Table:
    """A table of what one record names several of; every column is part of the key."""
    return sa.Table(
        name,
        METADATA,
        sa.Column("reading_id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        *columns,
        sa.ForeignKeyConstraint(
            ["reading_id", "position"], [parent.c.reading_id, parent.c.position]
        ),
    )


event_issues = _of_record("event_issues", events, sa.Column("issue", Words, primary_key=True))

meeting_countries = _of_record(
    "meeting_countries", meetings, sa.Column("country", Words, primary_key=True)
)

commitment_parties = _of_record(
    "commitment_parties",
    commitments,
    sa.Column("country", sa.String(10), primary_key=True),
    sa.Column("is_maker", sa.Boolean, primary_key=True),
)

indicators = sa.Table(
    "indicators",
    METADATA,
    sa.Column("name", Words, primary_key=True),
    sa.Column("actor", sa.String(14), nullable=False),
    sa.Column("recipient", sa.String(14), nullable=False),
    _payload(),
)

indicator_values = sa.Table(
    "indicator_values",
    METADATA,
    sa.Column("name", sa.ForeignKey("indicators.name"), primary_key=True),
    sa.Column("on", sa.Date, primary_key=True),
    sa.Column("published_on", sa.Date, primary_key=True),
    sa.Column("value", sa.Double, nullable=False),
    sa.Column("note", Words),
)

additions = sa.Table(
    "additions",
    METADATA,
    sa.Column(
        "addition_id", sa.Integer, primary_key=True, default=_next("additions", "addition_id")
    ),
    sa.Column("at", UtcDateTime, nullable=False),
    # `document`, `reading` or `indicator`
    sa.Column("what", sa.String(10), nullable=False),
    # the document_id of a document or a reading, the name of an indicator
    sa.Column("name", Words, nullable=False),
)
