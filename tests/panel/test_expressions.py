from datetime import date

import ibis
import pytest

from detente.panel import expressions as events_of
from detente.sources.events import EVENT_SCHEMA


def test_panel_takes_what_sources_give() -> None:
    taken = {field.name: field.type for field in events_of.TAKEN_SCHEMA}
    assert taken == {field.name: field.type for field in EVENT_SCHEMA}


@pytest.mark.parametrize("dialect", ["duckdb", "bigquery"])
def test_one_definition_for_every_engine(dialect: str) -> None:
    rows = events_of.known_by(events_of.stored_events("events"), date(2024, 1, 1))
    text = ibis.to_sql(events_of.daily(events_of.of_state(rows)), dialect=dialect)
    assert "LAG(" in text.upper()
    assert "INTERVAL" not in text.upper()
