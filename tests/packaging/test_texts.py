"""The texts that the portable folder carries, as the programs of Windows read them."""

import re
from pathlib import Path

import pytest
from tools.windows import interpreter
from tools.windows.build import BAT_FILES
from tools.windows.lock import LOCK
from tools.windows.registries import PYTHONS
from tools.windows.written import dos_text

TOOLS = Path(interpreter.__file__).parent
BATS = {name: (TOOLS / source).read_text("utf-8") for name, source in BAT_FILES.items()}
bats = pytest.mark.parametrize("bat", BATS.values(), ids=BATS)


@bats
def test_the_start_file_is_what_cmd_reads(bat):
    written = dos_text(bat, mark=False)
    assert written.startswith(b"@echo off\r\n"), "a byte order mark would be taken for a command"
    assert written.count(b"\n") == written.count(b"\r\n")


@bats
def test_chinese_stands_only_behind_the_code_page_that_it_is_written_in(bat):
    before, page, _ = bat.partition("chcp 65001 >nul\n")
    assert page and before.isascii(), "cmd of any Windows must find its way to that line"
    assert before.count("chcp") == 0, "the window of the program keeps the code page whose font has Chinese"
    assert "enabledelayedexpansion" not in bat.lower(), "a folder with ! in its name would lose it"


@bats
def test_every_way_through_the_start_file_is_there(bat):
    wanted = set(re.findall(r"goto (\w+)", bat))
    assert wanted == set(re.findall(r"^:(\w+)$", bat, re.MULTILINE))
    assert "-m partyday_portable" in bat and (TOOLS / "partyday_portable.py").is_file()


@bats
def test_a_folder_name_with_blanks_and_brackets_stays_in_quotes(bat):
    for line in bat.splitlines():
        for at in (found.start() for found in re.finditer("%HERE", line)):
            assert line[:at].count('"') % 2 == 1, line


@pytest.mark.parametrize("name", ["使用说明.txt", "安装说明.txt"])
def test_a_text_has_the_mark_that_notepad_knows_chinese_by(name):
    written = dos_text((TOOLS / name).read_text("utf-8"), mark=True)
    assert written.startswith(b"\xef\xbb\xbf") and b"\r\n" in written and b"\r\r" not in written
    assert written == dos_text(written.decode("utf-8-sig"), mark=True), "a second time changes nothing"


def test_python_looks_in_its_own_folder_only():
    assert interpreter.PTH.encode() == b"python312.zip\r\n.\r\nLib\\site-packages\r\n"


def test_every_pinned_wheel_has_its_hash_and_no_address():
    for lock in (LOCK, TOOLS / "interpreter.lock"):
        lines = [line for line in lock.read_text("utf-8").splitlines() if not line.startswith("#")]
        for line in lines:
            assert re.fullmatch(r"\S+==\S+( --hash=sha256:[0-9a-f]{64})+", line), line
    native = next(line for line in LOCK.read_text("utf-8").splitlines() if line.startswith("sqlalchemy=="))
    assert native.count("sha256") == len(PYTHONS)


def test_no_file_of_the_tools_names_a_place_of_a_machine():
    for file in TOOLS.iterdir():
        if file.is_file():
            assert not re.search(r"https?://|/work/|/root/|/home/\w", file.read_text("utf-8")), file.name
