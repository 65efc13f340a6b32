"""The command line called in this process: exit code, standard output, standard error."""

from collections.abc import Callable

import pytest

from detente.surfaces.cli.app import main
from detente.surfaces.settings import LEDGER_VARIABLE, WORKSPACE_VARIABLE
from tests.studies import (
    counts_fixture,
    empty_fixture,
    study_fixture,
    study_once_fixture,
    write_fixture,
)

__all__ = [
    "counts_fixture",
    "empty_fixture",
    "study_fixture",
    "study_once_fixture",
    "write_fixture",
]

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(name="run")
def run_fixture(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """The caller of `detente`: words of any type."""
    for variable in (WORKSPACE_VARIABLE, LEDGER_VARIABLE):
        monkeypatch.delenv(variable, raising=False)

    def call(*words: object) -> tuple[int, str, str]:
        code = main([str(word) for word in words])
        told = capsys.readouterr()
        return code, told.out, told.err

    return call
