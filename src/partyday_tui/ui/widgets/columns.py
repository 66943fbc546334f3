"""What a `Register` is made of: columns, rows, and the cells that each column gets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from partyday_tui.ui.show import Align

Key = str | int | None

Matcher = Callable[[str], Sequence[int]]
"""Typed letters or characters -> indices of the rows that match, best first."""

_LEAST = 4


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `width` in cells, or 0 for a share (`flex`) of what the fixed ones leave.

    `inks` gives an ink by the cell's text; `from_width` leaves the column out of lists narrower than that.
    """

    title: str
    width: int = 0
    align: Align = "left"
    ink: str = "text"
    inks: Mapping[str, str] | None = None
    flex: int = 1
    from_width: int = 0


class Row(NamedTuple):
    """One line: its key, its texts in the order of the columns, an ink per cell where it differs (None: the column's).

    A row whose key is None is a heading: its first text runs over the whole width and the cursor passes over it.
    """

    key: Key
    cells: tuple[str, ...]
    inks: tuple[str | None, ...] = ()

    def ink_of(self, index: int, column: Column) -> str:
        """The ink of one cell: the row's own, else by its text, else the column's."""
        own = self.inks[index] if index < len(self.inks) else None
        return own or (column.inks.get(self.text(index)) if column.inks else None) or column.ink

    def text(self, index: int) -> str:
        """The text of one cell; a row may be shorter than the columns."""
        return self.cells[index] if index < len(self.cells) else ""


class Laid(NamedTuple):
    """A column that is shown, its place among all columns, and its width in cells."""

    place: int
    column: Column
    cells: int


def lay_out(columns: Sequence[Column], width: int, gap: int) -> list[Laid]:
    """Share `width` cells out: fixed columns first, the rest by `flex`; what does not fit at the right is cropped."""
    shown = [(index, column) for index, column in enumerate(columns) if width >= column.from_width]
    spare = width - sum(column.width for _, column in shown) - gap * (len(shown) - 1)
    flex = sum(column.flex for _, column in shown if not column.width)
    laid: list[Laid] = []
    left = width
    for index, column in shown:
        cells = column.width
        if not cells:
            cells = max(spare * column.flex // flex, _LEAST)
            spare, flex = spare - cells, flex - column.flex
        cells = min(cells, left)
        if cells > 0:
            laid.append(Laid(index, column, cells))
        left -= cells + gap
    return laid


def containing(rows: Sequence[Row], typed: str) -> list[int]:
    """Indices of the rows with a cell that contains `typed`, small and capital letters alike; no headings."""
    wanted = typed.casefold()
    return [i for i, row in enumerate(rows) if row.key is not None and any(wanted in c.casefold() for c in row.cells)]
