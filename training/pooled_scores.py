"""Figures over several sets at once: false events with recall beside, and calibration."""

from collections.abc import Sequence

from calibration import Record, bins_of, expected_error
from document_scores import caught_in, reading, records, rows_of
from documents_gold import SEED_PAGE, Keyed, acceptance, held_out
from pair_scores import PLOVER, coded
from sentence_scores import JUDGED, MADE_UP_SUITE, caught, read

Section = dict[str, object]


def false_events(_before: Section) -> Section:
    """Count false events over sentences without one, and events found over those with one.

    Args:
        _before: The section of the last run.
    """
    single = [(due, bool(events)) for name in (JUDGED, MADE_UP_SUITE) for due, events in read(name)]
    unseen = [d for d in acceptance() if d.name != SEED_PAGE]
    return {
        "sets": [JUDGED, MADE_UP_SUITE, "acceptance"],
        **_caught(single + _in_documents(acceptance())),
        "without the seed page": _caught(single + _in_documents(unseen)),
    }


def calibration(_before: Section) -> Section:
    """Measure how far confidence lies from the share of records that are right.

    Args:
        _before: The section of the last run.
    """
    parts = {
        "acceptance": records(acceptance(), reading(acceptance, "pairs")),
        "own documents": records(held_out(), reading(held_out, "pairs")),
        PLOVER: pair_records(),
    }
    every = [record for part in parts.values() for record in part]
    return {
        "ece": expected_error(every),
        "ece_is_of": f"all records of {', '.join(parts)} pooled",
        "records": len(every),
        "bins": bins_of(every),
        "sets": {
            name: {"ece": expected_error(part), "records": len(part), "bins": bins_of(part)}
            for name, part in parts.items()
        },
    }


def pair_records() -> list[Record]:
    """Return the newswire pairs in which an event was read, and whether its type is right."""
    return [
        (said.confidence, said.kind == pair.kind)
        for pair, said in coded(PLOVER)
        if said.root is not None
    ]


def _in_documents(documents: Sequence[Keyed]) -> list[tuple[bool, bool]]:
    readings = reading(acceptance, "pairs")
    return [
        pair for d in documents for pair in caught_in(d, rows_of(d.name, readings[d.name].events))
    ]


def _caught(rows: Sequence[tuple[bool, bool]]) -> Section:
    return caught([due for due, _ in rows], [found for _, found in rows])
