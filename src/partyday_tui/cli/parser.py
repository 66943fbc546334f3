"""argparse in Chinese, and nothing of it in English."""

import argparse
import re
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from partyday_tui.errors import UserMistake
from partyday_tui.paths import not_a_file, short
from partyday_tui.rules.typed_day import typed_day

_WORDS = {
    "usage: ": "用法：",
    "options": "选项",
    "positional arguments": "参数",
    "show this help message and exit": "显示这段说明",
    "the following arguments are required: %s": "还缺少：%s",
    "unrecognized arguments: %s": "不认识：%s",
    "expected one argument": "后面要跟一个值",
    "expected at least one argument": "后面至少要跟一个值",
    "expected at most one argument": "后面最多跟一个值",
    "one of the arguments %s is required": "还缺少其中之一：%s",
    "invalid %(type)s value: %(value)r": "「%(value)s」写得不对",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s：%(message)s",
    "not allowed with argument %s": "不能和 %s 同用",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s 可能是 %(matches)s，请写全",
    "ignored explicit argument %r": "后面不要写 %r",
}

_HEADING = re.compile(r"^(\S.*):$", re.MULTILINE)


class Parser(argparse.ArgumentParser):
    """An ArgumentParser that refuses in one Chinese sentence (UserMistake) and never exits by itself but for help."""

    def __init__(self, **named: Any) -> None:
        super().__init__(allow_abbrev=False, **named)

    def error(self, message: str) -> NoReturn:
        """Raise the refusal as a sentence with the next step."""
        raise UserMistake(f"命令没有看懂（{message}），请用 {self.prog} -h 查看用法。")

    def format_help(self) -> str:
        """The page of help; its headings end in the colon that its first line has."""
        return _HEADING.sub(r"\1：", super().format_help())

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """Refuse a value that is none of the choices, and list them as they are typed."""
        if action.choices is not None and value not in action.choices:
            known = "、".join(map(str, action.choices))
            raise argparse.ArgumentError(action, f"没有「{value}」这一项（可用：{known}）")


def speak_chinese() -> None:
    """Give argparse our words; it looks its own up in the module at each use."""
    argparse._ = lambda text: _WORDS.get(text, text)  # type: ignore[attr-defined]


def day(text: str) -> date:
    """A day given as YYYY-MM-DD; raises ArgumentTypeError with a Chinese phrase."""
    try:
        return typed_day(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def plain_file(text: str) -> Path:
    """A file to be read, which need not be there yet; raises UserMistake for a folder, a pipe or a device."""
    path = Path(text)
    if what := not_a_file(path):
        raise UserMistake(f"{short(path)} 是{what}，不是文件，请另选一个文件。")
    return path


def year(text: str) -> int:
    """A year of four digits; raises ArgumentTypeError with a Chinese phrase."""
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise argparse.ArgumentTypeError(f"年份 {text} 写得不对，要写成 2026 这样")
    return int(text)
