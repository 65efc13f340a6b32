"""Runs every engine in a process of its own, round by round, and checks its panel in the first."""

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
MILLION = 1_000_000
ENGINES = ("build", "windows", "duckdb", "polars", "pandas", "day", "ingest")
RIVALS = ("duckdb", "polars", "pandas")
"""Engines whose time is told as a multiple of the product's build."""
DAY_SIZE = 20 * MILLION
"""Rows of the store a day comes into; where it is not asked for, the largest that is."""
ONCE = frozenset({("pandas", 40 * MILLION)})
"""Runs so long that one round must do."""
SMALL = (100_000, 160)
"""Rows and weeks of the store on which the engines are checked first, and warm up."""

Told = dict[str, Any]


class RunError(Exception):
    """A run failed, or its panel is not the product's."""

    def __init__(self, *, run: str, reason: str) -> None:
        super().__init__(f"{run} failed: {reason}")


@dataclass(frozen=True)
class Plan:
    """What is to be run."""

    folder: Path
    """Where the stores lie."""
    sizes: tuple[int, ...]
    """Rows of the stores."""
    rounds: int
    engines: tuple[str, ...]
    n_weeks: int = 520

    @property
    def timed(self) -> tuple[str, ...]:
        """Engines that run on every size; the build among them wherever it is compared with."""
        chosen = [name for name in self.engines if name not in {"day", "ingest"}]
        return tuple(dict.fromkeys(["build", *chosen]) if chosen else ())

    @property
    def day_size(self) -> int:
        """Rows of the store a day comes into."""
        return DAY_SIZE if DAY_SIZE in self.sizes else max(self.sizes)


@dataclass
class Session:
    """One call of the benchmark: its plan, and what was found so far."""

    plan: Plan
    tell: Callable[[str], None]
    runs: list[Told] = field(default_factory=list)
    """One per run: round, size, engine, and what it told."""
    checks: dict[int, dict[str, Told]] = field(default_factory=dict)
    """By rows and engine, how far its panel is from the product's."""
    dyad_weeks: dict[int, int] = field(default_factory=dict)

    def run(self) -> None:
        """Make the stores, check every engine on a small one, then run the rounds."""
        plan = self.plan
        plan.folder.mkdir(parents=True, exist_ok=True)
        for rows in plan.sizes:
            self.dyad_weeks[rows] = self._store(rows, plan.n_weeks)
        with tempfile.TemporaryDirectory(dir=plan.folder) as work:
            small = Path(work) / "small"
            told = child("make", small, *_size(*SMALL))
            self.tell(f"small store: {told['dyad_weeks']} dyad-weeks")
            self._round_of(-1, SMALL[0], small, small, Path(work))
            for number in range(plan.rounds):
                self._round(number, small, Path(work))

    def store(self, rows: int) -> Path:
        """Return the folder of a store.

        Args:
            rows: Its rows.
        """
        return self.plan.folder / f"{rows}-rows-{self.plan.n_weeks}-weeks"

    def _store(self, rows: int, n_weeks: int) -> int:
        """Make a store unless it is there, made by the same code; return its dyad-weeks."""
        folder, mark = self.store(rows), self.store(rows) / "made.json"
        code = _digest()
        if mark.is_file():
            made = json.loads(mark.read_text(encoding="utf-8"))
            if made["code"] == code:
                return int(made["dyad_weeks"])
        shutil.rmtree(folder, ignore_errors=True)
        self.tell(f"making a store of {rows:,} rows")
        made = {**child("make", folder, *_size(rows, n_weeks)), "code": code}
        mark.write_text(json.dumps(made) + "\n", encoding="utf-8")
        return int(made["dyad_weeks"])

    def _round(self, number: int, small: Path, work: Path) -> None:
        plan = self.plan
        for rows in plan.sizes:
            self._round_of(number, rows, self.store(rows), small, work)
            if "day" in plan.engines and rows == plan.day_size:
                events = self.store(rows) / "events"
                self._add(number, rows, "day", events, "--small", str(small / "events"))
        if "ingest" in plan.engines:
            self._add(number, 0, "ingest", work)

    def _round_of(self, number: int, rows: int, folder: Path, small: Path, work: Path) -> None:
        """Run the floor and the engines once on one store; check the panels in the first round."""
        events, warm = str(folder / "events"), ("--small", str(small / "events"))
        if number >= 0:
            self._add(number, rows, "floor", Path(events), *warm)
        for name in self._due(number, rows):
            out = work / f"{name}.parquet"
            checked = name not in self.checks.get(rows, {}) or number < 0
            extra = ("--out", str(out)) if checked else ()
            self._add(number, rows, name, Path(events), *warm, *extra)
            if checked:
                self._check(rows, name, out, work / "build.parquet")
        for path in work.glob("*.parquet"):
            path.unlink()

    def _due(self, number: int, rows: int) -> Iterator[str]:
        """Yield the engines of a round, the build first where the others are checked against it."""
        timed = self.plan.timed
        turn = max(number, 0) % max(len(timed), 1)
        for name in timed[turn:] + timed[:turn]:
            if number <= 0 or (name, rows) not in ONCE:
                yield name

    def _add(self, number: int, rows: int, name: str, folder: Path, *extra: str) -> None:
        told = child(name, folder, *extra)
        if number < 0:
            return
        self.runs.append({"round": number, "rows": rows, "engine": name, **told})
        self.tell(f"round {number + 1}: {name} on {rows:,} rows: {_shown(told)}")

    def _check(self, rows: int, name: str, theirs: Path, ours: Path) -> None:
        found = {} if name == "build" else child("compare", theirs, "--against", str(ours))
        self.checks.setdefault(rows, {})[name] = found


def _size(rows: int, n_weeks: int) -> Sequence[str]:
    return ("--rows", str(rows), "--weeks", str(n_weeks))


def child(name: str, folder: Path, *extra: str) -> Told:
    """Run something in a fresh process.

    Args:
        name: An engine, or what else `benchmarks.single` does.
        folder: What it works on.
        extra: Further options.

    Returns:
        What it told.

    Raises:
        RunError: It failed.
    """
    call = [sys.executable, "-m", "benchmarks.single", name, str(folder.resolve()), *extra]
    found = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=False)
    if found.returncode:
        last = found.stderr.strip().splitlines()
        raise RunError(run=f"{name} on {folder}", reason=last[-1] if last else "no word")
    told: Told = json.loads(found.stdout)
    return told


def _shown(told: Told) -> str:
    return ", ".join(f"{name} {value:.4g}" for name, value in told.items())


def _digest() -> str:
    """Return what tells whether a store was made by the code as it is."""
    code = [ROOT / "benchmarks/synthetic.py", *sorted((ROOT / "src/detente/panel").glob("*.py"))]
    return hashlib.sha256(b"".join(path.read_bytes() for path in code)).hexdigest()
