"""Failures told in one Chinese sentence; the traceback goes to the log, without any member's data (R17)."""

import errno
import sys
import traceback
from datetime import datetime
from pathlib import Path

from partyday_tui.clock import BEIJING
from partyday_tui.errors import PartydayError, UserMistake
from partyday_tui.paths import log_file
from partyday_tui.rules.literal import on_one_line
from partyday_tui.streams import guarded

_KEPT_BYTES = 512 * 1024


def tell(error: BaseException) -> int:
    """Print the sentence for `error` on stderr, log what was not expected; returns the exit code."""
    with guarded():
        if isinstance(error, OSError) and error.errno == errno.ENAMETOOLONG:
            error = UserMistake("文件或文件夹的名字太长，这台电脑打不开；请检查写的名字，或把它改短再试。")
        if isinstance(error, PartydayError):
            place = log(error) if error.exit_code == 1 else None
            sentence = f"{error.sentence.removesuffix('。')}；详情已记入 {place}。" if place else error.sentence
            print(on_one_line(sentence), file=sys.stderr)
            return error.exit_code
        place = log(error)
        where = f"详情已记入 {place}" if place else "详情没有能记下"
        print(f"程序出了意外，已存盘的记录都在，请重新打开再试；{where}。", file=sys.stderr)
        return 1


def log(error: BaseException) -> Path | None:
    """Append the traceback of `error` to the log: places in the code and kinds of errors, no messages, since these quote data."""
    path = log_file()
    lines = [f"{datetime.now(BEIJING).isoformat(timespec='seconds')}\n"]
    seen: BaseException | None = error
    while seen is not None:
        lines.append(f"{type(seen).__module__}.{type(seen).__qualname__} {getattr(seen, 'sqlite_errorname', '')}\n")
        lines.extend(traceback.format_tb(seen.__traceback__))
        seen = seen.__cause__ or seen.__context__
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > _KEPT_BYTES:
            path.replace(path.with_suffix(".old.log"))
        with path.open("a", encoding="utf-8") as file:
            file.writelines(lines)
    except OSError:
        return None
    return path
