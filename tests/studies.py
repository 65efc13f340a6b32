"""A small study of two states, written for the tests; its sentences are ours."""

import shutil
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import pytest

from detente.pipeline.adding import add
from detente.pipeline.coding import code
from detente.pipeline.workspace import Workspace, init

AT = datetime(2024, 1, 2, 12, tzinfo=UTC)
AS_OF = date(2023, 6, 30)
Written = tuple[str, str, str, str, str]
"""Day, publisher, account of, kind, text."""

TALKS: Sequence[Written] = (
    (
        "2023-05-10",
        "White House",
        "USA/GOV",
        "readout",
        (
            "National Security Adviser Jake Sullivan met Wang Yi in Vienna on 10 May 2023. "
            "The United States praised China for candid and constructive talks. "
            "The two sides agreed to keep the channel open."
        ),
    ),
    (
        "2023-05-11",
        "Foreign Ministry",
        "CHN/GOV",
        "readout",
        (
            "Wang Yi met Jake Sullivan in Vienna on 10 and 11 May 2023. "
            "China condemned the United States over arms sales to Taiwan. "
            "China will host an American delegation by the end of May 2023."
        ),
    ),
    (
        "2023-06-19",
        "State Department",
        "USA/GOV",
        "readout",
        (
            "Secretary of State Antony Blinken met Foreign Minister Qin Gang in Beijing on 18 June "
            "2023. Blinken welcomed cooperation with China on climate. The two sides agreed to expand "
            "direct flights by the end of the year. The United States and China share an interest in "
            "halting the flow of fentanyl."
        ),
    ),
    (
        "2023-06-20",
        "Foreign Ministry",
        "CHN/GOV",
        "readout",
        (
            "Qin Gang met Antony Blinken in Beijing on 18 June 2023. "
            "China praised the United States for its candor. China rejected American sanctions. "
            "China urged the United States to lift its tariffs."
        ),
    ),
)
DEEDS: Sequence[Written] = tuple(
    (f"2023-06-{day:02d}", "Federal gazette", "USA/GOV", "legal", text)
    for day, text in enumerate(
        (
            "The United States imposed sanctions on a Chinese shipyard in Dalian.",
            "The United States froze assets of four Chinese bankers over money laundering.",
            "The United States expelled a Chinese consul from Houston.",
            "The United States banned Chinese drones from public tenders.",
            "The United States sanctioned Chinese makers of pill presses.",
            "The United States imposed export controls on chip tools for China.",
            "The United States revoked the licence of a Chinese telecom carrier.",
            "The United States arrested two Chinese officers on charges of spying.",
            "The United States sold China a batch of wheat and shipped food aid to China.",
            "The United States blacklisted a Chinese genetics laboratory.",
            "The United States imposed tariffs on Chinese aluminium foil.",
            "The United States seized cotton imports from China at Long Beach.",
            "The United States imposed visa restrictions on Chinese judges.",
            "The United States sanctioned a Chinese satellite operator.",
        ),
        start=1,
    )
)


def write_document(
    folder: Path, name: str, text: str, published: str = "2023-06-19", **front: str
) -> Path:
    """Write one Markdown file; a key of the header that is empty is left out."""
    folder.mkdir(parents=True, exist_ok=True)
    facts = {"title": name.replace("-", " "), "published": published} | front
    lines = "".join(f"{key}: {value}\n" for key, value in facts.items() if value)
    path = folder / f"{name}.md"
    path.write_text(f"---\n{lines}---\n\n{text}\n", encoding="utf-8")
    return path


def write_documents(folder: Path, written: Sequence[Written]) -> Path:
    """Write a folder of documents."""
    for day, publisher, account_of, kind, text in written:
        write_document(
            folder,
            f"{day}-{publisher.replace(' ', '-')}",
            text,
            published=day,
            publisher=publisher,
            account_of=account_of,
            kind=kind,
        )
    return folder


@pytest.fixture(scope="session", name="study_once")
def study_once_fixture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A coded workspace nobody writes to."""
    folder = tmp_path_factory.mktemp("study")
    source = write_documents(folder / "in", (*TALKS, *DEEDS))
    workspace = init(folder / "study")
    add(workspace, [source], added_at=AT)
    code(workspace, coded_at=AT, coder="patterns")
    return workspace.folder


@pytest.fixture(name="study")
def study_fixture(study_once: Path, tmp_path: Path) -> Workspace:
    """The coded workspace, a copy of one's own: to copy the folder is to copy the study."""
    shutil.copytree(study_once, tmp_path / "study")
    return Workspace.open(tmp_path / "study")


@pytest.fixture(name="empty")
def empty_fixture(tmp_path: Path) -> Workspace:
    """A workspace without anything."""
    return init(tmp_path / "empty")


@pytest.fixture(name="write")
def write_fixture(tmp_path: Path) -> Callable[..., Path]:
    """The writer of one document: name, text, day, header."""
    return partial(write_document, tmp_path / "in")


@pytest.fixture(name="coded")
def coded_fixture(empty: Workspace) -> Callable[..., Workspace]:
    """Takes files into one workspace and codes them, as often as it is called."""

    def taken(*paths: Path) -> Workspace:
        add(empty, paths, added_at=AT)
        code(empty, coded_at=AT, coder="patterns")
        return empty

    return taken


def counts(workspace: Workspace) -> dict[str, int]:
    """Rows of every table of the ledger."""
    with workspace.ledger() as ledger:
        return ledger.counts()


@pytest.fixture(name="counts")
def counts_fixture() -> Callable[[Workspace], dict[str, int]]:
    """The counter of a ledger's rows."""
    return counts
