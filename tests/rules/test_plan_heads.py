from datetime import date
from pathlib import Path

import pytest

from partyday_tui.errors import UserMistake
from partyday_tui.excel.read import read_grids
from partyday_tui.rules.plan_heads import find_plan

HEAD = ["序号", "活动时间", "活动方式", "活动内容"]


@pytest.mark.parametrize(
    ("time", "iso"),
    [
        ("2026年1月", "2026-01"),
        ("1月", "2026-01"),
        ("1月份", "2026-01"),
        ("十一月", "2026-11"),
        (3.0, "2026-03"),
        ("1月9日", "2026-01-09"),
        ("2027年1月9日", "2027-01-09"),
        ("2026-01-09", "2026-01-09"),
        ("2026.1", "2026-01"),
        (date(2026, 1, 9), "2026-01-09"),
        ("1月上旬", "2026-01"),
        ("1月第一个星期五", "2026-01"),
        ("元月", "2026-01"),
        ("十二月份", "2026-12"),
        ("2026年三月", "2026-03"),
        ("2026-01-09（星期五）", "2026-01-09"),
        ("1月9日 周五", "2026-01-09"),
    ],
)
def test_times(time: object, iso: str):
    table = find_plan([["2026年度主题党日活动计划表"], HEAD, [1.0, time, "专题学习研讨", "学党章"]])
    assert [(row.on.iso, row.form, row.content) for row in table.rows] == [(iso, "专题学习研讨", "学党章")]
    assert table.problems == ()


@pytest.mark.parametrize(
    "time", ["", "待定", "第一季度", "2026", "1月、2月", "8-9月", "8月至9月", "每月", "13月", "2月30日"]
)
def test_a_time_that_says_no_month_is_named(time: str):
    table = find_plan([HEAD, [1.0, time, "学习", "学党章"]], 2026)
    assert table.rows == ()
    assert [(problem.row, problem.field) for problem in table.problems] == [(2, "time")]


def test_the_date_goes_before_the_month_beside_it():
    grid = [
        ["月份", "活动时间", "活动内容"],
        ["1月", "1月9日", "甲"],
        ["2月", "", "乙"],
        ["三月", "6日", "丙"],
        ["", "3月20日", "丁"],
        [4, date(2026, 4, 3), "戊"],
    ]
    table = find_plan(grid, 2026)
    assert [row.on.iso for row in table.rows] == ["2026-01-09", "2026-02", "2026-03-06", "2026-03-20", "2026-04-03"]
    assert table.problems == ()


@pytest.mark.parametrize(("time", "words"), [("8-9月", "不止一个月"), ("第一季度", "看不出月份")])
def test_what_is_wrong_with_a_time(time: str, words: str):
    assert words in find_plan([HEAD, [1.0, time, "学习", "甲"]], 2026).problems[0].message


def test_a_month_without_any_year_is_named():
    assert "年份" in find_plan([HEAD, [1.0, "1月", "学习", "学党章"]]).problems[0].message


def test_a_month_merged_over_two_lines_holds_for_both():
    table = find_plan([HEAD, [1.0, "1月", "学习", "甲"], [2.0, "", "志愿", "乙"], [3.0, "2月", "", ""]], 2026)
    assert [(row.row, row.on.iso, row.content) for row in table.rows] == [(2, "2026-01", "甲"), (3, "2026-01", "乙")]


def test_extra_columns_total_lines_and_other_names_of_heads():
    grid = [
        ["月份", "主题", "形式", "地点", "责任人", "备注", "经费"],
        ["1月", "学党章", "学习", "村部", "张三", "x", 0.0],
        ["合计", "1次", "", "", "", "", ""],
        ["填表人：", "", "", "", "", "", ""],
    ]
    table = find_plan(grid, 2026)
    (row,) = table.rows
    assert (row.content, row.form, row.place, row.responsible, row.note) == ("学党章", "学习", "村部", "张三", "x")
    assert table.unknown == ("经费",)


def test_no_head_is_refused():
    with pytest.raises(UserMistake, match="活动时间"):
        find_plan([["1月", "学党章"]])


def test_columns_mapped_by_hand():
    table = find_plan([["1月", "学党章"]], 2026, {"time": 0, "content": 1})
    assert [(row.row, row.on.iso) for row in table.rows] == [(1, "2026-01")]


def test_the_sample_plan():
    (grid,) = read_grids(Path(__file__).parents[1] / "samples" / "2026年度主题党日活动计划表.xlsx")
    table = find_plan(grid.rows)
    assert [row.on.iso for row in table.rows] == [f"2026-{month:02d}" for month in range(1, 13)]
    assert table.problems == () and table.unknown == ()
    assert (table.rows[10].form, table.rows[10].content) == ("红色教育行动", "党史专题学习，流动党员线上交流")
