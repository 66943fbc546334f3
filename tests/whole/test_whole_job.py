"""The secretary's job from a fresh book, by keyboard, in a real terminal: import, plan, roll, sheet."""

import os
import sqlite3
from pathlib import Path

import pytest
from openpyxl import load_workbook

from partyday_tui.clock import Clock
from partyday_tui.services.books import open_existing
from partyday_tui.services.roll import event_to_call, read_roll
from tests.conftest import TODAY
from tests.whole.terminal import Terminal

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
EXCEPTIONS = {"张刚军": "leave", "仇伟": "absent", "熊才光": "late"}


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
def test_import_plan_roll_and_sheet(book_path, size):
    (Path(os.environ["HOME"]) / "Desktop").mkdir()
    columns, lines = size
    with Terminal("--book", book_path, "--today", TODAY, columns=columns, lines=lines) as terminal:
        terminal.until("这台电脑上还没有账本")
        terminal.press("1")
        terminal.until("上级党组织")
        terminal.press("柳湾村党支部", "F5")
        terminal.until("账本建好了")
        terminal.press("1")
        terminal.until("选党员名册")
        terminal.press(str(SAMPLES / "党员花名册-柳湾村.xlsx"), "Enter")
        terminal.until("新增44人")
        terminal.press("F5")
        terminal.until("党员44人")
        terminal.press("F3")
        terminal.until("年历")
        terminal.press("F5")
        terminal.until("11-06")
        terminal.press("F4")
        terminal.until("未点44")
        keys = ["z", "g", "j", "3", "q", "w", "4", "x", "c", "2", "F5"]
        assert len(keys) <= 12
        terminal.press(*keys)
        shown = terminal.until("未点0")
        assert "应到44 实到42 迟到1 请假1 缺席1" in shown and "到会率95.5%" in shown
        terminal.press("^T")
        terminal.until("应到44人，实到42人")
        terminal.press("Enter", "^E")
        terminal.until("填好的")
        terminal.press("1")
        terminal.until("已写好")
        assert terminal.leave() == 0
        stream = terminal.stream
    check_book(book_path)
    check_sheet()
    assert b"\x1b]52" not in stream and b"Traceback" not in stream


def check_book(path):
    """What was seen is what another run reads from the disk."""
    book = open_existing(path, Clock(TODAY))
    roll = read_roll(book, event_to_call(book))
    book.close()
    assert {entry.name: entry.status for entry in roll.entries if entry.status != "present"} == EXCEPTIONS
    assert roll.counts.came == 42
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert connection.execute("SELECT count(*) FROM event_kind WHERE kind = 'party_day'").fetchone() == (12,)


def check_sheet():
    """One file with everyone's name, and no formula in it."""
    (file,) = (Path(os.environ["HOME"]) / "Desktop").rglob("*签到表*.xlsx")
    sheet = load_workbook(file).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    text = "\n".join(str(cell.value) for cell in cells)
    for name in ("罗有秀", "张刚军", "阿依古丽·买买提"):
        assert name in text
    assert text.count("王建国") == 2
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_the_demo_branch_has_a_year_to_show():
    with Terminal("demo") as terminal:
        terminal.until("待点名")
        terminal.press("F3")
        assert terminal.until("防汛").count("已点名") >= 6
        terminal.press("F6")
        terminal.until("党员42人")
        terminal.press("F4")
        terminal.until("未点42")
        assert terminal.leave() == 0


def test_a_second_window_on_one_book_is_told_so(book, book_path):
    book.close()
    with Terminal("--book", book_path, "--today", TODAY) as first:
        first.until("今日")
        with Terminal("--book", book_path, "--today", TODAY) as second:
            second.until("已在另一个窗口打开")
            first.leave()
            second.press("1")
            second.until("党员0人")
