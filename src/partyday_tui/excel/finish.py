"""A workbook written to the disk: whole or not at all, and never over what somebody else wrote."""

import io
import os
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from partyday_tui.errors import PartydayError, UserMistake, cause_of
from partyday_tui.excel.put import printable
from partyday_tui.paths import short

_OURS = "partyday"
_MARK = f"<cp:lastModifiedBy>{_OURS}</cp:lastModifiedBy>".encode()
_RESERVED = {"CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in "0123456789¹²³")}
_LONGEST_STEM = 180  # bytes of UTF-8; 255 is the limit of a name, and room is left for a number and a temporary mark


def finish(workbook: Workbook, folder: Path, name: str) -> Path:
    """Write a workbook as ``<name>.xlsx`` in a folder, which is made when missing; returns where it is.

    An export of ours that nobody has saved since is replaced in one step; any other file of that name is kept, and a number is added
    to ours. Raises UserMistake where the folder cannot be written or the earlier export is open in WPS or Excel.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        temporary = _written(_packed(workbook), folder)
    except OSError as error:
        raise refused(folder, error) from error
    try:
        return put_in_place(temporary, folder, name)
    finally:
        temporary.unlink(missing_ok=True)


def put_in_place(temporary: Path, folder: Path, name: str) -> Path:
    """Give a finished file its name in the folder it lies in, as `finish` says; returns where it is."""
    try:
        target = _target(folder, file_stem(name))
        os.replace(temporary, target)
        sync_folder(folder)
    except PermissionError as error:
        raise open_elsewhere(target.name) from error
    except OSError as error:
        raise refused(folder, error) from error
    return target


def open_elsewhere(name: str) -> UserMistake:
    """The refusal for a file that another program holds."""
    return UserMistake(f"「{name}」正在WPS或Excel里打开，请先关闭它，再导出一次。")


def file_stem(name: str) -> str:
    """A name that Windows, Linux and a memory stick take, without its ending: no ``<>:"/\\|?*``, no reserved word, not too long."""
    cleaned = "".join(" " if c in '<>:"/\\|?*\n' else c for c in printable(name))
    cleaned = cleaned.encode()[:_LONGEST_STEM].decode("utf-8", "ignore").strip(" .")
    if cleaned.partition(".")[0].rstrip().upper() in _RESERVED:
        cleaned = f"表 {cleaned}"
    return cleaned or "未命名"


def dated(name: str) -> zipfile.ZipInfo:
    """A part of a workbook with the date 1980-01-01, as Excel itself writes: a clock at 1970 cannot stop the export, and equal sheets are equal."""
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


class DatedZip(zipfile.ZipFile):
    """Every part carries the same date."""

    def writestr(self, zinfo_or_arcname: Any, data: Any, *_: Any, **__: Any) -> None:
        super().writestr(dated(str(zinfo_or_arcname)), data)


class MemoryWriter(ExcelWriter):  # type: ignore[misc]
    """Writes sheets in memory: openpyxl's own writer needs a temporary file, which a full disk fails in the middle of."""

    def write_worksheet(self, ws: Worksheet) -> None:
        """Add one sheet to the archive."""
        ws._drawing = SpreadsheetDrawing()
        ws._drawing.charts, ws._drawing.images = ws._charts, ws._images
        writer = WorksheetWriter(ws, io.BytesIO())
        writer.write()
        ws._rels = writer._rels
        self._archive.writestr(ws.path[1:], writer.read())
        self.manifest.append(ws)


def sign(workbook: Workbook) -> None:
    """Mark a workbook as one of ours, until another program saves it."""
    workbook.properties.creator = workbook.properties.lastModifiedBy = _OURS


def _packed(workbook: Workbook) -> bytes:
    sign(workbook)
    packed = io.BytesIO()
    with DatedZip(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        MemoryWriter(workbook, archive).save()
    return packed.getvalue()


def _written(content: bytes, folder: Path) -> Path:
    """The content under a temporary name in the folder, synced and read back."""
    handle, name = tempfile.mkstemp(prefix=".partyday-", suffix=".tmp", dir=folder)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if temporary.read_bytes() != content:
            raise PartydayError(f"写到 {short(folder)} 的文件读回来不一样，请换一个文件夹或U盘后再导出一次。")
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _target(folder: Path, stem: str) -> Path:
    """The path to write to: the name itself where it is free or ours, else the first free one with a number."""
    number, target = 1, folder / f"{stem}.xlsx"
    while target.exists() and not is_ours(target):
        number += 1
        target = folder / f"{stem}（{number}）.xlsx"
    return target


def is_ours(path: Path) -> bool:
    """Whether a file is an export that was not saved again by another program, which would have put its user's name in."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _MARK in archive.read("docProps/core.xml")
    except (OSError, KeyError, zipfile.BadZipFile):
        return False


def sync_folder(folder: Path) -> None:
    """Let the disk have the names in a folder; Windows has no such call."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def refused(folder: Path, error: OSError) -> PartydayError:
    """Why a folder could not be written, in a sentence."""
    if isinstance(error, FileExistsError | NotADirectoryError):
        return UserMistake(f"{short(folder)} 不是文件夹，请另选一个文件夹。")
    if isinstance(error, PermissionError):
        return UserMistake(f"{short(folder)} 不能写入，请另选一个文件夹。")
    return PartydayError(f"没有写成 {short(folder)} 里的文件（{cause_of(error)}），请检查磁盘空间或U盘后再导出一次。")
