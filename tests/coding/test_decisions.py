from collections.abc import Mapping

import numpy as np
import pytest

from detente.coding.decisions import decide
from detente.coding.encoder import HEADS, classes
from detente.ontology.acts import Act, Mode
from detente.ontology.cameo import Tone


def scores(**shares: Mapping[str, float]) -> dict[str, np.ndarray]:
    """Logits whose shares are those given; every other class has next to none."""
    found = {head: np.full((1, len(classes()[head])), -20.0, np.float32) for head in HEADS}
    for head, given in shares.items():
        for name, share in given.items():
            found[head][0][classes()[head].index(name)] = np.log(share)
    return found


def test_certainty_is_what_no_event_leaves() -> None:
    read = scores(mode={"none": 0.3, "actual": 0.7}, root={"11": 1.0}, act={"blame": 1.0})
    decision = decide(read, 0)
    assert decision.certainty == pytest.approx(0.7, abs=1e-4)
    assert decision.mode is Mode.ACTUAL
    assert decision.sayings[0].confidence == pytest.approx(0.7, abs=1e-4)


def test_the_mode_is_the_likeliest_even_where_no_event_is_likelier() -> None:
    read = scores(mode={"none": 0.6, "denied": 0.3, "actual": 0.1}, root={"16": 1.0})
    assert decide(read, 0).mode is Mode.DENIED


@pytest.mark.parametrize(
    ("roots", "told"),
    [({"04": 0.6, "03": 0.4}, ["04", "03"]), ({"04": 0.8, "03": 0.2}, ["04"])],
    ids=["two", "one"],
)
def test_a_pair_has_two_events_where_both_are_likely(
    roots: dict[str, float], told: list[str]
) -> None:
    read = scores(mode={"actual": 1.0}, root=roots, act={"consult": 1.0})
    assert [said.root for said in decide(read, 0).sayings] == told


@pytest.mark.parametrize(
    ("root", "act", "tone", "expected"),
    [
        ("16", "blame", "coop", (None, Tone.CONFLICT)),
        ("07", "blame", "conf", (None, Tone.COOPERATION)),
        ("01", "claim", "neutral", (Act.CLAIM, Tone.NEUTRAL)),
        ("01", "affirm", "coop", (Act.AFFIRM, Tone.COOPERATION)),
        ("02", "appeal", "conf", (Act.APPEAL, Tone.COOPERATION)),
    ],
)
def test_tone_follows_the_root_and_deeds_have_no_act(
    root: str, act: str, tone: str, expected: tuple[Act | None, Tone]
) -> None:
    said = decide(
        scores(mode={"actual": 1.0}, root={root: 1.0}, act={act: 1.0}, tone={tone: 1.0}), 0
    )
    assert (said.sayings[0].act, said.sayings[0].tone) == expected
