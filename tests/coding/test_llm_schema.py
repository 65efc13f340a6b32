import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.coding.llm_schema import ROOTS, LlmEvent, answer_schema, read_answer
from detente.ontology.acts import Act, Mode
from detente.ontology.cameo import Realm, Tone, realm_of
from detente.ontology.issues import ISSUES
from tests.chat import event, events

REFUSED: dict[str, tuple[dict[str, object], str]] = {
    "root": ({"root": "21"}, "root: '21' is no CAMEO root"),
    "root as a number": ({"root": 11}, "root: Input should be a valid string"),
    "tone": ({"tone": "cold"}, "tone: Input should be 'coop', 'conf' or 'neutral'"),
    "act": ({"act": "shout"}, "act: Input should be 'affirm', "),
    "mode": ({"mode": "maybe"}, "mode: Input should be 'actual', "),
    "issue": ({"issues": ["weather"]}, "issues.0: 'weather' is no issue"),
    "no issue": ({"issues": []}, "issues: Tuple should have at least 1 item"),
    "state by name": ({"actor": "China"}, "actor: 'China' is no actor; write .* as USA/GOV"),
    "state alone": ({"actor": "CHN"}, "actor: 'CHN' is no actor"),
    "two letters": ({"actor": "CN/GOV"}, "actor: 'CN' is no ISO 3166-1 alpha-3 code"),
    "role": ({"recipient": "USA/XYZ"}, "recipient: 'USA/XYZ' is no actor"),
    "source": ({"attributed_to": "A newspaper"}, "attributed_to: 'A newspaper' is no actor"),
    "word without act": ({"act": None}, "root 11 is a word and needs an act"),
    "deed with act": ({"root": "16"}, "root 16 is a deed, its act is null, not blame"),
    "further field": ({"realm": "say"}, "realm: Extra inputs are not permitted"),
    "sentence": ({"sentence": "first"}, "sentence: Input should be a valid integer"),
}


@pytest.mark.parametrize(("changes", "reason"), REFUSED.values(), ids=REFUSED)
def test_an_item_out_of_form_is_refused_and_the_others_stand(
    changes: dict[str, object], reason: str
) -> None:
    taken, refused = read_answer(events(event(), event() | changes, event(1)))
    assert [item.sentence for item in taken] == [0, 1]
    (only,) = refused
    with pytest.raises(ValueError, match=reason):
        raise ValueError(only.reason)
    assert json.loads(only.original) == event() | changes


@pytest.mark.parametrize("name", LlmEvent.model_fields)
def test_what_may_be_nothing_may_be_left_out(name: str) -> None:
    item = {key: value for key, value in event().items() if key != name}
    taken, _ = read_answer(events(item))
    assert bool(taken) == (name in {"recipient", "attributed_to"})


WRAPPED = {
    "bare": "{}",
    "fenced": "```json\n{}\n```",
    "with words": "Here they are: {} Anything else?",
    "after thoughts": '<think>maybe {{"events": 1}}</think>\n{}',
}


@pytest.mark.parametrize("form", WRAPPED.values(), ids=WRAPPED)
def test_words_around_the_answer_do_not_matter(form: str) -> None:
    taken, _ = read_answer(form.replace("{}", events(event())))
    assert [item.actor for item in taken] == ["CHN/GOV"]


BROKEN = {
    "nothing": ("", "no JSON"),
    "words": ("Certainly!", "no JSON"),
    "cut": ('{"events": [{"sentence": 0', "no JSON"),
    "a list": ("[]", "no JSON"),
    "deep": ('{"events":' + "[" * 200_000 + "]" * 200_000 + "}", "no JSON"),
    "no events": ('{"event": []}', "no list named events"),
    "events no list": ('{"events": {}}', "no list named events"),
}


@pytest.mark.parametrize(("content", "reason"), BROKEN.values(), ids=BROKEN)
def test_what_is_no_answer(content: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read_answer(content)


@given(items=st.lists(st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
), max_size=4))  # fmt: skip
def test_every_item_is_taken_or_refused(items: list[object]) -> None:
    taken, refused = read_answer(json.dumps({"events": items}))
    assert len(taken) + len(refused) == len(items)


def test_the_schema_has_the_fields_and_values_of_the_codebook() -> None:
    schema = answer_schema()
    fields = schema["$defs"]["LlmEvent"]["properties"]
    assert schema["$defs"]["LlmEvent"]["required"] == list(fields) == list(LlmEvent.model_fields)
    assert fields["root"]["enum"] == list(ROOTS)
    assert fields["issues"]["items"]["enum"] == list(ISSUES)
    for kind in (Act, Mode, Tone):
        assert schema["$defs"][kind.__name__]["enum"] == [value.value for value in kind]


def test_the_schema_keeps_to_what_endpoints_enforce() -> None:
    text = json.dumps(answer_schema())
    assert not [w for w in ("default", "minItems", "pattern", "minLength") if f'"{w}"' in text]
    assert answer_schema()["$defs"]["LlmEvent"]["additionalProperties"] is False


def test_every_root_has_a_realm() -> None:
    assert {realm_of(root) for root in ROOTS} == set(Realm)
