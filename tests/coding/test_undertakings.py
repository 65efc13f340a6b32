"""Undertakings that the form of a sentence shows."""

from datetime import date

import pytest

from detente.coding.context import Context
from detente.coding.drafts import Draft
from detente.coding.triggers import Trigger
from detente.coding.undertakings import listed, promised
from detente.ontology.acts import Mode
from detente.ontology.cameo import tone_of

JUNE = date(2023, 6, 19)
THERE, BACK = ("CHN/GOV", "USA/GOV"), ("USA/GOV", "CHN/GOV")

LISTS = {
    "who will": (["- China will buy corn."], [THERE]),
    "of the other side": (["- The United States will also lift the tariff."], [BACK]),
    "both": (["1. The two sides will open a line."], [BACK, THERE]),
    "under who will": (["China will:", "- Buy corn."], [THERE]),
    "further down": (["China agreed to:", "- Buy corn.", "- Sell ore."], [THERE]),
    "to a third": (["- Japan will pay China."], [("JPN/GOV", "CHN/GOV")]),
    "outside a list": (["China will buy corn."], []),
    "under another heading": (["China will:", "- Buy corn.", "Trade:", "- Buy corn."], []),
    "after the list": (["China will:", "- Buy corn.", "It rained.", "- Buy corn."], []),
    "what was done": (["China will:", "- Lifted the tariff."], []),
    "what will be": (["- China will remain calm."], []),
    "will not": (["- China will not buy corn."], []),
    "under nobody": (["They will:", "- Buy corn."], []),
}


@pytest.mark.parametrize(("lines", "ways"), LISTS.values(), ids=LISTS)
def test_list(lines: list[str], ways: list[tuple[str, str]]) -> None:
    context = Context(JUNE, ("USA", "CHN"), None)
    found: tuple[Draft, ...] = ()
    for text in lines:
        mentions = context.mentions(text)
        found = listed(text, mentions, context)
        context.passed(text, mentions)
    assert [(d.actor, d.recipient) for d in found] == ways
    assert {d.root for d in found} <= {"03"}


@pytest.mark.parametrize(
    ("text", "root", "roots"),
    [
        ("China will lift the tariff.", "08", ["03", "08"]),
        ("China lifted the tariff.", "08", ["08"]),
        ("China will warn Japan.", "13", ["13"]),
        ("Japan will lift what China lifted.", "08", ["08"]),
    ],
    ids=["a deed to come", "a deed done", "a word", "who else will"],
)
def test_a_deed_to_come_is_an_undertaking(text: str, root: str, roots: list[str]) -> None:
    place = Trigger(0, 0, root, tone_of(root), None, joint=False, at_counterpart=False, phrase="")
    draft = Draft("CHN/GOV", "USA/GOV", root, tone_of(root), None, Mode.ACTUAL, None, place)
    mentions = Context(JUNE, ("USA", "CHN"), None).mentions(text)
    assert [d.root for d in promised(draft, text, mentions)] == roots
