"""A sheet reaches the disk whole, replaces only what is ours, and every refusal is a sentence."""

import os
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from partyday_tui.errors import PartydayError, UserMistake
from partyday_tui.excel.finish import file_stem, finish


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "导出"


def workbook(value):
    made = Workbook()
    made.active["A1"] = value
    return made


def test_a_folder_is_made_and_nothing_else_is_left_in_it(tmp_path):
    path = finish(workbook(1), tmp_path / "甲" / "乙", "签到表 2026-11-06")
    assert path == tmp_path / "甲" / "乙" / "签到表 2026-11-06.xlsx"
    assert os.listdir(path.parent) == [path.name]
    assert load_workbook(path).active["A1"].value == 1


def test_our_own_export_is_replaced(tmp_path):
    assert finish(workbook(1), tmp_path, "表") == finish(workbook(2), tmp_path, "表")
    assert load_workbook(tmp_path / "表.xlsx").active["A1"].value == 2


def test_a_file_saved_by_another_program_is_kept(tmp_path):
    path = finish(workbook(1), tmp_path, "表")
    edited = load_workbook(path)
    edited.active["A1"], edited.properties.lastModifiedBy = "手工改过", "Administrator"
    edited.save(path)
    (tmp_path / "表（2）.xlsx").write_text("不是表格")
    assert finish(workbook(2), tmp_path, "表").name == "表（3）.xlsx"
    assert finish(workbook(3), tmp_path, "表").name == "表（3）.xlsx"
    assert load_workbook(path).active["A1"].value == "手工改过"


def test_a_file_that_is_open_elsewhere_is_named_and_left_whole(folder, monkeypatch):
    path = finish(workbook(1), folder, "表")

    def refuse(*_):
        raise PermissionError(13, "the process cannot access the file")  # what Windows says about an open file

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(UserMistake, match=r"「表\.xlsx」正在WPS或Excel里打开"):
        finish(workbook(2), folder, "表")
    assert os.listdir(folder) == ["表.xlsx"]
    assert load_workbook(path).active["A1"].value == 1


def test_a_file_in_the_way_of_the_folder_is_named(tmp_path):
    (tmp_path / "甲").write_text("")
    for folder in (tmp_path / "甲", tmp_path / "甲" / "乙"):
        with pytest.raises(UserMistake, match="不是文件夹"):
            finish(workbook(1), folder, "表")


def test_a_full_disk_leaves_the_earlier_export(folder):
    resource = pytest.importorskip("resource")
    signal = pytest.importorskip("signal")
    path = finish(workbook(1), folder, "表")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    large = workbook(1)
    for row in range(300):
        large.active.append([f"{row}-{os.urandom(20).hex()}"])
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (9_000, before[1]))
        with pytest.raises(PartydayError):
            finish(large, folder, "表")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert os.listdir(folder) == ["表.xlsx"]
    assert load_workbook(path).active["A1"].value == 1


def test_the_times_inside_do_not_depend_on_the_clock(tmp_path):
    with zipfile.ZipFile(finish(workbook(1), tmp_path, "表")) as archive:
        assert {info.date_time[0] for info in archive.infolist()} == {1980}
        assert archive.testzip() is None


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("签到表 2026-11-06 学习", "签到表 2026-11-06 学习"),
        ('a<b>c:d"e/f\\g|h?i*j', "a b c d e f g h i j"),
        ("../../etc/passwd", "etc passwd"),
        ("CON", "表 CON"),
        ("com1.txt", "表 com1.txt"),
        ("nul .x", "表 nul .x"),
        ("CONTACT", "CONTACT"),
        ("末尾. . ", "末尾"),
        ("\u202egnp.\x00x", "gnp.x"),
        ("", "未命名"),
        ("...", "未命名"),
        ("长" * 200, "长" * 60),
    ],
)
def test_a_file_name_is_one_that_every_system_takes(name, stem):
    assert file_stem(name) == stem
