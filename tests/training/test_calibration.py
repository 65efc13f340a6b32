from collections.abc import Callable
from types import ModuleType

import pytest

Load = Callable[[str], ModuleType]


def test_the_error_is_the_hand_count(training: Load) -> None:
    records = [(0.95, True), (0.91, False), (0.55, True), (0.1, False)]
    by_hand = (2 * abs(0.93 - 0.5) + abs(0.55 - 1) + abs(0.1 - 0)) / 4
    assert training("calibration").expected_error(records) == pytest.approx(by_hand)


@pytest.mark.parametrize(
    ("records", "error"),
    [
        pytest.param([], 0.0, id="no record"),
        pytest.param([(1.0, True)], 0.0, id="sure and right"),
        pytest.param([(1.0, False)], 1.0, id="sure and wrong"),
    ],
)
def test_the_error_at_its_ends(
    training: Load, records: list[tuple[float, bool]], error: float
) -> None:
    assert training("calibration").expected_error(records) == error


def test_bins_tell_confidence_and_share_right(training: Load) -> None:
    found = training("calibration").bins_of([(0.6, True), (0.68, False), (1.0, True)])
    assert found == [
        {"from": 0.6, "records": 2, "confidence": 0.64, "right": 0.5},
        {"from": 0.9, "records": 1, "confidence": 1.0, "right": 1.0},
    ]
