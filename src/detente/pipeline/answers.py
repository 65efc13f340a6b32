"""What the verbs answer with: figures, what they rest on, and what limits them."""

from datetime import date
from typing import Self

from detente.measures.event_index import EventIndex
from detente.measures.gap import Gap
from detente.measures.intervals import Estimate
from detente.records import Commitment, Document, Evidence, Meeting, Record


class Figure(Record):
    """A figure with its interval; log-odds unless said otherwise."""

    value: float
    low: float
    high: float
    level: float

    @classmethod
    def of(cls, estimate: Estimate) -> Self:
        """Return the record of an estimate, rounded to four places.

        Args:
            estimate: From a measure.
        """
        return cls(
            value=round(estimate.value, 4),
            low=round(estimate.low, 4),
            high=round(estimate.high, 4),
            level=estimate.level,
        )


class Cite(Record):
    """One sentence, row or indicator value that a figure rests on."""

    id: str
    basis: str
    """`sentence`, `caption`, `row` or `indicator`."""
    text: str
    title: str
    publisher: str
    published: str
    url: str | None = None
    document_id: str | None = None
    document_kind: str | None = None
    start: int | None = None
    end: int | None = None
    coder: str | None = None

    @classmethod
    def of_sentence(cls, name: str, evidence: Evidence, document: Document, coder: str) -> Self:
        """Return the cite of a coded sentence.

        Args:
            name: Its id in this answer.
            evidence: The span.
            document: Its document.
            coder: Name and version of the coder.
        """
        return cls(
            id=name,
            basis="sentence" if evidence.passage >= 0 else "caption",
            text=" ".join(evidence.text.split()),
            title=document.title,
            publisher=document.publisher,
            published=str(document.published or "undated"),
            url=document.url,
            document_id=document.document_id,
            document_kind=document.kind.value,
            start=evidence.span.start,
            end=evidence.span.end,
            coder=coder,
        )


class Counted(Record):
    """One realm of one directed dyad: the index and the counts behind it."""

    index: Figure
    n_cooperative: int
    n_conflictual: int
    share_cooperative: float | None
    reference_share: float
    reference_basis: str

    @classmethod
    def of(cls, events: EventIndex, index: Estimate) -> Self:
        """Return the record of a measured realm.

        Args:
            events: Counts and reference rate.
            index: The index itself, with indicators where it has any.
        """
        return cls(
            index=Figure.of(index),
            n_cooperative=events.counts.coop,
            n_conflictual=events.counts.conf,
            share_cooperative=events.counts.share,
            reference_share=round(events.reference.share, 4),
            reference_basis=events.reference.basis,
        )


class IndicatorFigure(Record):
    """One deed indicator in the window, against its own two years."""

    name: str
    z: float
    source: str


class GapRow(Record):
    """The gap of one directed dyad, source and issue."""

    source: str
    actor: str
    recipient: str
    issue: str | None
    """None over all issues."""
    window_start: date
    window_end: date
    words: Counted
    words_without_meetings: Figure
    deeds: Counted
    indicators: tuple[IndicatorFigure, ...]
    gap: Figure | None
    gap_reason: str | None
    z: float | None
    z_reason: str | None
    word_cites: tuple[str, ...] = ()
    deed_cites: tuple[str, ...] = ()

    @classmethod
    def of(cls, measured: Gap, plain: Gap, **facts: object) -> Self:
        """Return the row of a measured gap.

        Args:
            measured: The gap.
            plain: The same without meetings.
            **facts: Source, actor, recipient, issue and cites.
        """
        return cls.model_validate(
            {
                "window_start": measured.window.start,
                "window_end": measured.window.end,
                "words": Counted.of(measured.words, measured.words.estimate),
                "words_without_meetings": Figure.of(plain.words.estimate),
                "deeds": Counted.of(measured.deeds.events, measured.deeds.estimate),
                "indicators": tuple(
                    IndicatorFigure(name=r.name, z=round(r.z, 3), source=r.source)
                    for r in measured.deeds.readings
                ),
                "gap": Figure.of(measured.gap) if measured.gap else None,
                "gap_reason": measured.reason,
                "z": round(measured.z, 3) if measured.z is not None else None,
                "z_reason": measured.z_reason,
                **facts,
            }
        )


class Answer(Record):
    """What every answer carries."""

    as_of: date
    coders: tuple[str, ...]
    limitations: tuple[str, ...]
    """Never empty."""
    cites: tuple[Cite, ...] = ()


class GapAnswer(Answer):
    """How wide the gap between words and deeds is."""

    pair: tuple[str, str]
    rows: tuple[GapRow, ...]


class MeetingEntry(Record):
    """One meeting with every account of it."""

    meeting: Meeting
    accounts: tuple[str, ...]
    """Cites."""
    n_documents: int


class MeetingsAnswer(Answer):
    """Who met whom."""

    pair: tuple[str, str]
    meetings: tuple[MeetingEntry, ...]


class CommitmentEntry(Record):
    """One commitment with its evidence."""

    commitment: Commitment
    cite: str
    is_overdue: bool
    """Past its due interval and not yet rated."""


class CommitmentsAnswer(Answer):
    """Who promised what, by when."""

    pair: tuple[str, str]
    commitments: tuple[CommitmentEntry, ...]
