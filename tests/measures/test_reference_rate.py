from collections.abc import Callable
from datetime import date, timedelta

import pyarrow as pa
import pytest

from detente.measures.reference_rate import reference_rate
from detente.measures.windows import window_ending
from detente.ontology.cameo import Realm

WINDOW = window_ending(date(2018, 9, 30))
BEFORE = WINDOW.start - timedelta(1)


def test_rate_is_the_share_of_the_year_before(daily: Callable[..., pa.Table]) -> None:
    totals = daily(
        [
            (BEFORE, "06", "coop", 60),
            (WINDOW.start - timedelta(365), "16", "conf", 240),
            (WINDOW.start - timedelta(366), "16", "conf", 999),
            (WINDOW.start, "16", "conf", 999),
        ]
    )
    found = reference_rate(totals, Realm.DO, WINDOW)
    assert (found.share, found.n) == (0.2, 300)
    assert "this source" in found.basis


@pytest.mark.parametrize(
    ("realm", "meetings", "share"),
    [
        pytest.param(Realm.SAY, True, 0.870, id="words"),
        pytest.param(Realm.SAY, False, 0.762, id="words without meetings"),
        pytest.param(Realm.DO, True, 0.217, id="deeds"),
        pytest.param(Realm.DO, False, 0.217, id="deeds have no meetings"),
    ],
)
def test_shipped_rate_stands_in_and_says_so(
    daily: Callable[..., pa.Table], realm: Realm, share: float, *, meetings: bool
) -> None:
    totals = daily([(BEFORE, "06", "coop", 199), (BEFORE, "05", "coop", 199)])
    found = reference_rate(totals, realm, WINDOW, meetings=meetings)
    assert (found.share, found.n) == (share, 199)
    assert "ICEWS 2018" in found.basis
    assert "200 needed" in found.basis


def test_without_meetings_changes_words(daily: Callable[..., pa.Table]) -> None:
    rows = [
        (BEFORE, "04", "coop", 600),
        (BEFORE, "05", "coop", 200),
        (BEFORE, "11", "conf", 200),
    ]
    both = [reference_rate(daily(rows), Realm.SAY, WINDOW, meetings=m).share for m in (True, False)]
    assert both == [0.8, 0.5]


@pytest.mark.parametrize(("root", "tone"), [("06", "coop"), ("16", "conf")], ids=["warm", "cold"])
def test_one_sided_source_keeps_finite_odds(
    daily: Callable[..., pa.Table], root: str, tone: str
) -> None:
    found = reference_rate(daily([(BEFORE, root, tone, 500)]), Realm.DO, WINDOW)
    assert 0 < found.share < 1
