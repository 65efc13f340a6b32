from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from detente.errors import NotEnoughDataError, UnknownNameError
from detente.pipeline.adding import add
from detente.pipeline.briefs import brief
from detente.pipeline.coding import code
from detente.pipeline.commitments import commitments
from detente.pipeline.gaps import gap
from detente.pipeline.loading import add_events, add_indicators
from detente.pipeline.meetings import meetings
from detente.pipeline.workspace import Workspace, init
from tests.kit import AT

Write = Callable[..., Path]
Coded = Callable[..., Workspace]
AS_OF = date(2023, 6, 30)

OBJECTS = (
    "steel mills over exports to a warring state",
    "banks that cleared oil money",
    "chip designers tied to the army",
    "drone makers of the northwest",
    "shippers who dodged an embargo",
    "chemical plants selling precursors",
    "surveillance firms after a rights report",
    "telecom suppliers near missile bases",
    "fishing fleets for forced labour",
    "solar growers in a remote region",
    "aircraft brokers with false papers",
    "data centres run by spies",
)
DEEDS = " ".join(f"The United States imposed sanctions on Chinese {what}." for what in OBJECTS)


@pytest.fixture(name="workspace")
def workspace_fixture(tmp_path: Path) -> Workspace:
    return init(tmp_path / "study")


@pytest.fixture(name="write")
def write_fixture(tmp_path: Path) -> Write:
    """Write a small document with front matter and return its path."""

    def make(name: str, body: str, published: str = "2023-06-19", **keys: str) -> Path:
        path = tmp_path / f"{name}.md"
        head = {"title": name, "publisher": "A ministry", "published": published} | keys
        lines = "\n".join(f"{key}: {value}" for key, value in head.items())
        path.write_text(f"---\n{lines}\n---\n{body}\n", encoding="utf-8")
        return path

    return make


@pytest.fixture(name="coded")
def coded_fixture(workspace: Workspace) -> Coded:
    """Add paths and code them."""

    def make(*paths: Path) -> Workspace:
        add(workspace, paths, added_at=AT)
        code(workspace, coded_at=AT, coder="patterns")
        return workspace

    return make


def answers(study: Workspace) -> list[str]:
    verbs = (brief, gap, meetings, commitments)
    return [verb(study, "USA", "CHN", as_of=AS_OF).model_dump_json() for verb in verbs]


def test_nothing_published_later_is_used(coded: Coded, write: Write, tmp_path: Path) -> None:
    early = write("early", "Beijing accused Washington. The two sides agreed to keep talking.")
    study = coded(early)
    before = answers(study)
    late = write("late", "Beijing praised Washington. Both sides agreed to meet.", "2023-07-01")
    straddling = write("span", "Washington praised Beijing.", "2023-06-18/2023-07-02")
    coded(late, straddling)
    (tmp_path / "t.toml").write_text(
        'name = "t"\nactor = "USA"\nrecipient = "CHN"\nissue = "trade"\nsign = -1\nunit = "percent"\n'
        'kind = "level"\ncadence = "irregular"\npublication_lag_days = 0\nsource = "A bureau"\n',
        encoding="utf-8",
    )
    (tmp_path / "t.csv").write_text(
        "on,value,published_on\n2020-01-01,3,2023-07-05\n2023-06-01,25,2023-07-05\n",
        encoding="utf-8",
    )
    add_indicators(study, [tmp_path / "t.csv"], added_at=AT)
    assert answers(study) == before
    assert gap(study, "USA", "CHN", as_of=date(2023, 7, 5)).rows[0].indicators


def test_too_few_deeds_give_no_gap_and_say_so(coded: Coded, write: Write) -> None:
    answer = gap(coded(write("a", "Beijing accused Washington.")), "CHN", "USA", as_of=AS_OF)
    assert all(row.gap is None and "too few deeds" in str(row.gap_reason) for row in answer.rows)
    assert "Where deeds are too few, no gap is given." in answer.limitations


def test_enough_deeds_give_a_gap_with_an_interval(coded: Coded, write: Write) -> None:
    answer = gap(coded(write("a", DEEDS)), "USA", "CHN", as_of=AS_OF, by_issue=True)
    first = answer.rows[0]
    assert first.gap is not None
    assert first.gap.low < first.gap.value < first.gap.high
    assert len(first.deed_cites) == 12
    assert {*first.deed_cites} <= {c.id for c in answer.cites}
    assert {row.issue for row in answer.rows} > {None, "investment"}


def test_a_deed_known_only_from_the_accuser_is_not_counted(coded: Coded, write: Write) -> None:
    text = "Chinese forces intercepted an American aircraft."
    told = write("a", text, account_of="USA/GOV")
    row = gap(coded(told, write("w", "Beijing accused Washington.")), "CHN", "USA", as_of=AS_OF)
    assert row.rows[0].deeds.n_conflictual == 0
    own = coded(write("b", text.replace("aircraft", "plane"), account_of="CHN/MIL"))
    assert gap(own, "CHN", "USA", as_of=AS_OF).rows[0].deeds.n_conflictual == 1


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"actor": "Chyna"}, "did you mean"),
        ({"issue": "taiwn"}, "did you mean taiwan"),
        ({"source": "reuters"}, "known are documents"),
    ],
    ids=["state", "issue", "source"],
)
def test_unknown_names_are_named(
    coded: Coded, write: Write, facts: dict[str, str], words: str
) -> None:
    study = coded(write("a", "Beijing accused Washington."))
    with pytest.raises(UnknownNameError, match=words):
        gap(study, **({"actor": "USA", "recipient": "CHN", "as_of": AS_OF} | facts))  # type: ignore[arg-type]


def test_a_pair_without_events_has_no_gap(coded: Coded, write: Write) -> None:
    with pytest.raises(NotEnoughDataError, match="at least 1 needed"):
        gap(coded(write("a", "Beijing accused Washington.")), "FRA", "DEU", as_of=AS_OF)


def test_two_accounts_of_one_meeting_are_one(coded: Coded, write: Write) -> None:
    ours = write("a", "Secretary of State Antony Blinken met Foreign Minister Qin Gang in Beijing.")
    theirs = write(
        "b",
        "China's Qin Gang met Antony Blinken in Beijing and spoke of the year ahead.",
        "2023-06-20",
    )
    (entry,) = meetings(coded(ours, theirs), "USA", "CHN", as_of=AS_OF).meetings
    assert entry.n_documents == 2


def test_sources_stand_side_by_side(coded: Coded, write: Write, tmp_path: Path) -> None:
    study = coded(write("a", "Beijing accused Washington."))
    table, mapping = tmp_path / "e.csv", tmp_path / "m.toml"
    lines = [f"2023-06-{day:02d},USA,CHN,{code}" for day in range(1, 11) for code in ("042", "163")]
    table.write_text("\n".join(["day,a,b,code", *lines, "2023-06-01,USA,CHN,13y"]) + "\n")
    mapping.write_text(
        'name = "mine"\nnames = "iso3"\ndate_format = "%Y-%m-%d"\n[columns]\ndate = "day"\n'
        'actor = "a"\nrecipient = "b"\ncameo = "code"\n'
    )
    (file,) = add_events(study, [table], mapping=mapping).files
    assert file.rows_in == file.kept + file.duplicate + file.quarantined == 21
    assert "13y" in Path(file.quarantine or "").read_text(encoding="utf-8")
    answer = gap(study, "USA", "CHN", as_of=AS_OF)
    assert {row.source for row in answer.rows} == {"documents", "mine"}
