from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from detente.errors import SourceChangedError
from detente.ontology.plover import EventType, event_type
from detente.ontology.tables import read_table
from detente.panel import EventPanel
from detente.sources.events import EventBatch
from detente.sources.polecat import plover_code, read_polecat, sector_role
from detente.sources.values import RowError

_SIDE = (
    *("{0} Name", "{0} Country", "{0} COW", "Primary {0} Sector", "{0} Sectors", "{0} Title"),
    *("{0} Name Raw", "Wikipedia {0} ID"),
)
HEADER = (
    *("Event ID", "Event Date", "Event Type", "Event Mode", "Event Intensity", "Quad Code"),
    "Contexts",
    *(name.format(side) for side in ("Actor", "Recipient") for name in _SIDE),
    *("Placename", "City", "District", "Province", "Country", "Latitude", "Longitude"),
    *("GeoNames ID", "Raw Placename", "Feature Type", "Source", "Publication Date"),
    *("Story People", "Story Organizations", "Story Locations", "Language", "Version"),
)


def line(**given: str) -> str:
    fields = {
        **dict.fromkeys(HEADER, "None"),
        "Event ID": "ESDY0001",
        "Event Date": "2023-06-18",
        "Event Type": "CONSULT",
        "Event Mode": "visit",
        "Event Intensity": "3.5",
        "Quad Code": "VERBAL COOPERATION",
        "Contexts": "diplomatic|military",
        "Actor Name": 'Antony "Tony" Blinken',
        "Actor Country": "USA",
        "Primary Actor Sector": "GOV",
        "Recipient Name": "China",
        "Recipient Country": "CHN",
        "Publication Date": "2023-06-19",
        **{name.replace("_", " "): value for name, value in given.items()},
    }
    return "\t".join(fields.values())


def read(folder: Path, *lines: str, header: Sequence[str] = HEADER) -> EventBatch:
    path = folder / "ngecEvents.DV.2023.txt"
    path.write_text("\n".join(["\t".join(header), *lines]) + "\n", encoding="utf-8")
    (batch,) = read_polecat(path)
    return batch


def test_reads_a_row(tmp_path: Path) -> None:
    (row,) = read(tmp_path, line()).events.to_pylist()
    assert (row["occurred_on"], row["published_on"]) == (date(2023, 6, 18), date(2023, 6, 19))
    assert (row["actor"], row["actor_role"], row["recipient"]) == ("USA", "GOV", "CHN")
    assert (row["cameo_code"], row["realm"], row["tone"]) == ("042", "say", "coop")
    assert (row["issues"], row["recipient_role"]) == (["relations", "military"], "")


def test_intensity_is_not_goldstein(tmp_path: Path) -> None:
    batch = read(tmp_path, line(), line(Event_Intensity="-9.9"))
    assert batch.events["goldstein"].to_pylist() == [1.9, 1.9]


def test_issues_differ_by_row(tmp_path: Path) -> None:
    contexts = ("cyber;health", "None", "election")
    batch = read(tmp_path, *(line(Contexts=cell) for cell in contexts))
    assert batch.events["issues"].to_pylist() == [["cyber", "health"], [], ["other"]]


def test_no_publication_is_the_event_s_day(tmp_path: Path) -> None:
    batch = read(tmp_path, line(Publication_Date="None", Event_Date="2023-06-18 04:00:00"))
    assert batch.events["published_on"].to_pylist() == [date(2023, 6, 18)]


@pytest.mark.parametrize(
    ("given", "pairs"),
    [
        pytest.param({"Recipient_Country": "USA"}, ["USA USA"], id="at home"),
        pytest.param({"Actor_Country": "USA;JPN"}, ["USA CHN", "JPN CHN"], id="two actors"),
        pytest.param(
            {"Actor_Country": "USA|CHN", "Recipient_Country": "CHN|USA"},
            ["USA CHN", "CHN USA"],
            id="each other",
        ),
        pytest.param(
            {"Actor_Country": "USA;JPN", "Recipient_Country": "CHN;RUS"},
            ["USA CHN", "USA RUS", "JPN CHN", "JPN RUS"],
            id="two by two",
        ),
        pytest.param({"Actor_Country": "USA;USA"}, ["USA CHN"], id="two of one country"),
        pytest.param(
            {"Actor_Country": "None", "Actor_Name": "European Union"}, ["EU CHN"], id="body"
        ),
    ],
)
def test_a_row_is_its_directed_pairs(
    tmp_path: Path, given: dict[str, str], pairs: list[str]
) -> None:
    batch = read(tmp_path, line(Event_Date="2023-06-17"), line(**given))
    rows = [row for row in batch.events.to_pylist() if row["origin_line"] == 3]
    assert [f"{row['actor']} {row['recipient']}" for row in rows] == pairs
    assert batch.refusals == ()


def test_each_country_has_its_own_sector(tmp_path: Path) -> None:
    given = {"Actor_Country": "USA;JPN", "Primary_Actor_Sector": "MIL;BUS"}
    batch = read(tmp_path, line(**given))
    assert batch.events["actor_role"].to_pylist() == ["MIL", "BUS"]


def test_pairs_are_accounted_for_exactly(tmp_path: Path) -> None:
    """Six pairs of three lines: one stands three times, one with an unknown country twice."""
    rows = [
        line(Actor_Country="USA;ZZZ"),
        line(Actor_Country="USA;ZZZ"),
        line(Actor_Country="USA;JPN"),
    ]
    batch = read(tmp_path, *rows)
    assert [(r.line, r.original) for r in batch.refusals] == [(2, rows[0]), (3, rows[1])]
    path = tmp_path / "ngecEvents.DV.2023.txt"
    entry = EventPanel(tmp_path / "panel").ingest("polecat", path, read_polecat(path)).entry
    assert (entry.rows_in, entry.kept, entry.duplicate, entry.quarantined) == (6, 2, 3, 1)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        pytest.param({"Event_Type": "HUG"}, "event type 'HUG': no PLOVER event type", id="type"),
        pytest.param({"Quad_Code": "MATERIAL CONFLICT"}, "does not go with", id="quad differs"),
        pytest.param({"Quad_Code": "LUKEWARM"}, "expected one of verbal_cooperation", id="quad"),
        pytest.param({"Event_Date": "2023-06-31"}, "date '2023-06-31'", id="day"),
        pytest.param({"Event_Date": "2023-06-18x"}, "date '2023-06-18x'", id="more than a day"),
        pytest.param({"Event_Date": "2013-06-18"}, "365 days or more", id="ten years off"),
        pytest.param({"Recipient_Country": "None"}, "no dyad", id="no country"),
        pytest.param({"Recipient_Country": "AFR"}, "unknown country code 'AFR'", id="region"),
    ],
)
def test_refuses_a_row_with_its_reason(tmp_path: Path, given: dict[str, str], reason: str) -> None:
    batch = read(tmp_path, line(), line(**given))
    (refusal,) = batch.refusals
    assert reason in refusal.reason
    assert (refusal.line, refusal.original) == (3, line(**given))


@pytest.mark.parametrize("missing", ["Event Type", "Contexts", "Primary Recipient Sector"])
def test_a_missing_column_is_named(tmp_path: Path, missing: str) -> None:
    header = [name if name != missing else "x" for name in HEADER]
    with pytest.raises(
        SourceChangedError, match=f"columns {missing} looked for, .*; give a yearly"
    ):
        read(tmp_path, line(), header=header)


@pytest.mark.parametrize("row", read_table("plover_cameo"), ids=lambda row: "-".join(row.values()))
def test_the_code_of_a_type_is_of_that_type(row: dict[str, str]) -> None:
    """A retreat of no known mode is CAMEO's yielding in general, which the crosswalk calls CONCEDE."""
    quad = row["quad"].replace("_", " ").upper()
    code = plover_code(f"{row['event_type']}|{row['mode']}|{quad}").code
    expected = {"RETREAT": "CONCEDE"} if code == "080" else {}
    assert code == row["cameo"]
    assert event_type(code) == expected.get(row["event_type"], row["event_type"])


@pytest.mark.parametrize("kind", list(EventType))
def test_every_type_has_a_code_and_an_unknown_mode_is_the_type_s(kind: EventType) -> None:
    assert plover_code(f"{kind}|never heard of|") == plover_code(f"{kind}||")


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("REQUEST|meet|VERBAL COOPERATION", "026"),
        ("REQUEST|meet|VERBAL CONFLICT", "106"),
        ("REQUEST|meet|", "106"),
        ("SANCTION||VERBAL CONFLICT", "160"),
        ("consult|Third_Party|Verbal-Cooperation", "044"),
    ],
)
def test_the_quad_code_decides_where_types_are_wide(kind: str, code: str) -> None:
    assert plover_code(kind).code == code


def test_a_sanction_is_no_cooperation() -> None:
    with pytest.raises(RowError, match="does not go with event type SANCTION"):
        plover_code("SANCTION||VERBAL COOPERATION")


@pytest.mark.parametrize(
    ("sectors", "role"),
    [("", ""), ("GOV", "GOV"), ("BUS;MIL", "MIL"), ("JRN", "MED"), ("IGO", ""), ("LAB", "CVL")],
)
def test_sectors_become_a_role(sectors: str, role: str) -> None:
    assert sector_role(sectors) == role
