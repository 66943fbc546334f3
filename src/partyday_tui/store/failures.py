"""The sentences for what SQLite itself refuses or fails at."""

import os
import sqlite3
from pathlib import Path

from partyday_tui.errors import PartydayError, UserMistake
from partyday_tui.paths import room_words


def sqlite_cause(error: BaseException) -> sqlite3.Error | None:
    """The error of SQLite itself, bare, wrapped by SQLAlchemy or already told by `Book.rows`; None for any other."""
    for original in (error, getattr(error, "orig", None), error.__cause__):
        if isinstance(original, sqlite3.Error):
            return original
    return None


def failure(error: sqlite3.Error | UnicodeDecodeError, path: Path | None = None) -> PartydayError:
    """The sentence for an error of SQLite in the book at `path`; the details go to the log with the traceback.

    Python cannot read SQLite's own message where it quotes the broken schema of a damaged file; that is a UnicodeDecodeError.
    """
    code = sqlite3.SQLITE_CORRUPT if isinstance(error, UnicodeDecodeError) else getattr(error, "sqlite_errorcode", None)
    primary = None if code is None else code & 0xFF
    if primary in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
        return UserMistake(DAMAGED)
    if primary == sqlite3.SQLITE_FULL and path is not None and path.name:
        return PartydayError(_full(path))
    if primary == sqlite3.SQLITE_READONLY and path is not None and _is_only_for_reading(path):
        return PartydayError(
            "账本文件是只读的，刚才这一笔没有存下；请在文件的「属性」里去掉「只读」（或给它写的权限）后再做一次。"
        )
    return PartydayError(_SENTENCES.get(primary or 0, _OTHER))


def _is_only_for_reading(path: Path) -> bool:
    """Whether the file itself may not be written, whatever its folder says."""
    try:
        return not os.stat(path).st_mode & 0o222 or not os.access(path, os.W_OK)
    except OSError:
        return False


def _full(path: Path) -> str:
    """What is needed: the journal of one act never grows beyond the book, and the book itself grows a little."""
    try:
        room = room_words(path.parent, os.stat(path).st_size + (1 << 20))
    except OSError:
        room = ""
    return (
        _SENTENCES[sqlite3.SQLITE_FULL].replace("，", f"（{room}），", 1) if room else _SENTENCES[sqlite3.SQLITE_FULL]
    )


_SENTENCES = {
    sqlite3.SQLITE_FULL: "磁盘已满，刚才这一笔没有存下，以前的都在；请腾出空间后再做一次。",
    sqlite3.SQLITE_BUSY: "账本正被别的程序占用，刚才这一笔没有存下；请关闭那个程序后再做一次。",
    sqlite3.SQLITE_LOCKED: "账本正被别的程序占用，刚才这一笔没有存下；请关闭那个程序后再做一次。",
    sqlite3.SQLITE_READONLY: "账本所在的文件夹不能写入，刚才这一笔没有存下；请检查文件夹权限后再做一次。",
    sqlite3.SQLITE_CANTOPEN: "账本文件打不开；请检查它所在的文件夹还在不在、能不能写入。",
    sqlite3.SQLITE_CONSTRAINT: "账本没有接受这一笔，什么也没有改动；请检查填写的内容是否符合要求或与已有记录重复。",
}
NOT_OURS = "这个文件不是主题党日台账的账本，请另选文件。"
DAMAGED = "这个文件不是主题党日台账的账本，或者已经损坏；请另选文件，或从备份恢复。"
UNREAD = "账本读不出来，刚才做的存下了没有还不知道；请检查磁盘，再重新打开账本看一看。"
NOT_STORED = "刚才这一笔没有存下"
STANDS = "磁盘出错，但刚才这一笔已经在账本里，请不要再做一遍；请看磁盘是不是满了，并马上备份。"
UNCERTAIN = "磁盘出错，刚才这一笔存下了没有还不知道；请重新打开账本看一看，账本里没有它时再做一次。"
_OTHER = "账本读写出错，刚才这一笔没有存下；请看磁盘是不是满了，再做一次，仍不行请重启电脑。"
