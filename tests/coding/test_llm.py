"""The language-model coder against a server on this machine."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from detente.coding.llm import LlmCoder
from detente.coding.llm_prompt import PROMPT_VERSION
from detente.errors import LlmAnswerError, LlmBudgetError, LlmUnfitError, SettingsError
from detente.records import CommitmentStatus, Reading
from tests.chat import ChatServer, Say, event, events
from tests.kit import make

NOW = datetime(2026, 1, 1, tzinfo=UTC)
BLAME = "Beijing accused Washington of bullying."
MET = "Antony Blinken met Qin Gang in Beijing on June 18, 2023."
AGREED = "The two sides agreed to expand flights by the end of 2023."
CLIMATE = "China and the United States affirmed that climate change needs both."


@pytest.fixture(name="server")
def server_fixture() -> Iterator[ChatServer]:
    with ChatServer() as server:
        yield server


def read(coder: LlmCoder, *sentences: str, **facts: object) -> Reading:
    document, passages = make(*sentences, **facts)  # type: ignore[arg-type]
    return coder.code(document, passages, coded_at=NOW)


def both(sentence: int, **facts: object) -> list[dict[str, object]]:
    sides = ("USA/GOV", "CHN/GOV")
    ways = (sides, sides[::-1])
    return [event(sentence, actor=a, recipient=r, **facts) for a, r in ways]


def test_records_are_made_as_for_every_coder(server: ChatServer) -> None:
    say = {"tone": "coop", "issues": ["people"]}
    items = [
        *both(0, quote="met", root="04", act="consult", **say),
        *both(1, quote="agreed to expand flights", root="03", act="commit", **say),
        *both(2, quote="affirmed", root="01", act="affirm", tone="coop", issues=["climate"]),
    ]
    server.script = [Say(events(*items))]
    reading = read(LlmCoder(server.settings()), MET, AGREED, CLIMATE)
    assert [(e.root, e.issues) for e in reading.events] == [
        *[("04", ("people",))] * 2,
        *[("03", ("people",))] * 2,
        *[("01", ("climate",))] * 2,
    ]
    assert [{p.name for p in m.participants} for m in reading.meetings] == [
        {"Antony Blinken", "Qin Gang"}
    ]
    (made,) = reading.commitments
    assert (made.what, str(made.due), made.issue, made.status) == (
        "expand flights by the end of 2023",
        "2023-12-31",
        "people",
        CommitmentStatus.MADE,
    )
    assert [(i.issue, i.parties) for i in reading.shared_interests] == [
        ("people", ("CHN", "USA")),
        ("climate", ("CHN", "USA")),
    ]


def test_issues_are_the_models_own(server: ChatServer) -> None:
    quote = "imposed tariffs on chips"
    sold = event(root="16", act=None, quote=quote, issues=["technology", "other"])
    server.script = [Say(events(sold))]
    text = "Beijing imposed tariffs on chips, and Washington was silent on trade and tariffs."
    (deed,) = read(LlmCoder(server.settings()), text).events
    assert deed.issues == ("technology",)


def test_a_deed_known_from_the_other_side_names_its_source(server: ChatServer) -> None:
    deed = event(actor="USA/GOV", recipient="CHN/GOV", root="17", act=None, quote="bullying")
    server.script = [Say(events(event(), deed | {"attributed_to": "CHN/GOV"}))]
    blame, bullying = read(LlmCoder(server.settings()), BLAME).events
    assert (blame.attributed_to, bullying.attributed_to) == (None, "CHN/GOV")
    assert (bullying.act, bullying.evidence.text) == (None, BLAME)


def test_what_the_sentence_does_not_hold_is_refused_and_told(server: ChatServer) -> None:
    server.script = [Say(events(event(), event(quote="threatened war"), event(root="21")))]
    coder = LlmCoder(server.settings())
    assert len(read(coder, BLAME).events) == 1
    quote, root = sorted(coder.account().refused, key=lambda r: "root" in r.reason)
    assert quote.reason == "the sentence does not hold the quote 'threatened war'"
    assert root.reason == "root: '21' is no CAMEO root"
    assert root.origin == "Talks between the United States and China, sentence 0"
    assert '"root": "21"' in root.original


def test_asks_in_portions_with_what_stood_before(server: ChatServer) -> None:
    texts = [f"Washington held talks number {n} with Beijing." for n in range(7)]
    read(LlmCoder(server.settings(max_sentences=3)), *texts)
    lines = [[(s["n"], "only_context" in s) for s in q["sentences"]] for q in server.questions]
    shown = [(0, True), (1, True), (2, True)]
    assert lines[0] == [(0, False), (1, False), (2, False)]
    assert lines[1] == [*shown, (3, False), (4, False), (5, False)]
    assert lines[2] == [(3, True), (4, True), (5, True), (6, False)]


def test_a_question_is_shown_but_not_asked_about(server: ChatServer) -> None:
    server.script = [Say(events(event(0), event(1)))]
    document, passages = make(BLAME, BLAME)
    asked = [passages[0].model_copy(update={"speaker": "Q"}), passages[1]]
    coder = LlmCoder(server.settings())
    reading = coder.code(document, asked, coded_at=NOW)
    assert [e.evidence.passage for e in reading.events] == [1]
    assert [r.reason for r in coder.account().refused] == ["sentence 0 was not asked about"]
    assert server.questions[0]["sentences"][0] | {"n": 0} == {
        "n": 0, "text": BLAME, "speaker": "Q", "only_context": True,
    }  # fmt: skip


@pytest.mark.parametrize(
    "facts", [{"published": None}, {"language": "zh"}], ids=["undated", "not English"]
)
def test_what_cannot_be_read_is_not_sent(server: ChatServer, facts: dict[str, object]) -> None:
    read(LlmCoder(server.settings()), BLAME, **facts)
    assert server.bodies == []


def test_an_answer_is_paid_for_once(server: ChatServer, tmp_path: Path) -> None:
    settings = server.settings()
    first = read(LlmCoder(settings, answers=tmp_path), BLAME, AGREED)
    again = LlmCoder(settings, answers=tmp_path)
    assert read(again, BLAME, AGREED) == first
    assert (len(server.bodies), again.account().requests, again.account().kept_answers) == (1, 0, 1)
    read(again, BLAME, AGREED, title="Another title of China and the United States")
    read(LlmCoder(server.settings(model="b-model"), answers=tmp_path), BLAME, AGREED)
    assert len(server.bodies) == 3


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"answer": "sorry"}', '{"answer": 3}'])
def test_a_damaged_answer_is_asked_for_again(
    server: ChatServer, tmp_path: Path, damage: str
) -> None:
    first = read(LlmCoder(server.settings(), answers=tmp_path), BLAME)
    (kept,) = tmp_path.rglob("*.json")
    kept.write_text(damage, encoding="utf-8")
    assert read(LlmCoder(server.settings(), answers=tmp_path), BLAME) == first
    assert len(server.bodies) == 2


def test_the_version_names_model_and_prompt(server: ChatServer) -> None:
    coder = LlmCoder(server.settings(model="b-model"))
    assert coder.version == f"b-model (prompt {PROMPT_VERSION})"
    assert read(coder, BLAME).coder_version == coder.version


def test_a_spent_budget_keeps_the_answers(server: ChatServer, tmp_path: Path) -> None:
    few = server.settings(max_requests=2, max_sentences=1)
    with pytest.raises(LlmBudgetError, match=r"2 requests and 200 tokens.*raise max_requests"):
        read(LlmCoder(few, answers=tmp_path), BLAME, AGREED, CLIMATE)
    assert read(LlmCoder(few, answers=tmp_path), BLAME, AGREED, CLIMATE).events
    assert len(server.bodies) == 3


def test_a_model_that_never_fits_is_given_up(server: ChatServer) -> None:
    server.script = [Say("Certainly!")] * 9
    coder = LlmCoder(server.settings(retries=0))
    for _ in range(4):
        with pytest.raises(LlmAnswerError, match="lower max_sentences or name another model"):
            read(coder, BLAME)
    with pytest.raises(LlmUnfitError, match=r"5 documents in a row.*no JSON.*another model"):
        read(coder, BLAME)


def test_one_good_answer_starts_the_count_anew(server: ChatServer) -> None:
    bad = [Say("Certainly!")] * 4
    server.script = [*bad, Say(), *bad]
    coder = LlmCoder(server.settings(retries=0))
    told: list[int | None] = []
    for _ in range(9):
        try:
            told.append(len(read(coder, BLAME).events))
        except LlmAnswerError:
            told.append(None)
    assert told == [*[None] * 4, 1, *[None] * 4]


@pytest.mark.parametrize("key", ["sk 1", "sk-1\nsk-2", "schlüssel", ""])
def test_what_can_be_no_key_is_refused_unshown(server: ChatServer, key: str) -> None:
    with pytest.raises(SettingsError, match="copy it again") as caught:
        LlmCoder(server.settings(), key=key)
    assert not key or key not in str(caught.value)
