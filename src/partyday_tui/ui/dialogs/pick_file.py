"""`PickFile`: choose a file with the keyboard."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from stat import S_ISDIR
from typing import ClassVar
from urllib.parse import unquote

from partyday_tui.paths import users_folder
from partyday_tui.ui.dialogs.picker import Picker
from partyday_tui.ui.keys import Stroke
from partyday_tui.ui.widgets.columns import Column, Key, Row

_PATH = re.compile(r"[/\\~]|[A-Za-z]:|file:")


class PickFile(Picker[Path]):
    """Answers the path of an existing file with one of the `endings` (`.xlsx`, small letters; none: any file).

    It opens on the usual places, or in `start`. A typed or pasted path is opened by Enter. Hidden files are left out.
    """

    WIDTH: ClassVar[int] = 92
    KEYS: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("回车", "打开", "进文件夹，或者就用这个文件"),
        ("退格", "上一层", "到外面一层的文件夹，左箭头也行"),
        ("^V", "", "粘贴整个路径，再按回车"),
    )
    FIND_HINT = "输入文件名里的字，或粘贴整个路径"

    def __init__(self, title: str, endings: Sequence[str] = (), *, start: Path | None = None) -> None:
        columns = (Column("", ink="strong"), Column("", 10, align="right", ink="quiet"), Column("", 16, ink="quiet"))
        super().__init__(title, columns)
        self._endings = tuple(endings)
        self._folder: Path | None = None
        self.register.empty = f"这里没有{'、'.join(self._endings) or '文件'}，按退格到上一层。"
        self._open(start)

    def wanted_lines(self, width: int) -> int:
        """Most of the screen, whatever the folder holds."""
        return 16

    def finds(self, stroke: Stroke) -> bool:
        """File names and paths have digits, dots and slashes too."""
        return stroke.character is not None and (stroke.key != "space" or bool(self.register.typed))

    def take(self, stroke: Stroke) -> bool:
        """Up a folder, or what every list does."""
        typed = self.register.typed
        if stroke.key == "left" or (stroke.key == "backspace" and not typed):
            self._up()
        elif stroke.key == "enter" and _PATH.match(typed):
            self._open_typed(typed)
        else:
            return super().take(stroke)
        return True

    def find(self, typed: str) -> None:
        """A typed path waits for Enter; anything else narrows the list."""
        super().find(typed)
        if _PATH.match(typed):
            self.tell("按回车打开这个路径", ink="quiet")

    def chosen(self, key: Key) -> None:
        """Enter a folder, or answer a file."""
        self._choose(Path(str(key)))

    def take_paste(self, text: str) -> None:
        """A pasted path is opened at once; anything else is looked for."""
        text = text.strip()
        if _PATH.match(text.strip("\"'")):
            self._open_typed(text)
        else:
            self.find(text)

    def _choose(self, path: Path) -> None:
        if path.is_dir():
            self._open(path)
        else:
            self.dismiss(path)

    def _open_typed(self, typed: str) -> None:
        """Open a path as people paste it: in quotation marks, or as a file address."""
        text = typed.strip().strip("\"'")
        if text.startswith("file:"):
            text = unquote(re.sub(r"^file:(//)?", "", text))
            text = re.sub(r"^/([A-Za-z]:)", r"\1", text)
        path = Path(text).expanduser()
        if path.is_dir():
            self._open(path)
        elif not path.is_file():
            self.tell("没有这个文件，请看看路径对不对")
        elif self._endings and path.suffix.lower() not in self._endings:
            self.tell(f"要{'、'.join(self._endings)}文件，请另选一个")
        else:
            self.dismiss(path)

    def _up(self) -> None:
        """The folder above; above a drive and the home folder, the usual places."""
        folder = self._folder
        if folder is None:
            return
        above = None if folder in (folder.parent, Path.home()) else folder.parent
        self._open(above, cursor=str(folder))

    def _open(self, folder: Path | None, cursor: str | None = None) -> None:
        """Show a folder, or the usual places; a folder that cannot be read says so and nothing changes."""
        try:
            rows = usual_places() if folder is None else self._rows(folder)
        except OSError:
            self.tell("这个文件夹打不开，请换一个")
            return
        self._folder = folder
        self.register.find("")
        self.register.set_rows(rows, cursor=cursor or (rows[0].key if rows else None))
        self._show_find()
        where = "常用位置" if folder is None else str(folder)
        self.tell(where, ink="quiet")

    def _rows(self, folder: Path) -> list[Row]:
        """Folders by name, then the wanted files, newest first."""
        folders, files = [], []
        with os.scandir(folder) as entries:
            for entry in entries:
                status = None if entry.name.startswith((".", "~$")) else _status(entry)
                if status is None:
                    continue
                if S_ISDIR(status.st_mode):
                    folders.append(entry.name)
                elif not self._endings or Path(entry.name).suffix.lower() in self._endings:
                    files.append((status.st_mtime, entry.name, status.st_size))
        listed = [Row(str(folder / name), (name, "文件夹", "")) for name in sorted(folders)]
        return listed + [_file_row(folder, *file) for file in sorted(files, reverse=True)]


def usual_places() -> list[Row]:
    """桌面, 文档, 下载, the home folder and the drives that are there."""
    home = Path.home()
    rows = []
    for word in ("桌面", "文档", "下载"):
        found = users_folder(word)
        if found is not None:
            rows.append(Row(str(found), (word, "文件夹", "")))
    rows.append(Row(str(home), ("我的文件夹", "文件夹", "")))
    return rows + [Row(str(drive), (drive.name or str(drive), "磁盘", "")) for drive in _drives()]


def _drives() -> Iterable[Path]:
    """Drive letters on Windows; mounted sticks elsewhere, then the root."""
    if sys.platform == "win32":
        return [Path(f"{letter}:\\") for letter in "CDEFGHIJKLMNOPQRSTUVWXYZ" if os.path.exists(f"{letter}:\\")]
    user = Path.home().name
    parents = (Path("/media") / user, Path("/run/media") / user, Path("/Volumes"))
    mounted = [stick for parent in parents if parent.is_dir() for stick in sorted(parent.iterdir())]
    return [*mounted, Path("/")]


def _file_row(folder: Path, changed: float, name: str, size: int) -> Row:
    from datetime import datetime

    kilobytes = f"{max(size // 1024, 1)} KB"
    return Row(str(folder / name), (name, kilobytes, f"{datetime.fromtimestamp(changed):%Y-%m-%d %H:%M}"))


def _status(entry: os.DirEntry[str]) -> os.stat_result | None:
    """What the entry is; None for a link that leads nowhere."""
    try:
        return entry.stat()
    except OSError:
        return None
