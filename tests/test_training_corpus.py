"""The corpus the shipped model learned from: every line usable, no sentence on both sides."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from detente.ontology.acts import Act, Mode
from detente.ontology.cameo import Tone, realm_of
from detente.ontology.issues import ISSUES
from tests.kit import ROOT

LEAST_SENTENCES = 6_000
LEAST_WITHOUT_EVENT = 1 / 3


@pytest.fixture(name="corpus", scope="module")
def corpus_fixture() -> ModuleType:
    path: Path = ROOT / "training" / "corpus.py"
    spec = importlib.util.spec_from_file_location("training_corpus", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_every_line_can_be_learned_from(corpus: ModuleType) -> None:
    modes, acts, tones = ({str(v) for v in kind} for kind in (Mode, Act, Tone))
    for row in corpus.read_corpus():
        assert row.text[slice(*row.actor)].strip(), row.text
        assert row.text[slice(*row.recipient)].strip(), row.text
        assert set(row.issues) <= set(ISSUES), row.text
        assert row.issues, row.text
        assert (row.mode == "none") == (row.root is None), row.text
        if row.root is not None:
            realm_of(row.root)
            assert row.mode in modes, row.text
            assert row.tone in tones, row.text
            assert row.act is None or row.act in acts, row.text


def test_it_is_as_large_and_as_wary_as_its_card_says(corpus: ModuleType) -> None:
    rows = list(corpus.read_corpus())
    card = (ROOT / "training" / "README.md").read_text(encoding="utf-8")
    assert len({r.text for r in rows}) >= LEAST_SENTENCES
    assert sum(r.mode != "actual" for r in rows) / len(rows) >= LEAST_WITHOUT_EVENT
    assert f"| lines kept | {len(rows):,} |" in card


def test_no_marked_sentence_has_two_labels(corpus: ModuleType) -> None:
    seen: dict[object, object] = {}
    for row in corpus.read_corpus():
        label = (row.mode, row.root)
        assert seen.setdefault((row.text, row.actor, row.recipient), label) == label, row.text
