"""The file in which a passphrase or a password stands, as 记事本 saves it."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from partyday_tui.errors import UserMistake

_LARGEST = 1 << 20  # bytes


def lines_of(path: Path, what: str, option: str) -> list[str]:
    """The lines of a file in UTF-8, or in UTF-16 that says so in its first bytes; raises UserMistake.

    It may be a pipe, such as a script makes to keep a secret off the disk. ``what``: 「口令」 or 「密码」. ``option``: the option that named the file.
    """
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
    except OSError:
        raise UserMistake(f"{what}文件读不出来，请检查 {option} 后面的文件名。") from None
    if len(content) > _LARGEST:
        raise UserMistake(f"{what}文件太大，不像是写{what}的文件；请检查 {option} 后面的文件名。")
    is_utf16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = content.decode("utf-16" if is_utf16 else "utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:  # UTF-16 that does not say so reads as letters with NUL between them
        raise UserMistake(f"{what}文件不是 UTF-8 编码；请用记事本打开它，另存为时编码选 UTF-8，再试一次。")
    return re.split(r"\r\n|\r|\n", text)
