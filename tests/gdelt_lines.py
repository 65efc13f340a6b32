"""Lines as GDELT publishes them, seeded: good rows, repeats of them, and every way to be wrong."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import numpy as np
import pyarrow as pa

from detente.panel.archives import GDELT_COLUMNS
from detente.sources.gdelt import COLUMNS_2

START = date(2018, 12, 20)
"""The days run over the end of a year whose last week is the first of the next."""

_CHOICES: Mapping[str, Sequence[str]] = {
    "Actor1CountryCode": ("USA", "USA", "USA", "CHN", "ROM", "ROU", " USA", "", "AFR"),
    "Actor2CountryCode": ("CHN", "CHN", "CHN", "USA", "ROU", "EUR", ""),
    "Actor1Type1Code": ("", "", "GOV", "MIL", "COP", "BUS", "MNC", "EDU"),
    "Actor1EthnicCode": ("", "", "", "", "han"),
    "Actor2KnownGroupCode": ("", "", "", "", "PLO"),
    "EventCode": ("042", "042", "043", "040", "190", "1011", "012", "0874", "13y", "42"),
    "GoldsteinScale": ("1.9", "2.8", "-10.0", "-0.4", "", "", "10.1", "x", "nan"),
    "NumArticles": ("10", "4", "1", "", "0", "-1", "x", "2.0"),
    "SOURCEURL": ("https://a.example/1", "https://a.example/2", " https://a.example/1 ", "", ""),
}
_LAGS = (0, 0, 0, 0, 1, 1, 2, 7, -1, -2, 364, 365, 366, 3650)
_NO_DAYS = ("2017063", "20190229", "20181301", "20181200", "yesterday", "")


def published_lines(n_rows: int, seed: int, n_days: int = 15) -> list[str]:
    """Return lines in the order published, the ids rising."""
    chance = np.random.default_rng(seed)
    lines = [_line(chance, at, at * n_days // n_rows) for at in range(n_rows)]
    broken = ["1\t2018", "\t".join(["x"] * 62), ""]
    return [*lines[: n_rows // 2], *broken, *lines[n_rows // 2 :]]


def _line(chance: np.random.Generator, at: int, day: int) -> str:
    row = dict.fromkeys(COLUMNS_2, "")
    row |= {name: str(chance.choice(texts)) for name, texts in _CHOICES.items()}
    row |= {f"Actor{side}Code": row[f"Actor{side}CountryCode"] for side in (1, 2)}
    added = START + timedelta(days=day)
    occurred = added - timedelta(days=int(chance.choice(_LAGS)))
    row |= {"GLOBALEVENTID": str(900_000_000 + at), "SQLDATE": f"{occurred:%Y%m%d}"}
    row["DATEADDED"] = f"{added:%Y%m%d}{chance.integers(24):02}1500"
    if chance.random() < 0.05:
        row[str(chance.choice(["SQLDATE", "DATEADDED"]))] = str(chance.choice(_NO_DAYS))
    return "\t".join(row[name] for name in COLUMNS_2)


def as_archived(lines: Sequence[str]) -> pa.Table:
    """Return the lines whose numbers are numbers as BigQuery holds them: typed, blanks null."""
    rows = [dict(zip(COLUMNS_2, line.split("\t"), strict=False)) for line in lines]
    whole = [row for row in rows if len(row) == len(COLUMNS_2) and _is_typed(row)]
    kinds = {"int64": pa.int64(), "float64": pa.float64(), "string": pa.string()}
    return pa.table(
        {
            name: pa.array([row[name] or None for row in whole], pa.string()).cast(kinds[kind])
            for name, kind in GDELT_COLUMNS.items()
        }
    )


def _is_typed(row: Mapping[str, str]) -> bool:
    numbers = ("GLOBALEVENTID", "SQLDATE", "DATEADDED", "NumArticles", "GoldsteinScale")
    return not any(row[name] in {"x", "2.0", "yesterday"} for name in numbers)
