"""What stands behind the first paint loads none of the heavy libraries."""

import subprocess
import sys

import pytest

HEAVY = ("sqlalchemy", "pydantic", "sqlmodel", "openpyxl", "pypinyin", "textual", "python_calamine")


def loaded_by(program):
    code = f"{program}\nimport sys\nprint(*(name for name in {HEAVY!r} if name in sys.modules))"
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()


@pytest.mark.parametrize(
    "module",
    [
        "services.roll",
        "services.books",
        "services.forms",
        "services.sheets.sign_in",
        "store.book",
        "store.members",
        "store.events",
        "store.roll",
    ],
)
def test_a_module_behind_the_first_paint_is_light(module):
    assert loaded_by(f"import partyday_tui.{module}") == []


def test_making_a_book_and_calling_its_roll_stay_light(tmp_path):
    program = f"""
from datetime import date
from pathlib import Path
from partyday_tui.clock import Clock
from partyday_tui.services.books import make_book
from partyday_tui.services.roll import Mark, Status, event_to_call, read_roll, write_marks
book = make_book(Path({str(tmp_path / "book.db")!r}), Clock(date(2026, 11, 6)), name="甲", preset="bureau")
with book.act("准备") as act:
    act.connection.execute("INSERT INTO member (id, name, kind) VALUES (1, '甲', 'full')")
    act.connection.execute("INSERT INTO event (id, month, on_date) VALUES (1, '2026-11', '2026-11-06')")
event = event_to_call(book)
write_marks(book, event, [[Mark(1, Status.PRESENT)]])
assert read_roll(book, event).counts.came == 1
"""
    assert loaded_by(program) == []


def test_the_check_itself_sees_what_is_loaded():
    assert loaded_by("import openpyxl") == ["openpyxl"]
