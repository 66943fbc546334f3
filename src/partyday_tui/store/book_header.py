"""What the first bytes of a book's file say, read before SQLite opens it: by opening alone SQLite changes files that are none of ours."""

import struct
from pathlib import Path

from partyday_tui.errors import UserMistake
from partyday_tui.store.failures import DAMAGED, NOT_OURS
from partyday_tui.store.schema import APPLICATION_ID, refuse_newer

_LENGTH = 108  # bytes: the header of the file, and that of its first page, the list of all tables
_MAGIC = b"SQLite format 3\0"
_PLAIN, _WAL = b"\x01\x01", b"\x02\x02"
_LEAF = 0x0D


def refuse_strange(path: Path) -> None:
    """Refuse a file that is no book of this program, and change nothing in it or beside it.

    Raises UserMistake, NewerBook for the book of a newer program. An empty file passes, and one that cannot be read: SQLite says why.
    To be called before a connection is there: closing a file takes the locks of SQLite in this process away (reliability.md R5).
    """
    try:
        with open(path, "rb") as file:
            head = file.read(_LENGTH)
        has_journal, has_wal = (_is_filled(path.with_name(f"{path.name}{end}")) for end in ("-journal", "-wal"))
    except OSError:
        return
    if has_wal and head[18:20] != _WAL:
        raise UserMistake(
            f"账本旁边有别的程序留下的 {path.name}-wal，会把别的内容混进来，所以没有打开，账本没有改动；"
            "请把那个文件移到别处，再打开账本。"
        )
    if not any(head) and (not head or has_journal):
        return  # nothing yet, or the power went while it was made
    if len(head) < _LENGTH or not head.startswith(_MAGIC):
        raise UserMistake(DAMAGED)
    version, owner = struct.unpack_from(">I4xI", head, 60)
    if owner != APPLICATION_ID and (owner, version, head[18:20], head[100], head[103:105]) != (
        0,
        0,
        _PLAIN,
        _LEAF,
        b"\0\0",
    ):
        raise UserMistake(NOT_OURS)
    refuse_newer(version)


def _is_filled(path: Path) -> bool:
    try:
        return path.stat().st_size > 0
    except FileNotFoundError:
        return False
