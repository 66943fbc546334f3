"""Files and their names on the disk: a new file is not safe from a power cut before the folder that names it has been synced too."""

import errno
import os
import sys
from contextlib import suppress
from pathlib import Path

_NO_SUCH_CALL = (errno.EINVAL, errno.ENOTSUP, errno.ENOSYS)  # a file system that does not sync folders


def sync_folder(folder: Path) -> None:
    """Let the medium have the names in a folder; raises OSError. Windows has no such call and keeps names by itself."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _NO_SUCH_CALL:
            raise
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """Make a folder and what is missing above it, on the medium; harmless where it is there. Raises OSError."""
    missing = [it for it in (folder, *folder.parents) if not os.path.lexists(it)]
    folder.mkdir(parents=True, exist_ok=True)
    for it in missing:
        sync_folder(it.parent)


def write_whole(path: Path, data: bytes) -> None:
    """Put bytes under a name, for their owner alone: after a kill or a power cut the old file is there or the new one. Raises OSError."""
    make_folder(path.parent)
    beside = path.with_name(f"{path.name}.new")
    beside.unlink(missing_ok=True)  # of a try that was cut off
    handle = os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with open(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(handle)
        os.replace(beside, path)
        sync_folder(path.parent)
    except BaseException:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
