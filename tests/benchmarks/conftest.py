from pathlib import Path

import pytest

from benchmarks.synthetic import write_store


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two and a half years, so that every kind of window holds something."""
    folder = tmp_path_factory.mktemp("store") / "events"
    write_store(folder, 12_000, n_weeks=125)
    return folder
