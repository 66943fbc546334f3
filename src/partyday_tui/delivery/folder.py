"""Delivery into a folder: a stick, a network share, a folder that a cloud client keeps in step."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from partyday_tui.delivery.attempt import NotDelivered, Parcel, Try, in_pieces
from partyday_tui.durable import sync_folder

Read = Callable[[Path], Iterable[bytes]]
"""How a file is read back, past the cache where the system can."""

_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_NOT_ALLOWED = {errno.EACCES, errno.EPERM, errno.EROFS}


def deliver(folder: Path, parcel: Parcel, attempt: Try, read: Read) -> str:
    """Put the parcel into the folder under its own name; returns what can be said of it.

    Written under a temporary name, read back, then renamed. The folder is never made: where a stick was taken out, it would be made on
    the wrong disk. Raises NotDelivered.
    """
    attempt.check()
    target = folder / parcel.name
    part = folder / f"{parcel.name}.part"
    try:
        if not folder.is_dir():
            raise NotDelivered(f"没有找到文件夹 {folder}；请插好U盘或连上共享文件夹，再报送。")
        if os.path.lexists(target):
            if _digest(target, read) == parcel.sha256:
                return "那里已经有这一份，读过了，内容相同"
            raise NotDelivered(f"那里已有同名但内容不同的「{parcel.name}」，没有覆盖；请先移走它，再报送。")
        with suppress(FileNotFoundError):
            part.unlink()  # left behind by a try that was cut off
        _write(part, parcel.data, attempt)
        if _digest(part, read) != parcel.sha256:
            raise NotDelivered("写进去的内容读回来不一样，没有算数；请换一个U盘或文件夹，再报送。")
        attempt.check()
        os.rename(part, target)
        sync_folder(folder)
        if target.stat().st_size != len(parcel.data):
            raise NotDelivered("写完后文件又不见了；请检查U盘或共享文件夹，再报送。")
    except OSError as error:
        _discard(part)
        raise NotDelivered(_sentence(error, folder, len(parcel.data))) from error
    except BaseException:
        _discard(part)
        raise
    return "已写好，读回核对无误"


def _write(part: Path, data: bytes, attempt: Try) -> None:
    with open(part, "xb", buffering=0) as file:
        done = 0
        for piece in in_pieces(data, attempt):
            attempt.check()
            at = 0
            while at < len(piece):
                at += file.write(piece[at:]) or 0
            done += len(piece)
            attempt.told(done / len(data) * 0.8)
        os.fsync(file.fileno())


def _digest(path: Path, read: Read) -> str:
    digest = hashlib.sha256()
    for piece in read(path):
        digest.update(piece)
    return digest.hexdigest()


def _discard(part: Path) -> None:
    with suppress(OSError):
        part.unlink()


def _sentence(error: OSError, folder: Path, size: int) -> str:
    if error.errno in _FULL:
        return f"{folder} 满了，没有送出；请腾出至少 {(size >> 20) + 1} MB，再报送。"
    if error.errno in _NOT_ALLOWED:
        return f"{folder} 不能写入；请解除写保护，或换一个文件夹，再报送。"
    return f"写 {folder} 时出错，可能拔得早了或共享断开了；请插好、连好，再报送。"
