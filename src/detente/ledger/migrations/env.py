"""Runs revisions on the connection that `detente.ledger.schema` hands over."""

from alembic import context

from detente.ledger.tables import METADATA


def run() -> None:
    """Run the asked-for revisions; the caller commits."""
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=METADATA,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


if __name__ == "env_py":  # the name Alembic loads this file under
    run()
