import time
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.measures.distinct_events import EventFact, distinct_events

SAID = "China accused the United States of provocation in the strait"
FACT = EventFact("a", "CHN/GOV", "USA/GOV", "11", 737000, 737000, 737000, SAID)
ROW = replace(FACT, text=None, url="https://paper.example/1", is_file_row=True)
BARE = replace(FACT, text=None)


def _ids(*facts: EventFact) -> list[list[str]]:
    return [[fact.event_id for fact in group] for group in distinct_events(facts)]


@pytest.mark.parametrize(
    ("first", "changes", "joined"),
    [
        pytest.param(FACT, {}, True, id="same"),
        pytest.param(FACT, {"text": SAID.upper() + "!"}, True, id="case and stops"),
        pytest.param(FACT, {"text": SAID + " on Monday"}, True, id="two words more"),
        pytest.param(FACT, {"text": "China blamed Washington"}, False, id="other words"),
        pytest.param(FACT, {"start": 737001, "end": 737001}, True, id="next day"),
        pytest.param(FACT, {"start": 737002, "end": 737002}, False, id="two days on"),
        pytest.param(FACT, {"end": 737030}, False, id="a month's interval"),
        pytest.param(FACT, {"root": "12"}, False, id="other root"),
        pytest.param(FACT, {"actor": "USA/GOV", "recipient": "CHN/GOV"}, False, id="turned round"),
        pytest.param(FACT, {"issues": frozenset({"taiwan"})}, False, id="issue known of one"),
        pytest.param(ROW, {}, True, id="rows of one url"),
        pytest.param(ROW, {"text": "quite another"}, True, id="one url, other text"),
        pytest.param(ROW, {"url": "https://paper.example/2"}, False, id="other url"),
        pytest.param(ROW, {"start": 736999, "end": 736999}, True, id="one url, day before"),
        pytest.param(ROW, {"start": 736998, "end": 736998}, False, id="one url, earlier"),
        pytest.param(
            replace(ROW, is_file_row=False),
            {"text": "another sentence of that page"},
            False,
            id="sentences of one page",
        ),
        pytest.param(BARE, {}, True, id="exact repeat"),
        pytest.param(BARE, {"start": 737001, "end": 737001}, False, id="repeat a day on"),
        pytest.param(BARE, {"fingerprint": "042"}, False, id="repeat but for a column"),
        pytest.param(BARE, {"text": SAID}, False, id="bare and worded"),
    ],
)
def test_joining(first: EventFact, changes: dict[str, object], *, joined: bool) -> None:
    other = replace(first, event_id="b", published=737005, **changes)  # type: ignore[arg-type]
    assert _ids(first, other) == ([["a", "b"]] if joined else [["a"], ["b"]])


def test_issues_keep_apart_unless_shared() -> None:
    trade, taiwan, both = (frozenset(x) for x in ({"trade"}, {"taiwan"}, {"trade", "taiwan"}))
    facts = [replace(FACT, event_id=i, issues=x) for i, x in (("a", trade), ("b", taiwan))]
    assert _ids(*facts) == [["a"], ["b"]]
    assert _ids(facts[0], replace(FACT, event_id="c", issues=both)) == [["a", "c"]]


def test_earliest_published_stands_first() -> None:
    facts = [replace(FACT, event_id=i, published=p) for i, p in (("a", 9), ("b", 3), ("c", 5))]
    for order in permutations(facts):
        assert _ids(*order) == [["b", "c", "a"]]


def test_url_of_a_repeat_leads_to_its_group() -> None:
    first = replace(ROW, text=SAID)
    reprint = replace(first, event_id="b", url="https://paper.example/2", published=737001)
    edited = replace(reprint, event_id="c", text="quite another", published=737002)
    assert _ids(first, reprint, edited) == [["a", "b", "c"]]


def test_daily_repeats_do_not_chain() -> None:
    days = [
        replace(FACT, event_id=f"{d}", start=737000 + d, end=737000 + d, published=737000 + d)
        for d in range(6)
    ]
    assert _ids(*days) == [["0", "1"], ["2", "3"], ["4", "5"]]


sentences = st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=8).map(" ".join)


@given(st.lists(st.tuples(sentences, st.integers(0, 3)), max_size=12))
def test_prefix_filter_finds_what_comparing_all_finds(rows: list[tuple[str, int]]) -> None:
    facts = [
        replace(FACT, event_id=f"{i:02}", text=t, start=d, end=d, published=i)
        for i, (t, d) in enumerate(rows)
    ]
    leaders: list[list[EventFact]] = []
    for fact in facts:
        fits = [g for g in leaders if abs(g[0].start - fact.start) <= 1 and _like(g[0], fact)]
        if not fits:
            leaders.append([fact])
    found = distinct_events(facts)
    assert [group[0].event_id for group in found] == [g[0].event_id for g in leaders]
    assert sorted(f.event_id for g in found for f in g) == [f.event_id for f in facts]


def _like(one: EventFact, other: EventFact) -> bool:
    left, right = set((one.text or "").split()), set((other.text or "").split())
    return len(left & right) / len(left | right) >= 0.6


@given(st.lists(st.integers(0, 3), max_size=10))
def test_joining_twice_changes_nothing(days: list[int]) -> None:
    facts = [replace(FACT, event_id=f"{i}", start=d, end=d) for i, d in enumerate(days)]
    once = [group[0] for group in distinct_events(facts)]
    assert [group[0] for group in distinct_events(once)] == once


@pytest.mark.slow
def test_one_busy_day_stays_quick() -> None:
    facts = [
        replace(FACT, event_id=str(i), text=f"China w{i} said x{i} to y{i} about z{i % 50}")
        for i in range(5_000)
    ]
    began = time.perf_counter()
    assert len(distinct_events(facts)) == 5_000
    assert time.perf_counter() - began < 5
