import json
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.errors import SourceError, UnknownNameError, WorkspaceError
from detente.panel import EventPanel, FileEntry
from detente.records import Refusal
from tests.panel.conftest import START, Stretch, Take, event, stretch

LATE = date(2030, 1, 1)
LEAN = settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])

rows_of_events = st.lists(
    st.builds(
        event,
        day=st.integers(0, 5),
        url=st.sampled_from([None, "https://a.example/1", "https://a.example/2"]),
        actor=st.sampled_from(["USA", "CHN"]),
        actor_role=st.sampled_from(["", "GOV", "BUS"]),
        published_on=st.integers(5, 9).map(lambda lag: START + timedelta(days=lag)),
    ),
    min_size=1,
    max_size=12,
)


def totals(panel: EventPanel, as_of: date = LATE) -> list[dict[str, Any]]:
    names = [source.name for source in panel.sources()]
    return [row for name in names for row in panel.daily_totals(name, as_of).to_pylist()]


def n_events(rows: Sequence[dict[str, Any]]) -> int:
    """Count events the long way round: a row counts when none like it was published before."""
    seen: dict[tuple[Any, ...], list[int]] = {}
    for row in sorted(rows, key=lambda row: row["published_on"]):
        state = row["actor_role"] != "BUS"
        key = (row["actor"], row["recipient"], row["root"], state, row["repeat_key"])
        seen.setdefault(key, []).append(row["occurred_on"].toordinal())
    return sum(
        all(abs(day - other) > 1 for other in days[:at])
        for days in seen.values()
        for at, day in enumerate(days)
    )


def everything(panel: EventPanel) -> list[Path]:
    return sorted(path for path in panel.folder.rglob("*") if path.is_file())


def put(panel: EventPanel, folder: Path, name: str, *stretches: Stretch) -> FileEntry:
    file = folder / name
    file.write_text(name, encoding="utf-8")
    return panel.ingest("icews", file, stretches).entry


@given(rows=rows_of_events, cut=st.integers(0, 12), n_refused=st.integers(0, 3))
@LEAN
@pytest.mark.slow
def test_every_row_is_counted_once(rows: list[dict[str, Any]], cut: int, n_refused: int) -> None:
    refusals = [Refusal(origin="f", line=9, reason="r", original="same")] * n_refused
    with tempfile.TemporaryDirectory() as folder:
        panel = EventPanel(Path(folder) / "panel")
        first = put(panel, Path(folder), "one", stretch(rows[:cut], refusals), stretch([]))
        second = put(panel, Path(folder), "two", stretch(rows[cut:]))
    for entry in (first, second):
        assert entry.rows_in == entry.kept + entry.duplicate + entry.quarantined
        assert entry.duplicate >= 0
    assert first.kept == n_events(rows[:cut])
    assert first.quarantined == min(n_refused, 1)


@given(rows=rows_of_events, cut=st.integers(0, 12))
@LEAN
@pytest.mark.slow
def test_order_of_ingestion_changes_no_count(rows: list[dict[str, Any]], cut: int) -> None:
    seen = []
    for files in ((rows[:cut], rows[cut:]), (rows[cut:], rows[:cut])):
        with tempfile.TemporaryDirectory() as folder:
            panel = EventPanel(Path(folder) / "panel")
            for name, part in zip(("one", "two"), files, strict=True):
                put(panel, Path(folder), name, stretch(part))
            seen.append(totals(panel))
    assert seen[0] == seen[1]


@given(rows=rows_of_events, poison=rows_of_events, days=st.integers(0, 9))
@LEAN
@pytest.mark.slow
def test_nothing_published_later_leaks_in(
    rows: list[dict[str, Any]], poison: list[dict[str, Any]], days: int
) -> None:
    as_of = START + timedelta(days=days)
    later = [{**row, "published_on": as_of + timedelta(days=1)} for row in poison]
    with tempfile.TemporaryDirectory() as folder:
        panel = EventPanel(Path(folder) / "panel")
        put(panel, Path(folder), "one", stretch(rows))
        before = totals(panel, as_of)
        put(panel, Path(folder), "two", stretch(later))
        after = totals(panel, as_of)
    assert before == after


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([event(0), event(0)], 1, id="exact repeat"),
        pytest.param([event(0), event(1)], 2, id="no url: the next day is another event"),
        pytest.param([event(0, url="u"), event(1, url="u")], 1, id="url: a day later"),
        pytest.param([event(1, url="u"), event(0, url="u")], 1, id="url: a day earlier"),
        pytest.param([event(0, url="u"), event(2, url="u")], 2, id="url: two days later"),
        pytest.param([event(0, url="u"), event(0, url="v")], 2, id="other url"),
        pytest.param(
            [event(0, url="u"), event(0, url="u", cameo_code="043")],
            1,
            id="url: other code of the root",
        ),
        pytest.param(
            [event(0, url="u"), event(0, url="u", cameo_code="051", root="05")], 2, id="other root"
        ),
        pytest.param(
            [event(0, url="u", actor_role="BUS"), event(0, url="u")], 1, id="a firm hides no state"
        ),
        pytest.param([event(0, recipient_role="CVL")], 0, id="the public is not the state"),
        pytest.param([event(0, actor_role="MIL", recipient_role="LEG")], 1, id="organs are"),
    ],
)
def test_counts_distinct_events_of_states(
    panel: EventPanel, take: Take, rows: list[dict[str, Any]], expected: int
) -> None:
    take(rows)
    counts = panel.daily_counts("icews", "USA", "CHN", LATE)
    assert sum(counts["n"].to_pylist()) == expected


def test_repeats_are_found_over_files(panel: EventPanel, take: Take) -> None:
    take([event(0, url="u"), event(4)])
    entry = take([event(1, url="u"), event(4), event(5)]).entry
    assert (entry.rows_in, entry.kept, entry.duplicate) == (3, 1, 2)


@pytest.mark.parametrize(
    ("url", "expected"),
    [pytest.param(None, 5, id="summed"), pytest.param("u", 2, id="of the first")],
)
def test_reports_of_a_repeated_event(
    panel: EventPanel, take: Take, url: str | None, expected: int
) -> None:
    take([event(0, url=url, n_reports=2), event(0, url=url, n_reports=3)])
    rows = panel.rows("icews", "USA", "CHN", START, START, LATE)
    assert rows["n_reports"].to_pylist() == [expected]


def test_daily_counts_sum_goldstein_by_day_root_and_tone(panel: EventPanel, take: Take) -> None:
    take(
        [
            event(0, cameo_code="043", goldstein=0.5),
            event(0, goldstein=2.0),
            event(1, goldstein=2.0),
        ]
    )
    assert panel.daily_counts("icews", "USA", "CHN", LATE).to_pylist() == [
        {"occurred_on": START, "root": "04", "tone": "coop", "n": 2, "goldstein_sum": 2.5},
        {
            "occurred_on": START + timedelta(days=1),
            "root": "04",
            "tone": "coop",
            "n": 1,
            "goldstein_sum": 2.0,
        },
    ]


def test_daily_counts_keep_one_issue(panel: EventPanel, take: Take) -> None:
    take([event(0, issues=["trade", "taiwan"]), event(1)])
    assert panel.daily_counts("icews", "USA", "CHN", LATE, issue="taiwan").num_rows == 1


def test_totals_leave_domestic_events_out(panel: EventPanel, take: Take) -> None:
    take([event(0), event(0, recipient="USA")])
    assert panel.daily_totals("icews", LATE)["n"].to_pylist() == [1]


def test_rows_show_file_and_line_newest_first(panel: EventPanel, take: Take) -> None:
    take([event(0), event(1), event(2, root="16", cameo_code="163", realm="do", tone="conf")])
    end = START + timedelta(days=9)
    rows = panel.rows("icews", "USA", "CHN", START, end, LATE, realm="say", limit=1).to_pylist()
    assert [(row["file"], row["origin_line"]) for row in rows] == [("week1.tab", 2)]


def test_the_same_file_twice_changes_nothing(panel: EventPanel, tmp_path: Path) -> None:
    first = put(panel, tmp_path, "one", stretch([event(0)]))
    before = (tmp_path / "panel" / "manifest.sqlite").read_bytes()

    unread = iter([stretch([event(7)])])
    again = panel.ingest("icews", tmp_path / "one", unread)
    assert next(unread, None) is not None
    assert (again.entry, again.is_new) == (first, False)
    assert (tmp_path / "panel" / "manifest.sqlite").read_bytes() == before


def test_quarantine_holds_line_reason_and_original(panel: EventPanel, take: Take) -> None:
    refusal = Refusal(origin="f", line=7, reason="unknown CAMEO code '13y'", original="a\t13y")
    take([event(0)], [refusal])
    path = next((panel.folder / "files").glob("*.quarantine.jsonl"))
    assert json.loads(path.read_text(encoding="utf-8")) == {
        "line": 7,
        "reason": "unknown CAMEO code '13y'",
        "original": "a\t13y",
    }


def test_a_stopped_ingestion_leaves_nothing(panel: EventPanel, take: Take, tmp_path: Path) -> None:
    take([event(0)])
    before = everything(panel)

    def broken() -> Iterator[Stretch]:
        yield stretch([event(1)])
        raise SourceError(source="icews", location="f", reason="damaged; fetch it again")

    file = tmp_path / "broken.tab"
    file.write_text("broken", encoding="utf-8")
    with pytest.raises(SourceError, match="fetch it again"):
        panel.ingest("icews", file, broken())
    assert everything(panel) == before
    assert [source.rows for source in panel.sources()] == [1]


@pytest.mark.parametrize(
    "name",
    ["weeks/icews/2022-W52/000002-0001.events.parquet", "links/icews/x.parquet", "files/x.part"],
)
def test_a_stray_half_written_file_is_swept_away(panel: EventPanel, take: Take, name: str) -> None:
    take([event(0)])
    stray = panel.folder / name
    stray.parent.mkdir(parents=True, exist_ok=True)
    stray.write_bytes(b"PAR1 half")
    assert panel.daily_totals("icews", LATE)["n"].to_pylist() == [1]
    assert take([event(1)]).entry.kept == 1
    assert not stray.exists()


def _lose(panel: EventPanel) -> None:
    next((panel.folder / "weeks").rglob("*.events.parquet")).unlink()


def _cut(panel: EventPanel) -> None:
    path = next((panel.folder / "weeks").rglob("*.events.parquet"))
    path.write_bytes(path.read_bytes()[:100])


def _scribble(panel: EventPanel) -> None:
    path = panel.folder / "manifest.sqlite"
    path.write_bytes(b"SQLite format 3\0" + b"x" * 5000)


def _newer(panel: EventPanel) -> None:
    with closing(sqlite3.connect(panel.folder / "manifest.sqlite")) as manifest, manifest:
        manifest.execute("UPDATE meta SET version = 99")


def _older(panel: EventPanel) -> None:
    (panel.folder / "manifest.sqlite").unlink()
    (panel.folder / "manifest.json").write_text("{}", encoding="utf-8")


@pytest.mark.parametrize("damage", [_lose, _cut, _scribble, _newer, _older])
def test_damage_is_named_with_its_mend(
    panel: EventPanel, take: Take, damage: Callable[[EventPanel], None]
) -> None:
    take([event(0)])
    damage(panel)
    with pytest.raises(WorkspaceError, match="ingest the files again"):
        panel.daily_totals("icews", LATE)


def test_unknown_source_offers_the_known(panel: EventPanel, take: Take) -> None:
    take([event(0)])
    with pytest.raises(UnknownNameError, match="did you mean icews"):
        panel.daily_totals("icew", LATE)


def test_missing_file_says_what_to_give(panel: EventPanel, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="give the path of a downloaded file"):
        panel.ingest("icews", tmp_path / "none.tab", [])


def test_sources(panel: EventPanel, take: Take) -> None:
    take([event(0), event(3), event(1, actor="RUS")])
    assert [(s.name, s.files, s.rows, s.first) for s in panel.sources()] == [("icews", 1, 3, START)]


def test_an_empty_panel_has_no_sources(panel: EventPanel) -> None:
    assert panel.sources() == ()
