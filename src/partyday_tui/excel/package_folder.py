"""A package as a folder of single files, which appears whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from partyday_tui.excel.compare import Expected, compare, expected_of
from partyday_tui.excel.finish import file_stem, finish, is_ours, open_elsewhere, refused, sync_folder
from partyday_tui.excel.layout import plan_form
from partyday_tui.excel.page import new_workbook, sheet_title, write_plan
from partyday_tui.excel.style import Looks
from partyday_tui.rules.sheet import Form


class PackageFolder:
    """Single files in a temporary folder inside the one they are for. Used as `excel.package_file.PackageFile` is.

    Each file begins with its number, so that they stand in the order of the front.
    """

    has_links = False

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._temporary = Path(tempfile.mkdtemp(prefix=".partyday-", suffix=".tmp", dir=folder))
        except OSError as error:
            raise refused(folder, error) from error
        self._expected: list[tuple[Path, list[Expected]]] = []

    def add(self, form: Form, label: str) -> str:
        """Write a form as a file of this label; returns the file's name."""
        return self._add(form, f"{len(self._expected) + 1:03d} {label}").name

    def add_front(self, form: Form, label: str) -> None:
        """Write the form that says what the others are."""
        self._add(form, f"000 {label}")

    def close(self) -> None:
        """Every file is on the disk already."""

    def compare(self, told: Callable[[int], None]) -> None:
        """Read every file back; raises PartydayError where a cell is not what was to be written."""
        for at, (path, expected) in enumerate(self._expected):
            told(at)
            compare(path, expected)

    def place(self, name: str) -> Path:
        """Give the folder its name; returns where it is.

        A folder of that name in which only our own files lie is replaced, any other is kept and a number is added to ours.
        Raises UserMistake where a file in it is open in WPS or Excel; the folder is then as it was.
        """
        target = self._target(file_stem(name))
        aside = self._temporary.with_suffix(".old")
        try:
            if target.exists():
                _set_aside(target, aside)
            os.rename(self._temporary, target)
            sync_folder(self._folder)
        except OSError as error:
            if aside.exists() and not target.exists():
                os.rename(aside, target)
            raise refused(self._folder, error) from error
        shutil.rmtree(aside, ignore_errors=True)
        return target

    def discard(self) -> None:
        """Leave nothing behind that was not placed."""
        shutil.rmtree(self._temporary, ignore_errors=True)

    def _add(self, form: Form, label: str) -> Path:
        workbook, expected = new_workbook(), []
        looks = Looks(workbook)
        for plan in plan_form(form):
            sheet = workbook.create_sheet(sheet_title(plan.title, workbook.sheetnames))
            write_plan(sheet, plan, looks)
            expected.append(expected_of(sheet.title, plan))
        path = finish(workbook, self._temporary, label)
        self._expected.append((path, expected))
        return path

    def _target(self, stem: str) -> Path:
        number, target = 1, self._folder / stem
        while target.exists() and not _is_our_folder(target):
            number += 1
            target = self._folder / f"{stem}（{number}）"
        return target


def _is_our_folder(folder: Path) -> bool:
    """Whether nothing lies in a folder but exports that nobody has saved since."""
    try:
        return folder.is_dir() and all(is_ours(path) for path in folder.iterdir())
    except OSError:
        return False


def _set_aside(folder: Path, aside: Path) -> None:
    """Rename a folder, which Windows refuses while a file in it is open."""
    try:
        os.rename(folder, aside)
    except PermissionError as error:
        raise open_elsewhere(_held_in(folder)) from error


def _held_in(folder: Path) -> str:
    """The first file of a folder that cannot be opened for writing; the folder's own name where all of them can."""
    for path in sorted(folder.iterdir()):
        try:
            path.open("r+b").close()
        except OSError:
            return path.name
    return folder.name
