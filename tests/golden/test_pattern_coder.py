"""The pattern coder on texts read by hand: the seed article, and floors on coded documents."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from detente.coding import PatternCoder
from detente.records import (
    DateInterval,
    Document,
    DocumentKind,
    Event,
    Original,
    Passage,
    Reading,
    Span,
)
from detente.sources.files import read_path
from detente.text import dates_in, prepare

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
ACCEPTANCE = SHARED / "acceptance"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
BODY_OF_SEED = range(5, 36)
"""Sentences of the seed page that are the article; the rest is the site's."""

pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="../shared is not here")


@pytest.fixture(scope="module")
def seed() -> Reading:
    original = next(iter(read_path(SHARED / "seed" / "article.txt")))
    assert isinstance(original, Original)
    document, passages = prepare(original, added_at=NOW)
    return PatternCoder().code(document, passages, coded_at=NOW)


def _between(reading: Reading, actor: str, recipient: str, realm: str) -> list[Event]:
    return [
        e
        for e in reading.events
        if e.actor == actor
        and (e.recipient or "").startswith(recipient)
        and e.realm == realm
        and e.mode == "actual"
    ]


def test_seed_visit(seed: Reading) -> None:
    (meeting,) = seed.meetings
    names = {p.name for p in meeting.participants}
    assert names == {"Antony Blinken", "Qin Gang", "Wang Yi", "Xi Jinping"}
    assert (meeting.place or "").startswith("Beijing")
    assert (meeting.days, meeting.level.value, meeting.format) == (2, "minister", "visit")
    assert meeting.within.start <= date(2023, 6, 18)
    assert date(2023, 6, 19) <= meeting.within.end <= date(2023, 6, 20)


def test_seed_shared_interests(seed: Reading) -> None:
    issues = {i.issue for i in seed.shared_interests if i.parties == ("CHN", "USA")}
    assert {"climate", "health", "food", "narcotics", "macro", "crisis"} <= issues


def test_seed_commitment_of_both_to_keep_talking(seed: Reading) -> None:
    (commitment,) = seed.commitments
    assert set(commitment.makers) == {"USA/GOV", "CHN/GOV"}
    assert "high-level communications" in commitment.what
    assert commitment.beneficiary is None


def test_seed_reassurance_on_containment(seed: Reading) -> None:
    words = _between(seed, "USA/GOV", "CHN", "say")
    assert [e.act for e in words if "contain" in e.evidence.text] == ["assure"]


def test_seed_deeds_of_the_united_states_toward_china(seed: Reading) -> None:
    deeds = _between(seed, "USA/GOV", "CHN", "do")
    assert {e.tone.value for e in deeds} == {"conf"}
    assert {"trade", "investment", "technology"} <= {i for e in deeds for i in e.issues}


@pytest.mark.parametrize(
    ("root", "issue"),
    [("17", "cyber"), ("16", "taiwan"), ("15", "taiwan"), ("17", "investment")],
    ids=["espionage", "economic punishment", "deterrence in the strait", "foreign firms"],
)
def test_seed_deeds_of_china(seed: Reading, root: str, issue: str) -> None:
    deeds = _between(seed, "CHN/GOV", "", "do")
    assert any(e.root == root and issue in e.issues for e in deeds)


def test_seed_voices_in_congress(seed: Reading) -> None:
    (voice,) = [e for e in seed.events if e.actor == "USA/LEG"]
    assert (voice.recipient, voice.act) == ("USA/GOV", "blame")


def test_seed_teasers_of_other_articles_make_no_events(seed: Reading) -> None:
    named = {a for e in seed.events for a in (e.actor, e.recipient, e.attributed_to) if a}
    assert {a.split("/")[0] for a in named} == {"USA", "CHN"}
    assert len(seed.events) >= 20


def _published(key: dict[str, Any]) -> DateInterval:
    """The key's day; the seed page has only the days its own text allows, legal notices none."""
    if "seed" in key["id"]:
        return DateInterval(start=date(2023, 6, 18), end=date(2023, 6, 30))
    return DateInterval.day(date.fromisoformat(key["date"] or "2025-12-01"))


def _account_of(publisher: str) -> str | None:
    if "White House" in publisher or "Federal" in publisher:
        return "USA/GOV"
    return "CHN/GOV" if "MFA" in publisher else None


def _passages(key: dict[str, Any], published: DateInterval) -> Iterator[Passage]:
    """Sentences as numbered in the key, with their turns in a transcript."""
    start, speaker = 0, None
    for index, text in enumerate(key["sentences"]):
        turn = re.match(r"(?:(Q\b|Follow-up)|A\b)", text)
        speaker = ("Q" if turn.group(1) else "A") if turn else speaker
        is_body = "seed" not in key["id"] or index in BODY_OF_SEED
        if text.strip() and is_body:
            yield Passage(
                document_id=key["id"],
                index=index,
                span=Span(start=start, end=start + len(text)),
                text=text,
                paragraph=index,
                speaker=speaker,
                dates=dates_in(text, published),
            )
        start += len(text) + 1


def _predicted(path: Path) -> Iterator[str]:
    """Events of one document, a line each, as the score reads them."""
    key = json.loads(path.read_text(encoding="utf-8"))
    published = _published(key)
    document = Document(
        document_id=key["id"],
        sha256="0" * 64,
        media_type="text/plain",
        title=key["title"],
        publisher=key["publisher"],
        kind=DocumentKind.OTHER,
        language="en",
        published=published,
        published_basis="given",
        account_of=_account_of(key["publisher"]),
        added_at=NOW,
    )
    passages = list(_passages(key, published))
    for event in PatternCoder().code(document, passages, coded_at=NOW).events:
        told = event.model_dump(include={"actor", "recipient", "root", "tone", "mode"})
        told |= {"document": key["id"], "sentence": event.evidence.passage}
        yield json.dumps(told)


@pytest.fixture(scope="module")
def score(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The acceptance score, by the program that comes with the key."""
    lines = [line for path in sorted(ACCEPTANCE.glob("*.json")) for line in _predicted(path)]
    predictions = tmp_path_factory.mktemp("acceptance") / "predictions.jsonl"
    predictions.write_text("\n".join(lines) + "\n", encoding="utf-8")
    command = [sys.executable, str(ACCEPTANCE / "score.py"), str(predictions), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    result: dict[str, Any] = json.loads(done.stdout)
    return result


@pytest.mark.slow
def test_who_did_it_to_whom_is_mostly_right(score: dict[str, Any]) -> None:
    measured = score["dyad"]
    assert measured["precision"] >= 0.70, f"precision of actor and recipient: {measured}"
    assert measured["recall"] >= 0.25, f"recall of actor and recipient: {measured}"


@pytest.mark.slow
def test_few_events_where_there_are_none(score: dict[str, Any]) -> None:
    measured = score["false_events_per_100"]
    assert score["sentences_without_event"] >= 100
    assert measured <= 6, f"false events per 100 sentences without any: {measured}"
