"""Rows in the layout of GDELT 2.0's event files, invented, for benchmarks and tests.

Dyads, codes and pages follow power laws, as in the real files. The same seed gives the same rows.
"""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np

FAULTS = ("date", "country", "width", "code", "goldstein", "repeat")
"""What a bad row suffers from, in turn; a repeat is the row before it once more, with a new id."""

_COUNTRIES = (
    *("USA", "CHN", "RUS", "GBR", "ISR", "IND", "UKR", "FRA", "DEU", "JPN", "IRN", "TUR", "PAK"),
    *("AUS", "CAN", "KOR", "PRK", "SAU", "SYR", "ITA", "EGY", "PSE", "TWN", "BRA", "MEX", "NGA"),
    *("ZAF", "IDN", "PHL", "VNM", "POL", "ESP", "GRC", "QAT", "ARE", "LBN", "IRQ", "AFG", "KEN"),
    *("NLD", "BEL", "SWE", "NOR", "FIN", "THA", "MYS", "SGP", "NZL", "ARG", "CHL", "COL", "VEN"),
)
_CODES: tuple[tuple[str, float], ...] = (
    *(("010", 0.0), ("042", 1.9), ("040", 1.0), ("043", 2.8), ("036", 4.0), ("051", 3.4)),
    *(("020", 3.0), ("190", -10.0), ("173", -5.0), ("111", -2.0), ("112", -2.0), ("057", 8.0)),
    *(("046", 7.0), ("030", 4.0), ("061", 6.4), ("120", -4.0), ("130", -4.4), ("141", -6.5)),
    *(("163", -8.0), ("0231", 3.4), ("154", -7.2), ("071", 7.4), ("1056", -5.0), ("138", -7.0)),
)
_TYPES = ("", "GOV", "MIL", "BUS", "LEG", "MED", "CVL", "COP", "EDU", "OPP", "JUD", "REB")
_PLACES = ("Washington, District of Columbia, United States", "Beijing, Beijing, China", "Geneva")
_PLACE = ("US", "USDC", "DC001", "38.8951", "-77.0364", "531871")


def rows(n: int, seed: int = 0, bad_share: float = 0.03) -> Iterator[str]:
    """Yield lines of one day, tab-separated, without line ends.

    Args:
        n: How many.
        seed: Of the random numbers.
        bad_share: Share of rows with one of `FAULTS`, 0 to 1; about a sixth of each.
    """
    return (line for line, _ in marked_rows(n, seed, bad_share))


def marked_rows(n: int, seed: int = 0, bad_share: float = 0.03) -> Iterator[tuple[str, str]]:
    """Yield lines as `rows` does, each with its fault, empty for a good row.

    Args:
        n: How many.
        seed: Of the random numbers.
        bad_share: Share of rows with one of `FAULTS`.
    """
    rng = np.random.default_rng(seed)
    actors, others = _sides(rng, n)
    codes = _zipfian(rng, n, len(_CODES))
    types = _zipfian(rng, 2 * n, len(_TYPES)).reshape(2, n)
    pages = np.sort(rng.integers(0, max(1, n // 3), n))
    counts = 1 + _zipfian(rng, n, 200)
    quarters = np.sort(rng.integers(0, 96, n))
    bad = (rng.random(n) < bad_share).tolist()
    previous: list[str] | None = None
    turn = 0
    for at in range(n):
        fields = _fields(
            at + 1_000_000_000,
            (_COUNTRIES[actors[at]], _COUNTRIES[others[at]]),
            (_TYPES[types[0, at]], _TYPES[types[1, at]]),
            _CODES[codes[at]],
            (int(counts[at]), int(quarters[at]), int(pages[at])),
        )
        fault = FAULTS[turn % len(FAULTS)] if bad[at] and previous else ""
        turn += bool(fault)
        if fault == "repeat" and previous:
            fields = [fields[0], *previous[1:]]
        yield _spoilt(fields, fault), fault
        previous = fields


def write_day(path: Path, n: int, seed: int = 0, bad_share: float = 0.03) -> Path:
    """Write one day as the publisher does: one member in a zip.

    Args:
        path: The zip to write.
        n: How many rows.
        seed: Of the random numbers.
        bad_share: Share of rows with one of `FAULTS`.

    Returns:
        The path.
    """
    text = "".join(f"{line}\n" for line in rows(n, seed, bad_share))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(path.name.removesuffix(".zip"), text)
    return path


def _zipfian(rng: np.random.Generator, n: int, kinds: int) -> np.ndarray:
    weights = 1 / np.arange(1, kinds + 1)
    return rng.choice(kinds, n, p=weights / weights.sum())


def _sides(rng: np.random.Generator, n: int) -> tuple[np.ndarray, np.ndarray]:
    actors, others = (_zipfian(rng, n, len(_COUNTRIES)) for _ in range(2))
    return actors, np.where(actors == others, (others + 1) % len(_COUNTRIES), others)


def _actor(country: str, kind: str) -> list[str]:
    return [country + kind, country, country, "", "", "", "", kind, "", ""]


def _fields(
    number: int,
    countries: tuple[str, str],
    kinds: tuple[str, str],
    code: tuple[str, float],
    told: tuple[int, int, int],
) -> list[str]:
    count, quarter, page = told
    place = ["4", _PLACES[page % len(_PLACES)], *_PLACE]
    instant = f"20230618{quarter // 4:02d}{quarter % 4 * 15:02d}00"
    url = f"https://news{page % 997}.example/2023/06/18/world/a-story-with-a-long-name-{page}"
    quad = 1 + (code[0][:2] > "05") + (code[0][:2] > "08") + (code[0][:2] > "13")
    return [
        *(str(number), "20230618", "202306", "2023", "2023.4603"),
        *_actor(countries[0], kinds[0]),
        *_actor(countries[1], kinds[1]),
        *("1", code[0], code[0][:3], code[0][:2], str(quad), str(code[1])),
        *(str(count * 2), "1", str(count), f"{-1.5 - page % 7 * 0.625}"),
        *(place * 3),
        *(instant, url),
    ]


def _spoilt(fields: list[str], fault: str) -> str:
    spoilt = list(fields)
    match fault:
        case "date":
            spoilt[1] = "20230631"
        case "country":
            spoilt[17] = ""
        case "width":
            del spoilt[-3:]
        case "code":
            spoilt[26] = "13y"
        case "goldstein":
            spoilt[30] = "77.0"
        case _:
            pass
    return "\t".join(spoilt)
