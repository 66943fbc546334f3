"""The built folder in a place of its own under Wine, and the ways to ask it something."""

import json
import shutil
from pathlib import Path
from typing import Any

from tools.windows.build import START
from tools.windows.wine import Wine

DAY = "2026-11-06"


class NotShownHere(Exception):
    """A step that this machine cannot take, and why."""


class Check:
    """The folder in a place of its own, the machine it runs on, and what was seen so far."""

    def __init__(self, built: Path, work: Path) -> None:
        self.built = built
        self.wine = Wine(work)
        self.place = work / "村里 的资料 (1)"
        self.folder = self.place / "主题党日台账"
        shutil.copytree(built, self.folder)
        self.stick = work / "U 盘"
        self.book = self.place / "账 本" / "柳湾村.db"
        self.book.parent.mkdir()
        self.sheets = self.place / "表 格"

    def run(self, *arguments: str | Path, code: int = 0, book: bool = True) -> str:
        """What the start file answers to a command, typed in the folder; an AssertionError where its exit code is another."""
        named = ["--book", self.inner(self.book)] if book else []
        words = [self.inner(it) if isinstance(it, Path) else it for it in (*named, "--today", DAY, *arguments)]
        found, told = self.wine.run(["cmd", "/c", START, *words], self.folder)
        assert found == code, f"exit code {found} instead of {code}: {told}"
        return told.replace("\r\n", "\n").strip()

    def inside(self, step: str, *arguments: Path, screen: bool = False) -> dict[str, Any]:
        """What a step of inside.py found."""
        script = Path(__file__).with_name("inside.py")
        command = [
            str(self.folder / "python" / "python.exe"),
            "-X",
            "utf8",
            self.inner(script),
            step,
            *map(self.inner, arguments),
        ]
        code, told = self.wine.run(command, self.folder, screen=screen)
        assert code == 0, f"exit code {code}: {told}"
        answer: dict[str, Any] = json.loads(next(line for line in told.splitlines() if line.startswith("{")))
        return answer

    @staticmethod
    def inner(path: Path) -> str:
        """A path of this machine as Windows programs name it."""
        return "Z:" + str(path).replace("/", "\\")

    def prepare(self) -> None:
        """Make the machine, and see what is on it before the program ever runs."""
        self.wine.prepare()
        self.before = self.of_the_user()

    def of_the_user(self) -> set[Path]:
        """Every file of the user's, the desktop too."""
        return {it for it in (self.wine.prefix / "drive_c" / "users").rglob("*") if it.is_file()}

    def data_folder(self) -> Path:
        """Where the program keeps its data, as Windows has it."""
        (found,) = self.wine.prefix.glob("drive_c/users/*/AppData/Local/partyday")
        return found
