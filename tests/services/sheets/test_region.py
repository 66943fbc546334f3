"""The workbook of a region holds every branch's figures and their sums as values, and no name becomes a formula."""

import zipfile
from datetime import date

import openpyxl
import pytest
from python_calamine import CalamineWorkbook
from tests.region import FIGURES, OCTOBER, branch

from partyday_tui.services.collect import Counted, Region, Remark
from partyday_tui.services.region import write_region

TODAY = date(2026, 12, 3)
HOSTILE = [
    '=HYPERLINK("http://x","y")',
    "+1+1",
    "@SUM(A1)",
    "-2",
    "[red]甲[/red]",
    "[/foo]",
    "#REF!",
    "_x0041_",
    "'甲",
    "0123",
]


def written(tmp_path, found, remarks=()):
    region = Region(OCTOBER, OCTOBER, tuple(Counted(it, "a.xlsx") for it in found), tuple(remarks))
    return write_region(region, tmp_path / "汇总.xlsx", TODAY)


def rows_of(path, sheet):
    return [
        [cell for cell in row if cell != ""]
        for row in CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python()
    ]


def test_a_row_for_each_branch_and_their_sums_in_the_end(tmp_path):
    other = branch(2, came=1, expected=1, deducted=0, due_fen=1, collected_fen=-5, remitted_fen=0, overdue=3)
    path = written(tmp_path, [FIGURES, other])
    rows = rows_of(path, "支部汇总")
    heads = next(row for row in rows if row[0] == "序号")
    assert heads[1:] == [
        "党支部", "上级党组织", "计划党日", "开展党日", "应到人次", "实到人次", "到会率", "扣除后", "党费应交", "党费收到", "党费上缴",
        "缺席未结", "测评", "逾期事项", "截至",
    ]  # fmt: skip
    assert [row for row in rows if row[0] in (1, 2, "合计")] == [
        [
            1,
            FIGURES.branch,
            "青山镇党委",
            1,
            1,
            42,
            30,
            30 / 42,
            30 / 31,
            1136.73,
            1135.73,
            1000,
            2,
            1,
            12,
            "2026-11-02",
        ],
        [2, "第2村党支部", "青山镇党委", 1, 1, 1, 1, 1, 1, 0.01, -0.05, 0, 2, 1, 3, "2026-11-02"],
        ["合计", "2个支部", 2, 2, 43, 31, 31 / 43, 31 / 32, 1136.74, 1135.68, 1000, 4, 2, 15],
    ]
    assert rows[0] == ["2026年10月党支部情况汇总表"]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_name_stays_a_text_on_both_sheets(tmp_path, text):
    path = written(tmp_path, [branch(1, branch=text, superior=text)], [Remark(text, text, "读不出来", text)])
    workbook = openpyxl.load_workbook(path)
    for sheet in workbook:
        found = [cell for row in sheet.iter_rows() for cell in row if cell.value == text.replace("_x", "_x005F_x")]
        assert len(found) >= 2
        assert {cell.data_type for cell in found} == {"s"}
    with zipfile.ZipFile(path) as parts:
        assert not any(b"<f>" in parts.read(name) for name in parts.namelist() if name.startswith("xl/worksheets/"))


def test_without_a_branch_the_sheets_say_so(tmp_path):
    path = written(tmp_path, [])
    assert any("没有能计入的支部" in str(row) for row in rows_of(path, "支部汇总"))
    assert any("文件都已计入" in str(row) for row in rows_of(path, "没有计入的"))


def test_the_remarks_stand_on_a_sheet_of_their_own(tmp_path):
    path = written(tmp_path, [FIGURES], [Remark("镇1/a.xlsx", "甲村党支部", "重复", "和 b.xlsx 是一样的。")])
    assert [1, "镇1/a.xlsx", "甲村党支部", "重复", "和 b.xlsx 是一样的。"] in rows_of(path, "没有计入的")
