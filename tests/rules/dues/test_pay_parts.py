"""Heads of pay in one row or two, and which columns of a sheet may hold a part."""

from datetime import date

import pytest

from partyday_tui import paths
from partyday_tui.rules.dues.pay_parts import heads_of_pay, pay_columns, read_parts
from partyday_tui.rules.dues.rates import read_rates

RATES = read_rates(paths.dues_rates().read_text("utf-8"), "rates.toml")
WORDS = {"姓名": "name", "类别": "category", "月收入": "income"}
TOP = ["姓名", "类别", "月收入", "", "扣除", ""]


def columns(*grid):
    heads = heads_of_pay(grid, WORDS, "name")
    return heads, pay_columns(grid, heads, RATES, date(2026, 1, 1))


@pytest.mark.parametrize(
    ("under", "rows"),
    [
        (["", "", "岗位", "甲项", "乙项", "丙项"], (2, 3)),
        (["", "", "岗位工资", "薪级工资", "医保", "公积金"], (2, 3)),
        (["", "", "（元）", "", "（元）", ""], (2,)),
        (["", "", 3000.0, "甲", "", ""], (2,)),
        (["", "", "3000", "甲", "", ""], (2,)),
        (["张红军", "在职", "三千", "甲", "", ""], (2,)),
        (["", "", "", "", "", ""], (2,)),
    ],
)
def test_the_second_row_of_heads_has_words_alone_and_nobody_in_it(under, rows):
    heads, _ = columns(["2026年基数"], TOP, under, ["张红军", "在职", 3000.0])
    assert heads.head_rows == rows
    assert ("income" in heads.columns) == (rows == (2,))


def test_a_column_is_named_by_its_head_or_its_letters():
    grid = [[*TOP, *[""] * 20, "甲项"], [*["张红军", "在职"], *[1.0] * 26]]
    _, found = columns(*grid)
    assert (found[0].head, found[1].head, found[-2].head, found[-1].head) == ("D列", "扣除", "甲项", "AB列")


def test_what_a_row_says():
    _, found = columns(["姓名", "类别", "岗位工资", "医保", "房补", "处室"], ["", "", "", "", "", ""])
    pay = read_parts(["张红军", "在职", 1000.005, "约9", 7.0, "二处"], found)
    assert [(part.name, part.amount_fen) for part in pay.parts] == [("岗位工资", 100_001)]
    assert "「医保」一栏" in pay.mistakes[0] and pay.strange == (("房补", 700),) and "1000.005" in pay.rounded[0]
