"""The gate before every spreadsheet that comes in: what could hang or flood the program is refused unread (R11).

A 5 KB workbook with one cell at XFD1048576, a merge over a whole sheet or a zip bomb stops a reader for minutes or
takes all memory (reliability.md finding 10), so sizes are taken from the raw parts before any library sees them.
"""

import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Literal

from partyday_tui.errors import UserMistake
from partyday_tui.excel.biff import check_biff
from partyday_tui.excel.limits import (
    BROKEN,
    DOCTYPE,
    EXPANDED_LIMIT,
    FILE_LIMIT,
    MACROS,
    NOT_A_SHEET,
    PARTS_LIMIT,
    RATIO_LIMIT,
    SAVE_AS,
    TOO_BIG,
)
from partyday_tui.excel.part_scan import scan_part

Shape = Literal["workbook", "xml", "html", "csv"]

_ENCODING = re.compile(rb"<\?xml[^>]*\bencoding\s*=\s*[\"']([^\"']*)")
# Encodings in which a ``<`` is always the byte 0x3C, so that a search of the bytes finds every declaration.
_PLAIN_ENCODINGS = (b"utf-8", b"us-ascii", b"gb2312", b"gbk", b"gb18030")
_HTML_STARTS = (b"<!doctype", b"<html", b"<table", b"<meta", b"<head", b"<style", b"<?xml", b"<!--", b"<body", b"<div")


@dataclass(frozen=True, slots=True)
class Admitted:
    """A file that passed the gate: its bytes, read once, and what they really are, whatever the file is called."""

    data: bytes
    shape: Shape


def admit(path: Path, most_parts: int = PARTS_LIMIT) -> Admitted:
    """Read a spreadsheet's bytes and refuse, with UserMistake, what must not reach a reader.

    The shape goes by content: zip and BIFF are ``workbook``, then XML, HTML, and any other text is ``csv``. ``most_parts`` is how many
    parts a zip may have: a sheet is at least one.
    """
    data = _bytes_of(path)
    head = data[:4096].lstrip(b"\xef\xbb\xbf\t\r\n ").lower()
    if data.startswith(b"PK"):
        _check_zip(data, most_parts)
        return Admitted(data, "workbook")
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        check_biff(data)
        return Admitted(data, "workbook")
    if head.startswith(b"<?xml") and b"<html" not in head:
        _refuse_doctype(data)
        return Admitted(data, "xml")
    if head.startswith(_HTML_STARTS):
        return Admitted(data, "html")
    if head.startswith((b"mime-version", b"%pdf", b"{\\rtf")):
        raise UserMistake(NOT_A_SHEET)
    return Admitted(data, "csv")


def decode(data: bytes) -> str:
    """Text of a csv or html file: a byte order mark decides, then UTF-8, then GB18030; UserMistake if none fits."""
    encodings = ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UserMistake(NOT_A_SHEET)


def _bytes_of(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise UserMistake(f"「{path.name}」是文件夹，请选择其中的表格文件。")
        if path.stat().st_size > FILE_LIMIT:
            raise UserMistake(TOO_BIG)
        with path.open("rb") as file:
            data = file.read(FILE_LIMIT + 1)
    except FileNotFoundError:
        raise UserMistake(f"找不到文件「{path.name}」，请核对文件名和所在文件夹。") from None
    except (OSError, ValueError):
        raise UserMistake(f"打不开文件「{path.name}」，请先在 WPS 或 Excel 中关闭它，再试一次。") from None
    if len(data) > FILE_LIMIT:
        raise UserMistake(TOO_BIG)
    if not data.strip(b"\x00\t\r\n "):
        raise UserMistake("文件是空的，请选择有内容的表格文件。")
    return data


def _check_zip(data: bytes, most_parts: int) -> None:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error):
        raise UserMistake(BROKEN) from None
    names = [part.filename.lower() for part in parts]
    if len(parts) > most_parts or sum(part.file_size for part in parts) > EXPANDED_LIMIT:
        raise UserMistake(TOO_BIG)
    if any("vbaproject" in name or "macrosheets/" in name for name in names):
        raise UserMistake(MACROS)
    if "xl/workbook.bin" in names:
        raise UserMistake(f"这是二进制工作簿 xlsb，{SAVE_AS}")
    if "xl/workbook.xml" not in names and "content.xml" not in names:
        raise UserMistake(NOT_A_SHEET)
    if len(set(names)) < len(names):
        raise UserMistake(BROKEN)
    for part, name in zip(parts, names, strict=True):
        content = _inflate(data, part)
        if name.endswith((".xml", ".rels")) or content.lstrip()[:1] == b"<":
            _refuse_doctype(content)
            scan_part(content)


def _inflate(data: bytes, part: zipfile.ZipInfo) -> bytes:
    """Unpack one part and refuse it if it is not exactly as long as the directory says: readers go by the stream."""
    at = part.header_offset
    try:
        names, extra = struct.unpack_from("<HH", data, at + 26)
        begin = at + 30 + names + extra
        packed = data[begin : begin + part.compress_size]
        if part.compress_type == zipfile.ZIP_DEFLATED:
            stream = zlib.decompressobj(-15)
            content = stream.decompress(packed, part.file_size + 1)
            whole = len(content) == part.file_size and (stream.eof or not content)
        else:
            content, whole = packed, part.compress_type == zipfile.ZIP_STORED and len(packed) == part.file_size
    except (struct.error, zlib.error):
        raise UserMistake(BROKEN) from None
    if not whole or part.flag_bits & 1:
        raise UserMistake(BROKEN)
    if len(content) > 2**20 and len(content) > RATIO_LIMIT * len(packed):
        raise UserMistake(TOO_BIG)
    return content


def _refuse_doctype(content: bytes) -> None:
    encoding = _ENCODING.match(content[:200].lstrip(b"\xef\xbb\xbf\r\n\t "))
    if b"\x00" in content[:200] or (encoding and encoding.group(1).lower() not in _PLAIN_ENCODINGS):
        raise UserMistake(BROKEN)
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise UserMistake(DOCTYPE)
