"""What can be read of all that coders found: events, meetings, interests, commitments, steps.

Every read takes `as_of`. Of each document the latest reading is used; near-duplicates of an
earlier document are left out unless asked for.
"""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from detente.ledger import queries, tables
from detente.ledger.document_reads import DocumentReads
from detente.ledger.engine import transaction
from detente.ledger.queries import Condition, Found, RecordT
from detente.ledger.series import read_series
from detente.ontology.acts import Mode
from detente.ontology.cameo import Realm
from detente.records import Commitment, Event, IndicatorSeries, Meeting, SharedInterest, Step


class RecordReads(DocumentReads):
    """The reading half of a `Ledger`.

    Args:
        engine: The database, open and of the right version.
    """

    def events(
        self,
        *,
        as_of: date,
        actor_country: str | None = None,
        recipient_country: str | None = None,
        since: date | None = None,
        realm: Realm | None = None,
        issue: str | None = None,
        mode: Mode | None = None,
        coder: str | None = None,
        include_duplicates: bool = False,
    ) -> list[Found[Event]]:
        """Return events by the day they began; each report of one event is one of them.

        Args:
            as_of: The last day whose publications may be used.
            actor_country: `CCC` of the actor.
            recipient_country: `CCC` of the recipient.
            since: Only events that can have happened on or after this day.
            realm: Only words, or only deeds.
            issue: Only events that touch this issue.
            mode: Only this mode.
            coder: Only this coder's readings; None for any.
            include_duplicates: Whether near-duplicate documents count as well.
        """
        table, side = tables.events, tables.event_issues
        wanted = {
            "actor_country": actor_country,
            "recipient_country": recipient_country,
            "realm": realm and realm.value,
            "mode": mode and mode.value,
        }
        conditions = queries.equal(table, wanted)
        if since is not None:
            conditions.append(table.c.occurred_end >= since)
        if issue is not None:
            conditions.append(queries.names(side, table, side.c.issue == issue))
        readings = queries.visible_readings(
            as_of=as_of, coder=coder, include_duplicates=include_duplicates
        )
        return self._found(table, Event, readings, conditions, day="occurred_start")

    def coders(self, *, as_of: date, coder: str | None = None) -> dict[str, str]:
        """Return the coder and version of the reading in force, by document.

        Args:
            as_of: The last day whose publications may be used.
            coder: Only this coder's readings; None for any.

        Returns:
            Document id to `name version`, by document id.
        """
        visible = queries.visible_readings(
            as_of=as_of, coder=coder, include_duplicates=True
        ).subquery()
        read = tables.readings
        query = sa.select(read.c.document_id, read.c.coder, read.c.coder_version).join(
            visible, visible.c.reading_id == read.c.reading_id
        )
        with transaction(self._engine) as connection:
            rows = connection.execute(query.order_by(read.c.document_id))
            return {name: f"{who} {version}" for name, who, version in rows}

    def meetings(
        self,
        *,
        as_of: date,
        countries: Collection[str] = (),
        coder: str | None = None,
        include_duplicates: bool = False,
    ) -> list[Found[Meeting]]:
        """Return meetings, held and planned, by the first day they can have begun.

        One meeting told of in two documents is found twice.

        Args:
            as_of: The last day whose publications may be used.
            countries: Only meetings where all of these take part.
            coder: Only this coder's readings; None for any.
            include_duplicates: Whether near-duplicate documents count as well.
        """
        table, side = tables.meetings, tables.meeting_countries
        readings = queries.visible_readings(
            as_of=as_of, coder=coder, include_duplicates=include_duplicates
        )
        return self._found(
            table,
            Meeting,
            readings,
            [queries.names(side, table, side.c.country == c) for c in countries],
            day="within_start",
        )

    def shared_interests(
        self,
        *,
        as_of: date,
        pair: tuple[str, str] | None = None,
        coder: str | None = None,
        include_duplicates: bool = False,
    ) -> list[Found[SharedInterest]]:
        """Return shared interests by date of publication.

        Args:
            as_of: The last day whose publications may be used.
            pair: Only those of these two countries, in either order.
            coder: Only this coder's readings; None for any.
            include_duplicates: Whether near-duplicate documents count as well.
        """
        table = tables.shared_interests
        first, second = sorted(pair) if pair else (None, None)
        wanted = {"first_country": first, "second_country": second}
        readings = queries.visible_readings(
            as_of=as_of, coder=coder, include_duplicates=include_duplicates
        )
        return self._found(table, SharedInterest, readings, queries.equal(table, wanted))

    def commitments(
        self,
        *,
        as_of: date,
        makers: Collection[str] = (),
        pair: tuple[str, str] | None = None,
        coder: str | None = None,
        include_duplicates: bool = False,
    ) -> list[Found[Commitment]]:
        """Return commitments by the day they were made.

        Args:
            as_of: The last day whose publications may be used.
            makers: Only commitments that one of these countries makes.
            pair: Only commitments that name both countries, as makers or as maker and
                beneficiary; one that names no beneficiary is found by its makers alone.
            coder: Only this coder's readings; None for any.
            include_duplicates: Whether near-duplicate documents count as well.
        """
        table, side = tables.commitments, tables.commitment_parties
        conditions = [queries.names(side, table, side.c.country == c) for c in pair or ()]
        if makers:
            is_maker = (side.c.is_maker.is_(True), side.c.country.in_(list(makers)))
            conditions.append(queries.names(side, table, *is_maker))
        readings = queries.visible_readings(
            as_of=as_of, coder=coder, include_duplicates=include_duplicates
        )
        return self._found(table, Commitment, readings, conditions, day="made_start")

    def steps(
        self,
        *,
        as_of: date,
        issue: str | None = None,
        coder: str | None = None,
        include_duplicates: bool = False,
    ) -> list[Found[Step]]:
        """Return measures somebody calls for, by date of publication.

        Args:
            as_of: The last day whose publications may be used.
            issue: Only steps in this issue area.
            coder: Only this coder's readings; None for any.
            include_duplicates: Whether near-duplicate documents count as well.
        """
        readings = queries.visible_readings(
            as_of=as_of, coder=coder, include_duplicates=include_duplicates
        )
        return self._found(
            tables.steps, Step, readings, queries.equal(tables.steps, {"issue": issue})
        )

    def indicators(
        self, *, as_of: date, actor: str | None = None, recipient: str | None = None
    ) -> list[IndicatorSeries]:
        """Return deed indicators as they stood: of each day, the last figure published by then.

        Args:
            as_of: The last day whose publications may be used.
            actor: Actor code, or a country for all its roles.
            recipient: Actor code, or a country for all its roles.
        """
        with transaction(self._engine) as connection:
            return read_series(connection, as_of=as_of, actor=actor, recipient=recipient)

    def _found(
        self,
        table: sa.Table,
        record: type[RecordT],
        readings: sa.Select[Any],
        conditions: Sequence[Condition],
        day: str | None = None,
    ) -> list[Found[RecordT]]:
        with transaction(self._engine) as connection:
            return queries.read_found(
                connection, table, record, readings_select=readings, conditions=conditions, day=day
            )
