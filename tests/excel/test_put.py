"""No text that enters a cell can become a formula, damage the file or raise."""

import io
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from partyday_tui.excel import put
from partyday_tui.excel.put import printable, put_date, put_number, put_text

HOSTILE = [
    "=1+1", "==1", "+1", "-1", "@SUM(A1)", "\t=1", "#REF!", "#N/A", "TRUE", "0012", "110101194912310021", "1e5", "2026-11-06",
    "张[/foo]三", "[@click=app.quit]x", "</t></is><f>1+1</f>", "&amp;", "  两头空  ", "多\n行", "",
]  # fmt: skip


def saved(text):
    workbook = Workbook()
    put_text(workbook.active["A1"], text)
    packed = io.BytesIO()
    workbook.save(packed)
    return packed


def xml_of(packed):
    with zipfile.ZipFile(packed) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_stays_a_text(text):
    packed = saved(text)
    assert not re.search("<f[ >]", xml_of(packed)["xl/worksheets/sheet1.xml"])
    cell = load_workbook(packed).active["A1"]
    assert (cell.value or "") == text.replace("\t", " ")
    assert (cell.number_format, cell.quotePrefix) == ("@", True)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("王\x1b[2J五", "王[2J五"),
        ("a\x00b\x0bc\x7fd\x9be", "abcde"),
        ("李\u202e四\u200f\u2066", "李四"),
        ("赵\ud800钱", "赵钱"),
        ("孙\ufffe\uffff李\U0001fffe", "孙李"),
        ("一\r\n二\r三\t四\u2028五", "一\n二\n三 四五"),
        ("\U00020bb7野\ue000", "\U00020bb7野\ue000"),
    ],
)
def test_what_paper_cannot_hold_is_left_out_and_rare_characters_stay(text, shown):
    assert printable(text) == shown
    assert load_workbook(saved(text)).active["A1"].value == shown


def test_a_text_that_looks_escaped_is_not_decoded():
    assert "_x005F_x0041_" in "".join(xml_of(saved("_x0041_赵")).values())


@pytest.mark.parametrize("text", ["长" * 40_000, "\U00020bb7" * 20_000])
def test_a_text_too_long_for_a_cell_is_cut_with_a_word(text):
    value = load_workbook(saved(text)).active["A1"].value
    assert value.endswith("（内容过长，已截断）")
    assert len(value.encode("utf-16-le")) // 2 <= 32_767


def test_the_longest_text_is_kept_whole():
    assert load_workbook(saved("长" * 32_767)).active["A1"].value == "长" * 32_767


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=60))
def test_any_text_is_saved_and_read_back_without_a_formula(text):
    packed = saved(text)
    assert not re.search("<f[ >]", xml_of(packed)["xl/worksheets/sheet1.xml"])
    assert load_workbook(packed).active["A1"].data_type in ("s", "inlineStr", "n")


def test_numbers_and_dates_are_what_they_are():
    sheet = Workbook().active
    put_number(sheet["A1"], 264.5, "0.00")
    put_date(sheet["A2"], date(2026, 11, 6))
    put_date(sheet["A3"], date(1899, 1, 1))
    assert (sheet["A1"].value, sheet["A1"].number_format, sheet["A1"].data_type) == (264.5, "0.00", "n")
    assert (sheet["A2"].value, sheet["A2"].number_format, sheet["A2"].data_type) == (
        date(2026, 11, 6),
        "yyyy-mm-dd",
        "d",
    )
    assert (sheet["A3"].value, sheet["A3"].data_type) == ("1899-01-01", "s")


def test_nothing_else_in_the_room_writes_a_value_into_a_cell():
    room = Path(put.__file__).parent
    writing = re.compile(r"\.value\s*=[^=]|\.append\(\[|WriteOnlyCell|cell\([^)]*value=")
    sources = {path.name: path.read_text("utf-8") for path in room.glob("*.py")}
    writers = {name for name, source in sources.items() if "openpyxl" in source or name == "put.py"}
    assert {"put.py", "page.py", "finish.py"} <= writers
    assert [name for name in sorted(writers) if writing.search(sources[name])] == ["put.py"]
