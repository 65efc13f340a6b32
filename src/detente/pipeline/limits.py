"""What limits an answer, in sentences; never none."""

from collections import Counter
from collections.abc import Sequence

from detente.pipeline.answers import GapRow
from detente.pipeline.counts import CodedDocuments
from detente.records import DocumentKind

_ONE_SIDED = 0.75


def limitations(
    documents: CodedDocuments, pair: tuple[str, str], rows: Sequence[GapRow] = ()
) -> tuple[str, ...]:
    """Say what an answer cannot show.

    Args:
        documents: What it was read from.
        pair: ISO-3 of the two states.
        rows: The gaps shown, if any.

    Returns:
        One sentence per limit, the weightiest first; English-only reading is always one.
    """
    held = list(documents.documents.values())
    found = [_one_sided(documents, pair), _summaries(documents), _reference(rows)]
    if any(row.gap is None for row in rows):
        found.append("Where deeds are too few, no gap is given.")
    other = sum(d.language != "en" for d in held)
    found.append(
        f"Only English is coded; {other} documents in other languages are kept uncoded."
        if other
        else "Only English texts are read."
    )
    return tuple(sentence for sentence in found if sentence)


def _one_sided(documents: CodedDocuments, pair: tuple[str, str]) -> str:
    sides = Counter(
        d.account_of.split("/")[0] for d in documents.documents.values() if d.account_of
    )
    both = {side: sides[side] for side in pair}
    total = sum(both.values())
    if total == 0:
        return "No document is an account by either government."
    side, most = max(both.items(), key=lambda item: item[1])
    if most / total < _ONE_SIDED:
        return ""
    return f"One-sided sources: {most} of {total} official accounts are by {side}."


def _summaries(documents: CodedDocuments) -> str:
    held = documents.documents.values()
    summaries = sum(d.kind is DocumentKind.SUMMARY for d in held)
    if not summaries:
        return ""
    return (
        f"{summaries} of {len(held)} documents are summaries in our words, not the publishers' own "
        "texts; each links its original."
    )


def _reference(rows: Sequence[GapRow]) -> str:
    bases = [realm.reference_basis for row in rows for realm in (row.words, row.deeds)]
    shipped = [b for b in bases if "ICEWS" in b]
    if not shipped:
        return ""
    return f"Too few events of other dyads to say what is usual among states; used instead: {shipped[0]}."
