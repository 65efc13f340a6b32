"""The form a language model must answer in, and the check that it did.

What an endpoint promises about its output is never relied on: every item is checked here.
"""

import json
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    WithJsonSchema,
    model_validator,
)

from detente.ontology.acts import Act, Mode
from detente.ontology.cameo import Realm, Tone, realm_of
from detente.ontology.issues import ISSUES
from detente.ontology.states import countries, organisations
from detente.records import first_fault

ROOTS = tuple(f"{number:02d}" for number in range(1, 21))
"""CAMEO roots."""

ROLES = ("GOV", "LEG", "MIL", "JUD", "PTY", "BUS", "MED", "CVL", "OPP", "REB")
"""Roles of codebook section 3."""

_LONGEST = 400


def _actor(code: str) -> str:
    country, _, role = code.partition("/")
    if role not in ROLES:
        msg = f"{code[:20]!r} is no actor; write a code and a role, as USA/GOV"
        raise ValueError(msg)
    if country not in countries() and country not in organisations():
        msg = f"{country[:20]!r} is no ISO 3166-1 alpha-3 code and no organisation's"
        raise ValueError(msg)
    return code


def _one_of(known: tuple[str, ...], what: str) -> AfterValidator:
    def check(value: str) -> str:
        if value not in known:
            msg = f"{value[:20]!r} is no {what}"
            raise ValueError(msg)
        return value

    return AfterValidator(check)


Actor = Annotated[str, AfterValidator(_actor)]
Root = Annotated[
    str, _one_of(ROOTS, "CAMEO root"), WithJsonSchema({"type": "string", "enum": list(ROOTS)})
]
Issue = Annotated[
    str, _one_of(tuple(ISSUES), "issue"), WithJsonSchema({"type": "string", "enum": list(ISSUES)})
]


class LlmEvent(BaseModel):
    """One event as a language model writes it: the event fields of the codebook and a quote."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    sentence: int
    """Number of the sentence."""
    quote: str
    """The words of the sentence that say it."""
    actor: Actor
    recipient: Actor | None = None
    root: Root
    tone: Tone
    act: Act | None = None
    mode: Mode
    issues: Annotated[tuple[Issue, ...], Field(min_length=1)]
    attributed_to: Actor | None = None

    @model_validator(mode="after")
    def _act_of_words_alone(self) -> Self:
        is_word = realm_of(self.root) is Realm.SAY
        if is_word and self.act is None:
            msg = f"root {self.root} is a word and needs an act"
            raise ValueError(msg)
        if not is_word and self.act is not None:
            msg = f"root {self.root} is a deed, its act is null, not {self.act.value}"
            raise ValueError(msg)
        return self


class _Answer(BaseModel):
    model_config = ConfigDict(extra="forbid")

    events: list[LlmEvent]


class RefusedItem(BaseModel):
    """An item of an answer that was not taken, why, and what it was."""

    sentence: int | None
    reason: str
    original: str


def answer_schema() -> dict[str, Any]:
    """Return the JSON Schema of an answer, in the subset that endpoints enforce.

    Returns:
        Every field is required, those without a value as null; nothing else may stand there.

    Examples:
        >>> answer_schema()["required"], answer_schema()["additionalProperties"]
        (['events'], False)
    """
    schema = _Answer.model_json_schema()
    event = schema["$defs"]["LlmEvent"]
    event["required"] = list(event["properties"])
    for field in event["properties"].values():
        field.pop("default", None)
        field.pop("minItems", None)
    return schema


def read_answer(content: str) -> tuple[list[LlmEvent], list[RefusedItem]]:
    """Read an answer item by item.

    Args:
        content: What the model wrote; its thoughts and words around the JSON object are passed
            over.

    Returns:
        The items in the form asked for, and the others with the reason. A `ValueError` says what
        is wrong where there is no JSON object with a list `events`.

    Examples:
        >>> read_answer('{"events": []}')
        ([], [])
    """
    taken: list[LlmEvent] = []
    refused: list[RefusedItem] = []
    for item in _items(content):
        try:
            taken.append(LlmEvent.model_validate(item))
        except ValidationError as error:
            refused.append(refused_item(item, first_fault(error)))
    return taken, refused


def refused_item(item: object, reason: str) -> RefusedItem:
    """Return the note of an item that is not taken.

    Args:
        item: As it was read from JSON, or an event.
        reason: Why.
    """
    row = item.model_dump(mode="json") if isinstance(item, BaseModel) else item
    number = row.get("sentence") if isinstance(row, dict) else None
    sentence = number if isinstance(number, int) else None
    return RefusedItem(sentence=sentence, reason=reason, original=json.dumps(row)[:_LONGEST])


def _items(content: str) -> list[object]:
    said = content.rpartition("</think>")[2]
    try:
        found = json.loads(said[said.find("{") : said.rfind("}") + 1])
    except (ValueError, RecursionError):
        msg = "the answer is no JSON"
        raise ValueError(msg) from None
    items = found.get("events") if isinstance(found, dict) else None
    if isinstance(items, list):
        return items
    msg = "the answer has no list named events"
    raise ValueError(msg)
