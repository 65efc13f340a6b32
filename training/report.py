"""The figures as tables on the terminal."""

from collections.abc import Callable, Iterator
from typing import Any

from progress import CONSOLE
from rich import box
from rich.table import Table
from rows import LEVELS, MEASURES, Figures, coders, confusion, interval_of, published


def show(name: str, results: dict[str, Any]) -> None:
    """Print what was measured of one set or part.

    Args:
        name: Its name.
        results: All figures so far.
    """
    found = results["sets"].get(name) or results[name]
    printed = _PRINTED.get(name, _documents if "documents" in found else _set)
    for part in printed(name, found):
        CONSOLE.print(part)


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", box=box.SIMPLE)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _set(name: str, found: Figures) -> Iterator[Table | str]:
    named = {key: title for key, title in MEASURES.items() if key in found}
    table = _table(f"{name}, {found['rows']} rows (90 % interval)", "coder", *named.values())
    for coder, one in coders(found):
        table.add_row(coder, *(interval_of(one, key) for key in named))
    if name == "plv_train.dev":
        for row in published(len(named)):
            table.add_row(*row)
    yield table
    yield from _classes(found)
    yield from _told(found)


def _classes(found: Figures) -> Iterator[Table]:
    for kind, classes in found.get("per_class", {}).items():
        table = _table(f"{kind}, class by class", "class", "precision", "recall", "F1", "rows")
        for label, one in classes.items():
            figures = (f"{one[key]:.3f}" for key in ("precision", "recall", "f1"))
            table.add_row(label, *figures, str(one["rows"]))
        yield table


def _told(found: Figures) -> Iterator[str]:
    for kind, listed in found.get("confusions", {}).items():
        yield from _costly(kind, listed)
    for key, title in (
        ("no_event_read", "Rows in which no event was read"),
        ("rows_without_both_actors", "Rows left out: an actor is not given or not in the text"),
        ("rows_neutral", "Rows of a plain statement, in five classes only"),
        ("due_without_a_cameo_root", "Due events whose code is no CAMEO code"),
    ):
        if key in found:
            yield f"{title}: {found[key]}"


def _costly(kind: str, listed: list[Figures]) -> Iterator[str]:
    if listed:
        first = ", ".join(confusion(one) for one in listed[:3])
        yield f"Costs most ({kind}): {first}"


def _documents(name: str, found: Figures) -> Iterator[Table | str]:
    title = f"{name}, {found['documents']} documents: precision / recall / F1 (90 % interval of F1)"
    table = _table(title, "coder", *LEVELS, "false per 100")
    for coder, one in coders(found):
        cells = [_prf(one[level], one["interval"][level]) for level in LEVELS]
        table.add_row(coder, *cells, interval_of(one, "false_events_per_100"))
    yield table
    yield f"Sentences without an event: {found['sentences_without_event']}"
    for coder, one in coders(found):
        for key in ("commitments", "shared_interests"):
            if key in one:
                figures = _prf(one[key], one[key]["interval"]).replace("\n", " ")
                yield f"{key.replace('_', ' ')}, {coder}: {figures}"
    for kind, listed in found["confusions"].items():
        yield from _costly(kind, listed)


def _prf(one: Figures, interval: list[float]) -> str:
    figures = " ".join(f"{one[key]:.2f}" for key in ("precision", "recall", "f1"))
    return f"{figures}\n({interval[0]:.2f} to {interval[1]:.2f})"


def _false(_name: str, found: Figures) -> Iterator[str]:
    for title, one in (("Pooled", found), *list(found.items())[-1:]):
        yield (
            f"{title}: false events per 100 {interval_of(one, 'false_events_per_100')} of "
            f"{one['sentences_without_event']}; recall {interval_of(one, 'recall')} of "
            f"{one['sentences_with_event']} sentences with an event"
        )


def _swap(_name: str, found: Figures) -> Iterator[Table | str]:
    yield (
        f"Exchanging the two states mirrors {interval_of(found, 'mirrored')} of "
        f"{found['sentences']} sentences; of {found['sentences_with_events']} with an event "
        f"{found['mirrored_of_those_with_events']:.3f}"
    )
    for title, key in (("where it first differs", "explained"), ("what differs", "differences")):
        table = _table(title, "", "number")
        for name, number in found[key].items():
            table.add_row(name, str(number))
        yield table


def _calibration(_name: str, found: Figures) -> Iterator[Table | str]:
    table = _table("Confidence", "from", "records", "mean confidence", "share right")
    for one in found["bins"]:
        table.add_row(
            f"{one['from']:.1f}",
            str(one["records"]),
            f"{one['confidence']:.3f}",
            f"{one['right']:.3f}",
        )
    yield table
    yield f"Expected calibration error {found['ece']:.3f} ({found['ece_is_of']})"
    for name, one in found["sets"].items():
        yield f"  {name}: {one['ece']:.3f} of {one['records']}"


def _speed(_name: str, found: Figures) -> Iterator[str]:
    yield (
        f"{found['sentences_per_second']} sentences per second in {found['processes']} processes "
        f"({found['sentences_per_cpu_second']} per CPU-second), "
        f"{found['peak_megabytes_per_process']} MB each at most; "
        f"{100 * found['share_of_sentences_skipped']:.0f} % of {found['sentences']} sentences skipped"
    )


_PRINTED: dict[str, Callable[[str, Figures], Iterator[Table | str]]] = {
    "false_events": _false,
    "swap": _swap,
    "calibration": _calibration,
    "speed": _speed,
}
