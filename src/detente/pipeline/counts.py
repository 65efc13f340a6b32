"""One view of what a dyad said and did, whether from documents or from event files.

A deed known only from the other side's accusation is not the accused's deed: it is left out here.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Protocol

import pyarrow as pa

from detente.ledger import Ledger
from detente.measures.distinct_events import EventFact, distinct_events
from detente.ontology.acts import Mode
from detente.ontology.cameo import Realm, Tone
from detente.panel import EventPanel
from detente.pipeline.answers import Cite
from detente.records import Document, Event

DOCUMENTS = "documents"
"""Name of the source that is the workspace's own coded documents."""


class CountSource(Protocol):
    """Daily counts of one source, and the events behind them."""

    @property
    def name(self) -> str:
        """Name of the source."""

    def dyad(self, actor: str, recipient: str, issue: str | None) -> pa.Table:
        """Return daily counts of one directed dyad: occurred_on, root, tone, n.

        Args:
            actor: ISO-3 of who acts.
            recipient: ISO-3 of the other.
            issue: One issue, or None for all.
        """

    def totals(self) -> pa.Table:
        """Return the same over all dyads."""

    def cites(
        self, actor: str, recipient: str, issue: str | None, since: date
    ) -> dict[Realm, tuple[Cite, ...]]:
        """Return the events behind the figures, newest first.

        Args:
            actor: ISO-3 of who acts.
            recipient: ISO-3 of the other.
            issue: One issue, or None for all.
            since: First day.
        """


@dataclass(frozen=True)
class CodedDocuments:
    """The workspace's own documents as a source.

    Attributes:
        ledger: Where they are.
        as_of: Nothing published later is read.
        pair: The study's two states; what is usual among states is read from all others.
    """

    ledger: Ledger
    as_of: date
    pair: tuple[str, str]
    name: str = DOCUMENTS

    @cached_property
    def documents(self) -> dict[str, Document]:
        """Documents published by `as_of`, by id."""
        return {
            d.document_id: d
            for d in self.ledger.documents(as_of=self.as_of, include_duplicates=True)
        }

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """Distinct actual events, repeated reports joined, the earliest report standing for all."""
        rows = self.ledger.events(as_of=self.as_of, mode=Mode.ACTUAL)
        found = {e.record.event_id: e.record for e in rows if not self._is_accusation(e.record)}
        groups = distinct_events(self._fact(e) for e in found.values())
        return tuple(found[group[0].event_id] for group in groups)

    def _is_accusation(self, event: Event) -> bool:
        if event.realm is not Realm.DO or event.tone is not Tone.CONFLICT:
            return False
        document = self.documents.get(event.evidence.document_id)
        source = event.attributed_to or (document.account_of if document else None)
        if source is None or event.recipient is None:
            return False
        accuser = _country(source)
        return accuser != _country(event.actor) and accuser == _country(event.recipient)

    def _fact(self, event: Event) -> EventFact:
        document = self.documents[event.evidence.document_id]
        published = document.published.end if document.published else None
        return EventFact(
            event_id=event.event_id,
            actor=_country(event.actor),
            recipient=_country(event.recipient) if event.recipient else None,
            root=event.root,
            start=event.occurred.start.toordinal(),
            end=event.occurred.end.toordinal(),
            published=published.toordinal() if published else None,
            text=event.evidence.text,
            issues=frozenset(event.issues),
        )

    @cached_property
    def _by_dyad(self) -> dict[tuple[str, str], list[Event]]:
        dyads: dict[tuple[str, str], list[Event]] = {}
        for event in self.events:
            if event.recipient is not None:
                key = (_country(event.actor), _country(event.recipient))
                dyads.setdefault(key, []).append(event)
        return dyads

    def of(self, actor: str, recipient: str, issue: str | None = None) -> list[Event]:
        """Return the events of one directed dyad.

        Args:
            actor: ISO-3 of who acts.
            recipient: ISO-3 of the other.
            issue: One issue, or None for all.
        """
        events = self._by_dyad.get((actor, recipient), [])
        return [e for e in events if issue is None or issue in e.issues]

    def dyad(self, actor: str, recipient: str, issue: str | None) -> pa.Table:
        """Return daily counts of one directed dyad.

        Args:
            actor: ISO-3 of who acts.
            recipient: ISO-3 of the other.
            issue: One issue, or None for all.
        """
        return _counted(self.of(actor, recipient, issue))

    def totals(self) -> pa.Table:
        """Return daily counts over all dyads but the study's own.

        Documents are gathered about one pair: with it, the usual would be the pair itself.
        """
        others = (
            events for (a, r), events in self._by_dyad.items() if a != r and {a, r} != {*self.pair}
        )
        return _counted(e for events in others for e in events)

    def cites(
        self, actor: str, recipient: str, issue: str | None, since: date
    ) -> dict[Realm, tuple[Cite, ...]]:
        """Return the sentences behind the figures, newest first.

        Args:
            actor: ISO-3 of who acts.
            recipient: ISO-3 of the other.
            issue: One issue, or None for all.
            since: First day.
        """
        found: dict[Realm, list[Cite]] = {Realm.SAY: [], Realm.DO: []}
        events = self.of(actor, recipient, issue)
        for event in sorted(events, key=lambda e: e.occurred.end, reverse=True):
            if event.occurred.end >= since:
                found[event.realm].append(self.cite(event))
        return {realm: tuple(cites) for realm, cites in found.items()}

    @cached_property
    def coders(self) -> dict[str, str]:
        """Coder and version of the reading in force, by document."""
        return self.ledger.coders(as_of=self.as_of)

    def cite(self, event: Event) -> Cite:
        """Return the cite of one event.

        Args:
            event: One of `events`.
        """
        document = self.documents[event.evidence.document_id]
        coder = self.coders.get(document.document_id, "")
        return Cite.of_sentence(event.event_id, event.evidence, document, coder)


@dataclass(frozen=True)
class EventFiles:
    """One source of the event panel.

    Attributes:
        panel: Where its rows are.
        name: The source.
        as_of: Nothing published later is read.
    """

    panel: EventPanel
    name: str
    as_of: date
    most_cites: int = 50
    _totals: list[pa.Table] = field(default_factory=list)

    def dyad(self, actor: str, recipient: str, issue: str | None) -> pa.Table:
        """Return daily counts of one directed dyad.

        Args:
            actor: ISO-3 of who acts.
            recipient: ISO-3 of the other.
            issue: One issue, or None for all.
        """
        return self.panel.daily_counts(self.name, actor, recipient, self.as_of, issue=issue)

    def totals(self) -> pa.Table:
        """Return daily counts over all dyads."""
        if not self._totals:
            self._totals.append(self.panel.daily_totals(self.name, self.as_of))
        return self._totals[0]

    def cites(
        self, actor: str, recipient: str, issue: str | None, since: date
    ) -> dict[Realm, tuple[Cite, ...]]:
        """Return the rows behind the figures, newest first, at most `most_cites` a realm.

        No event file tells issues row by row, so of one issue there is nothing to cite.

        Args:
            actor: ISO-3 of who acts.
            recipient: ISO-3 of the other.
            issue: One issue, or None for all.
            since: First day.
        """
        if issue is not None:
            return dict.fromkeys(Realm, ())
        return {
            realm: tuple(
                self._cite(row)
                for row in self.panel.rows(
                    self.name,
                    actor,
                    recipient,
                    since,
                    self.as_of,
                    as_of=self.as_of,
                    realm=realm.value,
                    limit=self.most_cites,
                ).to_pylist()
            )
            for realm in Realm
        }

    def _cite(self, row: dict[str, object]) -> Cite:
        return Cite(
            id=f"{self.name}-{row['event_id']}",
            basis="row",
            text=f"{row['occurred_on']} {row['actor']} > {row['recipient']}, CAMEO {row['cameo_code']}",
            title=f"{row['file']}, row {row['origin_line']}",
            publisher=self.name,
            published=str(row["published_on"]),
            url=str(row["url"]) if row.get("url") else None,
        )


def _country(actor: str) -> str:
    return actor.split("/", maxsplit=1)[0]


def _counted(events: Iterable[Event]) -> pa.Table:
    counts: Counter[tuple[date, str, str]] = Counter(
        (e.occurred.end, e.root, e.tone.value) for e in events
    )
    rows: Sequence[tuple[date, str, str]] = sorted(counts)
    return pa.table(
        {
            "occurred_on": pa.array([r[0] for r in rows], pa.date32()),
            "root": pa.array([r[1] for r in rows], pa.string()),
            "tone": pa.array([r[2] for r in rows], pa.string()),
            "n": pa.array([counts[r] for r in rows], pa.int64()),
        }
    )
