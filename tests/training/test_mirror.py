from collections.abc import Callable
from datetime import date
from types import ModuleType
from typing import Any

import pytest

Load = Callable[[str], ModuleType]
ON = date(2023, 6, 18)
BLAME = ("CHN/GOV", "USA/GOV", "11", "conf", "actual")
SANCTION = ("USA/GOV", "CHN/BUS", "16", "conf", "actual")


def _audited(mirror: ModuleType, before: set[Any], after: set[Any], why: str = "") -> object:
    return mirror.Audited(frozenset(before), frozenset(after), why)


def test_events_mirrored_twice_are_themselves(training: Load) -> None:
    mirror = training("mirror")
    found = frozenset({BLAME, SANCTION, ("JPN/GOV", "USA/GOV", "04", "coop", "actual")})
    assert mirror.mirrored(found) != found
    assert mirror.mirrored(mirror.mirrored(found)) == found


def test_the_summary_counts_what_differs(training: Load) -> None:
    mirror = training("mirror")
    other = (*BLAME[:2], "12", "conf", "denied")
    found = mirror.summary(
        [
            _audited(mirror, {BLAME}, {BLAME}),
            _audited(mirror, set(), set()),
            _audited(mirror, {BLAME}, {other}, "phrases found"),
            _audited(mirror, {BLAME}, {SANCTION}, "actors found"),
        ]
    )
    assert (found["mirrored"], found["sentences"]) == (0.5, 4)
    assert found["mirrored_of_those_with_events"] == pytest.approx(1 / 3, abs=1e-4)
    differences = {"other root": 1, "other mode": 1, "only before": 1, "only after": 1}
    assert found["differences"] == differences
    assert found["explained"] == {"phrases found": 1, "actors found": 1}
    assert found["worst"][0]["before"] == [" ".join(BLAME)]


@pytest.mark.parametrize(
    ("text", "is_whole"),
    [
        pytest.param("China accused the United States.", True, id="states"),
        pytest.param("Chinese officials met the U.S. Navy.", True, id="groups"),
        pytest.param("The Pentagon accused China.", False, id="a ministry without counterpart"),
        pytest.param("U.S. Senator Chuck Schumer accused China.", False, id="a person without one"),
        pytest.param("Lawmakers said the US trusts China.", False, id="a legislature unnamed"),
        pytest.param("The Communist Party of China praised the US.", False, id="name in a name"),
    ],
)
def test_only_what_can_be_exchanged_whole_is_asked(
    training: Load, text: str, is_whole: bool
) -> None:
    assert training("mirror").is_whole(text, ON) is is_whole


def test_a_plain_accusation_is_mirrored(training: Load) -> None:
    mirror = training("mirror")
    found = mirror.audited(mirror.Asked("Beijing accused Washington of bullying.", ON))
    assert found.is_mirrored
    assert any(code[:3] == BLAME[:3] for code in found.before)
