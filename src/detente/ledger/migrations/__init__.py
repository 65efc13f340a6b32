"""Alembic's environment and revisions; `detente.ledger.schema` runs them."""
