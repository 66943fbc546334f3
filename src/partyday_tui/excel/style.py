"""How a sheet looks: fonts that every Chinese Windows has, borders, and how much room a text takes.

Heights and sizes are in points, widths in Excel's units: the width of a digit in the workbook's normal font, which is set to 宋体 12,
so that a unit is 8 pixels on every computer that has it. The width that a file states holds the padding of 5 pixels already (ECMA-376
part 1, 18.3.1.13).
"""

import math
import unicodedata
from copy import copy
from typing import Any, NamedTuple

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.worksheet.worksheet import Worksheet

from partyday_tui.rules.sheet import Align

SONG, HEI, FANG = "宋体", "黑体", "仿宋"
_THIN = Side(style="thin", color="000000")
_INDENT = 9.0  # points
_LINE_HEIGHT = 1.35  # of the type; letters stand wider apart


class Look(NamedTuple):
    """One way a cell may look."""

    font: str = SONG
    size: float = 11
    bold: bool = False
    align: Align = "center"
    boxed: bool = True
    edges: str = "tb"  # of a boxed cell, besides left and right: top, bottom
    spacing: float = _LINE_HEIGHT
    on_top: bool = False
    leads: bool = False  # to another sheet: blue and underlined


TITLE = Look(size=20, bold=True, boxed=False)  # 宋体加粗 stands for 方正小标宋, which few computers have
UNIT_LEFT = Look(align="left", boxed=False)
UNIT_RIGHT = Look(align="right", boxed=False)
HEAD = Look(align="left")
HEADER = Look(font=HEI)
CAPTION = Look(font=HEI, align="left")
FOOT = Look(size=10.5, align="left", boxed=False)
LABEL = Look(font=HEI, size=10.5)
VALUE = Look(align="left")
LETTER = Look(font=FANG, size=15, align="left", boxed=False, spacing=1.6)
NOTHING = Look(boxed=False)


class Looks:
    """The looks of one workbook, each made once and shared by every cell (performance.md: styling is the cost)."""

    def __init__(self, workbook: Workbook) -> None:
        self._nowhere = Worksheet(workbook)  # a cell that is not written: it only carries the look
        self._made: dict[Look, Any] = {}

    def dress(self, cell: Any, look: Look) -> None:
        """Give a cell its look; do this before its value is put."""
        made = self._made.get(look)
        if made is None:
            made = self._made[look] = self._make(look)
        cell._style = copy(made)

    def _make(self, look: Look) -> Any:
        pattern = Cell(self._nowhere, row=1, column=1)
        link = {"color": "0563C1", "underline": "single"} if look.leads else {}
        pattern.font = Font(name=look.font, size=look.size, bold=look.bold, **link)
        pattern.alignment = Alignment(
            horizontal=look.align,
            vertical="top" if look.on_top else "center",
            wrap_text=True,
            indent=1 if look.boxed and look.align != "center" else 0,
        )
        if look.boxed:
            sides = {"left": _THIN, "right": _THIN}
            sides |= {name: _THIN if name[0] in look.edges else Side() for name in ("top", "bottom")}
            pattern.border = Border(**sides)
        return pattern._style


def cells_of(text: str) -> float:
    """Half-width cells that a text takes on paper; an ambiguous character takes two in 宋体, a wide letter more than one elsewhere."""
    return sum(map(_cells, text))


def _cells(character: str) -> float:
    if unicodedata.combining(character):
        return 0
    if unicodedata.east_asian_width(character) in "WFA":
        return 2
    return 1.5 if character.isupper() or character in "@%&" else 1


def points_of(units: float) -> float:
    """The width in points of a column of so many units."""
    return units * 6


def units_of(points: float) -> float:
    """The units that columns share on a width in points."""
    return points / 6


def room_of(width: float, look: Look) -> float:
    """The points of a cell's width that are left for text."""
    return width - (_INDENT if look.boxed and look.align != "center" else 0)


def set_normal_font(workbook: Workbook) -> None:
    """Make 宋体 12 the font that column widths are measured in; openpyxl has no public way."""
    font = Font(name=SONG, size=12)
    workbook._fonts = IndexedList([font])
    workbook._named_styles["Normal"].font = font


def height_of(text: str, width: float, size: float, spacing: float = _LINE_HEIGHT) -> float:
    """The height that a wrapped text needs in a cell `width` points wide; a little too much rather than too little."""
    per_line = _per_line(width, size)
    lines = sum(max(1, math.ceil(cells_of(line) / per_line)) for line in text.split("\n"))
    # The lines of another font than ours stand wider apart: the more of them, the more room is kept.
    return lines * size * spacing + (4 if lines == 1 else 6)


def pieces_of(text: str, width: float, look: Look, most: float) -> list[str]:
    """The text in pieces of which each is at most `most` points high in a cell `width` points wide; '' is one piece."""
    if height_of(text, width, look.size, look.spacing) <= most:
        return [text]
    per_line = _per_line(width, look.size)
    per_piece = max(1, int((most - 6) / (look.size * look.spacing)))
    lines = [(line, at == 0) for paragraph in text.split("\n") for at, line in enumerate(_broken(paragraph, per_line))]
    found = []
    for start in range(0, len(lines), per_piece):
        piece = lines[start : start + per_piece]
        found.append("".join(("\n" if begins and at else "") + line for at, (line, begins) in enumerate(piece)))
    return found


def _broken(paragraph: str, per_line: int) -> list[str]:
    """A paragraph as lines of at most so many cells."""
    lines, line, filled = [], "", 0.0
    for character in paragraph:
        takes = _cells(character)
        if filled + takes > per_line and line:
            lines.append(line)
            line, filled = "", 0.0
        line, filled = line + character, filled + takes
    return [*lines, line]


def _per_line(width: float, size: float) -> int:
    """Half-width cells that fit on a line; a full-width character that does not fit moves on as a whole, so an odd one is lost."""
    per_line = max(2, int((width - 6) / (size / 2)))
    return per_line - per_line % 2
