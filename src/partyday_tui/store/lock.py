"""One instance per book: a lock of the operating system on a file beside it."""

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO

from partyday_tui.errors import UserMistake
from partyday_tui.paths import lock_of, short

# Byte far behind the text, so that Windows readers of the lock file can still read who holds it.
_LOCKED_BYTE = 1 << 20


class InUse(UserMistake):
    """Another program holds the book."""


class BookLock:
    """Held from opening to closing a book; the system frees it when the process ends, however it ends.

    Who holds it is written into the file and taken out at the end: ``was_left`` says that a program ended without that, by a power cut
    for one. It stands in the file until it is set to False.
    """

    def __init__(self, book: Path) -> None:
        """Take the lock of ``book``; raises InUse when another program holds it, or may hold it by another name.

        A link leads to the same lock as the book itself. Of a file with two names nobody can find the other one, nor its lock and journal.
        """
        self._path = lock_of(Path(os.path.realpath(book)))
        self._file: IO[bytes] | None = None
        try:
            self._file = open(self._path, "a+b", buffering=0)  # noqa: SIM115 - held for life
        except OSError as error:
            raise UserMistake(
                f"不能写入 {short(self._path)}，账本打不开；请检查文件夹权限，或把账本放到别的文件夹。"
            ) from error
        try:
            _lock(self._file)
        except OSError:
            self._file.close()
            self._file = None
            raise InUse("这个账本已在另一个窗口打开，请先在那个窗口退出（Ctrl+Q），再重新打开。") from None
        if _names(book) > 1:
            self._file.close()
            self._file = None
            raise InUse(
                f"{short(book)} 在磁盘上还有另一个名字（硬链接），两边同时记会乱，没有打开；请把它复制成单独的一份，再打开那一份。"
            )
        self.was_left = False
        with suppress(OSError):  # who holds it is told where there is room for it: a full disk leaves the book readable
            self._file.seek(0)
            self.was_left = bool(self._file.read(1))
            self._file.truncate(0)
            self._file.write(f"{os.getpid()}\n".encode())
            os.fsync(self._file.fileno())

    def release(self) -> None:
        """Give the lock back; harmless a second time."""
        if self._file is not None:
            if not self.was_left:
                with suppress(OSError):
                    self._file.truncate(0)
            self._file.close()
            self._file = None


def _names(book: Path) -> int:
    try:
        return os.stat(book).st_nlink
    except OSError:
        return 0


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        file.seek(_LOCKED_BYTE)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
