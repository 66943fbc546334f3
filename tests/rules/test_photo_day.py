"""The day in a photo's file: both byte orders, the places where cameras write it, and every kind of damage."""

import struct
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partyday_tui.rules.photo_day import day_taken


def photo(text=b"2026:11:06 09:31:00\x00", *, order="<", tag=0x9003, inner=True, before=b""):
    """The head of a JPEG whose Exif block holds one date, in the inner directory or in the first."""
    mark = b"II" if order == "<" else b"MM"
    lies_at = 8 + 2 + 12 + 4 + (2 + 12 + 4 if inner else 0)
    entry = struct.pack(order + "HHII", tag, 2, len(text), lies_at)
    tiff = mark + struct.pack(order + "HI", 42, 8) + struct.pack(order + "H", 1)
    if inner:
        tiff += struct.pack(order + "HHII", 0x8769, 4, 1, 26) + bytes(4) + struct.pack(order + "H", 1)
    tiff += entry + bytes(4) + text
    body = b"Exif\x00\x00" + tiff
    return b"\xff\xd8" + before + b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body + b"\xff\xda" + b"scan"


JFIF = b"\xff\xe0" + struct.pack(">H", 16) + b"JFIF\x00" + bytes(9)


@pytest.mark.parametrize(
    ("head", "day"),
    [
        (photo(), date(2026, 11, 6)),
        (photo(order=">"), date(2026, 11, 6)),
        (photo(before=JFIF), date(2026, 11, 6)),
        (photo(tag=0x0132, inner=False), date(2026, 11, 6)),
        (photo(b"2026:02:30 09:31:00\x00"), None),
        (photo(b"0000:00:00 00:00:00\x00"), None),
        (photo(b"    :  :     :  :  \x00"), None),
        (photo(tag=0x9004), None),
        (b"\xff\xd8" + JFIF + b"\xff\xda", None),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), None),
        (b"", None),
        (b"\xff\xd8\xff\xe1\x00\x00" * 9, None),
    ],
)
def test_the_day_that_the_camera_wrote(head, day):
    assert day_taken(head) == day


@given(st.integers(0, 120), st.integers(0, 255))
def test_no_damage_is_an_error(at, byte):
    whole = bytearray(photo(before=JFIF))
    whole[at % len(whole)] = byte
    for head in (bytes(whole), bytes(whole[:at])):
        assert isinstance(day_taken(head), date | None)
