"""A printed form as a value: what stands where on the paper, before anything is laid out or written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Literal

Align = Literal["left", "center", "right"]


class Joined(Enum):
    """A cell without a value of its own."""

    ABOVE = "above"


ABOVE = Joined.ABOVE
"""The cell belongs to the one above it: no line is drawn between them."""


class Link(str):
    """The name of another sheet of the same workbook, as a text that leads there."""


Value = str | int | float | date | None
Cell = Value | Joined
Line = tuple[str, ...]
MONEY = "0.00"
"""The number format of a sum in yuan."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, its width in half-width cells (a share: columns are stretched to the paper), and how it stands."""

    title: str
    width: float
    align: Align = "center"
    number_format: str = "General"


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars under a table: its first column names them, ``columns`` (heads of number columns) are drawn; totals are left out.

    ``top`` is the end of the scale, None for as high as the highest bar.
    """

    title: str
    columns: tuple[str, ...]
    unit: str = ""
    top: float | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a row of heads; ``caption`` is a line over it, ``totals`` are bold rows that close it.

    Rows are at least ``row_height`` points high, and up to ``row_height_to`` where that still leaves the form on one page. ``repeats``:
    its heads stand on every page; at most one table of a form that may be long repeats. ``empty`` is said where there is no row.
    ``size`` is the type in points.
    """

    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    caption: str = ""
    row_height: float = 22
    row_height_to: float = 0
    totals: Sequence[Sequence[Cell]] = ()
    chart: Chart | None = None
    repeats: bool = True
    empty: str = "没有记录"
    size: float = 11


@dataclass(frozen=True, slots=True)
class Facts:
    """Boxed lines of (label, value) pairs, each line split evenly among its pairs; a long value takes as many pages as it needs.

    A float is a sum in yuan; counts are int. The labels in ``roomy`` get room to write by hand where their value is empty.
    """

    rows: Sequence[Sequence[tuple[str, Value]]]
    row_height: float = 26
    roomy: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Prose:
    """Paragraphs of an official letter, each with how it stands; they are larger than the type of tables and have no box."""

    paragraphs: Sequence[tuple[str, Align]]


Part = Table | Facts | Prose


@dataclass(frozen=True, slots=True)
class Form:
    """A printed form.

    ``unit`` stands left and right under the title, ``head`` lines are boxed over the parts (each split evenly), ``foot`` lines close
    the form. ``grid`` are the shares of the columns that all parts are fitted to; without it the columns of the first table. ``mark``
    goes to the foot of each page and ``name`` to the sheet's tab; both are constants of ours, never a user's text.
    """

    title: str
    parts: Sequence[Part]
    unit: tuple[str, str] = ("", "")
    head: Sequence[Line] = ()
    foot: Sequence[Line] = ()
    landscape: bool = False
    grid: Sequence[float] = ()
    mark: str = "参考样式"
    name: str = ""

    @property
    def tables(self) -> list[Table]:
        """The tables among the parts."""
        return [part for part in self.parts if isinstance(part, Table)]


def yuan_value(fen: int | None) -> float | None:
    """Fen as the number of yuan that a cell holds; None stays blank."""
    return None if fen is None else fen / 100


def day_words(day: date | None) -> str:
    """``2026年11月6日``; '' for no day."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def span_words(first: date, last: date) -> str:
    """``2026年`` or ``2026年11月``, for a span that is the whole of one or of the other."""
    return f"{first.year}年" if first.month != last.month else f"{first.year}年{first.month}月"
