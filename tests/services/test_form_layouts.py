"""The file beside the book changes the printed forms of that book and of no other."""

import pytest
from openpyxl import load_workbook

from partyday_tui.errors import UserMistake
from partyday_tui.paths import layouts_of
from partyday_tui.services import forms
from partyday_tui.services.plan import make_plan


def printed(book, folder, name="year-plan"):
    sheet = load_workbook(forms.export_form(book, forms.asked_for(book, name), folder)).active
    return [[cell.value for cell in row if cell.value is not None] for row in sheet.iter_rows()]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_titles_and_columns_are_the_branchs_own(book, tmp_path, encoding):
    make_plan(book, 2026)
    text = '[年度主题党日活动计划表]\r\n标题 = "{年}年活动安排"\r\n栏目 = ["活动时间", "活动内容"]\r\n加栏 = ["落实情况"]\r\n'
    layouts_of(book.path).write_bytes(text.encode(encoding))
    rows = printed(book, tmp_path)
    assert rows[0] == ["2026年活动安排"] and rows[2] == ["活动时间", "活动内容", "落实情况"]
    assert printed(book, tmp_path, "study-plan")[0] == ["2026年度党员学习计划"]


def test_a_wrong_line_stops_the_export_and_leaves_no_file(book, tmp_path):
    layouts_of(book.path).write_text('[年度主题党日活动计划表]\n栏目 = ["时间"]\n', "utf-8")
    with pytest.raises(UserMistake, match=r"^book\.表格样式\.toml 第2行：.*没有「时间」这一栏"):
        printed(book, tmp_path / "出")
    assert not (tmp_path / "出").exists()


@pytest.mark.parametrize("content", [b"\xff\xff\xff\x00", b"x" * 300_000])
def test_a_file_that_is_none_is_refused(book, tmp_path, content):
    layouts_of(book.path).write_bytes(content)
    with pytest.raises(UserMistake):
        printed(book, tmp_path)


def test_a_folder_in_its_place_is_named_and_asked_away(book, tmp_path):
    layouts_of(book.path).mkdir()
    with pytest.raises(UserMistake, match=r"book\.表格样式\.toml 是文件夹，不是表格样式文件，请把它移到别处"):
        printed(book, tmp_path)


def test_the_file_to_start_from_is_written_once_and_changes_nothing(book, tmp_path):
    before = printed(book, tmp_path)
    path = forms.write_layout_sample(book)
    assert path == layouts_of(book.path)
    text = path.read_text("utf-8-sig")
    assert '# 标题 = "{年}年度主题党日活动计划表"' in text and "# [党费收缴月报]" in text
    assert printed(book, tmp_path) == before
    path.write_text("# 我的", "utf-8")
    assert forms.write_layout_sample(book).read_text("utf-8") == "# 我的"
