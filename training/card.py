"""Render the figures of the coders' page from `results.json`, between its two markers.

Run it to bring the page up to date after `make evaluate`.
"""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from places import PAGE, RESULTS
from rows import LEVELS, MEASURES, Figures, coders, confusion, interval_of, published

BEGIN, END = "<!-- figures -->", "<!-- /figures -->"

TITLES = {
    "acceptance without the seed page": "Documents coded by hand, without the page developed on",
    "acceptance": "The same with that page, its site furniture included",
    "own documents": "Our own coded documents that are kept from training",
    "plv_train.dev": "Newswire pairs, actors given: macro-F1",
    "cameoclass_train.dev": "Newswire sentences of five classes, actors given as strings: macro-F1",
    "aw_train.dev": "Encyclopedia and news sentences, cooperation or conflict: macro-F1",
    "osorio_a.dev": "News sentences read by four people, actors not given: macro-F1",
    "petr1_unit.dev": "An old suite with made-up countries, whose codes are often its own: F1",
    "petr2_gsr.dev": "A few sentences of its successor: F1",
}
"""Set to its heading, in the page's order."""


def main() -> int:
    """Write the figures into the page.

    Returns:
        0.
    """
    results = json.loads(RESULTS.read_text(encoding="utf-8"))
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(with_figures(page, rendered(results)), encoding="utf-8")
    return 0


def figures_in(page: str) -> str:
    """Return what a page holds between the markers.

    Args:
        page: Markdown with each marker once.
    """
    start, end = page.index(BEGIN) + len(BEGIN), page.index(END)
    return page[start:end].strip()


def with_figures(page: str, figures: str) -> str:
    """Return a page with other figures between the markers.

    Args:
        page: Markdown with each marker once.
        figures: From `rendered`.
    """
    start, end = page.index(BEGIN) + len(BEGIN), page.index(END)
    return f"{page[:start]}\n{figures}\n{page[end:]}"


def rendered(results: dict[str, Any]) -> str:
    """Return every table of the page.

    Args:
        results: What `make evaluate` wrote.
    """
    return "\n\n".join(_parts(results))


def _parts(results: dict[str, Any]) -> Iterator[str]:
    yield _model(results["model"])
    for name, title in TITLES.items():
        if name in results["sets"]:
            yield from _set(title, name, results["sets"][name])
    for key, told in (
        ("false_events", _false),
        ("swap", _swap),
        ("calibration", _calibration),
        ("speed", _speed),
    ):
        if key in results:
            yield from told(results[key])


def _model(model: Figures) -> str:
    return f"Model of {model['bytes']:,} bytes, SHA-256 `{model['sha256'][:16]}…`."


def _set(title: str, name: str, found: Figures) -> Iterator[str]:
    is_documents = "documents" in found
    size = f"{found['documents']} documents" if is_documents else f"{found['rows']} sentences"
    yield f"### {title}\n\n{size}, 90 % intervals in brackets."
    yield _documents(found) if is_documents else _sentences(name, found)
    yield from _notes(found)
    yield from _classes(found)


def _documents(found: Figures) -> str:
    head = ["coder", *LEVELS, "false events per 100"]
    rows = [
        [coder, *(_prf(one[level], one["interval"][level]) for level in LEVELS), _per_100(one)]
        for coder, one in coders(found)
    ]
    extra = [
        [coder, *(_prf(one[k], one[k]["interval"]) for k in ("commitments", "shared_interests"))]
        for coder, one in coders(found)
        if "commitments" in one
    ]
    heads = ["coder", "sentences of commitments", "issues of shared interest"]
    tables = [_table(head, rows)] + ([_table(heads, extra)] if extra else [])
    return "Precision / recall / F1:\n\n" + "\n\n".join(tables)


def _per_100(one: Figures) -> str:
    return f"{interval_of(one, 'false_events_per_100')} of {one['sentences_without_event']}"


def _prf(one: Figures, interval: Sequence[float]) -> str:
    figures = " / ".join(f"{one[key]:.3f}" for key in ("precision", "recall", "f1"))
    return f"{figures} ({interval[0]:.3f} to {interval[1]:.3f})"


def _sentences(name: str, found: Figures) -> str:
    named = {key: title for key, title in MEASURES.items() if key in found}
    rows = [[coder, *(interval_of(one, key) for key in named)] for coder, one in coders(found)]
    rows += list(published(len(named))) if name == "plv_train.dev" else []
    return _table(["coder", *named.values()], rows)


def _notes(found: Figures) -> Iterator[str]:
    if "rows_without_both_actors" in found:
        yield (
            f"Of {found['rows_in_the_set']} rows {found['rows_without_both_actors']} are left out: "
            f"an actor is not given or not in the text. {found['rows_neutral']} of those scored are "
            "plain statements and count in the five classes only."
        )
    if "no_event_read" in found:
        yield f"In {found['no_event_read']} rows `pairs` reads no event, which counts as wrong."
    if "due_without_a_cameo_root" in found:
        due = found["due_without_a_cameo_root"]
        dyad = found["dyad"]["f1"]
        yield f"{due} due events have codes that CAMEO has not. Countries alone: F1 {dyad:.3f}."
    if "triple_f1_after_weis" in found:
        yield (
            "Most of its codes are those of WEIS, the scheme before CAMEO (212 for an arrest, 031 for "
            f"a meeting). Put across to CAMEO's roots: F1 {found['triple_f1_after_weis']:.3f}."
        )
    for kind, listed in found.get("confusions", {}).items():
        if listed:
            yield f"Costs most ({kind}): {', '.join(confusion(one) for one in listed[:3])}."


def _classes(found: Figures) -> Iterator[str]:
    for kind, classes in found.get("per_class", {}).items():
        if kind == "root":
            head = ["type", "precision", "recall", "F1", "rows"]
            yield _table(head, ([label, *_plain(one)] for label, one in classes.items()))


def _plain(one: Figures) -> list[str]:
    return [*(f"{one[key]:.3f}" for key in ("precision", "recall", "f1")), str(one["rows"])]


def _false(found: Figures) -> Iterator[str]:
    yield "### False events, with recall beside"
    rows = [
        [title, _per_100(one), f"{interval_of(one, 'recall')} of {one['sentences_with_event']}"]
        for title, one in (
            (", ".join(found["sets"]), found),
            ("the same without the page developed on", found["without the seed page"]),
        )
    ]
    yield _table(["sentences of", "false events per 100", "sentences with an event found"], rows)


def _swap(found: Figures) -> Iterator[str]:
    yield "### Exchanging the two states"
    yield (
        f"Of {found['sentences']:,} sentences that name both the United States and China, "
        f"{interval_of(found, 'mirrored')} are coded in mirror image when the two are exchanged; of "
        f"{found['sentences_with_events']:,} with an event {found['mirrored_of_those_with_events']:.3f}."
    )
    if found["explained"]:
        rows = [[name, str(number)] for name, number in found["explained"].items()]
        yield _table(["where the two first part", "sentences"], rows)


def _calibration(found: Figures) -> Iterator[str]:
    yield "### Confidence"
    yield f"Expected calibration error {found['ece']:.3f}: {found['ece_is_of']}."
    rows = [
        [
            f"{one['from']:.1f}",
            str(one["records"]),
            f"{one['confidence']:.3f}",
            f"{one['right']:.3f}",
        ]
        for one in found["bins"]
    ]
    yield _table(["from", "records", "mean confidence", "share right"], rows)
    rows = [[n, f"{one['ece']:.3f}", str(one["records"])] for n, one in found["sets"].items()]
    yield _table(["records of", "expected calibration error", "records"], rows)


def _speed(found: Figures) -> Iterator[str]:
    yield "### Speed"
    yield (
        f"{found['sentences_per_second']} sentences a second in {found['processes']} processes "
        f"({found['sentences_per_cpu_second']} per CPU-second), at most "
        f"{found['peak_megabytes_per_process']} MB each; "
        f"{100 * found['share_of_sentences_skipped']:.0f} % of the sentences hold no pair."
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


if __name__ == "__main__":
    sys.exit(main())
