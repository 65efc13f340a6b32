"""A brief built by hand: figures of plausible size, sentences written for the tests."""

import math
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from detente.ontology.issues import Difficulty
from detente.pipeline.answers import (
    Cite,
    CommitmentEntry,
    Counted,
    Figure,
    GapRow,
    IndicatorFigure,
    MeetingEntry,
)
from detente.pipeline.briefs import Brief, BriefEvent, Interest, NextStep, Side, TimelinePoint
from detente.records import (
    Commitment,
    CommitmentStatus,
    DateInterval,
    Evidence,
    Level,
    Meeting,
    Participant,
    Span,
)

AS_OF = date(2023, 6, 30)
START = date(2023, 4, 8)
PAIR = ("USA", "CHN")


def sentence(name: str, text: str, **changes: object) -> Cite:
    """A cite of one sentence of a summary; each in a document of its own unless said otherwise."""
    facts: dict[str, Any] = {
        "id": name,
        "basis": "sentence",
        "text": text,
        "title": "Summary: State Department account of the talks in Beijing",
        "publisher": "U.S. Department of State",
        "published": "2023-06-19",
        "url": "https://www.state.gov/press-releases/",
        "document_id": f"doc-{name}",
        "document_kind": "summary",
        "start": 10,
        "end": 10 + len(text),
        "coder": "patterns 1.0",
    }
    return Cite.model_validate(facts | changes)


CITES = (
    sentence("w1", "Blinken told Wang that competition must be managed through open channels."),
    sentence(
        "w2",
        "The Foreign Ministry said that the visit had been candid and productive.",
        title="Regular press conference",
        publisher="Ministry of Foreign Affairs, China",
        published="2023-06-20",
        document_kind="briefing",
        url="https://www.mfa.gov.cn/eng/",
    ),
    sentence("d1", "Commerce added 43 entities, most of them Chinese, to the Entity List."),
    sentence("d2", "The Cyberspace Administration barred Micron from key infrastructure."),
    sentence("m1", "Secretary of State Antony Blinken met Wang Yi in Beijing."),
    sentence("m2", "President Xi received Blinken in the Great Hall.", published="2023-06-19"),
    sentence("c1", "The two sides agreed to expand direct flights by the end of the year."),
    sentence("c2", "China said it would hold another round of talks within the month."),
    sentence("i1", "Both sides said that climate change calls for work together."),
    sentence("s1", "Analysts called for more student visas."),
    sentence("s2", "Analysts called for a line between the two militaries."),
    Cite(
        id="icews-77",
        basis="row",
        text="2023-05-02 USA/GOV > CHN/GOV, CAMEO 163",
        title="events.20230503.tab, row 77",
        publisher="icews",
        published="2023-05-03",
    ),
)


def figure(value: float, half: float = 0.6) -> Figure:
    """A symmetric interval at 90 %."""
    return Figure(value=value, low=value - half, high=value + half, level=0.9)


def gap_row(actor: str, issue: str | None = None, **changes: object) -> GapRow:
    """One row with a gap; `gap=None` makes it one with too few deeds."""
    words = Counted(
        index=figure(0.5, 0.4),
        n_cooperative=46,
        n_conflictual=12,
        share_cooperative=0.793,
        reference_share=0.8912,
        reference_basis="all dyads of the documents",
    )
    deeds = words.model_copy(
        update={"index": figure(-0.8, 0.7), "n_cooperative": 2, "n_conflictual": 14}
        | {"share_cooperative": 0.125, "reference_share": 0.2207}
    )
    facts: dict[str, Any] = {
        "source": "documents",
        "actor": actor,
        "recipient": PAIR[1] if actor == PAIR[0] else PAIR[0],
        "issue": issue,
        "window_start": START,
        "window_end": AS_OF,
        "words": words,
        "words_without_meetings": figure(0.1, 0.45),
        "deeds": deeds,
        "indicators": (IndicatorFigure(name="Average tariff", z=-0.4, source="PIIE"),),
        "gap": figure(1.3, 0.8),
        "gap_reason": None,
        "z": 0.7,
        "z_reason": None,
        "word_cites": ("w1", "w2"),
        "deed_cites": ("d1", "d2"),
    }
    row = GapRow.model_validate(facts | changes)
    if row.gap is not None:
        return row
    few = row.deeds.model_copy(update={"n_cooperative": 0, "n_conflictual": 3})
    reason = "too few deeds: 3 deeds and 0 indicators in the window, 10 needed"
    blank = {"deeds": few, "indicators": (), "gap_reason": reason, "z": None}
    return row.model_copy(update=blank | {"z_reason": "no gap to compare"})


def evidence(name: str, text: str) -> Evidence:
    """A span in a document named after its cite."""
    span = Span(start=10, end=10 + len(text))
    return Evidence(document_id=f"doc-{name}", passage=0, span=span, text=text)


def meeting(day: date, level: Level, *people: tuple[str, str], **changes: object) -> MeetingEntry:
    """One meeting with one account."""
    facts: dict[str, Any] = {
        "meeting_id": f"meet-{day}-{level.value}",
        "participants": tuple(Participant(name=n, country=c, office="office") for n, c in people),
        "within": DateInterval.day(day),
        "place": "Beijing",
        "level": level,
        "track": "strategic",
        "format": "visit",
        "evidence": (evidence("m1", "They met."),),
    }
    made = Meeting.model_validate(facts | changes)
    return MeetingEntry(meeting=made, accounts=("m1", "m2"), n_documents=2)


def weeks(count: int = 78) -> tuple[TimelinePoint, ...]:
    """Both realms of both sides: nothing counted in the first third."""
    points = []
    for index in range(count):
        end = AS_OF - timedelta(weeks=count - 1 - index)
        for shift, actor in enumerate(PAIR):
            for realm, level in (("say", 0.3), ("do", -0.9)):
                n = 0 if index < count // 3 else 8 + index % 5
                value = level + 0.7 * math.sin(index / 7 + shift)
                half = 1.2 if n == 0 else 0.5
                points.append(
                    TimelinePoint(
                        week_end=end,
                        actor=actor,
                        realm=realm,
                        value=value,
                        low=value - half,
                        high=value + half,
                        n=n,
                    )
                )
    return tuple(points)


def event(cite: str, actor: str, realm: str, tone: str, **changes: object) -> BriefEvent:
    """One line of what a side said or did."""
    facts: dict[str, Any] = {
        "cite": cite,
        "actor": f"{actor}/GOV",
        "recipient": "CHN/GOV" if actor == "USA" else "USA/GOV",
        "realm": realm,
        "tone": tone,
        "root": "03" if realm == "say" else "16",
        "act": "affirm" if realm == "say" else None,
        "issues": ("relations",),
        "occurred": "2023-06-19",
        "text": next(c.text for c in CITES if c.id == cite),
    }
    return BriefEvent.model_validate(facts | changes)


def commitment(name: str, makers: tuple[str, ...], due: DateInterval | None) -> CommitmentEntry:
    """One undertaking; overdue where its due interval is past."""
    text = next(c.text for c in CITES if c.id == name)
    made = Commitment(
        commitment_id=name,
        makers=makers,
        issue="people",
        what=text,
        made=DateInterval.day(date(2023, 5, 11)),
        due=due,
        status=CommitmentStatus.MADE,
        evidence=evidence(name, text),
    )
    overdue = due is not None and due.end < AS_OF
    return CommitmentEntry(commitment=made, cite=name, is_overdue=overdue)


def summit_brief(**changes: object) -> Brief:
    """A brief the morning after a summit; any field may be replaced."""
    blinken, wang = ("Antony Blinken", "USA"), ("Wang Yi", "CHN")
    met = (
        meeting(date(2023, 6, 19), Level.LEADER, blinken, ("Xi Jinping", "CHN")),
        meeting(
            date(2023, 6, 18),
            Level.MINISTER,
            blinken,
            wang,
            within=DateInterval(start=date(2023, 6, 18), end=date(2023, 6, 19)),
        ),
    )
    older = tuple(
        meeting(date(2023, 1, 3) + timedelta(days=9 * n), Level.MINISTER, blinken, wang)
        for n in range(14)
    )
    issues = ("trade", "taiwan", "technology", "climate", "people")
    by_issue = tuple(
        gap_row(side, issue, gap=figure(0.9 - 0.4 * n) if n < 3 else None)
        for n, issue in enumerate(issues)
        for side in PAIR
    )
    texts = tuple(event("w1", "USA", "say", "coop") for _ in range(15))
    facts: dict[str, Any] = {
        "as_of": AS_OF,
        "coders": ("patterns 1.0",),
        "limitations": (
            "Only English texts are read.",
            "Where deeds are too few, no gap is given.",
        ),
        "cites": CITES,
        "pair": PAIR,
        "window_start": START,
        "n_documents": 110,
        "gaps": (
            gap_row("USA"),
            gap_row("CHN", gap=None),
            gap_row("USA", source="icews", word_cites=(), deed_cites=("icews-77",)),
            gap_row("CHN", source="icews", word_cites=(), deed_cites=()),
        ),
        "gaps_by_issue": by_issue,
        "sides": (
            Side(
                actor="USA",
                recipient="CHN",
                words=texts,
                deeds=(event("d1", "USA", "do", "conf", recipient="CHN/BUS"),),
            ),
            Side(
                actor="CHN",
                recipient="USA",
                words=(event("w2", "CHN", "say", "neutral", root="01", act="claim"),),
                deeds=(event("d2", "CHN", "do", "conf", recipient=None),),
            ),
        ),
        "meetings": met,
        "shared_interests": (Interest(issue="climate", cites=("i1",)),),
        "commitments": (
            commitment("c1", ("USA/GOV", "CHN/GOV"), DateInterval.day(date(2023, 12, 31))),
            commitment("c2", ("CHN/GOV",), DateInterval.day(date(2023, 6, 11))),
        ),
        "steps": (
            NextStep(issue="people", difficulty=Difficulty.EASY.value, cites=("s1",)),
            NextStep(issue="military", difficulty=Difficulty.HARD.value, cites=("s2",)),
        ),
        "timeline": weeks(),
        "timeline_meetings": met + tuple(reversed(older)),
    }
    return Brief.model_validate(facts | changes)


@pytest.fixture(name="make_brief", scope="session")
def make_brief_fixture() -> Callable[..., Brief]:
    """The maker of a brief, each of whose fields a test may replace."""
    return summit_brief


@pytest.fixture(name="make_row", scope="session")
def make_row_fixture() -> Callable[..., GapRow]:
    """The maker of one row of a gap."""
    return gap_row


@pytest.fixture(name="make_cite", scope="session")
def make_cite_fixture() -> Callable[..., Cite]:
    """The maker of one cite of a sentence."""
    return sentence
