"""What this computer remembers is for its owner alone, and a broken file is as good as none."""

import json
import os
from pathlib import Path

import pytest

from partyday_tui.errors import PartydayError
from partyday_tui.safekeeping.remembered import Remembered, remember_folder, remember_passphrase, remembered


def test_nothing_is_remembered_at_first(tmp_path):
    assert remembered(tmp_path / "none") == Remembered(None, None)


def test_choice_and_folder_are_kept_apart_from_each_other(tmp_path):
    remember_folder(tmp_path / "d", tmp_path)
    assert remembered(tmp_path / "d") == Remembered(None, tmp_path)
    remember_passphrase(tmp_path / "d", "")
    assert remembered(tmp_path / "d") == Remembered("", tmp_path)
    remember_passphrase(tmp_path / "d", "couzhan-yuanling")
    assert remembered(tmp_path / "d") == Remembered("couzhan-yuanling", tmp_path)
    assert (tmp_path / "d" / "backup.json").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", '{"passphrase": 1}', '{"passphrase": "口令", "folder": 3}', "[" * 5000, "\xff", "x" * 100_000,
     json.dumps({"passphrase": "a\x1b[2Jbcdefghijk", "folder": "a\0b"})],
)  # fmt: skip
def test_a_broken_file_is_as_good_as_none(tmp_path, text):
    (tmp_path / "backup.json").write_text(text, "latin-1" if text == "\xff" else "utf-8")
    assert remembered(tmp_path) == Remembered(None, None)


@pytest.mark.skipif(os.geteuid() != 0, reason="as root the folder stands for a place that cannot be written")
def test_what_cannot_be_kept_is_said():
    with pytest.raises(PartydayError, match="没有能记下"):
        remember_passphrase(Path("/proc/nowhere"), "")
