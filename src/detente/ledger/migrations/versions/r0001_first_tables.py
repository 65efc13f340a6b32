"""First tables: documents, what coders read in them, indicators, the log of additions."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.sql.schema import SchemaItem

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
"""Text in the order of its letters' numbers, as SQLite has it, whatever the database's language."""


def upgrade() -> None:
    """Make every table."""
    _documents()
    _readings()
    _meetings_and_commitments()
    _indicators()


def downgrade() -> None:
    """Drop every table, those that others point to last."""
    for name in (
        "additions",
        "indicator_values",
        "indicators",
        "commitment_parties",
        "meeting_countries",
        "event_issues",
        "steps",
        "commitments",
        "shared_interests",
        "meetings",
        "events",
        "readings",
        "passages",
        "documents",
    ):
        op.drop_table(name)


def _documents() -> None:
    op.create_table(
        "documents",
        sa.Column("document_id", _WORDS, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("published_start", sa.Date),
        sa.Column("published_end", sa.Date),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("publisher", _WORDS, nullable=False),
        sa.Column("language", _WORDS, nullable=False),
        sa.Column("duplicate_of", _WORDS),
        sa.Column("signature", sa.LargeBinary),
        sa.Column("payload", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("document_id", name="pk_documents"),
    )
    for column in ("sha256", "published_start", "published_end", "duplicate_of"):
        op.create_index(f"ix_documents_{column}", "documents", [column])
    op.create_table(
        "passages",
        sa.Column("document_id", _WORDS, nullable=False),
        sa.Column("idx", sa.Integer, nullable=False),
        sa.Column("span_start", sa.Integer, nullable=False),
        sa.Column("span_end", sa.Integer, nullable=False),
        sa.Column("paragraph", sa.Integer, nullable=False),
        sa.Column("speaker", _WORDS),
        sa.Column("text", _WORDS, nullable=False),
        sa.Column("dates", sa.JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.document_id"], name="fk_passages_document_id"
        ),
        sa.PrimaryKeyConstraint("document_id", "idx", name="pk_passages"),
    )


def _readings() -> None:
    op.create_table(
        "readings",
        sa.Column("reading_id", sa.Integer, nullable=False),
        sa.Column("document_id", _WORDS, nullable=False),
        sa.Column("coder", _WORDS, nullable=False),
        sa.Column("coder_version", _WORDS, nullable=False),
        sa.Column("coded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("passages_skipped", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.document_id"], name="fk_readings_document_id"
        ),
        sa.PrimaryKeyConstraint("reading_id", name="pk_readings"),
        sa.UniqueConstraint(
            "document_id",
            "coder",
            "coder_version",
            name="uq_readings_document_id_coder_coder_version",
        ),
    )
    _of_reading(
        "events",
        sa.Column("event_id", _WORDS, nullable=False),
        sa.Column("actor", sa.String(14), nullable=False),
        sa.Column("actor_country", sa.String(10), nullable=False),
        sa.Column("recipient", sa.String(14)),
        sa.Column("recipient_country", sa.String(10)),
        sa.Column("root", sa.String(2), nullable=False),
        sa.Column("realm", sa.String(3), nullable=False),
        sa.Column("tone", sa.String(7), nullable=False),
        sa.Column("mode", sa.String(12), nullable=False),
        sa.Column("act", sa.String(10)),
        sa.Column("occurred_start", sa.Date, nullable=False),
        sa.Column("occurred_end", sa.Date, nullable=False),
    )
    op.create_index("ix_events_event_id", "events", ["event_id"])
    pair = ["actor_country", "recipient_country", "occurred_end"]
    op.create_index(f"ix_events_{'_'.join(pair)}", "events", pair)
    _of_record("event_issues", "events", sa.Column("issue", _WORDS, nullable=False))


def _meetings_and_commitments() -> None:
    _of_reading(
        "meetings",
        sa.Column("meeting_id", _WORDS, nullable=False),
        sa.Column("within_start", sa.Date, nullable=False),
        sa.Column("within_end", sa.Date, nullable=False),
        sa.Column("level", sa.String(10), nullable=False),
        sa.Column("status", _WORDS, nullable=False),
    )
    op.create_index("ix_meetings_meeting_id", "meetings", ["meeting_id"])
    _of_record("meeting_countries", "meetings", sa.Column("country", _WORDS, nullable=False))
    _of_reading(
        "shared_interests",
        sa.Column("issue", _WORDS, nullable=False),
        sa.Column("first_country", _WORDS, nullable=False),
        sa.Column("second_country", _WORDS, nullable=False),
    )
    pair = ["first_country", "second_country"]
    op.create_index(f"ix_shared_interests_{'_'.join(pair)}", "shared_interests", pair)
    _of_reading(
        "commitments",
        sa.Column("commitment_id", _WORDS, nullable=False),
        sa.Column("issue", _WORDS, nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("made_start", sa.Date, nullable=False),
        sa.Column("made_end", sa.Date, nullable=False),
        sa.Column("due_end", sa.Date),
    )
    op.create_index("ix_commitments_commitment_id", "commitments", ["commitment_id"])
    _of_record(
        "commitment_parties",
        "commitments",
        sa.Column("country", sa.String(10), nullable=False),
        sa.Column("is_maker", sa.Boolean, nullable=False),
    )
    _of_reading(
        "steps",
        sa.Column("issue", _WORDS, nullable=False),
        sa.Column("difficulty", sa.String(6), nullable=False),
    )


def _indicators() -> None:
    op.create_table(
        "indicators",
        sa.Column("name", _WORDS, nullable=False),
        sa.Column("actor", sa.String(14), nullable=False),
        sa.Column("recipient", sa.String(14), nullable=False),
        sa.Column("payload", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_indicators"),
    )
    op.create_table(
        "indicator_values",
        sa.Column("name", _WORDS, nullable=False),
        sa.Column("on", sa.Date, nullable=False),
        sa.Column("published_on", sa.Date, nullable=False),
        sa.Column("value", sa.Double, nullable=False),
        sa.Column("note", _WORDS),
        sa.ForeignKeyConstraint(["name"], ["indicators.name"], name="fk_indicator_values_name"),
        sa.PrimaryKeyConstraint("name", "on", "published_on", name="pk_indicator_values"),
    )
    op.create_table(
        "additions",
        sa.Column("addition_id", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("what", sa.String(10), nullable=False),
        sa.Column("name", _WORDS, nullable=False),
        sa.PrimaryKeyConstraint("addition_id", name="pk_additions"),
    )


def _of_reading(name: str, *columns: SchemaItem) -> None:
    op.create_table(
        name,
        sa.Column("reading_id", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        *columns,
        sa.Column("payload", sa.JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["reading_id"], ["readings.reading_id"], name=f"fk_{name}_reading_id"
        ),
        sa.PrimaryKeyConstraint("reading_id", "position", name=f"pk_{name}"),
    )


def _of_record(name: str, parent: str, *columns: sa.Column[object]) -> None:
    key = ["reading_id", "position"]
    op.create_table(
        name,
        sa.Column("reading_id", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        *columns,
        sa.ForeignKeyConstraint(
            key, [f"{parent}.{column}" for column in key], name=f"fk_{name}_reading_id_position"
        ),
        sa.PrimaryKeyConstraint(*key, *(column.name for column in columns), name=f"pk_{name}"),
    )
