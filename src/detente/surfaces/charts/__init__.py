"""The product's charts: one function per chart, records in, an Altair chart out.

Charts are drawn in light colours only; the page's style sheet recolours them for dark mode, so a
colour that is not in `theme` stays as it is.
"""

from detente.surfaces.charts.gap_strips import gap_strips
from detente.surfaces.charts.svg import chart_svg
from detente.surfaces.charts.timeline import timeline
from detente.surfaces.charts.words_deeds import words_deeds

__all__ = ["chart_svg", "gap_strips", "timeline", "words_deeds"]
