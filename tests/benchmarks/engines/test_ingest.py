from pathlib import Path

import pytest

from benchmarks.engines import ingest
from benchmarks.synthetic import Expected, write_gdelt_day


@pytest.mark.slow
def test_a_published_day_is_counted_as_it_was_written(tmp_path: Path) -> None:
    told = ingest.measured(tmp_path, 3000)
    assert told["rows_in"] == told["kept"] + told["duplicate"] + told["quarantined"] == 3000
    assert told["quarantined"] > 50
    assert told["duplicate"] > 300
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_account_stops_the_benchmark(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def one_more(path: Path, n: int) -> Expected:
        found = write_gdelt_day(path, n)
        return Expected(found.rows_in, found.kept + 1, found.quarantined)

    monkeypatch.setattr(ingest, "write_gdelt_day", one_more)
    with pytest.raises(ingest.AccountError, match="a row was lost or repaired"):
        ingest.measured(tmp_path, 200)
