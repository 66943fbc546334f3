"""Sheets of base figures as grids: heads in two rows, parts of a pay, and every doubt of a row."""

from datetime import date

import pytest

from partyday_tui import paths
from partyday_tui.rules.dues.base_sheet import read_base_rows
from partyday_tui.rules.dues.rates import read_rates

RATES = read_rates(paths.dues_rates().read_text("utf-8"), "rates.toml")
DAY = date(2026, 1, 1)


def read(*grid):
    return read_base_rows(grid, RATES, DAY)


def one(*grid):
    (row,) = read(*grid)
    return row


def test_an_average_finer_than_a_fen_is_rounded_and_told():
    row = one(["姓名", "类别", "月收入"], ["范德", "个体", 3333.333333])
    assert (row.base_fen, row.problem) == (333_333, "")
    assert row.doubts == ("「月收入」3333.333333 四舍五入到分，按 3333.33 元算。",)


@pytest.mark.parametrize("cell", [float("inf"), 1e13, "约3000", -1.0])
def test_an_impossible_amount_refuses_its_row_alone(cell):
    first, second = read(["姓名", "类别", "月收入"], ["范德", "在职", cell], ["万贵", "在职", 3000.0])
    assert "金额「" in first.problem and first.base_fen is None
    assert (second.problem, second.base_fen) == ("", 300_000)
