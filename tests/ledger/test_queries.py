from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateTable

from detente.ledger import queries, tables
from detente.ledger.engine import insert_if_absent

DIALECTS = {"sqlite": sqlite.dialect(), "postgresql": postgresql.dialect()}  # type: ignore[no-untyped-call]


@pytest.mark.parametrize("name", DIALECTS)
def test_every_table_can_be_written_in_each_dialect(name: str) -> None:
    for table in tables.METADATA.sorted_tables:
        assert str(CreateTable(table).compile(dialect=DIALECTS[name])).strip()
        insert = insert_if_absent(table, name).compile(dialect=DIALECTS[name])
        assert "ON CONFLICT DO NOTHING" in str(insert)


@pytest.mark.parametrize("coder", [None, "rules"], ids=["any-coder", "one-coder"])
def test_both_dialects_are_asked_the_same(coder: str | None) -> None:
    query = queries.visible_readings(
        as_of=date(2023, 6, 30), coder=coder, include_duplicates=False
    ).order_by(sa.cast(tables.events.c.payload, sa.Text))
    asked = [
        str(query.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
        for dialect in DIALECTS.values()
    ]
    assert asked[0] == asked[1]
