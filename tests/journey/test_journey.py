"""From files to a brief, as a newcomer would go, on what the project ships and on real input."""

from datetime import date
from pathlib import Path

import pytest

from detente.pipeline.adding import add
from detente.pipeline.briefs import Brief, brief
from detente.pipeline.coding import code
from detente.pipeline.gaps import gap
from detente.pipeline.loading import add_events, add_indicators, indicator_files
from detente.pipeline.verifying import verify
from detente.pipeline.workspace import Workspace, init
from tests.kit import AT, ROOT, shared_fixture

__all__ = ["shared_fixture"]

AS_OF = date(2023, 6, 30)
TEASED = {"RUS", "UKR", "SYR", "UZB"}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    examples = ROOT / "examples" / "us-china"
    study = init(tmp_path_factory.mktemp("demo") / "us-china")
    add(study, [examples / "documents"], added_at=AT)
    add_indicators(study, indicator_files([examples / "indicators"]), added_at=AT)
    code(study, coded_at=AT)
    return study


@pytest.fixture(scope="module")
def answer(demo: Workspace) -> Brief:
    return brief(demo, "USA", "China", as_of=AS_OF)


def test_the_demo_is_sourced_summaries(demo: Workspace) -> None:
    with demo.ledger() as ledger:
        documents = ledger.all_documents()
    assert len(documents) >= 40
    assert all(d.kind == "summary" and d.url and d.published for d in documents)
    days = [d.published.start for d in documents if d.published]
    assert (min(days).year, max(days).isoformat()[:7]) == (2021, "2024-11")


def test_the_demo_evidence_is_found_again(demo: Workspace) -> None:
    report = verify(demo)
    assert report.evidence > 1000
    assert report.broken == ()


def test_the_brief_holds_the_visit(answer: Brief) -> None:
    (visit,) = [
        m.meeting
        for m in answer.meetings
        if "Xi Jinping" in {p.name for p in m.meeting.participants}
        and m.meeting.within.start == date(2023, 6, 18)
    ]
    names = {p.name for p in visit.participants}
    assert names >= {"Antony Blinken", "Qin Gang", "Wang Yi", "Xi Jinping"}
    assert (str(visit.within), visit.place) == ("2023-06-18/2023-06-19", "Beijing")


def test_the_brief_measures_both_sides(answer: Brief) -> None:
    assert {(r.actor, r.recipient) for r in answer.gaps} == {("USA", "CHN"), ("CHN", "USA")}
    for row in answer.gaps:
        assert row.gap is not None
        assert row.gap.low < row.gap.value < row.gap.high


def test_every_figure_has_its_evidence(answer: Brief) -> None:
    known = {c.id for c in answer.cites}
    named = {c for r in (*answer.gaps, *answer.gaps_by_issue) for c in r.word_cites + r.deed_cites}
    named |= {c for m in answer.meetings for c in m.accounts}
    named |= {c.cite for c in answer.commitments}
    assert named <= known
    assert len(named) > 100
    assert answer.limitations


def test_the_seed_article_is_read_right(shared: Path, tmp_path: Path) -> None:
    study = init(tmp_path / "seed")
    add(study, [shared / "seed" / "article.txt"], added_at=AT)
    code(study, coded_at=AT)
    found = brief(study, "USA", "CHN", as_of=AS_OF)
    (visit,) = [m.meeting for m in found.meetings]
    assert {p.name for p in visit.participants} == {
        "Antony Blinken", "Qin Gang", "Wang Yi", "Xi Jinping",
    }  # fmt: skip
    assert "Beijing" in str(visit.place)
    assert visit.days == 2
    assert visit.within.start <= date(2023, 6, 18)
    assert date(2023, 6, 19) <= visit.within.end <= AS_OF
    shared_issues = {i.issue for i in found.shared_interests}
    assert shared_issues >= {"climate", "health", "food", "narcotics", "macro", "crisis"}
    (promise,) = [c.commitment for c in found.commitments]
    assert "high-level communication" in promise.what
    assert set(promise.makers) == {"USA/GOV", "CHN/GOV"}
    us, china = found.sides
    assert any(e.act == "assure" and "contain" in e.text for e in us.words)
    assert {i for e in us.deeds for i in e.issues} >= {"trade", "investment", "technology"}
    assert {i for e in china.deeds for i in e.issues} >= {"cyber", "trade", "taiwan"}
    actors = {a.split("/")[0] for s in found.sides for e in (*s.words, *s.deeds)
              for a in (e.actor, e.recipient or "")}  # fmt: skip
    assert not actors & TEASED
    assert verify(study).broken == ()


def test_before_the_interval_ends_the_seed_is_not_known(shared: Path, tmp_path: Path) -> None:
    study = init(tmp_path / "seed")
    add(study, [shared / "seed" / "article.txt"], added_at=AT)
    code(study, coded_at=AT)
    assert brief(study, "USA", "CHN", as_of=date(2023, 6, 29)).n_documents == 0


@pytest.mark.slow
def test_the_white_house_documents_go_in_whole(shared: Path, tmp_path: Path) -> None:
    study = init(tmp_path / "white-house")
    path = shared / "data" / "texts" / "white_house_china.jsonl.gz"
    now = AT.replace(year=2026, month=11, day=1)
    assert add(study, [path], added_at=now).added == 506
    assert code(study, coded_at=now, coder="patterns").documents > 490
    report = verify(study)
    assert report.sentences > 70_000
    assert report.broken == ()


@pytest.mark.slow
def test_event_files_load_with_exact_accounts(shared: Path, tmp_path: Path) -> None:
    study = init(tmp_path / "icews")
    events = shared / "data" / "events"
    mapping = ROOT / "src/detente/sources/mappings/icews_parquet.toml"
    (year,) = add_events(study, [events / "icews18.parquet"], mapping=mapping).files
    week_file = events / "icews_raw_week_2021-01-03.parquet"
    (week,) = add_events(study, [week_file], source_format="icews").files
    assert year.rows_in == year.kept + year.duplicate + year.quarantined == 468_558
    assert week.rows_in == week.kept + week.duplicate + week.quarantined == 7_251
    rows = gap(study, "USA", "CHN", as_of=date(2018, 9, 30)).rows
    assert [(r.actor, r.recipient) for r in rows] == [("USA", "CHN"), ("CHN", "USA")]
    assert all(r.gap is not None and r.gap.low < r.gap.high for r in rows)
