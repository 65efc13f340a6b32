"""Charts as inline SVG, with the words that stand for them where they cannot be seen."""

import json
import re
from html import escape

import altair as alt
import vl_convert

from detente.surfaces.charts.theme import Layers, config

_ROOT = re.compile(r"<svg\b[^>]*?width=\"([\d.]+)\" height=\"([\d.]+)\"[^>]*>")
_ID = re.compile(r"\bid=\"([^\"]+)\"|url\(#([^)]+)\)")


def chart_svg(chart: Layers | alt.VConcatChart, *, name: str, title: str, description: str) -> str:
    """Draw a chart as an SVG element for an HTML page.

    Args:
        chart: From this package.
        name: Prefix of all ids in the element; unique on the page, letters, digits and hyphens.
        title: What the chart shows, one line.
        description: What a reader would see in it, in a sentence or two.

    Returns:
        One `<svg role="img">` with title and description, no script and no external link.

    Examples:
        >>> from detente.surfaces.charts.theme import layer
        >>> dot = alt.layer(layer([{"a": 1}]).mark_point().encode(x="a:Q"))
        >>> chart_svg(dot, name="c", title="A & B", description="One dot.")[:4]
        '<svg'
    """
    spec = json.loads(chart.to_json(validate=False))
    spec["config"] = config()
    drawn = _own_ids(vl_convert.vegalite_to_svg(spec), name)
    return _ROOT.sub(lambda m: _root(m, name, title, description), drawn, count=1)


def _own_ids(drawn: str, name: str) -> str:
    """Number ids in their order: the renderer counts on from one chart to the next."""
    numbers: dict[str, str] = {}

    def renamed(match: re.Match[str]) -> str:
        own, used = match.groups()
        number = numbers.setdefault(own or used, f"{name}-{len(numbers)}")
        return f'id="{number}"' if own else f"url(#{number})"

    return _ID.sub(renamed, drawn)


def _root(match: re.Match[str], name: str, title: str, description: str) -> str:
    width, height = match.groups()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" '
        f'aria-labelledby="{name}-t {name}-d" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}">'
        f'<title id="{name}-t">{escape(title)}</title>'
        f'<desc id="{name}-d">{escape(description)}</desc>'
    )
