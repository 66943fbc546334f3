import shutil
import subprocess
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from partyday_tui.errors import UserMistake
from partyday_tui.excel.read import read_grids
from partyday_tui.rules.roster_heads import find_roster

SAMPLES = Path(__file__).parents[1] / "samples"

HTML = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="gb2312">
<style>td{x:1}</style></head>
<body><table><tr><td colspan=3>柳湾村党员名册</td></tr>
<tr><th rowspan="2">姓名</th><th colspan=2>联系电话</th></tr><tr><td>手机</td><td>固话</td></tr>
<tr><td>张三<br>丰<td>13812341234<td>&nbsp;</tr>
<tr><td>A&lt;B</td><td><table><tr><td>内</td></tr></table></td></tr></table></body></html>"""

XML = """<?xml version="1.0" encoding="{encoding}"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="名册"><Table>
<Row><Cell ss:MergeAcross="2"><Data ss:Type="String">党员名册</Data></Cell>
<Cell><Data ss:Type="String">尾</Data></Cell></Row>
<Row ss:Index="3"><Cell><Data ss:Type="String">姓名</Data></Cell>
<Cell ss:Index="3"><Data ss:Type="String">出生</Data></Cell></Row>
<Row><Cell><Data ss:Type="String">张三</Data></Cell><Cell><Data ss:Type="Number">110105194912310021</Data></Cell>
<Cell><Data ss:Type="DateTime">1949-12-31T00:00:00.000</Data></Cell></Row></Table></Worksheet></Workbook>"""


def put(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_the_roster_keeps_its_row_numbers():
    (grid,) = read_grids(SAMPLES / "党员花名册-柳湾村.xlsx")
    assert len(grid.rows) == 50
    assert grid.rows[3][1] == "罗有秀" and grid.rows[3][4] == date(1947, 9, 4)
    assert grid.rows[48][:2] == ["合计", "44人"]


def test_blank_rows_at_the_top_count(tmp_path: Path):
    book = openpyxl.Workbook()
    book.worksheets[0]["C5"] = "姓名"
    book.save(tmp_path / "a.xlsx")
    (grid,) = read_grids(tmp_path / "a.xlsx")
    assert [len(grid.rows), grid.rows[4][2]] == [5, "姓名"]


def test_a_workbook_is_known_by_content_whatever_its_name(tmp_path: Path):
    for sample, name in (
        ("支部党员名单.xls", "名单.et"),
        ("支部党员名单.xls", "名单.csv"),
        ("党员花名册-柳湾村.xlsx", "名册.xls"),
    ):
        shutil.copy(SAMPLES / sample, tmp_path / name)
        assert read_grids(tmp_path / name)[0].rows == read_grids(SAMPLES / sample)[0].rows


def test_old_xls_gives_text_and_dates():
    (grid,) = read_grids(SAMPLES / "支部党员名单.xls")
    assert len(grid.rows) == 24
    assert grid.rows[1][:4] == ["冯文", "男", "999999197907223916", date(1979, 7, 22)]


def test_hidden_and_empty_sheets_are_passed_over(tmp_path: Path):
    book = openpyxl.Workbook()
    book.create_sheet("代码").append(["01"])
    book["代码"].sheet_state = "hidden"
    book.create_sheet("名册").append(["姓名"])
    book.save(tmp_path / "a.xlsx")
    assert [grid.name for grid in read_grids(tmp_path / "a.xlsx")] == ["名册"]


def test_an_identity_that_is_a_number_stays_one(tmp_path: Path):
    book = openpyxl.Workbook()
    book.worksheets[0].append(["姓名", 110105194912310021])
    book.save(tmp_path / "a.xlsx")
    value = read_grids(tmp_path / "a.xlsx")[0].rows[0][1]
    assert isinstance(value, float) and value > 1e17


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice writes the ods of this test")
def test_ods(tmp_path: Path):
    shutil.copy(SAMPLES / "党员花名册-柳湾村.xlsx", tmp_path / "a.xlsx")
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "ods"]
    subprocess.run([*command, "--outdir", tmp_path, tmp_path / "a.xlsx"], check=True, capture_output=True)
    assert zipfile.is_zipfile(tmp_path / "a.ods")
    rows = find_roster(read_grids(tmp_path / "a.ods")[0].rows).rows
    assert len(rows) == 44 and rows[0][0] == 4


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv(tmp_path: Path, encoding: str, delimiter: str):
    text = '姓名,公民身份号码\r\n"张""三",\t999999195605203160\r\n李四,"=""0123"""\r\n\r\n王五,\'0456\r\n=1+1,x\r\n'
    if delimiter == "\t":
        text = text.replace("\t", "")
    path = put(tmp_path, "a.csv", text.replace(",", delimiter).encode(encoding))
    assert read_grids(path)[0].rows == [
        ["姓名", "公民身份号码"],
        ['张"三', "999999195605203160"],
        ["李四", "0123"],
        [],
        ["王五", "0456"],
        ["=1+1", "x"],
    ]


def test_the_sample_csv():
    (grid,) = read_grids(SAMPLES / "党员导出.csv")
    assert grid.rows[1] == ["顾建芳", "女", "999999195605203160", "1988-01-24", "正式党员", "19639321765"]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_an_html_table_named_xls(tmp_path: Path, encoding: str):
    (grid,) = read_grids(put(tmp_path, "导出.xls", HTML.encode(encoding)))
    assert grid.rows == [
        ["柳湾村党员名册", "", ""],
        ["姓名", "联系电话", ""],
        ["", "手机", "固话"],
        ["张三 丰", "13812341234", ""],
        ["A<B", "内"],
    ]
    assert find_roster(grid.rows).columns == {"name": 0, "phone": 1, "landline": 2}


def test_spans_that_meet(tmp_path: Path):
    rows = "<tr><td rowspan=3>a<td rowspan=2>b<td>c</tr><tr><td>d</tr><tr><td>e<td>f</tr><tr><td>g</tr>"
    (grid,) = read_grids(put(tmp_path, "a.xls", f"<table>{rows}"))
    assert grid.rows == [["a", "b", "c"], ["", "", "d"], ["", "e", "f"], ["g"]]


@pytest.mark.parametrize("encoding", ["UTF-8", "gb2312"])
def test_an_xml_workbook_named_xls(tmp_path: Path, encoding: str):
    content = XML.format(encoding=encoding).encode("gb18030" if encoding == "gb2312" else "utf-8")
    (grid,) = read_grids(put(tmp_path, "导出.xls", content))
    assert grid.name == "名册"
    assert grid.rows == [
        ["党员名册", "", "", "尾"],
        [],
        ["姓名", "", "出生"],
        ["张三", 1.1010519491231002e17, date(1949, 12, 31)],
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\r\n \t",
        b"\x00" * 2000,
        bytes(range(256)) * 20,
        b"PK\x03\x04" + bytes(range(256)) * 4,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000),
        b"\xd0\xcf\x11\xe0",
        b"<?xml version='1.0'?><a/>",
        b"<?xml version='1.0'?><a",
        b"<html><body>no table</body></html>",
        b"<table></table>",
        b"%PDF-1.7\n1 0 obj",
        b"MIME-Version: 1.0\r\n\r\n<table><tr><td>x</table>",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b",,,\r\n,,\r\n",
    ],
    ids=range(15),
)
def test_what_is_no_sheet_is_refused_in_one_sentence(tmp_path: Path, content: bytes):
    with pytest.raises(UserMistake) as refused:
        read_grids(put(tmp_path, "a.xls", content))
    assert refused.value.sentence.endswith("。") and "请" in refused.value.sentence


@pytest.mark.parametrize("sample", ["党员花名册-柳湾村.xlsx", "支部党员名单.xls"])
def test_cut_and_damaged_files_end_in_a_sentence_or_a_grid(tmp_path: Path, sample: str):
    whole = (SAMPLES / sample).read_bytes()
    for cut in range(8, len(whole), 457):
        with pytest.raises(UserMistake):
            read_grids(put(tmp_path, "cut.xls", whole[:cut]))
    refused = 0
    for at in range(0, len(whole), 61):
        damaged = whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :]
        try:
            read_grids(put(tmp_path, "damaged.xls", damaged))
        except UserMistake:
            refused += 1
    assert refused > 0
