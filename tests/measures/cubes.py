"""Weekly cubes drawn from a seed, each of another nature."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

Row = dict[str, Any]

SCHEMA = pa.schema(
    [
        ("actor", pa.string()),
        ("recipient", pa.string()),
        ("week", pa.int32()),
        ("cell", pa.int8()),
        ("issue", pa.string()),
        ("n", pa.int64()),
        ("goldstein_hundredths", pa.int64()),
        ("n_reports", pa.int64()),
    ]
)


def table(rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """The rows as a cube."""
    return pa.Table.from_pylist([dict(row) for row in rows], SCHEMA)


@dataclass(frozen=True)
class Nature:
    """How the weeks of some dyads are drawn."""

    dyads: int = 4
    weeks: int = 150
    first: int = 6100
    density: float = 0.7
    """Share of weeks with anything at all."""
    usual: int = 4
    """Events of a cell and week, about."""
    wobble: float = 1.0
    """0 makes every week alike, 1 draws Poisson counts."""
    cells: tuple[int, ...] = (1, 2, 3, 4, 5, 6)
    issues: tuple[str, ...] = ()
    partial: bool = True
    """Dyads begin and end within the weeks."""
    unheard: float = 0.0
    """Share of entries that are later reports of another week's event."""

    def rows(self, seed: int) -> list[Row]:
        """Draw the cube's rows, in no order."""
        chance = np.random.default_rng(seed)
        found = [row for at in range(self.dyads) for row in self._of_dyad(at, chance)]
        return [found[at] for at in chance.permutation(len(found))]

    def _of_dyad(self, at: int, chance: np.random.Generator) -> list[Row]:
        start, end = 0, self.weeks
        if self.partial:
            start, end = sorted(chance.integers(0, self.weeks + 1, 2).tolist())
        names = {"actor": f"A{at % 7}", "recipient": f"B{at // 7}"}
        weeks = self.first + start + np.flatnonzero(chance.random(end - start + 1) < self.density)
        entries = [(int(w), cell, issue) for w in weeks for cell, issue in self._entries(chance)]
        return [
            {**names, "week": week, "cell": cell, "issue": issue, **self._counts(chance)}
            for week, cell, issue in entries
        ]

    def _entries(self, chance: np.random.Generator) -> list[tuple[int, str]]:
        kept = [c for c in self.cells if self.wobble == 0 or chance.random() < 0.6]
        return [(cell, issue) for cell in kept for issue in ("", *self.issues)]

    def _counts(self, chance: np.random.Generator) -> dict[str, int]:
        drawn = int(chance.poisson(self.usual))
        n = max(1, round(self.usual + self.wobble * (drawn - self.usual)))
        n = 0 if chance.random() < self.unheard else n
        worth = int(chance.integers(-1000, 1001))
        return {"n": n, "goldstein_hundredths": n * worth, "n_reports": n + int(chance.integers(9))}
