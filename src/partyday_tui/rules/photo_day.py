"""The day on which a photo was taken, as the camera wrote it into the file (Exif 2.32, tags 0x8769 and 0x9003)."""

from __future__ import annotations

import re
import struct
from datetime import date

_APP1, _START_OF_SCAN = 0xE1, 0xDA
_EXIF_IFD, _TAKEN, _CHANGED = 0x8769, 0x9003, 0x0132
_HEAD = b"Exif\x00\x00"
_ENTRY = 12  # bytes of one entry of a directory
_MOST_ENTRIES = 512
_DAY = re.compile(rb"(\d{4}):(\d{2}):(\d{2}) ")


def day_taken(head: bytes) -> date | None:
    """The day in the head of a JPEG file; None where it says none, or is no whole JPEG."""
    tiff = _exif_of(head)
    try:
        return _day_in(tiff) if tiff else None
    except (struct.error, ValueError):
        return None


def _exif_of(head: bytes) -> bytes:
    """The Exif block among the segments before the picture itself; empty without one."""
    if head[:2] != b"\xff\xd8":
        return b""
    at = 2
    while at + 4 <= len(head) and head[at] == 0xFF and head[at + 1] != _START_OF_SCAN:
        kind, size = head[at + 1], int.from_bytes(head[at + 2 : at + 4], "big")
        body = head[at + 4 : at + 2 + size]
        if kind == _APP1 and body.startswith(_HEAD):
            return body[len(_HEAD) :]
        at += 2 + max(size, 2)
    return b""


def _day_in(tiff: bytes) -> date | None:
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return None
    first = _directory(tiff, order, struct.unpack_from(order + "I", tiff, 4)[0])
    inner = _directory(tiff, order, first[_EXIF_IFD]) if _EXIF_IFD in first else {}
    where = inner.get(_TAKEN) or first.get(_CHANGED)
    found = _DAY.match(tiff, where) if where else None
    return date(*map(int, found.groups())) if found else None


def _directory(tiff: bytes, order: str, at: int) -> dict[int, int]:
    """Tag and value (or where the value lies) of each entry of the directory at `at`."""
    count = min(struct.unpack_from(order + "H", tiff, at)[0], _MOST_ENTRIES)
    found = {}
    for number in range(count):
        tag, _, _, value = struct.unpack_from(order + "HHII", tiff, at + 2 + number * _ENTRY)
        found[tag] = value
    return found
