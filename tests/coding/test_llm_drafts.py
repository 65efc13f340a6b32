import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.coding.llm_drafts import Checked, checked_drafts, quoted_span
from detente.coding.llm_schema import LlmEvent
from tests.chat import event
from tests.kit import make

BLAME = "Beijing accused Washington of bullying, and Washington’s envoy denied it."
NAMED = frozenset({"CHN", "USA"})


def check(*items: dict[str, object], text: str = BLAME) -> Checked:
    _, passages = make(text)
    read = [LlmEvent.model_validate(item) for item in items]
    return checked_drafts(read, {p.index: p for p in passages}, NAMED)


OBJECTIONS: dict[str, tuple[dict[str, object], str]] = {
    "sentence": ({"sentence": 3}, "sentence 3 was not asked about"),
    "quote": ({"quote": "accused Tokyo"}, "does not hold the quote 'accused Tokyo'"),
    "no quote": ({"quote": ""}, "does not hold the quote"),
    "full stop": ({"quote": "."}, "does not hold the quote"),
    "half a word": ({"quote": "accuse"}, "does not hold the quote"),
    "other case": ({"quote": "ACCUSED WASHINGTON"}, "does not hold the quote"),
    "actor": ({"actor": "JPN/GOV"}, "the document does not name JPN/GOV"),
    "recipient": ({"recipient": "JPN/BUS"}, "the document does not name JPN/BUS"),
    "source": ({"attributed_to": "NATO/GOV"}, "the document does not name NATO/GOV"),
    "itself": ({"recipient": "CHN/GOV"}, "CHN/GOV on CHN/GOV: one country"),
    "its own firms": ({"recipient": "CHN/BUS"}, "one country; only its LEG on its GOV"),
}


@pytest.mark.parametrize(("changes", "reason"), OBJECTIONS.values(), ids=OBJECTIONS)
def test_what_is_not_borne_out_is_refused(changes: dict[str, object], reason: str) -> None:
    checked = check(event() | changes)
    assert [d for drafts in checked.drafts.values() for d in drafts] == []
    (refused,) = checked.refused
    assert reason in refused.reason


def test_congress_on_its_own_administration_is_an_event() -> None:
    assert check(event(actor="USA/LEG", recipient="USA/GOV")).refused == []


def test_the_same_event_twice_is_one() -> None:
    other = event(quote="bullying", root="17", act=None)
    checked = check(event(), event(quote="accused Washington"), other)
    assert [d.root for d in checked.drafts[0]] == ["11", "17"]
    assert [r.reason for r in checked.refused] == ["the same event of the same words twice"]


def test_a_side_is_not_its_own_source() -> None:
    (draft,) = check(event(attributed_to="CHN/GOV")).drafts[0]
    assert draft.attributed_to is None


@pytest.mark.parametrize(
    ("issues", "kept"),
    [(["other"], ("other",)), (["other", "trade", "cyber", "trade"], ("trade", "cyber"))],
    ids=["none", "some"],
)
def test_issues_come_once_and_other_alone(issues: list[str], kept: tuple[str, ...]) -> None:
    (draft,) = check(event(issues=issues)).drafts[0]
    assert draft.issues == kept


def test_the_trigger_is_the_known_phrase_or_the_quotes_beginning() -> None:
    known, new = check(event(), event(root="12", act="reject")).drafts[0]
    assert (known.trigger.start, known.trigger.phrase) == (8, "accused")
    assert (new.trigger.start, new.trigger.end, new.trigger.phrase) == (8, 8, "")
    assert (new.trigger.root, new.trigger.act) == ("12", new.act)


@pytest.mark.parametrize(
    ("quote", "span"),
    [
        pytest.param("accused Washington", (8, 26), id="as it is"),
        pytest.param("  accused\n Washington ", (8, 26), id="spaces"),
        pytest.param("Washington's envoy", (44, 62), id="straight"),
        pytest.param("denied it.", (63, 73), id="with its stop"),
        pytest.param("(accused", None, id="sign too many"),
    ],
)
def test_where_a_quote_stands(quote: str, span: tuple[int, int] | None) -> None:
    assert quoted_span(quote, BLAME) == span


@given(data=st.data(), words=st.lists(st.from_regex(r"[\w’.(-]{1,6}", fullmatch=True), min_size=1))
def test_words_of_a_text_are_found_in_it(data: st.DataObject, words: list[str]) -> None:
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first + 1, len(words)))
    text, quote = "\u00a0 ".join(words), " ".join(words[first:last])
    span = quoted_span(quote, text)
    if any(letter.isalnum() for letter in quote):
        assert span is not None
        assert text[slice(*span)].split() == quote.split()
    else:
        assert span is None
