import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from detente.errors import WorkspaceError
from detente.pipeline.answers import Cite
from detente.pipeline.briefs import Brief, Side
from detente.surfaces.brief import render_page, write_page
from detente.surfaces.brief.evidence import evidence_of, safe_url
from detente.surfaces.brief.standfirst import standfirst
from detente.surfaces.charts.theme import PALETTE

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUM = Path("/usr/bin/chromium")
NAMES = {"USA": "United States", "CHN": "China"}
MakeBrief = Callable[..., Brief]
MakeCite = Callable[..., Cite]


@pytest.fixture(name="text", scope="module")
def text_fixture(make_brief: MakeBrief) -> str:
    """The page of the brief as it is, drawn once."""
    return render_page(make_brief())


class Page(HTMLParser):
    """Ids, links and elements of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = dict(attrs)
        self.tags.append(tag)
        self.ids += [str(facts["id"])] if facts.get("id") else []
        self.links += [str(facts["href"])] if tag == "a" and facts.get("href") else []


def sentences(brief: Brief) -> list[str]:
    return ["".join(p.text for p in sentence) for sentence in standfirst(brief, NAMES)]


def test_every_inner_link_has_its_target_and_ids_are_unique(text: str) -> None:
    page = Page(text)
    inner = {link[1:] for link in page.links if link.startswith("#")}
    assert inner <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))


def test_every_cite_is_listed_and_referred_to(make_brief: MakeBrief, text: str) -> None:
    brief = make_brief()
    page = Page(text)
    items = [name for name in page.ids if re.fullmatch(r"e\d+", name)]
    assert {f"cite-{cite.id}" for cite in brief.cites} <= set(page.ids)
    assert {f"#{name}" for name in items} <= set(page.links)


def test_evidence_links_back_to_the_rows_that_rest_on_it(text: str) -> None:
    item = text[text.index('id="cite-d1"') :]
    back = item[: item.index("</li>")]
    assert 'href="#g-documents-usa-all-issues"' in back
    assert 'href="#l-usa-deeds-1"' in back


def test_page_has_no_script_and_asks_for_nothing(text: str) -> None:
    page = Page(text)
    assert not {"script", "iframe", "img", "object", "embed"} & set(page.tags)
    assert not re.search(r"@import|url\((?!#)|\bsrc=", text)
    assert "default-src 'none'" in text


def test_markup_in_a_document_is_shown_as_text(make_brief: MakeBrief, make_cite: MakeCite) -> None:
    hostile = make_cite("w1", "</li><script>alert(1)</script>", title="<script>x</script>")
    text = render_page(make_brief(cites=(hostile, *make_brief().cites[1:])))
    assert "&lt;script&gt;x&lt;/script&gt;" in text
    assert "script" not in Page(text).tags


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "//host/x", "file:///etc/passwd", "http://[", None],
    ids=["javascript", "data", "no-scheme", "file", "broken", "none"],
)
def test_only_web_addresses_are_safe(url: str | None) -> None:
    assert safe_url(url) is None


def test_other_addresses_become_no_link(make_brief: MakeBrief, make_cite: MakeCite) -> None:
    cite = make_cite("w1", "They met.", url="javascript:alert(1)")
    text = render_page(make_brief(cites=(cite, *make_brief().cites[1:])))
    assert all(link.startswith(("#", "https://")) for link in Page(text).links)
    assert "javascript:" not in text


def test_summaries_never_stand_in_quotation_marks(make_brief: MakeBrief, text: str) -> None:
    brief = make_brief()
    for cite in brief.cites:
        is_own = cite.document_kind not in {"summary", None}
        assert (f"“<bdi>{cite.text}" in text) is is_own
    assert "summary in our words" in text


def test_rows_of_event_files_are_cited_by_file_and_line(text: str) -> None:
    assert "Event file icews" in text
    assert "events.20230503.tab, row 77, published 3 May 2023" in text


def test_sentences_of_one_span_are_one_item(make_cite: MakeCite) -> None:
    cites = [make_cite(n, "They agreed.", document_id="d") for n in ("a", "b")]
    evidence = evidence_of(cites)
    assert evidence.n_items == 1
    assert evidence.items["a"].anchors == ("cite-a", "cite-b")
    assert evidence.refer(["a", "b", "gone"], "g", "row") == [evidence.items["a"]]


def test_standfirst_claims_no_more_than_the_intervals(make_brief: MakeBrief) -> None:
    words, gap, record = sentences(make_brief())
    assert "were warmer than is usual among states (+0.50, 90% interval 0.10 to 0.90)" in words
    assert "but not once meetings are left out (+0.10, −0.35 to 0.55)" in words
    assert "the United States (gap +1.30, 0.50 to 2.10), words ran warmer than deeds" in gap
    assert "China (3 deeds, 0 indicators), there are too few deeds" in gap
    assert "2 commitments, 1 of them overdue" in record


def test_standfirst_without_figures_says_so(make_brief: MakeBrief) -> None:
    said = sentences(make_brief(gaps=(), gaps_by_issue=()))
    assert said[0] == "No source holds an event of this pair by 30 June 2023."


def test_rows_with_too_few_deeds_stay_with_their_counts(text: str) -> None:
    row = text[text.index('id="g-documents-chn-climate"') :]
    row = row[: row.index("</tr>")]
    assert "too few deeds" in row
    assert "0 warm, 3 cold" in row


def test_long_lists_fold_after_twelve(make_brief: MakeBrief, make_cite: MakeCite) -> None:
    brief = make_brief()
    first, second = brief.sides
    many = tuple(first.words[0].model_copy(update={"text": f"Said {n}."}) for n in range(15))
    sides = (Side.model_validate(dict(first) | {"words": many}), second)
    assert "<summary>3 more</summary>" in render_page(make_brief(sides=sides))


def test_overdue_commitments_come_first_and_are_marked(text: str) -> None:
    assert text.index('id="p-c2" class="overdue"') < text.index('id="p-c1"')
    assert "11 June 2023" in text
    assert "31 December 2023" in text


def test_a_brief_of_an_empty_workspace_is_still_a_page(make_brief: MakeBrief) -> None:
    first, second = make_brief().sides
    blank = {"words": (), "deeds": ()}
    empty: dict[str, Any] = dict.fromkeys(
        [
            "cites",
            "gaps",
            "gaps_by_issue",
            "meetings",
            "shared_interests",
            "commitments",
            "steps",
            "timeline",
            "timeline_meetings",
            "coders",
        ],
        (),
    )
    sides = (first.model_copy(update=blank), second.model_copy(update=blank))
    page = render_page(make_brief(**empty, sides=sides, n_documents=0))
    assert "No week to draw" in page
    assert {link[1:] for link in Page(page).links} <= set(Page(page).ids)


def test_each_palette_colour_is_recoloured_in_the_dark(text: str) -> None:
    assert all(f'svg [{kind}="{c}"]' in text for c in PALETTE for kind in ("fill", "stroke"))


def test_same_brief_makes_the_same_page(make_brief: MakeBrief, text: str) -> None:
    assert render_page(make_brief()) == text


def test_page_replaces_the_old_one_and_leaves_no_draft(
    make_brief: MakeBrief, tmp_path: Path, text: str
) -> None:
    path = tmp_path / "briefs" / "page.html"
    path.parent.mkdir()
    path.write_text("an older page", encoding="utf-8")
    assert write_page(make_brief(), path) == path
    assert path.read_text(encoding="utf-8") == text
    assert [p.name for p in path.parent.iterdir()] == ["page.html"]


def test_unwritable_place_is_told_with_its_mend(make_brief: MakeBrief, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(WorkspaceError, match="name a file in a folder you may write to"):
        write_page(make_brief(), tmp_path / "file" / "page.html")


@pytest.fixture(name="browser", scope="module")
def browser_fixture() -> Iterator["Browser"]:
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is not on this machine")
    switches = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=switches)
        yield browser
        browser.close()


@pytest.fixture(name="path", scope="module")
def path_fixture(text: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "page.html"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.slow
def test_browser_sends_no_request_and_logs_no_error(browser: "Browser", path: Path) -> None:
    page = browser.new_page()
    asked: list[str] = []
    logged: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.context.set_offline(True)
    page.on("console", lambda message: logged.append(message.text))
    page.on("pageerror", lambda error: logged.append(str(error)))
    page.goto(path.as_uri())
    assert (asked, logged) == ([path.as_uri()], [])


@pytest.mark.slow
@pytest.mark.parametrize("width", [380, 700, 1200])
def test_nothing_overflows_with_all_details_open(
    browser: "Browser", path: Path, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(path.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    shown = page.evaluate(
        "[...document.querySelectorAll('svg.chart')].filter(s => s.checkVisibility()).length"
    )
    assert shown == page.evaluate("document.querySelectorAll('svg.chart').length") / 2


@pytest.mark.slow
@pytest.mark.parametrize("width", [380, 1000])
def test_no_label_of_a_chart_is_cut_off(browser: "Browser", path: Path, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(path.as_uri())
    cut = page.evaluate(
        """[...document.querySelectorAll('svg.chart')].filter(s => s.checkVisibility()).flatMap(s => {
          const box = s.getBoundingClientRect();
          return [...s.querySelectorAll('text')].filter(t => {
            const b = t.getBoundingClientRect();
            return b.left < box.left - 1 || b.right > box.right + 1 || b.bottom > box.bottom + 1;
          }).map(t => t.textContent);
        })"""
    )
    assert cut == []


@pytest.mark.slow
def test_following_a_figure_reaches_its_sentence(browser: "Browser", path: Path) -> None:
    page = browser.new_page()
    page.goto(path.as_uri())
    page.click("#g-documents-usa-all-issues .refs a >> nth=0")
    target = page.evaluate("document.querySelector(':target').textContent")
    assert "visit had been candid" in target


@pytest.mark.slow
def test_dark_pages_recolour_the_charts(browser: "Browser", path: Path) -> None:
    page = browser.new_page(color_scheme="dark")
    page.goto(path.as_uri())
    dot = "getComputedStyle(document.querySelector('svg.chart [fill=\"#1f5a92\"]')).fill"
    assert page.evaluate(dot) == "rgb(125, 179, 227)"


@pytest.mark.slow
def test_details_are_open_in_print(browser: "Browser", path: Path) -> None:
    page = browser.new_page()
    page.goto(path.as_uri())
    page.emulate_media(media="print")
    height = "document.querySelector('details.data .weeks').getBoundingClientRect().height"
    assert page.evaluate(height) > 100
