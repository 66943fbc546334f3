"""What a file does to the child that reads it is no harm to the program: a hang, a flood, a crash, the user's Esc; tried on real files."""

import os
import subprocess
import sys
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from threading import Timer

import openpyxl
import pytest

from partyday_tui.errors import UserMistake
from partyday_tui.excel import worker
from partyday_tui.excel.limits import BROKEN, DIED, NOT_A_SHEET, STOPPED, TOO_BIG, TOO_MUCH_MEMORY, TOO_SLOW
from partyday_tui.excel.read import read_grids
from partyday_tui.excel.worker_child import FLAG

SAMPLES = Path(__file__).parents[1] / "samples"
SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)


@pytest.fixture(autouse=True)
def _no_reader_left():
    yield
    assert not worker._reading
    while worker._waiting:
        worker._waiting.pop().end()


def workbook(path, cells):
    """A workbook whose one sheet has these cells as raw XML."""
    openpyxl.Workbook().save(path)
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts["xl/worksheets/sheet1.xml"] = SHEET.format(cells).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return path


def refusal(path, **limits):
    with pytest.raises(UserMistake) as refused:
        worker.read_apart(path, **limits)
    return refused.value.sentence


@pytest.mark.parametrize("name", ["党员花名册-柳湾村.xlsx", "支部党员名单.xls", "党员导出.csv"])
def test_a_file_read_apart_is_as_read_here(name):
    worker.prepare()
    assert worker.read_apart(SAMPLES / name) == read_grids(SAMPLES / name)


def test_every_kind_of_cell_comes_over(tmp_path):
    file = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    row = [
        "𠮷林\n第二行",
        3,
        2.5,
        True,
        date(2026, 11, 6),
        datetime(2026, 11, 6, 19, 30),
        time(19, 30),
        timedelta(1, 5),
    ]
    book.active.append(row)
    book.active.append(["=1+1", "#N/A", "' onload=x"])
    book.save(file)
    there, here = worker.read_apart(file), read_grids(file)
    assert there == here
    assert [[type(cell) for cell in row] for row in there[0].rows] == [
        [type(cell) for cell in row] for row in here[0].rows
    ]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [("a.xlsx", b"PK\x03\x04 broken", BROKEN), ("a.doc", b"{\\rtf1 text}", NOT_A_SHEET), ("a.csv", b"x" * (11 * 2**20), TOO_BIG)],
    ids=["broken", "no sheet", "too big"],
)  # fmt: skip
def test_a_refusal_of_the_gate_comes_over_in_its_own_words(tmp_path, name, content, sentence):
    (tmp_path / name).write_bytes(content)
    assert refusal(tmp_path / name) == sentence


@pytest.fixture(scope="module")
def endless(tmp_path_factory):
    """Some sixteen million cells in a few hundred kilobytes: a reader is busy with them for a long time."""
    return workbook(tmp_path_factory.mktemp("hang") / "a.xlsx", ("<row>" + "<c/>" * 4000 + "</row>") * 4000)


def test_a_file_that_is_never_done_is_given_up(endless):
    assert endless.stat().st_size < 2**20
    assert refusal(endless, seconds=0.2, memory=8 << 30, gated=False) == TOO_SLOW
    assert refusal(endless) == TOO_BIG, "the gate keeps it out"


def test_esc_ends_a_reading(endless):
    stopping = Timer(0.3, worker.stop)
    stopping.start()
    assert refusal(endless, memory=8 << 30, gated=False) == STOPPED
    stopping.join()


def test_a_file_that_wants_all_memory_gets_none(tmp_path):
    far = workbook(
        tmp_path / "a.xlsx",
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    )
    assert refusal(far, gated=False) in (TOO_MUCH_MEMORY, DIED)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals to kill a child with a mark of a crash")
def test_a_reader_that_dies_is_told_and_the_next_file_is_read():
    worker.prepare()
    os.kill(worker._waiting[0].process.pid, 11)
    worker._waiting[0].process.wait()
    assert worker.read_apart(SAMPLES / "党员导出.csv")


def test_a_frozen_program_reads_by_its_own_door(monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert worker._command() == [sys.executable, FLAG]
    child = subprocess.run(
        [sys.executable, "-m", "partyday_tui", FLAG],
        input=b"",
        capture_output=True,
        check=False,
    )
    assert (child.returncode, child.stdout, child.stderr) == (0, b"", b"")


def test_the_folder_of_the_file_lends_no_modules(tmp_path, monkeypatch):
    (tmp_path / "csv.py").write_text("raise SystemExit(9)")
    (tmp_path / "a.csv").write_text("姓名,性别\n张三,男\n")
    monkeypatch.chdir(tmp_path)
    assert worker.read_apart(Path("a.csv"))[0].rows[1] == ["张三", "男"]
