"""Score the coders on every set on hand, baselines beside, and write the figures.

The sets are read where they lie (a folder beside the repository); nothing of them is written anywhere.
"""

import argparse
import json
import sys
import time
from importlib import import_module
from importlib.resources import files
from typing import Any

from places import GOLD, KEY, RESULTS
from progress import CONSOLE
from report import show

SETS = {
    "plv_train.dev": ("pair_scores", "plover"),
    "cameoclass_train.dev": ("pair_scores", "classes"),
    "aw_train.dev": ("pair_scores", "binary"),
    "osorio_a.dev": ("sentence_scores", "judged"),
    "petr1_unit.dev": ("sentence_scores", "made_up"),
    "petr2_gsr.dev": ("sentence_scores", "suite"),
    "acceptance": ("document_scores", "whole_key"),
    "acceptance without the seed page": ("document_scores", "without_seed_page"),
    "own documents": ("document_scores", "own"),
}
"""Set to what scores it: module and function from the set's last section to the new one."""

PARTS = {
    "false_events": ("pooled_scores", "false_events"),
    "calibration": ("pooled_scores", "calibration"),
    "swap": ("mirror", "swap"),
    "speed": ("speed", "speed"),
}
"""The same for what is measured over several sets or on texts without codes."""

Results = dict[str, Any]


def main() -> int:
    """Score, print and write `results.json`.

    Returns:
        0, 1 where the model was replaced meanwhile, 2 where the sets are not on this machine.
    """
    given = _arguments()
    missing = [folder for folder in (GOLD, KEY) if not folder.is_dir()]
    if missing:
        CONSOLE.print(f"Nothing to score on: no folder {missing[0]}", soft_wrap=True)
        return 2
    last = _last()
    results = _started(last, whole=not given.only)
    for name in given.only or (*SETS, *PARTS):
        start = time.perf_counter()
        _measure(name, results, last)
        show(name, results)
        CONSOLE.print(f"[dim]{name}: {time.perf_counter() - start:.0f} s[/dim]")
    if results["model"] != _model():
        CONSOLE.print("The model was replaced while it was measured: nothing is written.")
        return 1
    RESULTS.write_text(json.dumps(_ordered(results), indent=1) + "\n", encoding="utf-8")
    CONSOLE.print(f"Written to {RESULTS}.", soft_wrap=True)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--only",
        action="append",
        choices=(*SETS, *PARTS),
        metavar="SET",
        help=f"score this alone and keep the other figures; one of {', '.join((*SETS, *PARTS))}",
    )
    return parser.parse_args()


def _last() -> Results:
    return json.loads(RESULTS.read_text("utf-8")) if RESULTS.is_file() else {}


def _started(last: Results, *, whole: bool) -> Results:
    """What the new figures join: nothing, or the last ones where they are of this very model."""
    model = _model()
    if whole or last.get("model", {}).get("sha256") != model["sha256"]:
        if not whole and last:
            CONSOLE.print("The last figures are of another model and are left out.")
        return {"model": model, "sets": {}}
    return {**last, "model": model}


def _model() -> Results:
    facts = json.loads((files("detente.coding.model") / "labels.json").read_text("utf-8"))
    return {key: facts[key] for key in ("bytes", "sha256", "training")}


def _measure(name: str, results: Results, last: Results) -> None:
    module, function = (SETS | PARTS)[name]
    place, before = (results["sets"], last.get("sets", {})) if name in SETS else (results, last)
    place[name] = getattr(import_module(module), function)(before.get(name, {}))


def _ordered(results: Results) -> Results:
    """Always in one order, whatever was scored last."""
    sets = {name: results["sets"][name] for name in SETS if name in results["sets"]}
    parts = {name: results[name] for name in PARTS if name in results}
    return {"model": results["model"], "sets": sets, **parts}


if __name__ == "__main__":
    sys.exit(main())
