"""The panel in Polars: a lazy scan on the streaming engine, windows with `rolling`, digamma by SciPy."""

from pathlib import Path

import polars as pl
import pyarrow as pa
from scipy import special

from benchmarks.common import COLUMNS, NUMBERS, PAIR, READ, event_files, with_mondays
from detente.measures.dyad_weeks import QUADS

_N = {key: int(value) for key, value in NUMBERS.items()}
_TONES = ("warm", "q2", "q3", "q4")


def run(folder: Path) -> pl.DataFrame:
    """Build the panel.

    Args:
        folder: The store.
    """
    weekly = _weekly(folder).sort(*PAIR, "week")
    near = _rolled(weekly, 0, _N["before"], ("q1", *_TONES), "near")
    past = _rolled(weekly, _N["before"], _N["history_weeks"], _TONES, "past")
    summed = pl.concat([weekly, near, past], how="horizontal")
    shaped = summed.join(_references(weekly), on="week", how="left", maintain_order="left")
    return _compared(_indexed(shaped))


def panel(found: pl.DataFrame) -> pa.Table:
    """Return the common panel.

    Args:
        found: What `run` gave.
    """
    names = {f"q{at}": f"n_{quad}" for at, quad in enumerate(QUADS, 1)}
    sums = {f"q{at}_near": f"n_{quad}_12w" for at, quad in enumerate(QUADS, 1)}
    values = {f"g{at}": f"goldstein_{quad}" for at, quad in enumerate(QUADS, 1)}
    table = found.rename({**names, **sums, **values}).select(COLUMNS).to_arrow()
    return with_mondays(table)


def _weekly(folder: Path) -> pl.DataFrame:
    kept, cell = pl.col("is_kept"), pl.col("cell")
    quads = {1: cell.is_in([1, 5, 6]), 2: cell == 2, 3: cell == 3, 4: cell == 4}
    value = pl.col("goldstein_hundredths").cast(pl.Int64)
    rows = pl.scan_parquet(event_files(folder)).select(READ)
    rows = rows.filter(pl.col("is_dyad"), kept | ~pl.col("has_url"))
    return (
        rows.group_by(*PAIR, "week")
        .agg(
            *((kept & of).sum().cast(pl.Int64).alias(f"q{at}") for at, of in quads.items()),
            (kept & cell.is_in([1, 6])).sum().cast(pl.Int64).alias("warm"),
            *((value * (kept & of)).sum().alias(f"g{at}") / 100 for at, of in quads.items()),
            pl.col("n_reports").cast(pl.Int64).sum(),
        )
        .collect(engine="streaming")
    )


def _rolled(
    weekly: pl.DataFrame, back: int, weeks: int, names: tuple[str, ...], suffix: str
) -> pl.DataFrame:
    rolled = weekly.rolling(
        "week", period=f"{weeks}i", offset=f"-{back + weeks}i", group_by=PAIR
    ).agg(pl.col(names).sum().name.suffix(f"_{suffix}"))
    return rolled.select(pl.exclude(*PAIR, "week"))


def _references(weekly: pl.DataFrame) -> pl.DataFrame:
    totals = weekly.group_by("week").agg(pl.col(_TONES).sum()).sort("week")
    first = int(totals["week"].to_numpy().min())
    start = f"-{_N['reference_from'] + 1}i"
    year = totals.rolling("week", period=f"{_N['reference_weeks']}i", offset=start).agg(
        pl.col(_TONES).sum()
    )
    return year.select(
        "week",
        _share("warm", "q3", NUMBERS["shipped_words"]).alias("p"),
        _share("q2", "q4", NUMBERS["shipped_deeds"]).alias("d"),
        (pl.col("week") >= first + _N["window"]).alias("whole"),
    )


def _share(warm: str, cold: str, shipped: float) -> pl.Expr:
    coop, conf = pl.col(warm), pl.col(cold)
    moved = (coop + 0.5) / (coop + conf + 1.0)
    share = pl.when((coop == 0) | (conf == 0)).then(moved).otherwise(coop / (coop + conf))
    return pl.when(coop + conf < _N["least_events"]).then(shipped).otherwise(share)


def _indexed(rows: pl.DataFrame) -> pl.DataFrame:
    rows = rows.with_columns(
        *_shapes("warm", "q3", "p", "w"),
        *_shapes("q2", "q4", "d", "d"),
        enough=pl.col("q2_near") + pl.col("q4_near") >= _N["least_deeds"],
    )
    rows = rows.with_columns(
        words=_psi("wa") - _psi("wb") - (pl.col("p") / (1 - pl.col("p"))).log(),
        deeds=_psi("da") - _psi("db") - (pl.col("d") / (1 - pl.col("d"))).log(),
        half=NUMBERS["quantile"] * pl.sum_horizontal(map(_psi1, ("wa", "wb", "da", "db"))).sqrt(),
    )
    gap = pl.when("enough").then(pl.col("words") - pl.col("deeds"))
    rows = rows.with_columns(gap=gap)
    return rows.with_columns(
        gap_low=pl.col("gap") - pl.col("half"),
        gap_high=pl.col("gap") + pl.col("half"),
        **{f"f_{name}": pl.when("whole").then(pl.col(name)) for name in ("words", "deeds", "gap")},
    )


def _shapes(warm: str, cold: str, share: str, name: str) -> tuple[pl.Expr, pl.Expr]:
    coop, conf, p = pl.col(f"{warm}_past"), pl.col(f"{cold}_past"), pl.col(share)
    n = coop + conf + NUMBERS["own"]
    alpha = NUMBERS["prior"] * (coop + NUMBERS["own"] * p) / n + pl.col(f"{warm}_near")
    beta = NUMBERS["prior"] * (conf + NUMBERS["own"] * (1 - p)) / n + pl.col(f"{cold}_near")
    return alpha.alias(f"{name}a"), beta.alias(f"{name}b")


def _psi(name: str) -> pl.Expr:
    return pl.col(name).map_batches(lambda x: pl.Series(special.psi(x.to_numpy())), pl.Float64)


def _psi1(name: str) -> pl.Expr:
    return pl.col(name).map_batches(
        lambda x: pl.Series(special.zeta(2.0, x.to_numpy())), pl.Float64
    )


def _compared(rows: pl.DataFrame) -> pl.DataFrame:
    names = [f"f_{name}" for name in ("words", "deeds", "gap")]
    start = f"-{_N['trailing_from'] + 1}i"
    rolled = rows.rolling(
        "week", period=f"{_N['trailing_weeks']}i", offset=start, group_by=PAIR
    ).agg(
        pl.col(names).count().name.suffix("_k"),
        pl.col(names).mean().name.suffix("_m"),
        pl.col(names).std().name.suffix("_s"),
    )
    both = pl.concat([rows, rolled.select(pl.exclude(*PAIR, "week"))], how="horizontal")
    return both.with_columns(_z(name) for name in names)


def _z(name: str) -> pl.Expr:
    spread = pl.col(f"{name}_s")
    told = (pl.col(f"{name}_k") >= _N["least_history"]) & (spread >= NUMBERS["least_spread"])
    z = (pl.col(name) - pl.col(f"{name}_m")) / spread
    return pl.when(told).then(z).alias(name.replace("f_", "z_"))
