"""Every path the program uses is built here and nowhere else."""

import os
import shutil
import stat
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path

APP_NAME = "partyday"
PROGRAM_FOLDER = "PARTYDAY_FOLDER"
"""The environment variable by which the portable folder says where it lies."""


@cache
def data_folder() -> Path:
    """The platform's folder for the user's data, where the book lives."""
    from platformdirs import user_data_path

    return user_data_path(APP_NAME, appauthor=False)


@cache
def log_file() -> Path:
    """Where tracebacks go; it never holds a member's data."""
    from platformdirs import user_log_path

    return user_log_path(APP_NAME, appauthor=False) / "partyday.log"


def default_book() -> Path:
    """The book that opens when none is named."""
    return data_folder() / "book.db"


def carried_book() -> Path | None:
    """The book in the folder 账本 beside the program, which a user makes to carry the book along; None where there is no such folder.

    The book itself need not be there yet.
    """
    program = os.environ.get(PROGRAM_FOLDER)
    folder = Path(program) / "账本" if program else None
    return folder / "book.db" if folder and folder.is_dir() else None


def lock_of(book: Path) -> Path:
    """The separate file whose lock says that a book is open (reliability.md: never lock the book itself)."""
    return book.with_name(book.name + ".lock")


def layouts_of(book: Path) -> Path:
    """The file beside a book that holds the branch's own titles and columns of the printed forms."""
    return book.with_name(f"{book.stem}.表格样式.toml")


def outbox_of(book: Path) -> Path:
    """The folder beside a book that holds what is to be delivered, one folder per period."""
    return book.with_name(f"{book.stem}.待报送")


def users_folder(word: str) -> Path | None:
    """桌面, 文档 or 下载 where the system says it lies, be it on D: or in OneDrive; else by its usual name; None where there is none."""
    import platformdirs

    ask, names = {
        "桌面": (platformdirs.user_desktop_dir, ("桌面", "Desktop")),
        "文档": (platformdirs.user_documents_dir, ("文档", "Documents")),
        "下载": (platformdirs.user_downloads_dir, ("下载", "Downloads")),
    }[word]
    found = [Path.home() / name for name in names]
    with suppress(OSError, ValueError, KeyError):  # a broken profile: the system does not know it either
        found.insert(0, Path(ask()))
    return next((folder for folder in found if folder.is_dir()), None)


def exports_folder() -> Path:
    """Where sheets are written when no folder was chosen: 桌面 or the user's documents, else the home folder."""
    return (users_folder("桌面") or users_folder("文档") or Path.home()) / "主题党日台账"


@cache
def assets() -> Path:
    """The shipped, read-only assets: inside the package when installed, beside ``src`` in a checkout."""
    inside = Path(__file__).parent / "assets"
    return inside if inside.is_dir() else Path(__file__).resolve().parents[2] / "assets"


def policies() -> Path:
    """The folder of the preset files."""
    return assets() / "policies"


def dues_rates() -> Path:
    """The file of the tables of dues rates."""
    return assets() / "dues" / "rates.toml"


def demo_files() -> Path:
    """The folder of the fictitious branch."""
    return assets() / "demo"


def manual() -> Path:
    """The folder of the manual: its chapters, and its pictures in ``pictures``."""
    return assets() / "manual"


def short(path: Path) -> str:
    """A path as told to the user, with the home folder as ``~`` on systems that know it."""
    home = Path.home()
    if sys.platform != "win32" and path.is_relative_to(home):
        return f"~/{path.relative_to(home)}"
    return str(path)


def not_a_file(path: Path) -> str:
    """What stands at a path that is no plain file, 「文件夹」 or 「设备或管道」, whose reading might never end; '' for a file or nothing."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return ""
    if stat.S_ISREG(mode):
        return ""
    return "文件夹" if stat.S_ISDIR(mode) else "设备或管道"


def room_words(folder: Path, needed: int) -> str:
    """「要 21 MB，只剩 3.2 MB」 where fewer than `needed` bytes are free at `folder`; '' where that is not so, or nobody knows."""
    try:
        free = shutil.disk_usage(folder).free
    except OSError:
        return ""
    return f"要 {_megabytes(needed, up=True)}，只剩 {_megabytes(free)}" if free < needed else ""


def _megabytes(count: int, *, up: bool = False) -> str:
    tenths = -((-count * 10) >> 20) if up else (count * 10) >> 20
    return f"{tenths // 10}.{tenths % 10} MB" if tenths < 100 else f"{tenths // 10 + (up and tenths % 10 > 0)} MB"
