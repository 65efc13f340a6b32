"""The issue lexicon: what a sentence is about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.ontology.issues import ISSUES
from detente.ontology.lexicon import found_words, issue_words, issues_in


@pytest.mark.parametrize(
    ("sentence", "issues"),
    [
        ("Both envoys want faster cuts in methane and coal power.", ("climate",)),
        ("Doctors shared early data on the pandemic and on vaccines.", ("health",)),
        ("Grain and fertilizer shipments eased the famine.", ("food",)),
        ("Police agreed to stop precursor chemicals for fentanyl.", ("narcotics",)),
        ("Creditors spoke of debt relief and the exchange rate.", ("macro",)),
        ("It raised tariffs on soybeans.", ("trade",)),
        ("Officials reviewed outbound investment and a joint venture.", ("investment",)),
        ("New export controls hit advanced chips.", ("technology",)),
        ("The loan pays for a railway under the Belt and Road.", ("infrastructure",)),
        ("Troops and bombers joined the live-fire drills.", ("military",)),
        ("He repeated the One China policy and opposed Taiwan independence.", ("taiwan",)),
        ("A coast guard ship used water cannon at Second Thomas Shoal.", ("maritime",)),
        ("Hackers of Volt Typhoon were named in the indictment for espionage.", ("cyber",)),
        ("She raised Xinjiang, Tibet and arbitrary detention.", ("rights",)),
        ("More direct flights and student visas are planned.", ("people",)),
        ("The consulate in Chengdu closed and diplomats left.", ("consular",)),
        ("They kept the hotline and guardrails against miscalculation.", ("crisis",)),
        ("Moscow's envoy spoke about Ukraine and a ceasefire.", ("regional",)),
        ("They called for mutual respect and peaceful coexistence.", ("relations",)),
        ("The minister thanked his hosts for the tea.", ("other",)),
        ("Tariffs, tariffs and again tariffs, and one word on visas.", ("trade", "people")),
        ("A word on visas, then tariffs, tariffs and tariffs.", ("trade", "people")),
        ("Fentanyl came first, then Taiwan.", ("narcotics", "taiwan")),
        ("Taiwan came first, then fentanyl.", ("taiwan", "narcotics")),
        ("TARIFFS ON STEEL", ("trade",)),
        ("the People\u2019s Liberation Army", ("military",)),
        ("export\ncontrols", ("technology",)),
    ],
)
def test_sentence_is_about(sentence: str, issues: tuple[str, ...]) -> None:
    assert issues_in(sentence) == issues


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Taiwan Strait", ("taiwan strait*",)),
        ("South China Sea", ("south china sea",)),
        ("Legislative Yuan", ("legislative yuan",)),
        ("the yuan fell", ("yuan",)),
        ("strade and spying", ("spying",)),
        ("trade warming", ("trade",)),
        ("semiconductors", ("semiconductor*",)),
        ("the aid said", ()),
    ],
    ids=str,
)
def test_longest_whole_word_wins(text: str, words: tuple[str, ...]) -> None:
    assert tuple(word for word, _ in found_words(text)) == words


def test_every_issue_has_words_and_every_word_an_issue() -> None:
    used = list(issue_words().values())
    assert set(used) == set(ISSUES) - {"other"}
    assert {issue: used.count(issue) for issue in set(used) if used.count(issue) < 25} == {}


def test_words_are_lower_case_with_the_star_last() -> None:
    bad = [w for w in issue_words() if w != w.lower().strip() or "*" in w[:-1] or len(w) < 2]
    assert bad == []


def test_word_names_its_issue() -> None:
    alone = {word: f"It was about {word.removesuffix('*')} again." for word in issue_words()}
    lost = {
        word: issues_in(text)
        for word, text in alone.items()
        if issues_in(text)[0] != issue_words()[word]
    }
    assert lost == {}


@given(st.text())
def test_any_text_has_an_issue(text: str) -> None:
    found = issues_in(text)
    assert found
    assert len(set(found)) == len(found)
    assert set(found) <= set(ISSUES)
