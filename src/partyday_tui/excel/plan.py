"""A sheet as it will be written: rows with their heights, cells with their looks, charts."""

from __future__ import annotations

from dataclasses import dataclass, field

from partyday_tui.excel.style import Look
from partyday_tui.rules.sheet import Cell, Chart, Form

_SQUEEZE = 1.1  # a form this little too long is printed a little smaller rather than on two pages

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Placed:
    """One cell: its row (from 1), first and last column (from 0), what it holds and how it looks."""

    row: int
    first: int
    last: int
    value: Cell
    look: Look
    number_format: str = "General"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart that stands from a row on, and the rows and columns (from 0) that it draws."""

    chart: Chart
    row: int
    first_row: int
    last_row: int
    names: Place
    bars: tuple[int, ...]
    head_row: int


@dataclass(slots=True)
class Plan:
    """A sheet: column widths in units, row heights in points, cells, and how much of the page is left."""

    form: Form
    title: str
    grid: list[float]
    room: float
    heights: list[float] = field(default_factory=list)
    cells: list[Placed] = field(default_factory=list)
    elastic: list[tuple[int, float]] = field(default_factory=list)
    charts: list[Drawn] = field(default_factory=list)
    head_row: int = 0

    @property
    def fits(self) -> bool:
        """Whether it takes one page."""
        return sum(self.heights) <= self.room * _SQUEEZE

    def stretch(self) -> None:
        """Let the elastic rows share what is left of the page."""
        extra = max(0.0, self.room - sum(self.heights)) / max(1, len(self.elastic))
        for row, most in self.elastic:
            height = self.heights[row - 1]
            self.heights[row - 1] = max(height, int(min(most, height + extra) * 10) / 10)
