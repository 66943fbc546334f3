import re
import shutil
import subprocess
import zipfile
from datetime import datetime

import pytest
from openpyxl import Workbook

from partyday_tui.excel.month_cells import is_month_format, show_months
from partyday_tui.excel.read import read_grids
from partyday_tui.rules.plan_heads import find_plan


@pytest.mark.parametrize(
    ("code", "month"),
    [
        ('yyyy"年"m"月"', True),
        ('[$-804]yyyy"年"m"月";@', True),
        ("yyyy/m", True),
        ("mmm-yy", True),
        ("yyyy\\-mm", True),
        ('yyyy"年"m"月"d"日"', False),
        ("m/d/yy", False),
        ("yyyy", False),
        ("h:mm", False),
        ("General", False),
        ("0.00", False),
        ('"d"yyyy/m', True),
    ],
)
def test_which_formats_show_a_month(code, month):
    assert is_month_format(code) is month


def sheet_of(path, *cells):
    """An xlsx with these (value, number format) one under the other, on its second sheet."""
    workbook = Workbook()
    page = workbook.create_sheet("名册")
    for row, (value, number_format) in enumerate(cells, 1):
        page.cell(row, 2, value).number_format = number_format
    workbook.save(path)
    return path


def test_a_date_shown_as_a_month_is_one(tmp_path):
    path = sheet_of(
        tmp_path / "a.xlsx",
        (datetime(1972, 7, 1), 'yyyy"年"m"月"'),
        (datetime(1972, 7, 15), 'yyyy"年"m"月"'),
        (datetime(1972, 7, 1), "yyyy-mm-dd"),
        ("1972.7", 'yyyy"年"m"月"'),
        (26481, "General"),
    )
    (grid,) = read_grids(path)
    assert [str(row[1])[:10] for row in grid.rows] == ["1972-07", "1972-07-15", "1972-07-01", "1972.7", "26481.0"]


def test_a_format_that_excel_keeps_by_its_number_alone(tmp_path):
    path = sheet_of(tmp_path / "a.xlsx", (datetime(1972, 7, 1), 'yyyy"年"m"月"'))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    styles = re.sub(rb'(<xf [^>]*numFmtId=")16[0-9]"', rb'\g<1>57"', parts["xl/styles.xml"])
    parts["xl/styles.xml"] = re.sub(rb"<numFmts.*?</numFmts>", b"", styles)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert b'numFmtId="57"' in parts["xl/styles.xml"]
    assert read_grids(path)[0].rows[0][1] == "1972-07"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice writes the xls of this test")
def test_an_old_workbook_shows_months_too(tmp_path):
    month = 'yyyy"年"m"月"'
    cells = [(datetime(1972, 7, 1), month), (datetime(1972, 7, 15), month), (datetime(1972, 7, 1), "yyyy-mm-dd")]
    path = sheet_of(tmp_path / "a.xlsx", *cells)
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            "--convert-to",
            "xls",
            "--outdir",
            str(tmp_path),
            str(path),
        ],
        check=True,
        capture_output=True,
    )
    (grid,) = read_grids(tmp_path / "a.xls")
    assert [str(row[1])[:10] for row in grid.rows] == ["1972-07", "1972-07-15", "1972-07-01"]


def test_styles_that_cannot_be_read_leave_the_dates_as_they_are(tmp_path):
    path = sheet_of(tmp_path / "a.xlsx", (datetime(1972, 7, 1), 'yyyy"年"m"月"'))
    rows = [["", datetime(1972, 7, 1)]]
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/workbook.xml"] = b"<broken"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    show_months(path.read_bytes(), "名册", rows)
    show_months(b"\xd0\xcf\x11\xe0" + bytes(600), "名册", rows)
    assert rows == [["", datetime(1972, 7, 1)]]


def test_a_plan_whose_months_excel_took_for_dates(tmp_path):
    workbook = Workbook()
    workbook.active.append(["活动时间", "活动内容"])
    for month in (1, 2):
        workbook.active.append([datetime(2026, month, 1), "学党章"])
        workbook.active.cell(month + 1, 1).number_format = 'yyyy"年"m"月"'
    workbook.save(tmp_path / "a.xlsx")
    (grid,) = read_grids(tmp_path / "a.xlsx")
    assert [row.on.iso for row in find_plan(grid.rows).rows] == ["2026-01", "2026-02"]
