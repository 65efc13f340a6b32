"""The training folder's flat modules, as they import one another."""

import sys
from collections.abc import Callable
from importlib import import_module
from types import ModuleType

import pytest

from tests.kit import ROOT

FOLDER = ROOT / "training"


@pytest.fixture(name="training")
def training_fixture(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], ModuleType]:
    monkeypatch.setattr(sys, "path", [str(FOLDER), *sys.path])
    return import_module
