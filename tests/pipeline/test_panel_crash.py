import random
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from detente.panel import BuiltPanel
from detente.pipeline.workspace import Workspace, init
from tests.pipeline.panel_work import work, write_files

ROOT = Path(__file__).resolve().parents[2]
KILLS = 20
CUBE_ORDER = [(name, "ascending") for name in ("issue", "actor", "recipient", "week", "cell")]


def totals(workspace: Workspace) -> tuple[pa.Table, pa.Table, list[Any]]:
    events = workspace.panel()
    accounts = [(f.file, f.rows_in, f.kept, f.duplicate) for f in events.manifest.files()]
    built = BuiltPanel(events.folder).read("icews")
    return events.cube("icews").sort_by(CUBE_ORDER), built, accounts


def killed(folder: Path, paths: Sequence[Path], after: float) -> bool:
    """Start the work in a process of its own and kill it; False where it was done by then."""
    command = [sys.executable, "-m", "tests.pipeline.panel_work", str(folder), *map(str, paths)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        time.sleep(after)
        process.kill()
        return process.wait() == -9


@pytest.mark.slow
def test_the_next_run_mends_what_a_kill_left(tmp_path: Path) -> None:
    paths = write_files(tmp_path)
    undisturbed = init(tmp_path / "undisturbed")
    start = time.monotonic()
    work(undisturbed, paths)
    took = time.monotonic() - start
    expected = totals(undisturbed)
    moments, hits = random.Random(20), 0
    for number in range(KILLS):
        workspace = init(tmp_path / f"killed{number}")
        hits += killed(workspace.folder, paths, moments.uniform(0, took))
        work(workspace, paths)
        assert totals(workspace) == expected
        work(workspace, paths)
        assert not list((workspace.folder / "events").rglob("*.part"))
    assert hits >= KILLS // 2
