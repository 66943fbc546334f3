"""A package on the disk: sheet by sheet, compared cell by cell, whole or not at all."""

import os
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from tests.whole.hostile import TEXTS

from partyday_tui.errors import PartydayError, UserMistake
from partyday_tui.excel.compare import compare, expected_of
from partyday_tui.excel.layout import plan_form
from partyday_tui.excel.package_file import PackageFile
from partyday_tui.excel.package_folder import PackageFolder
from partyday_tui.excel.page import print_form
from partyday_tui.rules.sheet import ABOVE, Chart, Column, Facts, Form, Link, Table

ROWS = [
    [1, "甲", 12.5, date(2026, 11, 6)],
    [2, "_x0041_", -1, date(1899, 1, 2)],
    [3, ABOVE, 0, None],
    [4, " 空 格\n换行 ", 0.1, ""],
]
TABLE = Table(
    (Column("序号", 5), Column("姓名", 10), Column("金额", 8, number_format="0.00"), Column("日期", 11)), ROWS
)
FORM = Form("表", (Facts(((("事由", "走访"), ("人数", 3)),)), TABLE), foot=(("签字：", "日期："),), name="表")
CHARTED = Form("图", (Table(TABLE.columns, ROWS, chart=Chart("图", ("金额",))),), name="图")


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "出"


def made(writer, folder, forms=((FORM, "表"),), name="包"):
    out = writer(folder)
    try:
        for form, label in forms:
            out.add(form, label)
        out.add_front(Form("目录", (Table((Column("工作表", 10),), [[Link("表")]]),)), "目录")
        out.close()
        out.compare(lambda _: None)
        return out.place(name)
    finally:
        out.discard()


def test_the_sheets_stand_behind_their_front_and_hold_what_a_single_form_holds(folder):
    path = made(PackageFile, folder, [(FORM, "表"), (CHARTED, "表"), (FORM, "a[b]:c/d" * 9)])
    assert os.listdir(folder) == ["包.xlsx"]
    found = load_workbook(path)
    assert found.sheetnames == ["目录", "表", "表2", "a b  c da b  c da b  c da b"]
    assert all(len(name) <= 31 for name in found.sheetnames)
    print_form(FORM).save(folder / "单.xlsx")
    single = load_workbook(folder / "单.xlsx").active
    for name in (found.sheetnames[1], found.sheetnames[3]):
        sheet = found[name]
        assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
            [cell.value for cell in row] for row in single.iter_rows()
        ]
        assert {str(it) for it in sheet.merged_cells.ranges} == {str(it) for it in single.merged_cells.ranges}
        for row in single.iter_rows():
            for cell in row:
                other = sheet[cell.coordinate]
                assert (other.font.name, other.border.left.style, other.number_format, other.alignment.horizontal) == (
                    cell.font.name, cell.border.left.style, cell.number_format, cell.alignment.horizontal,
                )  # fmt: skip
        assert sheet.print_title_rows == single.print_title_rows and sheet.freeze_panes == single.freeze_panes
        assert {row: it.height for row, it in sheet.row_dimensions.items()} == {
            row: it.height for row, it in single.row_dimensions.items()
        }
        assert sheet.column_dimensions["B"].width == single.column_dimensions["B"].width
    assert len(found["表2"]._charts) == 1
    link = found["目录"]["A4" if found["目录"]["A4"].hyperlink else "A3"]
    assert link.hyperlink.location == "'表'!A1" and link.value == "表" and link.font.underline == "single"


@pytest.mark.parametrize("text", [*TEXTS[:12], "'甲'", "_x005F_x0041_", " 前后 ", "=1+1"])
def test_hostile_text_comes_back_as_it_was_to_be_written(folder, text):
    form = Form(
        text or "表",
        (Table((Column(text, 9), Column("乙", 9)), [[text, 1], ["正常", text]]),),
        unit=(text, text),
        name=text,
    )
    path = made(PackageFile, folder, [(form, text), (form, text)], text)
    assert len(load_workbook(path).sheetnames) >= 3


def rewritten(path, old, new):
    """The file with one text replaced in its sheets, as a bad medium or another program would leave it."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data.replace(old.encode(), new.encode()) if "worksheets/" in name else data)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("走访", "走防"),
        ("<v>12.5</v>", "<v>12.6</v>"),
        ("<v>-1</v>", "<v>-2</v>"),
        ("甲", ""),
        ("<v>46332</v>", "<v>46333</v>"),
        ('r="A6"', 'r="G99"'),
    ],
)
def test_a_changed_cell_is_found_and_its_sheet_named(folder, old, new):
    path = made(PackageFile, folder)
    expected = [expected_of("目录", plan_form(Form("目录", (Table((Column("工作表", 10),), [[Link("表")]]),)))[0])]
    expected.append(expected_of("表", plan_form(FORM)[0]))
    compare(path, expected)
    rewritten(path, old, new)
    with pytest.raises(PartydayError, match=r"「表」第\d+行"):
        compare(path, expected)


@pytest.mark.parametrize(
    "damage", [lambda data: b"", lambda data: data[:-200], lambda data: data[:200] + bytes(400) + data[600:]]
)
def test_a_damaged_file_is_not_put_in_place(folder, damage):
    out = PackageFile(folder)
    out.add(FORM, "表")
    out.close()
    (temporary,) = folder.iterdir()
    temporary.write_bytes(damage(temporary.read_bytes()))
    with pytest.raises(PartydayError, match="读回来和账本不一样"):
        out.compare(lambda _: None)
    out.discard()
    assert os.listdir(folder) == []


@pytest.mark.parametrize("writer", [PackageFile, PackageFolder])
def test_what_is_given_up_leaves_nothing(folder, writer):
    out = writer(folder)
    out.add(FORM, "表")
    assert len(os.listdir(folder)) == 1
    out.discard()
    assert os.listdir(folder) == []


@pytest.mark.parametrize("writer", [PackageFile, PackageFolder])
def test_a_file_in_the_way_of_the_folder_is_named(folder, writer):
    folder.write_text("")
    with pytest.raises(UserMistake, match="不是文件夹"):
        writer(folder)


@pytest.mark.parametrize("writer", [PackageFile, PackageFolder])
def test_a_package_that_is_open_elsewhere_is_named_and_left_whole(folder, writer, monkeypatch):
    path = made(writer, folder)
    before = {it: it.read_bytes() for it in folder.rglob("*.xlsx")}
    replace, rename = os.replace, os.rename

    def refuse(call, source, target):
        if path in (Path(source), Path(target)):
            raise PermissionError(13, "the process cannot access the file")  # what Windows says about an open file
        return call(source, target)

    monkeypatch.setattr(os, "replace", lambda source, target: refuse(replace, source, target))
    monkeypatch.setattr(os, "rename", lambda source, target: refuse(rename, source, target))
    with pytest.raises(UserMistake, match=f"「{re.escape(path.name)}」正在WPS或Excel里打开"):
        made(writer, folder)
    assert {it: it.read_bytes() for it in folder.rglob("*.xlsx")} == before
    assert os.listdir(folder) == [path.name]


@pytest.mark.parametrize("writer", [PackageFile, PackageFolder])
def test_a_full_disk_leaves_the_earlier_package(folder, writer):
    resource, signal = pytest.importorskip("resource"), pytest.importorskip("signal")
    path = made(writer, folder)
    before = {it: it.read_bytes() for it in folder.rglob("*.xlsx")}
    large = Form("大", (Table((Column("随机", 40),), [[os.urandom(40).hex()] for _ in range(300)]),))
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (12_000, limits[1]))
        with pytest.raises(PartydayError, match="磁盘"):
            made(writer, folder, [(FORM, "表"), (large, "大"), (FORM, "表")])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    assert os.listdir(folder) == [path.name]
    assert {it: it.read_bytes() for it in folder.rglob("*.xlsx")} == before


def test_our_folder_is_replaced_and_one_with_anything_else_in_it_is_kept(folder):
    path = made(PackageFolder, folder, [(FORM, "表"), (CHARTED, "图/表")])
    assert sorted(os.listdir(path)) == ["000 目录.xlsx", "001 表.xlsx", "002 图 表.xlsx"]
    assert made(PackageFolder, folder) == path
    assert sorted(os.listdir(path)) == ["000 目录.xlsx", "001 表.xlsx"]
    (path / "手写说明.txt").write_text("留着")
    assert made(PackageFolder, folder).name == "包（2）"
    assert (path / "手写说明.txt").read_text() == "留着"
    assert sorted(os.listdir(folder)) == ["包", "包（2）"]


def test_a_file_saved_by_another_program_is_kept(folder):
    path = made(PackageFile, folder)
    assert made(PackageFile, folder) == path
    edited = load_workbook(path)
    edited.properties.lastModifiedBy = "Administrator"
    edited.save(path)
    assert made(PackageFile, folder).name == "包（2）.xlsx"
