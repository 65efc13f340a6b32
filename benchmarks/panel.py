"""Measure the panel: `python -m benchmarks.panel --sizes 5,10,20,40 --rounds 5`.

Every run has a process of its own and counts CPU-seconds; every figure is a ratio to the floor of
the same round and size, which reads the same columns of the same files and adds them up. An engine
whose panel is not the product's stops the benchmark.
"""

import argparse
import json
import sys
from pathlib import Path

from rich.console import Console

from benchmarks.figures import figures_of, merged, table_of
from benchmarks.rounds import ENGINES, MILLION, ROOT, Plan, RunError, Session


def main(arguments: list[str]) -> int:
    """Run the benchmark and write its figures.

    Args:
        arguments: Those of the command line.

    Returns:
        0; 1 where a run failed or a check did.
    """
    given = _parser().parse_args(arguments)
    plan = Plan(
        folder=given.stores,
        sizes=tuple(sorted(round(float(size) * MILLION) for size in given.sizes.split(","))),
        rounds=given.rounds,
        engines=tuple(given.engines.split(",")),
        n_weeks=given.weeks,
    )
    console = Console()
    session = Session(plan, lambda text: console.print(text, highlight=False, soft_wrap=True))
    try:
        _require(plan.engines)
        session.run()
    except RunError as error:
        console.print(str(error), style="bold red", highlight=False)
        return 1
    results = merged(given.results, figures_of(session))
    given.results.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    console.print(table_of(results))
    return 0


def _require(engines: tuple[str, ...]) -> None:
    """Refuse an engine there is not.

    Raises:
        RunError: There is none of that name.
    """
    for name in engines:
        if name not in ENGINES:
            raise RunError(run=name, reason=f"no such engine; give some of {', '.join(ENGINES)}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.panel", description=__doc__)
    parser.add_argument("--sizes", default="5,10,20,40", help="millions of rows")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--engines", default=",".join(ENGINES))
    parser.add_argument("--weeks", type=int, default=520, help="of the stores")
    parser.add_argument("--stores", type=Path, default=ROOT / "build/bench")
    parser.add_argument("--results", type=Path, default=ROOT / "benchmarks/results/panel.json")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
