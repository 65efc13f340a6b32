"""The fitted score of blocks."""

from hypothesis import given
from hypothesis import strategies as st

from detente.text.block_scores import block_scores

PROSE = "The two governments met and agreed on a list of points that they will discuss again. "


@given(st.lists(st.text(max_size=80), max_size=12))
def test_every_block_gets_a_finite_score(blocks: list[str]) -> None:
    scores = block_scores(blocks)
    assert len(scores) == len(blocks)
    assert all(-20 < score < 20 for score in scores)


def test_neighbours_speak_for_a_block() -> None:
    among = block_scores([PROSE * 2, "Talks on trade", PROSE * 2])[1]
    alone = block_scores(["Home", "Talks on trade", "Search"])[1]
    assert among > alone


def test_prose_beats_menu_lines() -> None:
    scores = block_scores(["Home", "Sign in", PROSE * 3, PROSE * 2, "Privacy policy"])
    assert sorted(range(5), key=scores.__getitem__)[-2:] in ([2, 3], [3, 2])
