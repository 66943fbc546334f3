"""Sheets of base figures as grids: heads in two rows, parts of a pay, and every doubt of a row."""

from datetime import date

import pytest

from partyday_tui import paths
from partyday_tui.rules.dues.assessment import Part
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


MERGED_INCOME = (
    ["序号", "姓名", "类别", "月工资收入", "", "", "备注"],
    ["", "", "", "岗位工资", "薪级工资", "养老保险", ""],
)
MERGED_OTHER = (
    ["序号", "姓名", "类别", "收入", "", "扣除", "", "备注"],
    ["", "", "", "岗位工资", "乡镇补贴", "养老金", "公积金", ""],
)


def test_a_merged_head_over_the_parts_is_no_base():
    row = one(*MERGED_INCOME, [1.0, "张红军", "在职", 3000.0, 1000.0, 200.0, ""])
    assert (row.row, row.base_fen, row.problem, row.doubts) == (3, 380_000, "", ())
    assert [(part.name, part.effect) for part in row.parts] == [
        ("岗位工资", "counts"), ("薪级工资", "counts"), ("养老保险", "taken_off"),
    ]  # fmt: skip


def test_heads_that_nobody_knows_make_a_second_row_of_heads_too():
    row = one(*MERGED_OTHER, [1.0, "张红军", "在职", 3000.0, 1000.0, 200.0, 300.5, "新任"])
    assert (row.base_fen, row.note) == (249_950, "新任")
    assert row.parts[1:] == (Part("养老保险", "taken_off", 20_000), Part("住房公积金", "taken_off", 30_050))
    assert [doubt[:14] for doubt in row.doubts] == ["「乡镇补贴」1000.00 "]


def test_a_row_of_data_is_no_second_row_of_heads():
    rows = read(["姓名", "类别", "", "月收入"], ["", "在职", "甲", 3000.0], ["乙", "在职", "", 4000.0])
    assert [(row.name, bool(row.problem), row.base_fen) for row in rows] == [
        ("", True, 300_000),
        ("乙", False, 400_000),
    ]


@pytest.mark.parametrize(
    ("head", "part"),
    [
        ("基础绩效", Part("基础性绩效工资", "counts", 50_000)),
        ("津补贴", Part("津贴补贴", "counts", 50_000)),
        ("养老保险(个人)", Part("养老保险", "taken_off", 50_000)),
        ("个人缴纳部分医保", None),
        ("个人医疗保险", Part("医疗保险", "taken_off", 50_000)),
        ("失业", Part("失业保险", "taken_off", 50_000)),
        ("代扣个人所得税", Part("个人所得税", "taken_off", 50_000)),
        ("岗位\n津贴 ", None),
        ("个税", Part("个人所得税", "taken_off", 50_000)),
        ("奖励性绩效", Part("奖励性绩效", "left_out", 50_000)),
        ("养老保险（单位）", None),
        ("乡镇补贴", None),
        ("大病保险", None),
        ("五险一金", None),
        ("工龄津贴", None),
        ("电话补贴", None),
        ("年终奖（按标准）", None),
        ("", None),
    ],
)
def test_a_column_is_a_part_by_a_plain_name_or_a_doubt(head, part):
    row = one(["姓名", "类别", "岗位工资", head], ["张红军", "在职", 2000.0, 500.0])
    assert row.parts[1:] == ((part,) if part else ())
    told = f"「{' '.join(head.split()) or 'D列'}」500.00 元不知道算不算基数，没有用，请核对。"
    assert row.doubts == (() if part else (told,))


@pytest.mark.parametrize(
    ("head", "cell"),
    [
        ("序号", 7.0),
        ("手机", "13800000000"),
        ("交纳比例", 0.005),
        ("共交纳党费", 120.0),
        ("单位", "镇政府"),
        ("应发工资合计", 2000.0),
        ("乡镇补贴", 0.0),
    ],
)
def test_a_column_about_something_else_is_no_doubt(head, cell):
    assert one(["姓名", "类别", "岗位工资", head], ["张红军", "在职", 2000.0, cell]).doubts == ()


def test_of_two_columns_of_one_part_the_second_is_a_doubt():
    row = one(["姓名", "类别", "岗位工资", "岗位工资"], ["张红军", "在职", 2000.0, 500.0])
    assert row.base_fen == 200_000 and "500.00" in row.doubts[0]


def test_parts_stay_beside_a_total_that_they_add_up_to():
    row = one(["姓名", "类别", "岗位工资", "养老保险", "税后工资总额"], ["张红军", "在职", 2000.0, 100.0, 1900.0])
    assert (row.base_fen, len(row.parts), row.doubts) == (190_000, 2, ())


def test_parts_that_make_another_total_are_told():
    row = one(["姓名", "类别", "岗位工资", "养老保险", "税后工资总额"], ["张红军", "在职", 2000.0, 100.0, 9999.0])
    assert (row.base_fen, row.parts, row.problem) == (999_900, (), "")
    assert "岗位工资 2000.00、养老保险 100.00" in row.doubts[0]
    assert "1900.00" in row.doubts[0] and "9999.00" in row.doubts[0]


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ("公积金", ("没有从写明的基数里再扣（住房公积金 300.00），请核对基数是不是税后的。",)),
        ("通讯补贴", ()),
    ],
)
def test_what_is_taken_off_is_not_taken_off_a_base_as_stated(head, told):
    row = one(["姓名", "类别", "税后工资", head], ["张红军", "在职", 4000.0, 300.0])
    assert (row.base_fen, row.parts, row.doubts) == (400_000, (), told)


def test_a_row_that_is_refused_tells_of_what_was_not_known():
    row = one(["姓名", "类别", "基本工资", "养老保险"], ["张红军", "在职", 4000.0, 300.0])
    assert "超过计入" in row.problem and "「基本工资」4000.00 元" in row.doubts[0]


def test_allowances_beside_a_pension_do_not_count():
    row = one(["姓名", "类别", "基本养老金", "津补贴"], ["魏平", "离退休", 3215.0, 500.0])
    assert (row.base_fen, row.parts) == (321_500, ())
    assert row.doubts == ("离退休的按养老金一栏核定，别的项（津贴补贴 500.00）没有用，请核对。",)


def test_a_part_not_understood_refuses_the_row_only_where_it_makes_the_base():
    heads = ["姓名", "类别", "岗位工资", "养老保险", "税后工资"]
    alone = one(heads, ["张红军", "在职", 2000.0, "约100", ""])
    beside = one(heads, ["张红军", "在职", 2000.0, "约100", 1900.0])
    assert "「养老保险」一栏" in alone.problem
    assert (beside.base_fen, beside.problem) == (190_000, "") and "「养老保险」一栏" in beside.doubts[0]


def test_parts_too_large_together_refuse_the_row():
    row = one(["姓名", "类别", "岗位工资", "薪级工资"], ["张红军", "在职", 9e9, 9e9])
    assert "太大" in row.problem and row.base_fen is None


@pytest.mark.parametrize(
    ("category", "income", "pension", "base", "told"),
    [
        ("在职", "", 3000.0, 300_000, "只有养老金一栏"),
        ("离退休", 100.0, 3215.0, 321_500, "两栏都有数"),
        ("离退休", "", 3215.0, 321_500, ""),
        ("离退休", 3215.0, "", 321_500, ""),
    ],
)
def test_the_column_that_was_not_used_is_told(category, income, pension, base, told):
    row = one(["姓名", "类别", "月收入", "养老金"], ["张红军", category, income, pension])
    assert row.base_fen == base
    assert [told in doubt for doubt in row.doubts] == ([True] if told else [])


@pytest.mark.parametrize(
    ("words", "income", "category", "told"),
    [
        ("农民工", 4000.0, "wage", "这里按在职"),
        ("外出务工", 4000.0, "wage", "这里按在职"),
        ("农民工", "", "farmer", ""),
        ("外出务工", "", "farmer", ""),
        ("农民工（低保）", 4000.0, "relief", "收入 4000.00 元没有用"),
        ("农民", 4000.0, "farmer", "收入 4000.00 元没有用"),
        ("农民", 0.0, "farmer", ""),
        ("在职（原下岗）", 4000.0, "unemployed", "收入 4000.00 元没有用"),
        ("企业在职低保边缘", 5000.0, "relief", "收入 5000.00 元没有用"),
        ("学生", "", "student", ""),
    ],
)
def test_an_income_beside_a_fixed_sum_is_told(words, income, category, told):
    row = one(["姓名", "类别", "月收入"], ["张红军", words, income])
    assert (row.category, row.problem) == (category, "")
    assert [told in doubt for doubt in row.doubts] == ([True] if told else [])


def test_an_income_in_parts_beside_a_fixed_sum_is_told_too():
    row = one(["姓名", "类别", "岗位工资"], ["张红军", "农民", 4000.0])
    assert row.parts == () and "收入 4000.00 元没有用" in row.doubts[0]
