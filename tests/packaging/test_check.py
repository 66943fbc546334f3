"""The run under Wine says when it cannot be made, and the start of the folder tells the program where it lies."""

import importlib
import os
import sys

import pytest
from tools.windows import check, wine
from tools.windows.in_console import TYPED

from partyday_tui.paths import PROGRAM_FOLDER


def test_without_wine_it_says_so_and_counts_as_skipped(monkeypatch, capsys):
    monkeypatch.setattr(wine, "_BESIDE", wine.Path("/nowhere"))
    monkeypatch.setenv("PATH", "/nowhere")
    assert check.main() == check.SKIPPED
    said = capsys.readouterr().out
    assert said.startswith("windows-check skipped: wine64") and wine.INSTALL in said


def test_without_a_built_folder_it_fails(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(check.Wine, "missing", staticmethod(lambda: ""))
    monkeypatch.setattr(sys, "argv", ["check", str(tmp_path / "none")])
    assert check.main() == 1
    assert "make windows-bundle" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "code", "waits"), [([], 1, True), (["web"], 2, True), ([], 0, False), (["doctor"], 1, False)]
)
def test_the_window_stays_open_after_a_failure_only(monkeypatch, tmp_path, arguments, code, waits):
    start = importlib.import_module("tools.windows.partyday_portable")
    asked = []
    monkeypatch.setenv(PROGRAM_FOLDER, "")
    monkeypatch.setattr(sys, "executable", str(tmp_path / "主题党日 台账" / "python" / "python.exe"))
    monkeypatch.setattr(sys, "argv", ["partyday", *arguments])
    monkeypatch.setattr(sys.stdin.__class__, "isatty", lambda _: True, raising=False)
    monkeypatch.setattr("builtins.input", asked.append)
    monkeypatch.setattr("partyday_tui.__main__.main", lambda: code)
    assert start.main() == code
    assert bool(asked) == waits
    assert os.environ[PROGRAM_FOLDER] == str(tmp_path / "主题党日 台账")


def test_a_program_with_files_missing_says_so_and_waits(monkeypatch, tmp_path, capsys):
    start = importlib.import_module("tools.windows.partyday_portable")
    asked = []
    monkeypatch.setenv(PROGRAM_FOLDER, "")
    monkeypatch.setattr(sys, "argv", ["partyday"])
    monkeypatch.setattr(sys.stdin.__class__, "isatty", lambda _: True, raising=False)
    monkeypatch.setattr("builtins.input", asked.append)
    monkeypatch.setitem(sys.modules, "partyday_tui.__main__", None)
    assert start.main() == 1 and len(asked) == 1
    assert "程序文件不全" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("raised", "end"),
    [(None, "ok"), (AssertionError("no"), "WRONG"), (check.NotShownHere("xvfb-run missing"), "not shown here")],
)
def test_each_step_is_said_to_hold_to_fail_or_not_to_be_shown_here(capsys, raised, end):
    def step(_):
        """A step."""
        if raised:
            raise raised
        return "done"

    assert check._end(step, None).strip() == end
    assert capsys.readouterr().out.startswith(end)


def test_what_was_written_to_a_console_is_read_as_the_screens_before_each_key():
    record = f"\x1b[2J\x1b[1;1H今日{TYPED}\x1b[1;1H\x1b[31m点名\x1b[0m 张三"
    assert [screen.splitlines()[0] for screen in check.screens(record)] == ["今日", "点名 张三"]
