"""A branch's own titles and columns are taken over; what cannot be followed is refused with its line in one sentence."""

import re
from datetime import date

import pytest

from partyday_tui.errors import UserMistake
from partyday_tui.rules.form_kinds import FORMS
from partyday_tui.rules.sheet import Chart, Column, Facts, Form, Prose, Table
from partyday_tui.rules.sheet_layout import read_layouts, sample, with_layout

NAMES = ["签到表", "活动通知"]
DAY = date(2026, 11, 6)
TABLE = Table(
    [Column("序号", 5), Column("姓名", 10), Column("应交", 8), Column("备注", 9)],
    [[1, "张三", 2.0, "甲"]],
    totals=[["合计", None, 2.0, None]],
    chart=Chart("图", ("应交",)),
)
FORM = Form("原来的标题", [TABLE, Facts([[("时间", "今天")]])])


def laid(text, form=FORM):
    return with_layout(form, read_layouts(text, "样式.toml", NAMES)["签到表"], DAY)


def test_title_columns_blanks_and_names_are_taken_over():
    form = laid(
        """
        # 我们支部的样子
        [签到表]
        标题 = "{年}年{月}月签到册"
        栏目 = ["姓名", "应交", "序号"]
        加栏 = ["手印"]
        [签到表.改名]
        姓名 = "党员"
        应交 = "应缴"
        时间 = "日期"
        """
    )
    table = form.tables[0]
    assert form.title == "2026年11月签到册"
    assert [column.title for column in table.columns] == ["党员", "应缴", "序号", "手印"]
    assert (table.rows, table.totals) == ([["张三", 2.0, 1, None]], [[None, 2.0, "合计", None]])
    assert table.chart.columns == ("应缴",)
    assert form.parts[1].rows == [[("日期", "今天")]]


def test_heads_that_stand_twice_side_by_side_stay_so():
    twice = Table([Column("序号", 5), Column("姓名", 9), Column("签到", 9)] * 2, [[1, "甲", None, 2, "乙", None]])
    table = laid('["签到表"]\n栏目 = ["姓名", "签到"]\n加栏 = ["指印"]', Form("签到表", [twice])).tables[0]
    assert [column.title for column in table.columns] == ["姓名", "签到", "指印"] * 2
    assert table.rows == [["甲", None, None, "乙", None, None]]


def test_a_form_without_a_table_takes_a_title():
    assert laid('[签到表]\n标题="通知书"', Form("通知", [Prose([("甲", "left")])])).title == "通知书"


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("[签到表]\n标题 = 甲", 2, "没有看懂"),
        ("[签到表]\n标题 ＝ \"甲\"", 2, "没有看懂"),
        pytest.param("[签到表]\na=" + "[" * 100_000, 2, "没有看懂", id="brackets"),
        pytest.param("[签到表]\na=" + "9" * 5000 + "\n# 一行", 2, "没有看懂", id="digits"),
        ("\n\n[点名表]\n标题 = \"甲\"", 3, "没有「点名表」这张表格"),
        ("[签到表]\n标题 = \"甲\"\n颜色 = \"红\"", 3, "不认识「颜色」"),
        ("[签到表]\n\n标题 = 3", 3, "「标题」要写成引号里的一行字"),
        ("[签到表]\n标题 = \"  \"", 2, "「标题」要写成引号里的一行字"),
        (f"[签到表]\n标题 = \"{'长' * 61}\"", 2, "最多60个字"),
        ("[签到表]\n栏目 = \"序号\"", 2, '要写成 ["序号", "姓名"] 这样'),
        ("[签到表]\n栏目 = []", 2, "至少留一栏"),
        ("[签到表]\n栏目 = [\"姓名\", \"姓名\"]", 2, "写了两次"),
        ("[签到表]\n加栏 = [\"a\", \"b\", \"c\", \"d\", \"e\", \"f\"]", 2, "最多加5栏"),
        ("[签到表]\n改名 = \"甲\"", 2, "「改名」要写成一段"),
        ("[签到表]\n栏目 = [\n  \"姓名\",\n  \"电话\",\n]", 4, "没有「电话」这一栏，可用的有：序号、姓名、应交、备注"),
        ("[签到表]\n[签到表.改名]\n姓名 = \"党员\"\n电话 = \"手机\"", 4, "没有「电话」，可改名的有"),
        ("签到表 = 3", 1, "要写成一段"),
        ("[签到表]\n标题 = \"甲\"\n[签到表]\n标题 = \"乙\"", 3, "没有看懂"),
    ],
)  # fmt: skip
def test_a_wrong_line_is_named(text, line, what):
    with pytest.raises(UserMistake) as refused:
        laid(text)
    sentence = refused.value.sentence
    assert sentence.startswith(f"样式.toml 第{line}行：") and what in sentence
    assert (
        sentence.endswith("。")
        and sentence.count("。") == 1
        and not re.search("[a-z]{3,}", sentence.replace("样式.toml", "").replace("partyday forms", ""))
    )


def test_columns_of_a_form_without_a_table_are_refused():
    with pytest.raises(UserMistake, match="第2行"):
        laid('[签到表]\n加栏=["手印"]', Form("通知", [Prose([("甲", "left")])]))


def test_the_file_to_start_from_changes_nothing_and_each_line_of_it_can_be_taken_in():
    heads = [(kind.title, f'{{年}}年{kind.title}"', ["序号", "姓名", "应交", "备注"]) for kind in FORMS]
    text = sample(heads)
    assert read_layouts(text, "样式.toml", [kind.title for kind in FORMS]) == {}
    taken = "\n".join(line.removeprefix("# ") for line in text.splitlines()[2:])
    layouts = read_layouts(taken, "样式.toml", [kind.title for kind in FORMS])
    assert set(layouts) == {kind.title for kind in FORMS}
    form = with_layout(FORM, layouts["签到表"], DAY)
    assert form.title == '2026年签到表"' and form.tables[0].columns == TABLE.columns
