"""What the pair coder makes of what the model says; here the test says it in the model's place."""

from datetime import date

import pytest

from detente.coding import PairCoder, pairs
from detente.coding.candidates import candidates
from detente.coding.context import Context
from detente.coding.decisions import Decision, Saying
from detente.coding.drafts import Draft
from detente.ontology.acts import Act, Mode
from detente.ontology.cameo import tone_of
from tests.kit import AT, make

JUNE = date(2023, 6, 19)


def says(root: str, certainty: float = 0.9, act: Act | None = None) -> Decision:
    return Decision(certainty, Mode.ACTUAL, (Saying(root, tone_of(root), act, certainty),))


NOTHING = says("01", 0.0)


def read(
    monkeypatch: pytest.MonkeyPatch, text: str, said: dict[str, Decision], *parties: str
) -> tuple[Draft, ...]:
    context = Context(JUNE, parties, None)
    mentions = context.mentions(text)
    asked = candidates(text, mentions, Context(JUNE, parties, None))
    ways = [f"{c.actor[:3]}>{c.recipient[:3]}" for c in asked]
    assert said.keys() <= {*ways}
    monkeypatch.setattr(pairs, "encode", lambda found: {})
    monkeypatch.setattr(pairs, "decide", lambda scores, row: said.get(ways[row], NOTHING))
    return pairs.read_sentence(text, mentions, context)


def ways(drafts: tuple[Draft, ...]) -> set[tuple[str, str, str]]:
    return {(d.actor[:3], (d.recipient or "-")[:3], d.root) for d in drafts}


def test_a_call_is_the_other_sides_too(monkeypatch: pytest.MonkeyPatch) -> None:
    drafts = read(monkeypatch, "Lima rang up Quito.", {"PER>ECU": says("04")})
    assert ways(drafts) == {("PER", "ECU", "04"), ("ECU", "PER", "04")}


@pytest.mark.parametrize(
    ("root", "count"), [("11", 1), ("03", 2)], ids=["one accuses", "both undertake"]
)
def test_of_two_opposite_readings_the_surer_stays_unless_both_do_it(
    monkeypatch: pytest.MonkeyPatch, root: str, count: int
) -> None:
    said = {"PER>ECU": says(root, 0.9), "ECU>PER": says(root, 0.7)}
    drafts = read(monkeypatch, "Lima this, Quito that.", said)
    assert len(drafts) == count
    assert ("PER", "ECU", root) in ways(drafts)


@pytest.mark.parametrize(
    ("certainty", "count"), [(pairs.THRESHOLD, 1), (pairs.THRESHOLD - 0.01, 0)]
)
def test_a_reading_must_be_sure_enough(
    monkeypatch: pytest.MonkeyPatch, certainty: float, count: int
) -> None:
    drafts = read(monkeypatch, "Lima this, Quito that.", {"PER>ECU": says("12", certainty)})
    assert len(drafts) == count


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Lima accused Quito of seizing boats.", "PER/GOV"),
        ("Quito seized Peruvian boats; Lima accused Quito again.", None),
        ("Lima accused Quito, and Quito seized Peruvian boats.", None),
    ],
    ids=["inside the charge", "before it", "beside it"],
)
def test_a_deed_inside_a_charge_is_the_chargers_word(
    monkeypatch: pytest.MonkeyPatch, text: str, source: str | None
) -> None:
    said = {"PER>ECU": says("11", act=Act.BLAME), "ECU>PER": says("17")}
    monkeypatch.setattr(pairs, "drafts_in", lambda *given: ())
    (deed,) = [d for d in read(monkeypatch, text, said) if d.root == "17"]
    assert deed.attributed_to == source


def test_among_three_the_host_meets_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Lima, Quito and Bogota talked."
    said = {f"{a}>{b}": says("04") for a in ("PER", "ECU", "COL") for b in ("PER", "ECU", "COL")}
    said = {way: found for way, found in said.items() if way[:3] != way[4:]}
    met = {way[:2] for way in ways(read(monkeypatch, text, said, "PER", "ECU"))}
    assert met == {("PER", "ECU"), ("ECU", "PER"), ("PER", "COL"), ("COL", "PER")}


def test_what_is_asked_needs_more_than_what_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    document, (passage,) = make("Beijing this, Washington that.")
    between = (pairs.THRESHOLD + pairs.QUESTION_THRESHOLD) / 2
    monkeypatch.setattr(pairs, "encode", lambda found: {})
    monkeypatch.setattr(pairs, "decide", lambda scores, row: says("12", between))
    asked = passage.model_copy(update={"speaker": "Q"})
    assert PairCoder().code(document, [passage], coded_at=AT).events
    assert PairCoder().code(document, [asked], coded_at=AT).events == ()


@pytest.mark.parametrize(
    ("certainty", "roots"),
    [(pairs.SUPPORTED, {"11"}), (pairs.SUPPORTED - 0.01, set())],
    ids=["likely", "unlikely"],
)
def test_a_phrase_counts_where_the_model_finds_its_pair_likely(
    monkeypatch: pytest.MonkeyPatch, certainty: float, roots: set[str]
) -> None:
    drafts = read(monkeypatch, "Lima accused Quito.", {"PER>ECU": says("12", certainty)})
    assert {d.root for d in drafts} == roots
    assert all(d.confidence == pytest.approx(certainty * pairs.PHRASE_SHARE) for d in drafts)


def test_what_phrase_and_model_both_say_is_said_once(monkeypatch: pytest.MonkeyPatch) -> None:
    (draft,) = read(monkeypatch, "Lima accused Quito.", {"PER>ECU": says("11", 0.9)})
    assert draft.confidence == pytest.approx(0.9 * pairs.FOUND)


def test_only_a_phrase_makes_a_meeting_or_binds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairs, "encode", lambda found: {})
    for root, act in (("04", Act.CONSULT), ("03", Act.COMMIT)):
        monkeypatch.setattr(pairs, "decide", lambda s, row, r=root, a=act: says(r, 0.9, a))
        text = "Antony Blinken should ponder Wang Yi."
        document, passages = make(text)
        reading = PairCoder().code(document, passages, coded_at=AT)
        assert {e.root for e in reading.events} == {root}
        assert (reading.meetings, reading.commitments) == ((), ())
