"""A form is laid out on A4 so that nothing is cut off and the right heads are repeated."""

import pytest

from partyday_tui.excel.page import Column, Form, Table, add_form, new_workbook, print_form, sheet_title, spans
from partyday_tui.excel.style import height_of

COLUMNS = [Column("序号", 6), Column("姓名", 16), Column("金额", 12, "right", "0.00")]


@pytest.mark.parametrize(
    ("grid", "shares", "found"),
    [
        ([1, 1, 1, 1], [1], [(0, 3)]),
        ([1, 1, 1, 1], [1, 1], [(0, 1), (2, 3)]),
        ([6, 16, 20, 24, 22], [1, 1], [(0, 2), (3, 4)]),
        ([6, 16, 20, 24, 22], [6, 16, 44, 22], [(0, 0), (1, 1), (2, 3), (4, 4)]),
        ([1, 100], [100, 1], [(0, 0), (1, 1)]),
        ([5], [3], [(0, 0)]),
    ],
)
def test_shares_find_the_nearest_columns(grid, shares, found):
    assert spans(grid, shares) == found


@pytest.mark.parametrize(
    ("text", "taken", "title"),
    [
        ("签到表", [], "签到表"),
        ("签到表", ["签到表"], "签到表2"),
        ("签到表", ["签到表", "签到表2"], "签到表3"),
        ("[a]:*?/\\", [], "a"),
        ("'x'", [], "x"),
        ("", [], "表"),
        ("长" * 60, [], "长" * 28),
    ],
)
def test_a_sheet_has_a_title_that_excel_takes(text, taken, title):
    assert sheet_title(text, taken) == title


def form(rows, second=None):
    table = Table(COLUMNS, [[n, "张三", 1.5] for n in range(rows)], row_height_to=30)
    return Form(
        "登记表", table, unit=("单位：甲", "单位：元"), head=[("主题：乙",)], foot=[("记录人：",)], second=second
    )


def test_paper_heads_and_footer_are_set():
    sheet = print_form(form(3)).active
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "portrait")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 1)
    assert sheet.oddFooter.center.text == "第&P页 共&N页"
    assert sheet.print_title_rows == "$4:$4"
    assert sheet.freeze_panes == "A5"
    assert sheet.print_area == "'登记表'!$A$1:$C$8"
    assert [cell.value for cell in sheet[4]] == ["序号", "姓名", "金额"]
    assert sheet["C5"].number_format == "0.00"


def test_a_long_form_runs_over_pages_and_its_second_table_has_a_sheet_of_its_own():
    workbook = print_form(form(100, Table([Column("姓名", 1), Column("签到", 1)], [["李四", None]], "列席")))
    assert workbook.sheetnames == ["登记表", "列席"]
    assert workbook["登记表"].page_setup.fitToHeight == 0
    assert workbook["列席"].print_title_rows == "$5:$5"


def test_a_short_form_keeps_its_second_table_below():
    workbook = print_form(form(3, Table([Column("姓名", 1), Column("签到", 1)], [["李四", None]], "列席")))
    assert workbook.sheetnames == ["登记表"]
    assert [row[0].value for row in workbook.active.iter_rows(min_row=8, max_row=10)] == ["列席", "姓名", "李四"]


def test_elastic_rows_fill_a_page_and_go_no_further():
    heights = [print_form(form(n)).active.row_dimensions[5].height for n in (3, 25, 100)]
    assert heights[0] == 30 and 22 < heights[1] < 30 and heights[2] == 22


def test_forms_share_a_workbook():
    workbook = new_workbook()
    add_form(workbook, form(1))
    add_form(workbook, form(1))
    assert workbook.sheetnames == ["登记表", "登记表2"]


@pytest.mark.parametrize(
    ("text", "lines"), [("", 1), ("一二三四五", 1), ("一二三四五六", 2), ("一\n二", 2), ("一" * 200, 40)]
)
def test_a_wrapped_text_gets_the_height_of_its_lines(text, lines):
    assert height_of(text, 61, 11) == pytest.approx(lines * 14.3 + 4)
