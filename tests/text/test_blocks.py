"""Body or furniture, on a page written for this test."""

import pytest

from detente.text.blocks import Role, is_prose, roles, shows_furniture

BODY = [
    (
        "The two governments ended three days of talks in Vienna on Friday with a list of points on "
        "which they agree and a longer one on which they do not. Neither side called it a success."
    ),
    (
        "Officials who took part said that the talks were frank. They said that a further round had "
        "been agreed for the spring, and that the two ministers would speak by telephone before it."
    ),
    (
        "On trade the distance remains wide, for the tariffs of last year stand and new ones have "
        "been announced. The ministries of finance were not at the table."
    ),
]
PAGE = [
    ("Follow us on social", Role.FURNITURE),
    ("2021-03-19t071652z_123_rc2_rtrmadp_3_vienna-talks-scaled", Role.CAPTION),
    ("Vienna talks end: what was won?", Role.HEADLINE),
    ("Three days of talks gave two lists and a date for the next round.", Role.FURNITURE),
    ("Analysis | Europe", Role.FURNITURE),
    *((paragraph, Role.BODY) for paragraph in BODY),
    (
        (
            "Thanks to our readers and supporters, this site had a good year. Please consider a "
            "tax-deductible gift, so that our reporting can go on."
        ),
        Role.FURNITURE,
    ),
    ("Envoys leave the hall in Vienna, March 19, 2021. REUTERS/Staff", Role.CAPTION),
    ("river floods", Role.FURNITURE),
    ("Bridges of the north are closed after the rain", Role.FURNITURE),
    ("The rain has closed eleven bridges. Repairs may take until the autumn.", Role.FURNITURE),
    ("keep reading", Role.FURNITURE),
    ("Newsletter", Role.FURNITURE),
    ("Subscribe now to our weekly letter and never miss a story.", Role.FURNITURE),
]


def test_page_that_lost_its_html() -> None:
    found = roles([block for block, _ in PAGE])
    assert [(b, str(r)) for (b, _), r in zip(PAGE, found, strict=True)] == [
        (b, str(r)) for b, r in PAGE
    ]


@pytest.mark.parametrize(
    "blocks",
    [
        pytest.param(["The two ministers spoke by telephone. They agreed to meet."], id="note"),
        pytest.param(["They met.", "They agreed.", "- Trade", "- Visas"], id="bullets"),
        pytest.param(["THE PRESIDENT: Yes.", "Q Why?", "THE PRESIDENT: No."], id="transcript"),
        pytest.param(
            ["Trade between the two states, which donate to the same fund, has grown."],
            id="cue word",
        ),
    ],
)
def test_clean_text_is_kept_whole(blocks: list[str]) -> None:
    assert set(roles(blocks)) == {Role.BODY}


def test_a_note_under_a_button_is_not_lost() -> None:
    found = roles(["The two ministers met in Vienna.", "Sign up for our newsletter"])
    assert list(found) == [Role.BODY, Role.FURNITURE]


def test_a_button_inside_an_article_cuts_nothing_before_it() -> None:
    found = roles([*BODY, "Continue reading", *BODY])
    assert [role is Role.BODY for role in found] == [True] * 3 + [False] + [True] * 3


@pytest.mark.parametrize(
    ("block", "prose"), [("###", False), ("* * *", False), ("5:41", False), ("No.", True)]
)
def test_is_prose(block: str, *, prose: bool) -> None:
    assert is_prose(block) is prose


def test_no_blocks_show_no_furniture() -> None:
    assert not shows_furniture([])
    assert roles([]) == ()
