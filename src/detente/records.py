"""What the stages hand each other: frozen, typed records after the codebook.

A record never changes; a correction is a new record that points to the old one.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError, model_validator

from detente.ontology.acts import Act, Mode
from detente.ontology.cameo import QuadClass, Realm, Tone, quad_class, realm_of
from detente.ontology.issues import Difficulty

ActorCode = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9]{1,9}(/[A-Z]{3})?$")]
"""`CCC/ROLE` of codebook section 3: `USA/GOV`, `CHN/MIL`, `EU/GOV`."""

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


def first_fault(error: ValidationError) -> str:
    """Say in a line what a record's first fault is; never the value, which may be a secret.

    Args:
        error: What checking it raised.
    """
    first = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(map(str, first["loc"]))
    reason = first["msg"].removeprefix("Value error, ")
    return f"{place}: {reason}" if place else reason


class Record(BaseModel):
    """Base of all records: frozen, strict about unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class DateInterval(Record):
    """First and last day something can have happened or been published.

    A single day has `start == end`. An interval counts for `as_of` from its last day.
    """

    start: date
    end: date

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.start > self.end:
            msg = f"start {self.start} is after end {self.end}"
            raise ValueError(msg)
        return self

    @classmethod
    def day(cls, on: date) -> Self:
        """Return the interval that holds one day.

        Args:
            on: The day.
        """
        return cls(start=on, end=on)

    @property
    def precision(self) -> str:
        """`day` when one day is known, else `interval`."""
        return "day" if self.start == self.end else "interval"

    def known_by(self, as_of: date) -> bool:
        """Say whether the whole interval lies on or before a day.

        Args:
            as_of: The last day whose publications may be used.
        """
        return self.end <= as_of

    def __str__(self) -> str:
        return str(self.start) if self.start == self.end else f"{self.start}/{self.end}"


class Span(Record):
    """Character offsets `[start, end)` into a document's original text."""

    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(gt=0)]


class DocumentKind(StrEnum):
    """What sort of text a document is, codebook section 1."""

    READOUT = "readout"
    BRIEFING = "briefing"
    REMARKS = "remarks"
    JOINT_STATEMENT = "joint_statement"
    FACT_SHEET = "fact_sheet"
    LEGAL = "legal"
    NEWS = "news"
    ANALYSIS = "analysis"
    SUMMARY = "summary"
    """Our words on what a publisher said: never quoted as the publisher's."""
    OTHER = "other"


class Original(Record):
    """One text as a source hands it over, before it is read. Nothing is known yet but what was given."""

    content: bytes
    media_type: str
    """`text/plain`, `text/markdown`, `text/html`, `application/pdf` or `application/json` (a JSON Lines
    row)."""
    origin: str
    """File or URL it came from."""
    line: int | None = None
    """1-based line of a JSON Lines row in its file."""
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: DateInterval | None = None
    kind: DocumentKind | None = None
    summary_of: DocumentKind | None = None
    account_of: ActorCode | None = None
    language: str | None = None


class Caption(Record):
    """A picture's caption or stamp: not body, but it may date and place the document."""

    span: Span
    text: str
    taken: DateInterval | None = None


class Document(Record):
    """One text as published, and where its original lies. Codebook section 1."""

    document_id: str
    sha256: Sha256
    media_type: str
    title: str
    publisher: str
    kind: DocumentKind
    summary_of: DocumentKind | None = None
    """For a summary: what sort of text it sums up."""
    language: str
    """ISO 639-1; `und` where undetermined. Only `en` is coded."""
    published: DateInterval | None
    """None where nothing dates the text: such a document never enters a figure."""
    published_basis: str
    """How the date was found: `metadata`, `given`, `caption`, `text`, `file`, `none`."""
    url: str | None = None
    account_of: ActorCode | None = None
    """The side whose account this is, for readouts and briefings."""
    duplicate_of: str | None = None
    """The earliest document whose body is nearly the same."""
    captions: tuple[Caption, ...] = ()
    added_at: AwareDatetime


class DateMention(Record):
    """A date or period a sentence names, resolved against the document's own date."""

    span: Span
    """Offsets into the passage's text."""
    interval: DateInterval
    relation: str
    """`on`, `by`, `until`, `from`, `since` or `in`."""
    phrase: str


class Passage(Record):
    """One sentence of a document's body with its place in the original."""

    document_id: str
    index: Annotated[int, Field(ge=0)]
    span: Span
    text: str
    paragraph: Annotated[int, Field(ge=0)]
    speaker: str | None = None
    """The turn's speaker in a transcript as written; `Q` for a question."""
    dates: tuple[DateMention, ...] = ()


class Evidence(Record):
    """Where a record rests: a span of one document, found again by `verify`."""

    document_id: str
    passage: int
    """Index of the sentence; -1 for a caption or title."""
    span: Span
    text: str


class Event(Record):
    """One party says or does something toward another. Codebook section 2."""

    event_id: str
    actor: ActorCode
    recipient: ActorCode | None
    root: Annotated[str, Field(pattern=r"^(0[1-9]|1\d|20)$")]
    tone: Tone
    act: Act | None
    mode: Mode
    issues: Annotated[tuple[str, ...], Field(min_length=1)]
    occurred: DateInterval
    attributed_to: ActorCode | None = None
    evidence: Evidence
    confidence: Annotated[float, Field(ge=0, le=1)]

    @property
    def realm(self) -> Realm:
        """`say` or `do`; follows from the root."""
        return realm_of(self.root)

    @property
    def quad_class(self) -> QuadClass | None:
        """One of the four quad classes; None for a neutral tone."""
        return quad_class(self.realm, self.tone)


class Level(StrEnum):
    """Rank of a meeting by its highest participants on the lower side."""

    LEADER = "leader"
    MINISTER = "minister"
    OFFICIAL = "official"
    EXPERT = "expert"


class Participant(Record):
    """A person or delegation at a meeting."""

    name: str
    country: str
    office: str | None = None


class Meeting(Record):
    """A meeting, visit or call. Codebook section 5."""

    meeting_id: str
    participants: tuple[Participant, ...]
    within: DateInterval
    """The days it can have taken place on."""
    days: int | None = None
    """Its length where the text says it."""
    place: str | None = None
    level: Level
    track: str
    format: str
    scheduled: bool | None = None
    status: str = "held"
    evidence: tuple[Evidence, ...]


class SharedInterest(Record):
    """An issue both parties are said to affirm. Codebook section 6."""

    issue: str
    parties: tuple[str, str]
    evidence: Evidence


class CommitmentStatus(StrEnum):
    """Where a commitment stands. Codebook section 7."""

    MADE = "made"
    UNDER_WAY = "under_way"
    KEPT = "kept"
    PARTLY_KEPT = "partly_kept"
    STALLED = "stalled"
    BROKEN = "broken"
    LAPSED = "lapsed"
    SUPERSEDED = "superseded"
    UNRATED = "unrated"


class Commitment(Record):
    """A stated undertaking to act. Codebook section 7."""

    commitment_id: str
    makers: Annotated[tuple[ActorCode, ...], Field(min_length=1)]
    beneficiary: ActorCode | None = None
    issue: str
    what: str
    made: DateInterval
    due: DateInterval | None = None
    meeting_id: str | None = None
    status: CommitmentStatus = CommitmentStatus.MADE
    evidence: Evidence


class Step(Record):
    """A measure somebody calls for. Codebook section 10."""

    issue: str
    difficulty: Difficulty
    evidence: Evidence


class Reading(Record):
    """All that one coder version read in one document."""

    document_id: str
    coder: str
    coder_version: str
    coded_at: AwareDatetime
    events: tuple[Event, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    shared_interests: tuple[SharedInterest, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    steps: tuple[Step, ...] = ()
    passages_skipped: int = 0
    """Sentences without an ordered pair of actors."""


class IndicatorValue(Record):
    """One figure of a series."""

    on: date
    """The day it measures; of a longer period, its last day."""
    published_on: date
    """The day it became known; a later figure for the same `on` is a revision."""
    value: Annotated[float, Field(allow_inf_nan=False)]
    note: str | None = None


class IndicatorSeries(Record):
    """What one side does toward another, measured again and again.

    Examples:
        >>> rate = IndicatorValue(on="2025-02-04", published_on="2025-02-04", value=20.0)
        >>> series = IndicatorSeries(
        ...     name="added-tariff-usa-chn",
        ...     actor="USA/GOV",
        ...     recipient="CHN",
        ...     issue="trade",
        ...     unit="percent",
        ...     sign=-1,
        ...     source="published tariff schedule",
        ...     values=(rate,),
        ... )
        >>> series.values[0].value
        20.0
    """

    name: Annotated[str, Field(min_length=1)]
    """Unique in a workspace."""
    actor: ActorCode
    recipient: ActorCode
    issue: str
    """An id of `detente.ontology.issues.ISSUES`."""
    unit: str
    sign: Literal[1, -1]
    """1 where more of it is warmer, -1 where more of it is colder."""
    is_level: bool = False
    """True where a value stands until it is changed (a tariff rate); False for an amount a period."""
    source: str
    """Who publishes it, as a reader would look for it."""
    url: str | None = None
    values: tuple[IndicatorValue, ...] = ()

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        keys = [(v.on, v.published_on) for v in self.values]
        if len(set(keys)) < len(keys):
            twice = next(k for k in keys if keys.count(k) > 1)
            msg = f"two values of {self.name} on {twice[0]}, both published on {twice[1]}"
            raise ValueError(msg)
        return self


class Refusal(Record):
    """A row or file that was not taken, why, and what it was."""

    origin: str
    """File or URL."""
    line: int | None
    """1-based line of the row in its file."""
    reason: str
    original: str
