import json

import pytest

from detente.coding import llm_prompt
from detente.coding.context import Context
from detente.coding.llm_prompt import request_messages, system_prompt
from detente.coding.llm_schema import ROLES, ROOTS, LlmEvent, read_answer
from detente.ontology.acts import Act, Mode
from detente.ontology.cameo import Tone
from detente.ontology.issues import ISSUES
from tests.kit import make

VALUES = [*ROLES, *ROOTS, *ISSUES, *(v.value for kind in (Act, Mode, Tone) for v in kind)]


@pytest.mark.parametrize("name", [*LlmEvent.model_fields, *VALUES])
def test_the_prompt_tells_every_field_and_value(name: str) -> None:
    assert name in system_prompt()


def test_the_example_is_an_answer_that_would_be_taken() -> None:
    asked, answer = system_prompt().splitlines()[-2:]
    taken, refused = read_answer(answer)
    assert (len(taken), refused) == (3, [])
    assert all(item.quote in json.loads(asked)["text"] for item in taken)


def test_another_word_is_another_version(monkeypatch: pytest.MonkeyPatch) -> None:
    before = llm_prompt._fingerprint()
    assert llm_prompt.PROMPT_VERSION.endswith(before)
    monkeypatch.setattr(llm_prompt, "_RULES", llm_prompt._RULES + "- Be brief.\n")
    assert llm_prompt._fingerprint() != before


def test_a_request_tells_who_and_when() -> None:
    document, passages = make('He said: "no events".', account_of="CHN/GOV", publisher="A ministry")
    rules, question = request_messages(
        document, passages, passages, Context(None, ("USA", "CHN"), "CHN/GOV")
    )
    assert rules == {"role": "system", "content": system_prompt()}
    assert json.loads(question["content"]) == {
        "document": {
            "title": document.title,
            "published": "2023-06-19",
            "publisher": "A ministry",
            "account_of": "CHN/GOV",
            "sides": ["USA", "CHN"],
        },
        "sentences": [{"n": 0, "text": 'He said: "no events".'}],
    }
