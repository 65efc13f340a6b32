"""Who does what to whom in one sentence, of a document on the United States and China."""

from collections.abc import Callable

import pytest

Directed = Callable[..., list[str]]

SUBJECTS = {
    "active": ("China condemned Japan.", ["CHN/GOV > JPN/GOV 11 blame"]),
    "passive": ("Japan was condemned by China.", ["CHN/GOV > JPN/GOV 11 blame"]),
    "passive firms": (
        "Chinese firms were banned by the United States.",
        ["USA/GOV > CHN/BUS 16 deed"],
    ),
    "passive without doer": ("Japan was condemned.", []),
    "both sides": (
        "The two sides agreed to reopen the channel.",
        ["USA/GOV > CHN/GOV 03 commit", "CHN/GOV > USA/GOV 03 commit"],
    ),
    "A and B": (
        "Tokyo and Seoul agreed to reopen the channel.",
        ["JPN/GOV > KOR/GOV 03 commit", "KOR/GOV > JPN/GOV 03 commit"],
    ),
    "A as well as B": (
        "Tokyo, as well as Seoul, agreed to wait.",
        ["JPN/GOV > KOR/GOV 03 commit", "KOR/GOV > JPN/GOV 03 commit"],
    ),
    "meeting holds both ways": (
        "China met with Japan.",
        ["CHN/GOV > JPN/GOV 04 consult", "JPN/GOV > CHN/GOV 04 consult"],
    ),
    "owner of a visit": (
        "China’s two-day visit to Japan ended.",
        ["CHN/GOV > JPN/GOV 04 consult", "JPN/GOV > CHN/GOV 04 consult"],
    ),
    "owner of what acts does not act": ("China's fast new trains rightly threatened Japan.", []),
    "state after a preposition does not act": ("In China, prices fell and were criticized.", []),
    "bare adjective does not act": ("Chinese prices threatened Japan.", []),
    "firms do not act": ("Chinese companies accused Japan.", []),
    "the sides with a third": (
        "Japan and the two sides agreed to wait.",
        ["USA/GOV > CHN/GOV 03 commit", "CHN/GOV > USA/GOV 03 commit"],
    ),
}

MODES = {
    "not": (
        "China did not impose sanctions on Japan.",
        ["CHN/GOV > JPN/GOV 16 deed denied"],
    ),
    "never": ("China never condemned Japan.", ["CHN/GOV > JPN/GOV 11 blame denied"]),
    "not yet": ("China has not yet banned Japan.", ["CHN/GOV > JPN/GOV 16 deed denied"]),
    "neither": (
        "Neither side agreed to wait.",
        ["USA/GOV > CHN/GOV 03 commit denied", "CHN/GOV > USA/GOV 03 commit denied"],
    ),
    "not seeking is a reassurance": (
        "China does not seek to rule Japan.",
        ["CHN/GOV > JPN/GOV 01 assure"],
    ),
    "must, author's": ("Japan must lift its tariffs.", ["JPN/GOV > nobody 08 deed called_for"]),
    "must, of the United States": (
        "The United States must lift its tariffs on China.",
        ["USA/GOV > CHN/GOV 08 deed called_for"],
    ),
    "should, author's": (
        "China should meet with Japan.",
        ["CHN/GOV > JPN/GOV 04 consult called_for", "JPN/GOV > CHN/GOV 04 consult called_for"],
    ),
    "must, a speaker's": (
        "China said Japan must stop its patrols.",
        ["CHN/GOV > JPN/GOV 10 demand"],
    ),
    "should, a speaker's": (
        "Tokyo said Moscow should stop its patrols.",
        ["JPN/GOV > RUS/GOV 10 demand"],
    ),
    "must, of two": (
        "India said the United States and China must stop their drills.",
        ["IND/GOV > USA/GOV 10 demand", "IND/GOV > CHN/GOV 10 demand"],
    ),
    "must stop, author's": ("Japan must stop its patrols.", []),
    "may": ("China may ban Japan.", ["CHN/GOV > JPN/GOV 16 deed hypothetical"]),
    "if": (
        "If China condemned Japan, prices would fall.",
        ["CHN/GOV > JPN/GOV 11 blame hypothetical"],
    ),
    "will, warm deed": (
        "China will lift its tariffs on Japan.",
        ["CHN/GOV > JPN/GOV 03 commit"],
    ),
    "will, cold deed": ("China will impose tariffs on Japan.", ["CHN/GOV > JPN/GOV 13 threaten"]),
    "plans to meet": ("Japan plans to meet with China.", ["JPN/GOV > CHN/GOV 03 commit"]),
}

RECIPIENTS = {
    "topic is no recipient": (
        "China accused Japan of spreading rumours about India.",
        ["CHN/GOV > JPN/GOV 11 blame"],
    ),
    "only a topic": (
        "The United States accused its rival of shady lending in India.",
        ["USA/GOV > CHN/GOV 11 blame"],
    ),
    "word without one is to the counterpart": (
        "China rejected the idea.",
        ["CHN/GOV > USA/GOV 12 reject"],
    ),
    "deed without one is to nobody": ("China banned apps.", ["CHN/GOV > nobody 16 deed"]),
    "talks without one are none": ("China met for tea.", []),
    "other countries": ("China urged other countries to wait.", ["CHN/GOV > nobody 02 appeal"]),
    "firms": ("China sanctioned American companies.", ["CHN/GOV > USA/BUS 16 deed"]),
    "oneself is none": ("China warned Beijing.", ["CHN/GOV > USA/GOV 13 threaten"]),
    "third state has no counterpart": ("India rejected the idea.", ["IND/GOV > nobody 12 reject"]),
    "discuss is with the counterpart": (
        "China discussed India.",
        ["CHN/GOV > USA/GOV 04 consult", "USA/GOV > CHN/GOV 04 consult"],
    ),
}

LISTS = {
    "deeds share a subject": (
        "The United States imposed tariffs on China, banned Chinese apps and detained a Japanese.",
        [
            "USA/GOV > CHN/GOV 16 deed",
            "USA/GOV > CHN/GOV 16 deed",
            "USA/GOV > JPN/GOV 17 deed",
        ],
    ),
    "deeds share an object": (
        "China maintains tariffs and sanctions on Japan.",
        ["CHN/GOV > JPN/GOV 16 deed", "CHN/GOV > JPN/GOV 16 deed"],
    ),
    "object of the first is no subject of the second": (
        "China condemned Japan and sanctioned India.",
        ["CHN/GOV > JPN/GOV 11 blame", "CHN/GOV > IND/GOV 16 deed"],
    ),
    "second subject is not the first": (
        "Tokyo sanctioned Moscow, and Seoul accused Moscow.",
        ["JPN/GOV > RUS/GOV 16 deed", "KOR/GOV > RUS/GOV 11 blame"],
    ),
    "content of a demand is no deed": (
        "China demanded that Japan lift its tariffs.",
        ["CHN/GOV > JPN/GOV 10 demand"],
    ),
    "same word twice is one": (
        "China condemned Japan, and again condemned Japan.",
        ["CHN/GOV > JPN/GOV 11 blame"],
    ),
    "content of a promise is no deed": (
        "China promised to lift its tariffs on Japan.",
        ["CHN/GOV > JPN/GOV 03 commit"],
    ),
    "content of an appeal is no meeting": (
        "China urged the United States to hold talks.",
        ["CHN/GOV > USA/GOV 02 appeal"],
    ),
    "after a semicolon it is a deed": (
        "China promised calm; it banned Japan.",
        ["CHN/GOV > JPN/GOV 03 commit", "CHN/GOV > JPN/GOV 16 deed"],
    ),
}

ATTRIBUTED = {
    "other's deed": (
        "Japan said China detained two Japanese executives.",
        ["CHN/GOV > JPN/BUS 17 deed says JPN/GOV"],
    ),
    "own deed": (
        "China said it detained two Japanese executives.",
        ["CHN/GOV > JPN/BUS 17 deed"],
    ),
    "nobody's word": (
        "China detained two Japanese executives.",
        ["CHN/GOV > JPN/BUS 17 deed"],
    ),
    "States is no verb of speech": (
        "In the United States China sanctioned a Japanese firm.",
        ["CHN/GOV > JPN/BUS 16 deed"],
    ),
}


@pytest.mark.parametrize(("text", "expected"), SUBJECTS.values(), ids=SUBJECTS)
def test_subject(directed: Directed, text: str, expected: list[str]) -> None:
    assert directed(text) == expected


@pytest.mark.parametrize(("text", "expected"), MODES.values(), ids=MODES)
def test_mode(directed: Directed, text: str, expected: list[str]) -> None:
    assert directed(text) == expected


@pytest.mark.parametrize(("text", "expected"), RECIPIENTS.values(), ids=RECIPIENTS)
def test_recipient(directed: Directed, text: str, expected: list[str]) -> None:
    assert directed(text) == expected


@pytest.mark.parametrize(("text", "expected"), LISTS.values(), ids=LISTS)
def test_list_of_deeds(directed: Directed, text: str, expected: list[str]) -> None:
    assert directed(text) == expected


@pytest.mark.parametrize(("text", "expected"), ATTRIBUTED.values(), ids=ATTRIBUTED)
def test_attribution(directed: Directed, text: str, expected: list[str]) -> None:
    assert directed(text) == expected
