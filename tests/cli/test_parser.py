"""The arguments of a command: files that are files, and refusals in Chinese."""

import os

import pytest

from partyday_tui.__main__ import main
from partyday_tui.services import plan


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes in a folder are POSIX")
@pytest.mark.parametrize(
    "arguments",
    [
        ("verify", "{pipe}"),
        ("restore", "{pipe}"),
        ("import", "roster", "{pipe}"),
        ("import", "plan", "{pipe}"),
        ("holidays", "import", "{pipe}"),
        ("dues", "import", "{pipe}"),
        ("backup", ".", "--passphrase-file", "{pipe}"),
        ("collect", ".", "--out", "a.xlsx", "--passphrase-file", "{pipe}"),
        ("deliver", "--password-file", "{pipe}"),
        ("event", "2026-11-06", "picture", "{pipe}"),
        ("verify", "{link}"),
        ("event", "2026-11-06", "picture", "{link}"),
    ],
)
def test_a_pipe_or_a_device_is_refused_unread(arguments, book, tmp_path, capsys):
    plan.make_plan(book, 2026)
    book.close()
    pipe, link = tmp_path / "管道.zip", tmp_path / "连接.jpg"
    os.mkfifo(pipe)
    link.symlink_to("/dev/zero")
    words = [word.format(pipe=pipe, link=link) for word in arguments]
    assert main(["--book", str(book.path), "--today", "2026-11-06", *words]) == 2
    told = capsys.readouterr().err
    assert "是设备或管道，不是" in told and told.endswith("请另选一个文件。\n")


def test_a_folder_is_no_backup(tmp_path, capsys):
    assert main(["verify", str(tmp_path)]) == 2
    assert "是文件夹，不是文件" in capsys.readouterr().err
