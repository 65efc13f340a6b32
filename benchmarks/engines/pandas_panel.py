"""The panel in pandas: one read, one `groupby` with a pivot of the cells, windows with `rolling`.

The windows lie over the sorted rows with bounds found once by `searchsorted` (pandas' own way for
windows of one's own, a `BaseIndexer`): several times faster than `groupby(...).rolling("84D")`.
"""

from pathlib import Path

import numpy as np
import pandas as pd  # type: ignore[import-untyped]
import pyarrow as pa
from numpy.typing import NDArray
from pandas.api.indexers import BaseIndexer  # type: ignore[import-untyped]
from scipy import special

from benchmarks.common import COLUMNS, NUMBERS, PAIR, READ, event_files, with_mondays
from detente.measures.dyad_weeks import QUADS

_N = {key: int(value) for key, value in NUMBERS.items()}
_SPAN = 1 << 16
"""More weeks than there are: the keys of two dyads never come near each other."""
_TONES = ["warm", "q2", "q3", "q4"]


class Stretch(BaseIndexer):  # type: ignore[misc]
    """Rows of the same dyad from some weeks back to others.

    Args:
        keys: Dyad and week in one number, sorted.
        back: The first week, counted back from a row's own.
        to: The last one.
    """

    def __init__(self, keys: NDArray[np.int64], back: int, to: int) -> None:
        super().__init__()
        self.start = np.searchsorted(keys, keys - back)
        self.end = np.searchsorted(keys, keys - to, side="right")

    def get_window_bounds(
        self,
        num_values: int = 0,  # noqa: ARG002 (pandas' signature)
        min_periods: int | None = None,  # noqa: ARG002
        center: bool | None = None,  # noqa: ARG002, FBT001
        closed: str | None = None,  # noqa: ARG002
        step: int | None = None,  # noqa: ARG002
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the first row of each window, and the one after its last."""
        return self.start, np.maximum(self.end, self.start)


def run(folder: Path) -> pd.DataFrame:
    """Build the panel.

    Args:
        folder: The store.
    """
    weekly = _weekly(folder)
    dyads = weekly.groupby(PAIR, observed=True, sort=False).ngroup().to_numpy()
    keys = dyads * _SPAN + weekly["week"].to_numpy()
    near, past = Stretch(keys, _N["window"], 0), Stretch(keys, _N["history_from"], _N["before"])
    windows = weekly[["q1", *_TONES]].rolling(near, min_periods=0).sum()
    history = weekly[_TONES].rolling(past, min_periods=0).sum()
    _index(weekly, windows, history, weekly[["week"]].merge(_references(weekly), on="week"))
    _compare(weekly, Stretch(keys, _N["trailing_from"], _N["before"]))
    return weekly.join(windows[["q1", *_TONES[1:]]].add_suffix("_near"))


def panel(found: pd.DataFrame) -> pa.Table:
    """Return the common panel.

    Args:
        found: What `run` gave.
    """
    names = {f"q{at}": f"n_{quad}" for at, quad in enumerate(QUADS, 1)}
    sums = {f"q{at}_near": f"n_{quad}_12w" for at, quad in enumerate(QUADS, 1)}
    values = {f"g{at}": f"goldstein_{quad}" for at, quad in enumerate(QUADS, 1)}
    frame = found.rename(columns={**names, **sums, **values})[COLUMNS].astype(
        dict.fromkeys(PAIR, str)
    )
    return with_mondays(pa.Table.from_pandas(frame, preserve_index=False))


def _weekly(folder: Path) -> pd.DataFrame:
    rows = pd.read_parquet(event_files(folder), columns=READ)
    rows = rows[rows["is_dyad"] & (rows["is_kept"] | ~rows["has_url"])]
    rows = rows.astype(dict.fromkeys(PAIR, "category"))
    rows["n"] = rows["is_kept"].astype("int64")
    rows["g"] = rows["goldstein_hundredths"].where(rows["is_kept"], 0).astype("int64")
    keys = [*PAIR, "week", "cell"]
    cells = rows.groupby(keys, observed=True)[["n", "g", "n_reports"]].sum()
    wide = cells.unstack("cell", fill_value=0).reindex(
        columns=pd.MultiIndex.from_product([["n", "g", "n_reports"], range(1, 7)]), fill_value=0
    )
    n, g = wide["n"], wide["g"]
    columns = {
        "q1": n[1] + n[5] + n[6],
        **{f"q{at}": n[at] for at in (2, 3, 4)},
        "warm": n[1] + n[6],
        "g1": (g[1] + g[5] + g[6]) / 100,
        **{f"g{at}": g[at] / 100 for at in (2, 3, 4)},
        "n_reports": wide["n_reports"].sum(axis=1),
    }
    return pd.DataFrame(columns).reset_index()


def _references(weekly: pd.DataFrame) -> pd.DataFrame:
    totals = weekly.groupby("week")[_TONES].sum().reset_index()
    keys = totals["week"].to_numpy().astype(np.int64)
    year = Stretch(keys, _N["reference_from"], _N["before"])
    sums = totals[_TONES].rolling(year, min_periods=0).sum()
    return pd.DataFrame(
        {
            "week": totals["week"],
            "p": _share(sums["warm"], sums["q3"], NUMBERS["shipped_words"]),
            "d": _share(sums["q2"], sums["q4"], NUMBERS["shipped_deeds"]),
        }
    )


def _share(coop: pd.Series, conf: pd.Series, shipped: float) -> pd.Series:
    n = coop + conf
    share = (coop / n).mask((coop == 0) | (conf == 0), (coop + 0.5) / (n + 1.0))
    return share.mask(n < _N["least_events"], shipped)


def _index(
    weekly: pd.DataFrame, windows: pd.DataFrame, history: pd.DataFrame, usual: pd.DataFrame
) -> None:
    enough = windows["q2"] + windows["q4"] >= _N["least_deeds"]
    half = pd.Series(0.0, index=weekly.index)
    for name, warm, cold, share in (("words", "warm", "q3", "p"), ("deeds", "q2", "q4", "d")):
        p, n = usual[share], history[warm] + history[cold] + NUMBERS["own"]
        alpha = NUMBERS["prior"] * (history[warm] + NUMBERS["own"] * p) / n + windows[warm]
        beta = NUMBERS["prior"] * (history[cold] + NUMBERS["own"] * (1 - p)) / n + windows[cold]
        weekly[name] = special.psi(alpha) - special.psi(beta) - np.log(p / (1 - p))
        half += special.zeta(2.0, alpha.where(enough)) + special.zeta(2.0, beta.where(enough))
    half = NUMBERS["quantile"] * np.sqrt(half)
    weekly["gap"] = (weekly["words"] - weekly["deeds"]).where(enough)
    weekly["gap_low"], weekly["gap_high"] = weekly["gap"] - half, weekly["gap"] + half


def _compare(weekly: pd.DataFrame, trailing: Stretch) -> None:
    whole = weekly["week"] >= weekly["week"].min() + _N["window"]
    names = ["words", "deeds", "gap"]
    values = weekly[names].where(whole)
    rolled = values.rolling(trailing, min_periods=_N["least_history"])
    mean, spread = rolled.mean(), rolled.std()
    z = ((values - mean) / spread).where(spread >= NUMBERS["least_spread"])
    weekly[[f"z_{name}" for name in names]] = z
