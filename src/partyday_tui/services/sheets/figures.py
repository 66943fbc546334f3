"""上报数据: the sheet of a package that `partyday collect` reads."""

from __future__ import annotations

from partyday_tui.rules.figures import HEADS, SHEET, Figures, rows_of
from partyday_tui.rules.month import Month
from partyday_tui.rules.sheet import Column, Form, Table
from partyday_tui.services.figures import branch_figures
from partyday_tui.store.book import Book


def figures_form(book: Book, first: Month, last: Month) -> Form:
    """The branch's figures of a span of months, one item a row; its sheet is called `SHEET` whatever else the package holds."""
    return form_of_figures(branch_figures(book, first, last))


def form_of_figures(figures: Figures) -> Form:
    """The form of figures that are known already."""
    title, value, key = HEADS
    first, last = figures.span
    return Form(
        SHEET,
        (Table((Column(title, 30, "left"), Column(value, 44), Column(key, 18)), rows_of(figures)),),
        unit=(f"党支部：{figures.branch}", str(first) if first == last else f"{first}至{last}"),
        foot=(("本表供上级汇总用，请不要改动。",),),
        mark=SHEET,
        name=SHEET,
    )
