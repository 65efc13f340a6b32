"""The plane a timeline is drawn on: days across, log-odds down."""

from dataclasses import dataclass
from datetime import date

import altair as alt

from detente.surfaces.charts.theme import NARROW

_STEPS = (1, 2, 3, 4, 6, 12, 24, 48, 120)


@dataclass(frozen=True)
class Frame:
    """Size and scales of one panel.

    Attributes:
        width: Of the plot, pixels.
        height: Of the plot, pixels.
        first: Day at the left edge.
        last: Day at the right edge.
        reach: Lowest and highest value, log-odds.
    """

    width: int
    height: int
    first: date
    last: date
    reach: tuple[float, float]

    def across(self, day: date) -> float:
        """Return where a day lies, pixels from the left, kept within the plot.

        Args:
            day: Any day.
        """
        share = (day - self.first).days / max(1, (self.last - self.first).days)
        return min(1.0, max(0.0, share)) * self.width

    def down(self, value: float) -> float:
        """Return where a value lies, pixels from the top, kept within the plot.

        Args:
            value: Log-odds.
        """
        low, high = self.reach
        return (high - min(high, max(low, value))) / (high - low) * self.height

    def x(self) -> alt.X:
        """Return the encoding of days, from the field `on`."""
        ends = [_moment(self.first), _moment(self.last)]
        scale = alt.Scale(type="utc", domain=ends, nice=False)
        return alt.X("on:T", scale=scale, title=None, axis=self._days())

    def y(self, name: str = "value") -> alt.Y:
        """Return the encoding of a field of values.

        Args:
            name: Field of the rows.
        """
        scale = alt.Scale(domain=list(self.reach), nice=False, clamp=True)
        return alt.Y(f"{name}:Q", scale=scale, title=None, axis=self._values())

    def ticks(self) -> list[date]:
        """Return the firsts of months to label, evenly spaced, January among them."""
        months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month
        wanted = months / (10 if self.width > NARROW else 5)
        step = next((s for s in _STEPS if s >= wanted), _STEPS[-1])
        numbers = range(self.first.year * 12, self.last.year * 12 + 12, step)
        days = [date(number // 12, number % 12 + 1, 1) for number in numbers]
        return [day for day in days if self.first <= day <= self.last]

    def _days(self) -> alt.Axis:
        return alt.Axis(
            values=[_moment(day) for day in self.ticks()],
            labelExpr="utcmonth(datum.value) == 0 || datum.index == 0 "
            "? utcFormat(datum.value, '%b %Y') : utcFormat(datum.value, '%b')",
            grid=False,
            tickSize=4,
            labelOverlap=False,
        )

    def _values(self) -> alt.Axis:
        low, high = (int(end) for end in self.reach)
        return alt.Axis(
            values=list(range(low, high + 1)), labelExpr=SIGNED, ticks=False, gridOpacity=0.7
        )


SIGNED = "datum.value > 0 ? '+' + datum.value : datum.value < 0 ? '−' + (-datum.value) : '0'"
"""Vega expression that writes whole numbers with their sign."""


def _moment(day: date) -> alt.DateTime:
    return alt.DateTime(year=day.year, month=day.month, date=day.day, utc=True)
