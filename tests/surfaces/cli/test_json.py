"""What `--json` prints is the record, whole, and nothing else."""

from collections.abc import Callable
from pathlib import Path

import pytest

from detente.pipeline.adding import AddReport
from detente.pipeline.answers import CommitmentsAnswer, GapAnswer, MeetingsAnswer
from detente.pipeline.briefs import Brief
from detente.pipeline.coding import CodeReport
from detente.pipeline.loading import EventsReport, IndicatorsReport
from detente.pipeline.verifying import VerifyReport
from detente.pipeline.workspace import Workspace
from detente.records import Record
from detente.surfaces.cli.init import Made
from detente.surfaces.cli.migrate import Migrated

Run = Callable[..., tuple[int, str, str]]
EXAMPLES = Path(__file__).resolve().parents[3] / "examples" / "us-china"
DAY = "--as-of 2023-06-30"

WORDS: dict[str, tuple[str, type[Record]]] = {
    "init": ("init {tmp}/new", Made),
    "add": ("add {tmp}/study/in -w {study}", AddReport),
    "add events": ("add {tmp}/e.csv --mapping {tmp}/m.toml -w {study}", EventsReport),
    "add indicators": ("add {examples}/indicators -w {study}", IndicatorsReport),
    "code": ("code -w {study}", CodeReport),
    "brief": (f"brief USA CHN {DAY} -w {{study}}", Brief),
    "gap": (f"gap USA CHN {DAY} --by-issue -w {{study}}", GapAnswer),
    "meetings": (f"meetings USA CHN {DAY} --since 2023-01-01 -w {{study}}", MeetingsAnswer),
    "commitments": (f"commitments USA CHN {DAY} --issue people -w {{study}}", CommitmentsAnswer),
    "migrate": ("migrate -w {study}", Migrated),
    "verify": ("verify -w {study}", VerifyReport),
}


@pytest.mark.parametrize(("words", "record"), WORDS.values(), ids=WORDS)
def test_json_is_the_record(
    study: Workspace,
    study_once: Path,
    tmp_path: Path,
    run: Run,
    words: str,
    record: type[Record],
) -> None:
    (tmp_path / "e.csv").write_text("d,a,r,c\n2023-06-01,USA,CHN,163\n", encoding="utf-8")
    columns = 'date = "d"\nactor = "a"\nrecipient = "r"\ncameo = "c"\n'
    (tmp_path / "m.toml").write_text(f'name = "desk"\n[columns]\n{columns}', encoding="utf-8")
    filled = words.replace("{tmp}/study/in", str(study_once.parent / "in")).format(
        tmp=tmp_path, study=study.folder, examples=EXAMPLES
    )
    code, out, err = run(*filled.split(), "--json")
    assert (code, err) == (0, "")
    read = record.model_validate_json(out)
    assert read.model_dump_json(indent=2) + "\n" == out


def test_the_brief_in_json_writes_no_page(study: Workspace, run: Run) -> None:
    assert run("brief", "USA", "CHN", "-w", study.folder, "--json")[0] == 0
    assert not (study.folder / "briefs").exists()
