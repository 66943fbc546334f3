"""One sheet is read by its name, and what must not reach a reader is refused as everywhere."""

import openpyxl
import pytest

from partyday_tui.errors import UserMistake
from partyday_tui.excel.limits import BROKEN, NOT_A_SHEET, TOO_BIG
from partyday_tui.excel.named_sheet import read_sheet
from partyday_tui.excel.read import read_grids


@pytest.fixture
def path(tmp_path):
    workbook = openpyxl.Workbook()
    workbook.active.append(["别的"])
    sheet = workbook.create_sheet("上报数据")
    sheet.append(["项目", "数值"])
    sheet.append(["应到", 42])
    workbook.create_sheet("空的")
    workbook.save(tmp_path / "a.xlsx")
    return tmp_path / "a.xlsx"


@pytest.mark.parametrize("state", ["visible", "hidden", "veryHidden"])
def test_a_sheet_is_found_by_its_name_also_when_it_is_hidden(path, state):
    workbook = openpyxl.load_workbook(path)
    workbook["上报数据"].sheet_state = state
    workbook.save(path)
    assert read_sheet(path, "上报数据") == [["项目", "数值"], ["应到", 42.0]]


def test_a_missing_sheet_is_none_and_an_empty_one_has_no_rows(path):
    assert read_sheet(path, "花名册") is None
    assert read_sheet(path, "空的") == []


def test_what_is_no_workbook_or_broken_is_refused(path, tmp_path):
    other = tmp_path / "b.xlsx"
    other.write_text("项目,数值\n", "utf-8")
    with pytest.raises(UserMistake) as refused:
        read_sheet(other, "上报数据")
    assert refused.value.sentence == NOT_A_SHEET
    other.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(UserMistake) as refused:
        read_sheet(other, "上报数据")
    assert refused.value.sentence == BROKEN


def test_a_workbook_of_many_sheets_is_read_here_and_not_as_a_roster(path):
    workbook = openpyxl.load_workbook(path)
    for _ in range(200):
        workbook.create_sheet()
    workbook.save(path)
    assert read_sheet(path, "上报数据") == [["项目", "数值"], ["应到", 42.0]]
    with pytest.raises(UserMistake) as refused:
        read_grids(path)
    assert refused.value.sentence == TOO_BIG
