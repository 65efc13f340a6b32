import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from detente.errors import TextError
from detente.pipeline.adding import AddReport, add
from detente.pipeline.coding import code
from detente.pipeline.gaps import gap
from detente.pipeline.workspace import Workspace
from detente.records import DateInterval, Document, DocumentKind, Original
from detente.text.duplicates import THRESHOLD, signature, similarity

AT = datetime(2024, 1, 2, 12, tzinfo=UTC)
NOTICE = (
    "The Department of Commerce put a further nine companies of the People's Republic of China on "
    "its Entity List for the diversion of chip tools to the navy, and said that every licence for "
    "them would be refused until the Bureau of Industry and Security finds that end uses changed."
)
CHINESE = "中美双方在北京举行会谈。双方同意继续保持沟通。中方要求美方取消关税。" * 4
Write = Callable[..., Path]
Counts = Callable[[Workspace], dict[str, int]]


def documents(workspace: Workspace) -> dict[str, Document]:
    with workspace.ledger() as ledger:
        return {d.title: d for d in ledger.all_documents()}


def rows_file(folder: Path, *lines: str) -> Path:
    path = folder / "rows.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def row(day: int) -> str:
    text = f"The United States and China talked for {day} hours in Geneva."
    return json.dumps({"text": text, "date": f"2023-06-{day:02d}", "title": f"row {day}"})


def test_twice_is_once(empty: Workspace, write: Write, counts: Counts) -> None:
    paths = [write("one", "China met the United States."), write("two", "They parted.")]
    first = add(empty, paths, added_at=AT)
    before = counts(empty)
    again = add(empty, [paths[0].parent], added_at=datetime(2025, 1, 1, tzinfo=UTC))
    assert (first.added, first.known) == (2, 0)
    assert (again.added, again.known) == (0, 2)
    assert again.document_ids == first.document_ids
    assert counts(empty) == before
    assert before["documents"] == 2


def test_all_or_nothing(empty: Workspace, write: Write, counts: Counts) -> None:
    good = write("good", "China met the United States.")
    (good.parent / "zz.txt").write_bytes(b"a\0b")
    before = counts(empty)
    with pytest.raises(TextError, match=r"zz\.txt: binary content.*--quarantine"):
        add(empty, [good.parent], added_at=AT)
    assert counts(empty) == before


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        pytest.param("{broken", "not valid JSON", id="broken"),
        pytest.param('{"title": "x"}', "a row without text", id="without text"),
        pytest.param('{"text": "x", "date": "2023-06-31"}', "not a day", id="no such day"),
        pytest.param(
            '{"text": "China met us.", "date": "2999-01-01"}', "after today", id="in the future"
        ),
    ],
)
def test_a_bad_row_is_named_once_by_its_line(
    empty: Workspace, tmp_path: Path, bad: str, reason: str
) -> None:
    path = rows_file(tmp_path, *[row(d) for d in range(1, 7)], bad, row(8))
    with pytest.raises(TextError, match=reason) as caught:
        add(empty, [path], added_at=AT)
    assert str(caught.value).count("line 7") == 1
    assert not documents(empty)


def test_quarantine_takes_the_rest_and_tells(empty: Workspace, tmp_path: Path) -> None:
    path = rows_file(tmp_path, row(1), "{broken", row(3), '{"title": "x"}')
    report = add(empty, [path], added_at=AT, quarantine=True)
    assert report.added == 2
    assert [(r.line, r.original) for r in report.refused] == [
        (2, "{broken"),
        (4, '{"title": "x"}'),
    ]
    assert report.refused[0].reason.startswith("not valid JSON")
    assert set(documents(empty)) == {"row 1", "row 3"}


def test_the_day_of_the_call_is_no_future(empty: Workspace, write: Write) -> None:
    today = write("today", "China met the United States.", published="2024-01-02")
    assert add(empty, [today], added_at=AT).added == 1
    tomorrow = write("tomorrow", "They met again.", published="2024-01-02/2024-01-03")
    with pytest.raises(TextError, match="correct its date"):
        add(empty, [tomorrow], added_at=AT)


def test_near_duplicates_are_linked_and_kept(empty: Workspace, write: Write) -> None:
    write("a", NOTICE, published="2023-06-01")
    first = write("b", NOTICE.replace("nine", "eight"), published="2023-06-03")
    report = add(empty, [first.parent], added_at=AT)
    held = documents(empty)
    assert (report.added, report.near_duplicates) == (2, 1)
    assert held["a"].duplicate_of is None
    assert held["b"].duplicate_of == held["a"].document_id


@pytest.mark.parametrize(
    ("day", "linked"),
    [
        pytest.param("2023-07-16", True, id="45 days"),
        pytest.param("2023-07-17", False, id="46 days"),
        pytest.param("2022-06-01", False, id="a year before"),
        pytest.param("", True, id="undated"),
    ],
)
def test_a_renewed_notice_is_no_repeat(
    empty: Workspace, write: Write, day: str, linked: bool
) -> None:
    add(empty, [write("a", NOTICE, published="2023-06-01")], added_at=AT)
    report = add(empty, [write("b", f"{NOTICE} Again.", published=day)], added_at=AT)
    assert report.near_duplicates == linked


def test_other_languages_are_kept_uncoded(empty: Workspace, write: Write) -> None:
    report = add(empty, [write("会谈", CHINESE), write("en", NOTICE)], added_at=AT)
    coded = code(empty, coded_at=AT, coder="patterns")
    assert (report.added, report.not_english, coded.documents) == (2, 1, 1)
    assert documents(empty)["会谈"].language == "zh"
    with empty.ledger() as ledger:
        assert not ledger.readings(documents(empty)["会谈"].document_id)


def test_undated_stays_out_of_figures(study: Workspace, write: Write) -> None:
    day = date(2023, 6, 30)
    before = gap(study, "USA", "CHN", as_of=day)
    path = write("undated", "The United States sanctioned a Chinese bank.", published="")
    report = add(study, [path], added_at=AT)
    code(study, coded_at=AT, coder="patterns")
    assert report.undated == 1
    assert documents(study)["undated"].published is None
    assert gap(study, "USA", "CHN", as_of=day) == before


def test_what_the_caller_gives_fills_gaps_only(empty: Workspace, write: Write) -> None:
    given = Original(
        content=b"",
        media_type="text/plain",
        origin="",
        published=DateInterval.day(date(2023, 1, 1)),
        publisher="A newspaper",
        kind=DocumentKind.NEWS,
    )
    silent = write("silent", "China met the United States.", published="")
    add(empty, [silent, write("dated", "They parted.")], added_at=AT, given=given)
    held = documents(empty)
    assert (str(held["silent"].published), held["silent"].publisher) == (
        "2023-01-01",
        "A newspaper",
    )
    assert str(held["dated"].published) == "2023-06-19"
    assert held["dated"].kind is DocumentKind.NEWS


def test_progress_hears_of_every_document(empty: Workspace, write: Write) -> None:
    heard: list[tuple[str, int | None]] = []
    steps: list[int] = []

    class Bar:
        def start(self, what: str, total: int | None) -> None:
            heard.append((what, total))

        def advance(self, steps_done: int = 1) -> None:
            steps.append(steps_done)

    paths = [write(str(n), f"China met the United States {n} times.") for n in range(3)]
    report: AddReport = add(empty, paths, added_at=AT, progress=Bar())
    assert heard == [("reading documents", None), ("storing documents", 3)]
    assert sum(steps) == 2 * report.added


@pytest.mark.parametrize("order", [(0, 1, 2), (1, 0, 2), (1, 2, 0)], ids=str)
@pytest.mark.parametrize("at_once", [True, False], ids=["one call", "three calls"])
def test_repeats_are_linked_to_the_first_one_taken(
    empty: Workspace, write: Write, order: tuple[int, ...], *, at_once: bool
) -> None:
    words = [f"clause{n} of the communique was read aloud" for n in range(50)]
    texts = [
        ". ".join(["The", *words[cut:], *(f"added{number}{n} text here" for n in range(2))]) + "."
        for number, cut in enumerate((0, 3, 7))
    ]
    marks = [signature(text) for text in texts]
    assert similarity(marks[0], marks[2]) < THRESHOLD < similarity(marks[1], marks[2])
    paths = [write(f"text{number}", texts[number]) for number in order]
    calls = [paths] if at_once else [[path] for path in paths]
    ids = [name for call in calls for name in add(empty, call, added_at=AT).document_ids]
    with empty.ledger() as ledger:
        links = [ledger.document(name).duplicate_of for name in ids]
    assert links == [None, ids[0], ids[0]]
