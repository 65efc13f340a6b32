"""Whole days in the publisher's layout, with every kind of bad row in known places."""

import time
import zipfile
from collections import Counter
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pyarrow as pa
import pytest
from pyarrow import csv

from detente.sources.gdelt import COLUMNS_2, read_gdelt

ROOT = Path(__file__).resolve().parents[2]
REASONS = {
    "date": "no day of the form",
    "country": "no dyad",
    "width": "58 columns, expected 61",
    "code": "unknown CAMEO code '13y'",
    "goldstein": "not between -10 and 10",
}


@pytest.fixture(scope="module")
def gdelt_like() -> ModuleType:
    spec = spec_from_file_location("gdelt_like", ROOT / "benchmarks" / "gdelt_like.py")
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_same_seed_gives_the_same_rows(gdelt_like: ModuleType) -> None:
    first, again, other = (list(gdelt_like.rows(200, seed=s, bad_share=0.2)) for s in (1, 1, 2))
    assert first == again != other
    assert Counter(line.count("\t") for line in first).most_common(1)[0][0] == 60


@pytest.mark.parametrize("block", [700, 5_000, 8 << 20], ids=["a line or two", "some", "all"])
def test_every_bad_row_is_refused_with_its_reason_and_line(
    gdelt_like: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: int
) -> None:
    monkeypatch.setattr("detente.sources.blocks.BLOCK", block)
    marked = list(gdelt_like.marked_rows(600, seed=3, bad_share=0.2))
    path = gdelt_like.write_day(tmp_path / "day.export.CSV.zip", 600, seed=3, bad_share=0.2)
    batches = list(read_gdelt(path))
    refused = {r.line: r for batch in batches for r in batch.refusals}
    bad = {n: pair for n, pair in enumerate(marked, 1) if pair[1] in REASONS}
    assert refused.keys() == bad.keys()
    for number, (line, fault) in bad.items():
        assert REASONS[fault] in refused[number].reason
        assert refused[number].original == line
    assert sum(batch.events.num_rows for batch in batches) == len(marked) - len(bad)


def test_a_repeat_shares_its_key_with_the_row_before(
    gdelt_like: ModuleType, tmp_path: Path
) -> None:
    marked = list(gdelt_like.marked_rows(600, seed=3, bad_share=0.05))
    (batch,) = read_gdelt(gdelt_like.write_day(tmp_path / "day.zip", 600, seed=3, bad_share=0.05))
    lines, keys = (batch.events[n].to_pylist() for n in ("origin_line", "repeat_key"))
    key_of = dict(zip(lines, keys, strict=True))
    repeats = [n for n, (_, fault) in enumerate(marked, 1) if fault == "repeat" and n - 1 in key_of]
    assert repeats
    assert all(key_of[n] == key_of[n - 1] for n in repeats)


@pytest.mark.slow
def test_a_day_costs_little_more_than_unpacking_and_parsing_it(
    gdelt_like: ModuleType, tmp_path: Path
) -> None:
    path = gdelt_like.write_day(tmp_path / "day.zip", 60_000, seed=1)

    def parse() -> None:
        with zipfile.ZipFile(path) as archive:
            data = archive.read(archive.namelist()[0])
        csv.read_csv(
            pa.BufferReader(data),
            read_options=csv.ReadOptions(use_threads=False, column_names=list(COLUMNS_2)),
            parse_options=csv.ParseOptions(
                delimiter="\t", quote_char=False, invalid_row_handler=lambda _: "skip"
            ),
        )

    rounds = [(_seconds(parse), _seconds(lambda: list(read_gdelt(path)))) for _ in range(4)]
    floor, read = (min(column) for column in zip(*rounds, strict=True))
    assert read < 3 * floor


def _seconds(run: object) -> float:
    assert callable(run)
    started = time.process_time()
    run()
    return time.process_time() - started
