"""`detente code`: read what is not yet read."""

from typing import Annotated

import typer

from detente.coding import Coder
from detente.pipeline.coding import DEFAULT_CODER, LLM_CODER, CodeReport, code
from detente.pipeline.workspace import Workspace
from detente.records import Refusal
from detente.surfaces import settings
from detente.surfaces.cli.options import JsonOption, WorkspaceOption
from detente.surfaces.cli.output import ProgressBar, console, print_json

_SHOWN = 5


def command(
    workspace: WorkspaceOption = None,
    coder: Annotated[
        str, typer.Option(help="Which coder reads: pairs, patterns, or llm once it is set up.")
    ] = DEFAULT_CODER,
    processes: Annotated[
        int, typer.Option(min=1, help="How many read at a time; all cores if not given.")
    ] = settings.cores(),
    *,
    as_json: JsonOption = False,
) -> None:
    """Code every English document this coder version has not read; goes on where it stopped."""
    place = settings.workspace(workspace)
    reader = _asking_a_model(place) if coder == LLM_CODER else coder
    with ProgressBar(quiet=as_json) as bar:
        report = code(
            place, coded_at=settings.now(), coder=reader, processes=processes, progress=bar
        )
    if as_json:
        print_json(report)
        return
    _print_counts(report)
    _print_account(report)


def _asking_a_model(place: Workspace) -> Coder:
    from detente.pipeline.llm import llm_coder, llm_settings

    return llm_coder(place, settings.secret(llm_settings(place).key_env))


def _print_counts(report: CodeReport) -> None:
    if not report.documents and not report.left:
        console.print(f"Nothing new for {report.coder} {report.coder_version}.", markup=False)
        return
    console.print(
        f"{report.documents} documents, {report.sentences:,} sentences read by {report.coder} "
        f"{report.coder_version} ({report.skipped:,} without a pair of actors): "
        f"{report.events:,} events, {report.meetings} meetings, {report.commitments} commitments.",
        markup=False,
    )


def _print_account(report: CodeReport) -> None:
    if report.llm is None:
        return
    spent = report.llm
    console.print(
        f"{spent.requests:,} requests, {spent.tokens:,} tokens; {spent.kept_answers:,} answers from "
        "earlier runs."
    )
    _print_refusals("documents left uncoded", report.left)
    _print_refusals("items of answers refused", spent.refused)


def _print_refusals(what: str, refusals: tuple[Refusal, ...]) -> None:
    if not refusals:
        return
    more = f", {_SHOWN} of them (all with --json)" if len(refusals) > _SHOWN else ""
    console.print(f"{len(refusals)} {what}{more}:")
    for refusal in refusals[:_SHOWN]:
        console.print(f"  {refusal.origin}: {refusal.reason}", markup=False)
