"""The panel of dyad-weeks once more, straight from its definition in words: lists, loops, no arrays.

It shares no code with the product and is far too slow for it; the two must agree.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from scipy.special import digamma, polygamma
from scipy.stats import norm

MONDAY = date(1900, 1, 1)
QUADS = {
    "verbal_cooperation": {1, 5, 6},
    "material_cooperation": {2},
    "verbal_conflict": {3},
    "material_conflict": {4},
}
REALMS = {"words": ({1, 6}, {3}), "deeds": ({2}, {4})}
SHIPPED = {"words": 0.870, "deeds": 0.217}

Row = Mapping[str, Any]
Figures = dict[str, Any]


@dataclass(frozen=True)
class Heard:
    """One entry of the cube."""

    cell: int
    n: int
    goldstein: int
    reports: int


Diary = dict[int, list[Heard]]
"""What one side did to another, by week."""


def plain_panel(rows: Sequence[Row], of_all: Sequence[Row] | None = None) -> list[Figures]:
    """One row per dyad, issue and week with an event; `of_all` are the rows of all dyads."""
    everyone = rows if of_all is None else of_all
    first = min((row["week"] for row in everyone), default=0)
    together = _diaries(row | {"actor": "", "recipient": ""} for row in _whole(everyone))
    world = together.get(("", "", ""), {})
    weeks = sorted({row["week"] for row in rows})
    usual = {week: {realm: _usual(world, week, realm) for realm in REALMS} for week in weeks}
    found = []
    for (actor, recipient, issue), diary in sorted(_diaries(rows).items()):
        who = {"actor": actor, "recipient": recipient, "issue": issue}
        for week, figures in _of_dyad(diary, usual, first).items():
            found.append(who | {"week": MONDAY + timedelta(weeks=week)} | figures)
    return found


def _of_dyad(
    diary: Diary, usual: Mapping[int, Mapping[str, float]], first: int
) -> dict[int, Figures]:
    found: dict[int, Figures] = {}
    for week in sorted(diary):
        if not sum(heard.n for heard in diary[week]):
            continue
        found[week] = _of_week(diary, week) | _of_window(diary, week)
        found[week] |= _indices(diary, week, usual[week])
        found[week] |= {f"z_{what}": _z(found, week, first, what) for what in (*REALMS, "gap")}
    return found


def _whole(rows: Iterable[Row]) -> list[dict[str, Any]]:
    return [dict(row) for row in rows if row["issue"] == ""]


def _diaries(rows: Iterable[Row]) -> dict[tuple[str, str, str], Diary]:
    found: dict[tuple[str, str, str], Diary] = {}
    for row in rows:
        diary = found.setdefault((row["actor"], row["recipient"], row["issue"]), {})
        entry = Heard(row["cell"], row["n"], row["goldstein_hundredths"], row["n_reports"])
        diary.setdefault(row["week"], []).append(entry)
    return found


def _between(diary: Diary, first: int, last: int) -> list[Heard]:
    return [heard for week in range(first, last + 1) for heard in diary.get(week, ())]


def _number(heard: Iterable[Heard], cells: Iterable[int]) -> int:
    return sum(one.n for one in heard if one.cell in cells)


def _share(heard: Sequence[Heard], realm: str) -> float | None:
    warm, cold = (_number(heard, cells) for cells in REALMS[realm])
    return warm / (warm + cold) if warm + cold else None


def _usual(world: Diary, week: int, realm: str) -> float:
    """The cooperative share of all dyads in the 52 weeks before the window's twelve."""
    year = _between(world, week - 11 - 52, week - 12)
    warm, cold = (_number(year, cells) for cells in REALMS[realm])
    if warm + cold < 200:
        return SHIPPED[realm]
    if not warm or not cold:
        return (warm + 0.5) / (warm + cold + 1)
    return warm / (warm + cold)


def _of_week(diary: Diary, week: int) -> Figures:
    heard = diary[week]
    figures: Figures = {"n_events": sum(one.n for one in heard)}
    for quad, cells in QUADS.items():
        figures[f"n_{quad}"] = _number(heard, cells)
        hundredths = sum(one.goldstein for one in heard if one.cell in cells)
        figures[f"goldstein_{quad}"] = hundredths / 100
    figures["n_statements"] = _number(heard, {5})
    figures["n_meetings"] = _number(heard, {6})
    figures["n_reports"] = sum(one.reports for one in heard)
    figures["reports_per_event"] = figures["n_reports"] / figures["n_events"]
    for realm in REALMS:
        figures[f"share_cooperative_{realm}"] = _share(heard, realm)
    return figures


def _of_window(diary: Diary, week: int) -> Figures:
    heard = _between(diary, week - 11, week)
    figures: Figures = {f"n_{quad}_12w": _number(heard, cells) for quad, cells in QUADS.items()}
    figures["n_meetings_12w"] = _number(heard, {6})
    figures["goldstein_12w"] = sum(one.goldstein for one in heard) / 100
    figures["n_reports_12w"] = sum(one.reports for one in heard)
    for realm in REALMS:
        figures[f"share_cooperative_{realm}_12w"] = _share(heard, realm)
    return figures


def _indices(diary: Diary, week: int, p: Mapping[str, float]) -> Figures:
    window, past = _between(diary, week - 11, week), _between(diary, week - 271, week - 12)
    figures: Figures = {}
    variances = 0.0
    for realm, (warm, cold) in REALMS.items():
        usual = p[realm]
        own, other = _number(past, warm), _number(past, cold)
        alpha = 10 * (own + 20 * usual) / (own + other + 20) + _number(window, warm)
        beta = 10 * (other + 20 * (1 - usual)) / (own + other + 20) + _number(window, cold)
        mean = float(digamma(alpha)) - float(digamma(beta))
        figures[f"reference_{realm}"] = usual
        figures[realm] = mean - (math.log(usual) - math.log1p(-usual))
        variances += float(polygamma(1, alpha)) + float(polygamma(1, beta))
    enough = _number(window, REALMS["deeds"][0] | REALMS["deeds"][1]) >= 10
    gap, half = figures["words"] - figures["deeds"], norm.ppf(0.95) * math.sqrt(variances)
    for name, value in {"gap": gap, "gap_low": gap - half, "gap_high": gap + half}.items():
        figures[name] = value if enough else None
    return figures


def _z(figures: Mapping[int, Figures], week: int, first: int, what: str) -> float | None:
    """Against the weeks of two years whose windows neither touch this one nor begin too early."""

    def counts(week: int) -> bool:
        return week - 11 >= first and week in figures and figures[week][what] is not None

    past = [figures[w][what] for w in range(week - 104, week - 11) if counts(w)]
    if not counts(week) or len(past) < 20:
        return None
    mean = math.fsum(past) / len(past)
    spread = math.sqrt(math.fsum((value - mean) ** 2 for value in past) / (len(past) - 1))
    if spread < 1e-6 * max(1.0, abs(mean)):
        return None
    return float((figures[week][what] - mean) / spread)
