"""The sample .xls is changed in place: its Workbook stream is long enough to be found by its records."""

import struct
from pathlib import Path

import pytest

from partyday_tui.errors import UserMistake
from partyday_tui.excel.biff import check_biff
from partyday_tui.excel.limits import BROKEN, LOCKED, NOT_A_SHEET, TOO_WIDE

SAMPLE = (Path(__file__).parents[1] / "samples" / "支部党员名单.xls").read_bytes()
FIRST_CELL = SAMPLE.index(struct.pack("<HHHH", 0x00FD, 10, 0, 0))
DIMENSIONS = SAMPLE.index(struct.pack("<HHIIHH", 0x0200, 14, 0, 24, 0, 10))


def refusal(data: bytes) -> str:
    with pytest.raises(UserMistake) as refused:
        check_biff(data)
    return refused.value.sentence


def patched(at: int, *numbers: int) -> bytes:
    put = struct.pack(f"<{len(numbers)}H", *numbers)
    return SAMPLE[:at] + put + SAMPLE[at + len(put) :]


def test_the_sample_passes():
    check_biff(SAMPLE)


@pytest.mark.parametrize(("row", "column"), [(65_535, 0), (0, 255), (20_000, 0), (0, 200)])
def test_a_far_cell(row: int, column: int):
    assert refusal(patched(FIRST_CELL + 4, row, column)) == TOO_WIDE


def test_the_last_cell_inside():
    check_biff(patched(FIRST_CELL + 4, 19_999, 199))


def test_a_lie_about_the_dimensions():
    assert refusal(patched(DIMENSIONS + 4, 0, 0, 0xFFFF, 0xFFFF, 0, 256)) == TOO_WIDE


def test_a_password():
    assert refusal(patched(FIRST_CELL, 0x002F)) == LOCKED
    locked = SAMPLE.replace("Workbook".encode("utf-16-le"), "Workbok2".encode("utf-16-le"))
    assert refusal(locked) == NOT_A_SHEET


def test_a_locked_xlsx_is_a_compound_file_too():
    name = "EncryptedPackage".encode("utf-16-le")
    at = SAMPLE.index("Workbook".encode("utf-16-le"))
    entry = name.ljust(64, b"\0") + struct.pack("<H", len(name) + 2)
    assert refusal(SAMPLE[:at] + entry + SAMPLE[at + len(entry) :]) == LOCKED


def test_a_chain_in_a_circle():
    (table_sector,) = struct.unpack_from("<I", SAMPLE, 76)
    (directory,) = struct.unpack_from("<I", SAMPLE, 48)
    at = 512 * (table_sector + 1) + 4 * directory
    assert refusal(SAMPLE[:at] + struct.pack("<I", directory) + SAMPLE[at + 4 :]) == BROKEN


@pytest.mark.parametrize("length", [0, 8, 40, 511, 512, 600])
def test_cut(length: int):
    assert refusal(SAMPLE[:length]) in (BROKEN, NOT_A_SHEET)
