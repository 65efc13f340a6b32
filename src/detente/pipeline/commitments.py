"""Who promised what, by when."""

from collections.abc import Sequence
from datetime import date

from detente.errors import UnknownNameError
from detente.ontology.issues import ISSUES
from detente.pipeline.answers import Cite, CommitmentEntry, CommitmentsAnswer
from detente.pipeline.counts import CodedDocuments
from detente.pipeline.limits import limitations
from detente.pipeline.naming import named_pair
from detente.pipeline.workspace import Workspace
from detente.records import Commitment, CommitmentStatus

_OPEN = frozenset({CommitmentStatus.MADE, CommitmentStatus.UNDER_WAY, CommitmentStatus.UNRATED})


def commitments(
    workspace: Workspace,
    actor: str,
    recipient: str,
    *,
    as_of: date,
    issue: str | None = None,
    since: date | None = None,
) -> CommitmentsAnswer:
    """List the undertakings two states made, newest first.

    Args:
        workspace: The study.
        actor: One state, by code or name.
        recipient: The other.
        as_of: Nothing published later is read.
        issue: One issue, or None for all.
        since: Leave out undertakings made before this day.

    Returns:
        One entry per undertaking with its evidence.

    Raises:
        UnknownNameError: A state or issue no table holds.
    """
    pair = named_pair(actor, recipient)
    if issue is not None and issue not in ISSUES:
        raise UnknownNameError(kind="issue", name=issue, known=ISSUES.keys())
    with workspace.ledger() as ledger:
        documents = CodedDocuments(ledger, as_of, pair)
        found = [
            c
            for c in (f.record for f in ledger.commitments(as_of=as_of, pair=pair))
            if issue in {None, c.issue} and (since is None or c.made.end >= since)
        ]
        entries, cites = commitment_entries(documents, found)
        return CommitmentsAnswer(
            as_of=as_of,
            coders=tuple(sorted(set(documents.coders.values()))),
            limitations=limitations(documents, pair),
            cites=cites,
            pair=pair,
            commitments=entries,
        )


def commitment_entries(
    documents: CodedDocuments, found: Sequence[Commitment]
) -> tuple[tuple[CommitmentEntry, ...], tuple[Cite, ...]]:
    """Cite each undertaking and say whether it is overdue.

    Args:
        documents: To cite from.
        found: Undertakings as read.

    Returns:
        Entries, newest first, and their cites.
    """
    ordered = sorted(found, key=lambda c: (c.made.end, c.commitment_id), reverse=True)
    cites = [
        Cite.of_sentence(
            c.commitment_id,
            c.evidence,
            documents.documents[c.evidence.document_id],
            documents.coders.get(c.evidence.document_id, ""),
        )
        for c in ordered
    ]
    entries = tuple(
        CommitmentEntry(
            commitment=c,
            cite=c.commitment_id,
            is_overdue=c.due is not None and c.due.end < documents.as_of and c.status in _OPEN,
        )
        for c in ordered
    )
    return entries, tuple(cites)
