"""`PickFolder`: choose a folder with the keyboard."""

from __future__ import annotations

from pathlib import Path

from partyday_tui.ui.dialogs.pick_file import PickFile
from partyday_tui.ui.keys import Stroke

_NO_FILE = "/"  # an ending that no file has: only folders are listed


class PickFolder(PickFile):
    """Answers a folder: F5 takes the one that is open."""

    KEYS = (
        ("F5", "就用这个文件夹", "用已经进入的这一个"),
        ("回车", "进入", "进箭头指着的文件夹"),
        *PickFile.KEYS[1:],
    )
    FIND_HINT = "输入文件夹名里的字，或粘贴整个路径"

    def __init__(self, title: str, *, start: Path | None = None) -> None:
        super().__init__(title, (_NO_FILE,), start=start)
        self.register.empty = "这里面没有别的文件夹。按 F5 就用它，按退格到上一层。"

    def take(self, stroke: Stroke) -> bool:
        """F5 answers; the rest as for files."""
        if stroke.key != "f5":
            return super().take(stroke)
        if self._folder is not None:
            self.dismiss(self._folder)
        else:
            self.tell("先按回车进入一个文件夹，再按 F5")
        return True
