"""Widths of columns."""

import pytest

from partyday_tui.ui.widgets.columns import Column, Row, containing, lay_out


@pytest.mark.parametrize(
    ("columns", "width", "cells"),
    [
        ((Column("a", 4), Column("b", 12)), 40, [4, 12]),
        ((Column("a", 4), Column("b"), Column("c")), 40, [4, 16, 16]),
        ((Column("a", 4), Column("b", flex=1), Column("c", flex=3)), 40, [4, 8, 24]),
        ((Column("a", 20), Column("b", 20), Column("c")), 30, [20, 8]),
        ((Column("a", 4), Column("b", 6, from_width=100)), 40, [4]),
        ((Column("a", 4), Column("b", 6, from_width=100)), 100, [4, 6]),
    ],
)
def test_fixed_columns_first_then_shares(columns: tuple[Column, ...], width: int, cells: list[int]) -> None:
    assert [laid.cells for laid in lay_out(columns, width, 2)] == cells


def test_an_ink_comes_from_the_row_then_the_text_then_the_column() -> None:
    column = Column("记录", ink="quiet", inks={"缺席": "late"})
    assert Row(1, ("缺席",), ("here",)).ink_of(0, column) == "here"
    assert Row(1, ("缺席",), (None,)).ink_of(0, column) == "late"
    assert Row(1, ("到会",)).ink_of(0, column) == "quiet"


def test_headings_are_never_found() -> None:
    assert containing([Row(None, ("张",)), Row(1, ("Zhang",)), Row(2, ("李",))], "zhang") == [1]
    assert containing([Row(None, ("张",)), Row(1, ("张三",))], "张") == [1]
