"""Where everything of a form stands on A4: rows with their heights and cells, before a workbook is touched.

Texts are measured here, so that rows are as high as their texts need; a text too long for one row runs on through further rows without
lines between them, since Excel knows no row higher than 409 points and breaks no row over two pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import accumulate

from partyday_tui.excel.plan import Drawn, Place, Placed, Plan
from partyday_tui.excel.put import printable
from partyday_tui.excel.style import (
    CAPTION,
    FOOT,
    HEAD,
    HEADER,
    LABEL,
    LETTER,
    NOTHING,
    TITLE,
    UNIT_LEFT,
    UNIT_RIGHT,
    VALUE,
    Look,
    height_of,
    pieces_of,
    points_of,
    room_of,
    units_of,
)  # fmt: skip
from partyday_tui.rules.sheet import ABOVE, MONEY, Cell, Chart, Facts, Form, Line, Link, Part, Prose, Table

SHORT_SIDE, LONG_SIDE = 595.0, 842.0  # A4 in points
MARGIN_SIDE, MARGIN_TOP, MARGIN_BOTTOM = 42.0, 42.0, 50.0
CHART_HEIGHT = 210.0
_SLACK = 12.0  # points of a page that are not counted on, since every program rounds heights its own way
_TALLEST = 400.0  # points; Excel has no higher row than 409
_PIECE = 130.0  # the rows that a higher text is broken up into, so that pages are filled
_EVEN_GRID = (1.0,) * 24  # where no table says how wide the columns are
_LABEL_SHARE = 0.125
_MUCH = 0.55  # of a page
_EMPTY_ROW, _BY_HAND = 26.0, 54.0


def plan_form(form: Form) -> list[Plan]:
    """The sheets of a form: one, or where a table runs over pages, one for it, one for much that stands before it, one for each part behind.

    The heads that Excel repeats on each page would be wrong over a part behind, and where a page ends differs from program to program.
    """
    title = form.name or form.title
    whole = _planned(form, form.parts, title, foot=True)
    at = next((at for at, part in enumerate(form.parts) if isinstance(part, Table) and part.repeats), None)
    if whole.fits or at is None:
        return [whole]
    found = []
    before = _planned(form, form.parts[:at], title, foot=True)
    begins = at if sum(before.heights) > before.room * _MUCH else 0
    if begins:
        found.append(before)
    elif at == len(form.parts) - 1:
        return [whole]
    found.append(
        _planned(form, form.parts[begins : at + 1], _name_of(form.parts[at], form) if begins else title, foot=True)
    )
    return found + [_planned(form, [part], _name_of(part, form), foot=False) for part in form.parts[at + 1 :]]


def spans(grid: Sequence[float], shares: Sequence[float]) -> list[Place]:
    """Columns (first, last, from 0) of `grid` for each of `shares`, whose edges come as near to theirs as they can.

    Every share gets at least one column; there must not be more shares than columns.
    """
    edges = list(accumulate(grid))
    found, first = [], 0
    for i in range(len(shares)):
        wanted = sum(shares[: i + 1]) / sum(shares) * edges[-1]
        candidates = range(first, len(grid) - (len(shares) - i - 1))
        last = len(grid) - 1 if i == len(shares) - 1 else min(candidates, key=lambda c: abs(edges[c] - wanted))
        found.append((first, last))
        first = last + 1
    return found


@cache
def _edged(look: Look, edges: str, on_top: bool) -> Look:
    """A look with other lines; one value for thousands of cells."""
    return look._replace(edges=edges, on_top=on_top)


def _planned(form: Form, parts: Sequence[Part], title: str, *, foot: bool) -> Plan:
    grid, scale = _fit(_shares(form, parts), form.landscape)
    paper = SHORT_SIDE if form.landscape else LONG_SIDE
    writer = _Writer(Plan(form, title, grid, (paper - MARGIN_TOP - MARGIN_BOTTOM - _SLACK) / scale))
    writer.top()
    for part in parts:
        if isinstance(part, Table):
            writer.table(part)
        elif isinstance(part, Facts):
            writer.facts(part)
        else:
            writer.prose(part)
    if foot:
        for line in form.foot:
            writer.line(line, (FOOT,) * len(line), 26)
    return writer.plan


def _shares(form: Form, parts: Sequence[Part]) -> Sequence[float]:
    """The grid of the form, or its first table's columns where those are enough for every part, else those of its widest table."""
    tables = form.tables
    if not tables:
        return form.grid or _EVEN_GRID
    widest = max(tables, key=lambda table: len(table.columns))
    shares = form.grid or [column.width for column in tables[0].columns]
    if len(shares) < len(widest.columns):
        shares = [column.width for column in widest.columns]
    pairs = max((len(row) for part in parts if isinstance(part, Facts) for row in part.rows), default=0)
    return shares if len(shares) >= 2 * pairs else _EVEN_GRID


def _name_of(part: Part, form: Form) -> str:
    return (part.caption if isinstance(part, Table) else "") or form.name or form.title


class _Writer:
    """Adds rows to a plan from the top down."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    def top(self) -> None:
        """Title, unit line and head lines."""
        form = self.plan.form
        self.line((form.title,), (TITLE,), 34)
        left, right = form.unit
        if left or right:
            self.line((left, right) if right else (left,), (UNIT_LEFT, UNIT_RIGHT) if right else (UNIT_LEFT,), 20)
        for line in form.head:
            self.line(line, (HEAD,) * len(line), 22)

    def table(self, table: Table) -> None:
        """Caption, heads, rows, totals and the chart."""
        if table.caption:
            self.line((table.caption,), (CAPTION,), 22)
        widths = [column.width for column in table.columns]
        places = spans(self.plan.grid, widths)
        self.row(
            [column.title for column in table.columns], [HEADER._replace(size=table.size)] * len(widths), places, 22
        )
        head_row = len(self.plan.heights)
        if table.repeats:
            self.plan.head_row = head_row
        looks = [Look(align=column.align, size=table.size) for column in table.columns]
        formats = [column.number_format for column in table.columns]
        for row in table.rows:
            self.row(row, looks, places, table.row_height, formats)
            if table.row_height_to > table.row_height:
                self.plan.elastic.append((len(self.plan.heights), table.row_height_to))
        if not table.rows:
            self.line((table.empty,), (Look(),), _EMPTY_ROW)
        last_row = len(self.plan.heights)
        for row in table.totals:
            self.row(row, [look._replace(bold=True) for look in looks], places, table.row_height, formats)
        if table.chart and table.rows:
            self._chart(table, table.chart, places, head_row, last_row)

    def facts(self, facts: Facts) -> None:
        """Labels and values, side by side."""
        for row in facts.rows:
            shares = [share for _ in row for share in (_LABEL_SHARE, 1 / len(row) - _LABEL_SHARE)]
            values: list[Cell] = [part for pair in row for part in pair]
            formats = [MONEY if isinstance(value, float) else "General" for value in values]
            by_hand = any(label in facts.roomy and value in (None, "") for label, value in row)
            height = _BY_HAND if by_hand else facts.row_height
            self.row(values, [LABEL, VALUE] * len(row), spans(self.plan.grid, shares), height, formats)

    def prose(self, prose: Prose) -> None:
        """Paragraphs, each in a row of its own."""
        for text, align in prose.paragraphs:
            self.line((text,), (LETTER._replace(align=align),), 26)

    def line(self, parts: Line, looks: Sequence[Look], height: float) -> None:
        """One row of texts, split evenly."""
        self.row(parts, looks, spans(self.plan.grid, [1.0] * len(parts)), height)

    def row(
        self,
        values: Sequence[Cell],
        looks: Sequence[Look],
        places: Sequence[Place],
        height: float,
        formats: Sequence[str] = (),
    ) -> None:
        """One row, or several where a text is too long for one."""
        pieces = [self._pieces(value, look, place) for value, look, place in zip(values, looks, places, strict=True)]
        for value, (first, last) in zip(values, places, strict=True):
            if value is ABOVE:
                self._open_above(first, last)
        count = max(map(len, pieces))
        for at in range(count):
            needed = height if count == 1 else 0.0
            for number, (piece, look, place) in enumerate(zip(pieces, looks, places, strict=True)):
                dressed = self._in_pieces(look, at, count, values[number] is ABOVE)
                part = piece[at] if at < len(piece) else None
                needed = max(needed, self._cell(part, dressed, place, formats[number] if formats else "General"))
            self.plan.heights.append(round(needed, 1))

    def _cell(self, value: Cell, look: Look, place: Place, number_format: str) -> float:
        """Place one cell in the row that is being written; returns the height that it needs."""
        look = look._replace(leads=True) if isinstance(value, Link) else look
        self.plan.cells.append(Placed(len(self.plan.heights) + 1, *place, value, look, number_format))
        if not isinstance(value, str) or not value:
            return 0.0
        return height_of(printable(value), self._width(*place, look), look.size, look.spacing)

    def _pieces(self, value: Cell, look: Look, place: Place) -> Sequence[Cell]:
        if not isinstance(value, str) or not value or isinstance(value, Link):
            return [value]
        text, width = printable(value), self._width(*place, look)
        is_tall = height_of(text, width, look.size, look.spacing) > _TALLEST
        return pieces_of(text, width, look, _PIECE if is_tall else _TALLEST)

    def _in_pieces(self, look: Look, at: int, count: int, joined: bool) -> Look:
        """The look of one row of a cell that runs through several: lines only around the whole."""
        if count == 1 and not joined:
            return look
        edges = ("t" if at == 0 and not joined else "") + ("b" if at == count - 1 else "")
        return _edged(look, edges, count > 1)

    def _open_above(self, first: int, last: int) -> None:
        """Take the line under the cell above away."""
        row = len(self.plan.heights)
        cells = self.plan.cells
        for at in range(len(cells) - 1, -1, -1):
            if cells[at].row < row:
                return
            if (cells[at].first, cells[at].last) == (first, last):
                held = cells[at]
                opened = _edged(held.look, held.look.edges.replace("b", ""), held.look.on_top)
                cells[at] = Placed(row, first, last, held.value, opened, held.number_format)

    def _chart(self, table: Table, chart: Chart, places: Sequence[Place], head_row: int, last_row: int) -> None:
        heads = [column.title for column in table.columns]
        bars = tuple(places[heads.index(title)][0] for title in chart.columns if title in heads)
        if not bars:
            return
        row = len(self.plan.heights) + 1
        self.plan.charts.append(Drawn(chart, row, head_row + 1, last_row, places[0], bars, head_row))
        self.line(("",), (NOTHING,), CHART_HEIGHT)

    def _width(self, first: int, last: int, look: Look) -> float:
        return room_of(points_of(sum(self.plan.grid[first : last + 1])), look)


def _fit(widths: Sequence[float], landscape: bool) -> tuple[list[float], float]:
    """Column widths in units, stretched to the paper, and the scale at which wider ones will be printed."""
    paper = (LONG_SIDE if landscape else SHORT_SIDE) - 2 * MARGIN_SIDE
    scale = units_of(paper) / sum(widths)
    # An even grid has no width of its own: it is only divided.
    if scale >= 1 or set(widths) == {1.0}:
        return [width * scale for width in widths], 1.0
    return list(widths), scale
