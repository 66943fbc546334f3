"""The arguments of a command: files that are files, and refusals in Chinese."""

import os
import re

import pytest

from partyday_tui.__main__ import main
from partyday_tui.cli.run import _COMMANDS
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


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("dues", "fund", "x", "--amount", "1"), "哪一种：没有「x」这一项（可用：returned、used）"),
        (("dues", "collect", "张三", "--surplus", "x"), "--surplus：没有「x」这一项（可用：ahead、voluntary）"),
        (("duties", "--month", "13"), "--month：没有「13」这一项（可用：1、2、3"),
        (("duties", "--month", "甲"), "--month：「甲」写得不对"),
        (("leave", "x"), "add|print：没有「x」这一项（可用：add、print）"),
        (("import", "x"), "种类：没有「x」这一项（可用：roster、plan）"),
    ],
)
def test_a_value_that_is_none_of_the_choices_is_refused_in_chinese(arguments, words, capsys):
    assert main([*arguments]) == 2
    told = capsys.readouterr().err
    assert words in told and "'" not in told


def _pages():
    yield from ([], ["dues"], ["import"], ["package"], ["import", "roster"], ["package", "month"])
    yield from ([name] for name in _COMMANDS if name not in ("demo",))
    yield from (["dues", name] for name in ("assess", "import", "collect", "fund", "remit", "close"))


@pytest.mark.parametrize("page", list(_pages()), ids=" ".join)
def test_a_page_of_help_has_no_half_of_english(page, capsys):
    """No ASCII colon behind a heading, no list of codes in braces where a word belongs."""
    with pytest.raises(SystemExit) as left:
        main([*page, "--help"])
    told = capsys.readouterr().out
    assert left.value.code == 0 and "选项：\n" in told
    assert not re.search(r"^\S.*:$", told, re.MULTILINE) and not re.search(r"\{\w", told)


def test_the_usage_of_slips_names_the_print(capsys):
    with pytest.raises(SystemExit):
        main(["leave", "--help"])
    told = " ".join(capsys.readouterr().out.split())
    assert "add|print" in told and "partyday leave print 编号 --out 文件夹" in told
