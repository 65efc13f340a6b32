"""States and organisations: agreement with ISO 3166-1 and the names users type."""

import csv
from pathlib import Path

import pycountry
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import UnknownNameError
from detente.ontology.states import (
    countries,
    iso3_from_cow,
    iso3_from_gw,
    organisations,
    resolve_country,
)

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
CROSSWALK = SHARED / "data" / "reference" / "country_crosswalk_icews.csv"
NOT_ISO = {"TMP": "TLS", "KSV": "XKX", "EUR": "EU"}
OWN_ISO_ENTRY = {
    "antarctica": "ATA",
    "jersey": "JEY",
    "mayotte": "MYT",
    "saint barthelemy": "BLM",
}
BROKEN_SPELLING = {"curaã§ao"}
NO_STATE_NUMBER = {0, 327, 997}  # none; the Papal States; a number the file made up


def crosswalk_rows() -> list[dict[str, str]]:
    if not CROSSWALK.exists():
        return []
    with CROSSWALK.open(encoding="utf-8") as lines:
        return [row for row in csv.DictReader(lines) if len(row["code3"]) == 3]


def test_every_iso_entry_is_there_with_its_codes() -> None:
    ours = {c.iso3: (c.iso2, c.numeric) for c in countries().values() if c.iso3 != "XKX"}
    assert ours == {c.alpha_3: (c.alpha_2, c.numeric) for c in pycountry.countries}


@pytest.mark.parametrize("attribute", ["name", "common_name", "official_name"])
def test_every_iso_name_resolves(attribute: str) -> None:
    named = {c.alpha_3: getattr(c, attribute, c.alpha_3) for c in pycountry.countries}
    assert {code: resolve_country(name) for code, name in named.items()} == {c: c for c in named}


def test_no_name_belongs_to_two_states() -> None:
    owners: dict[str, set[str]] = {}
    for c in countries().values():
        for name in (c.name, c.official, *c.aliases, *c.demonyms, *c.capitals, *c.metonyms):
            owners.setdefault(name, set()).add(c.iso3)
    assert {name: codes for name, codes in owners.items() if len(codes) > 1} == {}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("United States", "USA"),
        ("U.S.", "USA"),
        ("the united states of america", "USA"),
        ("PRC", "CHN"),
        ("People's Republic of China", "CHN"),
        ("People\u2019s Republic of China", "CHN"),
        ("Republic of China", "TWN"),
        ("Republic of Korea", "KOR"),
        ("DPRK", "PRK"),
        ("Turkey", "TUR"),
        ("turkiye", "TUR"),
        ("Cote d'Ivoire", "CIV"),
        ("Burma", "MMR"),
        ("Swaziland", "SWZ"),
        ("Kosovo", "XKX"),
        ("GB", "GBR"),
        ("AU", "AUS"),
        ("UNSC", "UN"),
        ("European Union", "EU"),
        ("world bank", "WB"),
        ("G-7", "G7"),
    ],
    ids=str,
)
def test_names_users_type(name: str, code: str) -> None:
    assert resolve_country(name) == code


@pytest.mark.parametrize(
    ("name", "offer"),
    [("Chyna", "China"), ("Untied States", "United States"), ("cn", "did you mean|known are")],
    ids=["misspelt", "letters changed", "alpha-2 in small letters"],
)
def test_unknown_name_offers_others(name: str, offer: str) -> None:
    with pytest.raises(UnknownNameError, match=offer):
        resolve_country(name)


@pytest.mark.parametrize("name", ["Korea", "Virgin Islands", ""], ids=["two", "both", "empty"])
def test_ambiguous_name_is_refused(name: str) -> None:
    with pytest.raises(UnknownNameError, match=r"did you mean|known are"):
        resolve_country(name)


@given(st.sampled_from(sorted(countries())), st.sampled_from([str.upper, str.lower, str.title]))
def test_letter_case_does_not_matter(iso3: str, change: object) -> None:
    assert callable(change)
    assert resolve_country(change(countries()[iso3].name)) == iso3


@pytest.mark.skipif(not SHARED.exists(), reason="../shared is not here")
def test_icews_names_resolve() -> None:
    wanted = {
        row["icews_name"]: OWN_ISO_ENTRY.get(
            row["icews_name"], NOT_ISO.get(row["code3"], row["code3"])
        )
        for row in crosswalk_rows()
        if row["icews_name"] not in BROKEN_SPELLING
    }
    assert len(wanted) > 200
    assert {name: resolve_country(name) for name in wanted} == wanted


@pytest.mark.skipif(not SHARED.exists(), reason="../shared is not here")
def test_cow_numbers_agree_with_the_crosswalk() -> None:
    wanted = {
        int(row["cow"]): NOT_ISO.get(row["code3"], row["code3"])
        for row in crosswalk_rows()
        if row["cow"] and int(row["cow"]) not in NO_STATE_NUMBER
    }
    assert len(wanted) > 180
    assert {number: iso3_from_cow(number) for number in wanted} == wanted


@pytest.mark.parametrize(
    ("cow", "gw", "iso3"),
    [
        (255, 260, "DEU"),
        (345, 340, "SRB"),
        (679, 678, "YEM"),
        (946, 970, "KIR"),
        (970, 971, "NRU"),
        (955, 972, "TON"),
        (947, 973, "TUV"),
        (220, 220, "FRA"),
        (200, 200, "GBR"),
        (713, 713, "TWN"),
        (347, 347, "XKX"),
    ],
    ids=str,
)
def test_where_the_two_state_lists_differ(cow: int, gw: int, iso3: str) -> None:
    assert (iso3_from_cow(cow), iso3_from_gw(gw)) == (iso3, iso3)


def test_members_of_the_state_system_are_counted() -> None:
    cow = [c.cow for c in countries().values() if c.cow is not None]
    gw = [c.gw for c in countries().values() if c.gw is not None]
    assert (len(cow), len(set(cow)), len(gw), len(set(gw))) == (195, 195, 195, 195)


def test_numbers_of_states_that_ended_are_refused() -> None:
    with pytest.raises(UnknownNameError, match=r"did you mean|known are"):
        iso3_from_cow(265)
    with pytest.raises(UnknownNameError, match=r"did you mean|known are"):
        iso3_from_gw(345)


def test_organisation_codes_are_no_codes_of_states() -> None:
    states = {code for c in countries().values() for code in (c.iso3, c.iso2)}
    assert {code for code in organisations() if code in states or not 2 <= len(code) <= 10} == set()
