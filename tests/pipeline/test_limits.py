from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from detente.pipeline.answers import GapRow
from detente.pipeline.briefs import brief
from detente.pipeline.counts import CodedDocuments
from detente.pipeline.gaps import gap
from detente.pipeline.limits import limitations
from detente.pipeline.meetings import meetings
from detente.pipeline.workspace import Workspace

AS_OF = date(2023, 6, 30)
Write = Callable[..., Path]
Coded = Callable[..., Workspace]
TEXT = "The United States praised China for the talks in round {} of the dialogue on trade."


def limits(study: Workspace) -> tuple[str, ...]:
    return meetings(study, "USA", "CHN", as_of=AS_OF).limitations


@pytest.mark.parametrize(
    ("accounts", "told"),
    [
        pytest.param(
            ["USA/GOV"] * 3 + ["CHN/GOV"], "3 of 4 official accounts are by USA", id="3:1"
        ),
        pytest.param(["CHN/GOV"], "1 of 1 official accounts are by CHN", id="one"),
        pytest.param([""], "No document is an account by either government.", id="none"),
        pytest.param(["FRA/GOV"], "No document is an account by either", id="a third party's"),
    ],
)
def test_one_sided_sources(coded: Coded, write: Write, accounts: list[str], told: str) -> None:
    for number, side in enumerate(accounts):
        coded(write(f"d{number}", TEXT.format(number * 1111), account_of=side))
    assert told in limits(coded())[0]


def test_balanced_sources_are_not_called_one_sided(coded: Coded, write: Write) -> None:
    for number, side in enumerate(["USA/GOV"] * 2 + ["CHN/GOV"]):
        coded(write(f"d{number}", TEXT.format(number * 1111), account_of=side))
    assert limits(coded()) == ("Only English texts are read.",)


def test_summaries_and_other_languages_are_counted(coded: Coded, write: Write) -> None:
    chinese = "中美双方在北京举行会谈。双方同意继续保持沟通。中方要求美方取消关税。" * 4
    study = coded(
        write("s", TEXT.format(1), kind="summary", summary_of="readout"),
        write("会谈", chinese),
    )
    told = " ".join(limits(study))
    assert "1 of 2 documents are summaries in our words" in told
    assert "1 documents in other languages are kept uncoded" in told


def test_a_borrowed_reference_is_named(study: Workspace) -> None:
    told = gap(study, "USA", "CHN", as_of=AS_OF).limitations
    assert any("used instead: ICEWS 2018, all dyads" in line for line in told)
    assert brief(study, "USA", "CHN", as_of=AS_OF).limitations == told


def test_of_many_borrowed_references_the_first_is_named(study: Workspace) -> None:
    row = gap(study, "USA", "CHN", as_of=AS_OF).rows[0]

    def borrowed(number: int) -> GapRow:
        words = row.words.model_copy(update={"reference_basis": f"ICEWS {number}"})
        return row.model_copy(update={"words": words})

    with study.ledger() as ledger:
        documents = CodedDocuments(ledger, AS_OF, ("USA", "CHN"))
        told = limitations(documents, ("USA", "CHN"), [borrowed(n) for n in range(40)])
    assert any(line.endswith("used instead: ICEWS 0.") for line in told)
