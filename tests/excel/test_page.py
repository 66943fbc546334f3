"""A form is laid out on A4 so that nothing is cut off and the right heads are repeated."""

import pytest

from partyday_tui.excel.layout import plan_form, spans
from partyday_tui.excel.page import add_form, new_workbook, print_form, sheet_title
from partyday_tui.excel.style import Look, height_of, pieces_of
from partyday_tui.rules.sheet import ABOVE, Chart, Column, Facts, Form, Prose, Table

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
    parts = [table] if second is None else [table, second]
    return Form("登记表", parts, unit=("单位：甲", "单位：元"), head=[("主题：乙",)], foot=[("记录人：",)])


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
    assert height_of(text, 61, 11) == pytest.approx(lines * 14.85 + (4 if lines == 1 else 6))


@pytest.mark.parametrize("text", ["一" * 3000, "一\n二\n" * 400, "x" * 5000, "一" * 30 + "\n" + "二" * 2000])
def test_a_text_longer_than_a_row_runs_on_and_nothing_is_lost(text):
    pieces = pieces_of(text, 120, Look(), 130)
    assert "".join(pieces).replace("\n", "") == text.replace("\n", "")
    assert len(pieces) > 1 and all(height_of(piece, 120, 11) <= 131 for piece in pieces)


def test_a_long_text_is_boxed_as_one_over_its_rows():
    text = "一" * 4000
    plan = plan_form(Form("纪实", [Facts([[("会议记录", text)]])]))[0]
    cells = [cell for cell in plan.cells if cell.row > 1]
    values = [cell for cell in cells if cell.first > 0]
    assert "".join(cell.value for cell in values) == text
    assert [cell.look.edges for cell in values] == ["t", *[""] * (len(values) - 2), "b"]
    assert [cell.value for cell in cells if cell.first == 0] == ["会议记录", *[None] * (len(values) - 1)]
    assert max(plan.heights) < 280 and plan.room < sum(plan.heights)


def test_a_cell_that_belongs_to_the_one_above_has_no_line_between():
    rows = [["甲", 1.0], [ABOVE, "11-06"], ["乙", 2.0]]
    sheet = print_form(Form("表", [Table([Column("姓名", 5), Column("金额", 5)], rows)])).active
    assert [sheet.cell(row, 1).border.bottom.style for row in (3, 4, 5)] == [None, "thin", "thin"]
    assert [sheet.cell(row, 1).border.top.style for row in (3, 4, 5)] == ["thin", None, "thin"]
    assert [sheet.cell(row, 2).border.bottom.style for row in (3, 4, 5)] == ["thin"] * 3


def test_a_chart_draws_the_rows_and_not_the_totals():
    table = Table(
        [Column("月份", 5), Column("应交", 5)],
        [["1月", 3.0], ["2月", 4.0]],
        totals=[["合计", 7.0]],
        chart=Chart("各月", ("应交",), "元"),
    )
    sheet = print_form(Form("表", [table])).active
    (chart,) = sheet._charts
    assert chart.series[0].val.numRef.f == "'表'!$B$3:$B$4"
    assert chart.series[0].cat.numRef.f == "'表'!$A$3:$A$4"
    assert sheet.print_area == "'表'!$A$1:$B$6"
    assert sheet["B5"].font.bold and not sheet["B4"].font.bold


def test_an_empty_table_says_so_and_a_letter_has_no_box():
    sheet = print_form(Form("表", [Table(COLUMNS, [], empty="没有登记"), Prose([("全体党员：", "left")])])).active
    assert sheet["A3"].value == "没有登记" and sheet["A3"].border.left.style == "thin"
    assert sheet["A4"].value == "全体党员：" and sheet["A4"].border.left.style is None


def test_a_sum_among_the_facts_has_its_cents():
    sheet = print_form(Form("表", [Facts([[("金额", 3.0), ("人数", 3)]])])).active
    assert sorted(cell.number_format for cell in sheet[2] if cell.value == 3) == ["0.00", "General"]


def test_wide_parts_get_a_grid_that_has_room_for_them():
    narrow = Table([Column("姓名", 5)], [["甲"]])
    sheet = print_form(Form("表", [narrow, Facts([[("甲", 1), ("乙", 2), ("丙", 3)]])])).active
    assert [cell.value for cell in sheet[4] if cell.value is not None] == ["甲", 1, "乙", 2, "丙", 3]
