"""The evidence list: every cite once, under its document, with links back to what rests on it.

A sentence of a summary is ours, not the publisher's: it never stands in quotation marks.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from detente.pipeline.answers import Cite
from detente.records import DocumentKind
from detente.surfaces.brief.figures import read_days, slug

_KINDS = {
    DocumentKind.SUMMARY.value: "summary in our words",
    DocumentKind.JOINT_STATEMENT.value: "joint statement",
    DocumentKind.FACT_SHEET.value: "fact sheet",
    DocumentKind.LEGAL.value: "legal text",
    DocumentKind.NEWS.value: "news report",
    DocumentKind.OTHER.value: "document",
}
_TEXTS = frozenset({"sentence", "caption"})
_BASES = {"row": "row of an event file", "indicator": "indicator value"}


@dataclass(frozen=True)
class Link:
    """A link within the page."""

    href: str
    text: str


@dataclass
class Item:
    """One sentence, row or value, with a number on the page."""

    number: int
    text: str
    is_quoted: bool
    place: str
    """Where in the document: offsets, or the row of a file."""
    url: str | None
    """Of a row or value; a sentence has its document's."""
    anchors: tuple[str, ...]
    """Ids of all cites that are this sentence."""
    back: list[Link] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        """Id of the item."""
        return f"e{self.number}"


@dataclass
class Source:
    """One document, or one event file's rows."""

    title: str
    publisher: str
    published: str
    url: str | None
    kind: str
    is_summary: bool
    coder: str
    items: list[Item]


@dataclass
class Evidence:
    """All cites of a page, numbered; hands out references and remembers who asked."""

    sources: list[Source]
    items: dict[str, Item]
    """By cite id."""

    def refer(self, cites: Iterable[str], anchor: str, label: str) -> list[Item]:
        """Return the items some cites are, and note what rests on them.

        Args:
            cites: Ids; those the answer does not carry are passed over.
            anchor: Id of the element that refers to them.
            label: Words for the link back.

        Returns:
            Each item once, by number.
        """
        found = {self.items[c].number: self.items[c] for c in cites if c in self.items}
        for item in found.values():
            if all(link.href != anchor for link in item.back):
                item.back.append(Link(anchor, label))
        return [found[number] for number in sorted(found)]

    @property
    def n_items(self) -> int:
        """Distinct sentences, rows and values."""
        return sum(len(source.items) for source in self.sources)


def evidence_of(cites: Iterable[Cite]) -> Evidence:
    """Number cites, newest document first, in the order of its text; event files come last.

    Args:
        cites: Of one answer; those of one sentence become one item.
    """
    groups: dict[tuple[str, ...], list[Cite]] = {}
    for cite in cites:
        groups.setdefault(_home(cite), []).append(cite)
    ordered = sorted(groups.values(), key=_title)
    ordered.sort(key=_newest, reverse=True)
    evidence = Evidence([], {})
    number = 1
    for group in ordered:
        found = []
        for same in _sentences(group):
            item = _item(number, same)
            number += 1
            found.append(item)
            evidence.items.update({cite.id: item for cite in same})
        evidence.sources.append(_source(group[0], found))
    return evidence


def _sentences(group: Sequence[Cite]) -> list[list[Cite]]:
    spans: dict[tuple[object, ...], list[Cite]] = {}
    for cite in sorted(group, key=lambda c: (c.start or 0, c.title)):
        spans.setdefault((cite.start, cite.end, cite.text, cite.title), []).append(cite)
    return list(spans.values())


def safe_url(url: str | None) -> str | None:
    """Return a URL if a page may link to it.

    Args:
        url: As the document gave it.

    Returns:
        None unless its scheme is http or https and it names a host.

    Examples:
        >>> safe_url("https://www.state.gov/"), safe_url("javascript:alert(1)")
        ('https://www.state.gov/', None)
    """
    if url is None:
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    return url.strip() if parts.scheme in {"http", "https"} and parts.netloc else None


def kind_label(cite: Cite) -> str:
    """Say what sort of evidence a cite is.

    Args:
        cite: Any cite.

    Returns:
        `summary in our words` for a summary.
    """
    if cite.basis in _BASES:
        return _BASES[cite.basis]
    kind = cite.document_kind or "document"
    return _KINDS.get(kind, kind.replace("_", " "))


def is_quotable(cite: Cite) -> bool:
    """Say whether a cite's text may stand in quotation marks: the publisher's own words only.

    Args:
        cite: Any cite.
    """
    return cite.basis in _TEXTS and cite.document_kind not in {None, DocumentKind.SUMMARY.value}


def _home(cite: Cite) -> tuple[str, ...]:
    if cite.document_id is not None:
        return ("document", cite.document_id)
    return (cite.basis, cite.publisher, cite.title if cite.basis != "row" else "")


def _title(group: Sequence[Cite]) -> str:
    return group[0].title


def _newest(group: Sequence[Cite]) -> tuple[bool, str]:
    is_document = group[0].document_id is not None
    published = max(c.published for c in group)
    return is_document, "" if published == "undated" else published


def _item(number: int, cites: Sequence[Cite]) -> Item:
    first = cites[0]
    is_text = first.basis in _TEXTS
    if not is_text:
        place = f"{first.title}, published {read_days(first.published)}"
    elif first.start is None:
        place = ""
    else:
        place = f"characters {first.start}–{first.end}"
        place += " (caption)" if first.basis == "caption" else ""
    return Item(
        number=number,
        text=first.text,
        is_quoted=is_quotable(first),
        place=place,
        url=None if is_text else safe_url(first.url),
        anchors=tuple(dict.fromkeys(slug("cite", c.id) for c in cites)),
    )


def _source(cite: Cite, items: list[Item]) -> Source:
    is_text = cite.basis in _TEXTS
    return Source(
        title=f"Event file {cite.publisher}" if cite.basis == "row" else cite.title,
        publisher=cite.publisher,
        published=read_days(cite.published) if is_text else "",
        url=safe_url(cite.url) if is_text else None,
        kind=kind_label(cite),
        is_summary=cite.document_kind == DocumentKind.SUMMARY.value,
        coder=cite.coder or "",
        items=items,
    )
