import struct
import zipfile
from pathlib import Path

import openpyxl
import pytest

from partyday_tui.errors import UserMistake
from partyday_tui.excel.gate import admit
from partyday_tui.excel.limits import BROKEN, DOCTYPE, MACROS, NOT_A_SHEET, TOO_BIG, TOO_WIDE

SAMPLES = Path(__file__).parents[1] / "samples"
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</worksheet>'
FAR_ODS = """<office:document-content xmlns:office="o" xmlns:table="t"><table:table>
<table:table-row table:number-rows-repeated="{rows}"><table:table-cell table:number-columns-repeated="{columns}"/>
<table:table-cell office:value-type="string"/></table:table-row></table:table></office:document-content>"""


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "a.xlsx"
    openpyxl.Workbook().save(path)
    return path


def add(path: Path, name: str, content: str | bytes) -> Path:
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(UserMistake) as refused:
        admit(path)
    return refused.value.sentence


@pytest.mark.parametrize(
    ("name", "shape"),
    [("党员花名册-柳湾村.xlsx", "workbook"), ("支部党员名单.xls", "workbook"), ("党员导出.csv", "csv")],
)
def test_the_samples_pass(name: str, shape: str):
    admitted = admit(SAMPLES / name)
    assert (admitted.shape, admitted.data) == (shape, (SAMPLES / name).read_bytes())


@pytest.mark.parametrize(
    "body",
    [
        '<sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>',
        '<sheetData><row r="20001"><c><v>1</v></c></row></sheetData>',
        '<sheetData><row><c r="GS1"><v>1</v></c></row></sheetData>',
        "<sheetData><row>" + "<c/>" * 200 + "<c><v>1</v></c></row></sheetData>",
        "<sheetData>" + "<row/>" * 20_000 + '<row><c t="inlineStr"><is><t>x</t></is></c></row></sheetData>',
        "<sheetData><row><c r='&#88;FD1'><f>1</f></c></row></sheetData>",
        '<sheetData/><mergeCells><mergeCell ref="A1:XFD20000"/></mergeCells>',
        "<sheetData/><mergeCells>" + '<mergeCell ref="A1:XFD100"/>' * 3 + "</mergeCells>",
    ],
    ids=range(8),
)
def test_far_cells_and_huge_merges(workbook: Path, body: str):
    assert refusal(add(workbook, "xl/worksheets/sheet9.xml", SHEET.format(body))) == TOO_WIDE


def test_a_namespace_prefix_hides_nothing(workbook: Path):
    row = '<x:row r="30000"><x:c><x:v>1</x:v></x:c></x:row>'
    sheet = f'<x:worksheet xmlns:x="m"><x:sheetData>{row}</x:sheetData></x:worksheet>'
    assert refusal(add(workbook, "xl/elsewhere.bin", sheet)) == TOO_WIDE


def test_blank_styled_cells_far_out_and_a_title_merged_over_the_row_are_no_offence(workbook: Path):
    cells = '<sheetData><row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'
    body = cells + '<mergeCells><mergeCell ref="A1:XFD1"/></mergeCells>'
    assert admit(add(workbook, "xl/worksheets/sheet9.xml", SHEET.format(body))).shape == "workbook"


@pytest.mark.parametrize(("rows", "columns"), [(1_048_576, 1), (1, 16_384)])
def test_far_cells_in_ods(tmp_path: Path, rows: int, columns: int):
    assert refusal(add(tmp_path / "a.ods", "content.xml", FAR_ODS.format(rows=rows, columns=columns))) == TOO_WIDE


def test_margins_of_ods_pass(tmp_path: Path):
    margins = FAR_ODS.format(rows=1_000_000, columns=16_384).replace(' office:value-type="string"', "")
    assert admit(add(tmp_path / "a.ods", "content.xml", margins)).shape == "workbook"


def test_zip_bombs(workbook: Path, tmp_path: Path):
    assert refusal(add(workbook, "xl/media/a.bin", bytes(41 * 2**20))) == TOO_BIG
    other = tmp_path / "b.xlsx"
    openpyxl.Workbook().save(other)
    assert refusal(add(other, "xl/media/a.bin", bytes(2 * 2**20))) == TOO_BIG


def test_too_many_parts(workbook: Path):
    with zipfile.ZipFile(workbook, "a") as archive:
        for number in range(201):
            archive.writestr(f"xl/{number}.bin", b"")
    assert refusal(workbook) == TOO_BIG


def test_a_part_that_lies_about_its_size(workbook: Path):
    add(workbook, "xl/media/a.bin", bytes(30 * 2**20))
    data = workbook.read_bytes()
    workbook.write_bytes(data.replace(struct.pack("<I", 30 * 2**20), struct.pack("<I", 100)))
    assert refusal(workbook) == BROKEN


def test_one_part_twice(workbook: Path):
    with pytest.warns(UserWarning):
        add(workbook, "xl/workbook.xml", "<a/>")
    assert refusal(workbook) == BROKEN


@pytest.mark.parametrize("name", ["xl/vbaProject.bin", "xl/macrosheets/sheet1.xml"])
def test_macros(workbook: Path, name: str):
    assert refusal(add(workbook, name, b"x")) == MACROS


def test_document_types_and_entities(workbook: Path, tmp_path: Path):
    bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha">]><a>&b;</a>'
    assert refusal(add(workbook, "xl/sharedStrings2.xml", bomb)) == DOCTYPE
    path = tmp_path / "a.xls"
    path.write_text(bomb)
    assert refusal(path) == DOCTYPE


@pytest.mark.parametrize(
    "content",
    [SHEET.format("<c>"), "<a/>".encode("utf-16"), '<?xml version="1.0" encoding="utf-7"?><a/>', "<a>&x;</a>"],
)
def test_parts_that_are_no_plain_xml(workbook: Path, content: str | bytes):
    assert refusal(add(workbook, "xl/worksheets/sheet9.xml", content)) == BROKEN


def test_other_archives_and_binary_workbooks(tmp_path: Path):
    assert refusal(add(tmp_path / "a.docx", "word/document.xml", "<a/>")) == NOT_A_SHEET
    assert "xlsb" in refusal(add(tmp_path / "b.xlsb", "xl/workbook.bin", "x"))


def test_size_folder_missing_and_empty(tmp_path: Path):
    big = tmp_path / "big.csv"
    big.write_bytes(b"a" * (10 * 2**20 + 1))
    assert refusal(big) == TOO_BIG
    assert "文件夹" in refusal(tmp_path)
    assert "找不到文件「没有.xlsx」" in refusal(tmp_path / "没有.xlsx")
    (tmp_path / "empty.xlsx").touch()
    assert "空的" in refusal(tmp_path / "empty.xlsx")
    assert "打不开" in refusal(tmp_path / "a\0b.xlsx")
