"""What the shipped model learned from: every line usable, none from a set the coder is measured on."""

import importlib.util
import json
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from detente.ontology.acts import Act, Mode
from detente.ontology.cameo import Tone, realm_of
from detente.ontology.issues import ISSUES
from tests.kit import ROOT, shared_fixture

__all__ = ["shared_fixture"]

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


@pytest.fixture(name="documents", scope="module")
def documents_fixture(corpus: ModuleType) -> list[dict[str, object]]:
    folder = Path(str(corpus.FOLDER)).with_name("documents")
    paths = sorted(folder.glob("*.jsonl"))
    lines = [line for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    return [json.loads(line) for line in lines]


def test_every_sentence_of_a_document_is_coded_twice(documents: list[dict[str, object]]) -> None:
    event = re.compile(
        r"[A-Z0-9]{2,8}/[A-Z]{3}(<>|>)([A-Z0-9]{2,8}/[A-Z]{3}|-) (0[1-9]|1\d|20) (-|[a-z]+) "
        r"(actual|denied|called_for|hypothetical) [a-z]+(,[a-z]+)*( (coop|conf|neutral))?"
    )
    sentences = [line for d in documents for line in d["lines"]]  # type: ignore[attr-defined]
    card = (ROOT / "training" / "README.md").read_text(encoding="utf-8")
    assert all(event.fullmatch(e) for line in sentences for e in (*line["e"], *line["e2"]))
    empty = sum(not line["e"] for line in sentences)
    assert f"| {len(documents)}, {len(sentences):,}, {empty:,} |" in card


def test_no_sentence_comes_from_a_set_the_coder_is_measured_on(
    shared: Path, corpus: ModuleType, documents: list[dict[str, object]]
) -> None:
    measured = [s for p in (shared / "acceptance").glob("*.json") for s in _key(p)["sentences"]]
    for path in (shared / "gold").glob("*.jsonl"):
        lines = path.read_text(encoding="utf-8").splitlines()
        measured += [json.loads(line)["text"] for line in lines]
    measured.append((shared / "seed" / "article.txt").read_text(encoding="utf-8"))
    known = {run for text in measured for run in _runs(text)}
    written = [line["s"] for d in documents for line in d["lines"]]  # type: ignore[attr-defined]
    written += [row.text for row in corpus.read_corpus()]
    assert len(known) > 10_000
    assert [text for text in written if known & _runs(text)] == []


def _key(path: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = json.loads(path.read_text(encoding="utf-8"))
    return found


def _runs(text: str, length: int = 8) -> set[str]:
    """Every so many words in a row."""
    words = re.findall(r"[a-z0-9]+", text.lower())
    return {" ".join(words[i : i + length]) for i in range(len(words) - length + 1)}
