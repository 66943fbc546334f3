"""Folders are made down to the medium."""

import os
import sys

import pytest

from partyday_tui.durable import make_folder, sync_folder, write_whole


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such call")
def test_every_folder_above_is_synced_after_what_it_names_was_made(tmp_path, monkeypatch):
    opened = []
    real = os.open

    def noted(path, *more):
        opened.append((os.fspath(path), sorted(os.listdir(path))))
        return real(path, *more)

    monkeypatch.setattr(os, "open", noted)
    home = tmp_path / "home"
    make_folder(home / "a" / "b")
    assert sorted(opened) == [(str(home), ["a"]), (str(home / "a"), ["b"])]
    make_folder(home / "a" / "b")
    assert len(opened) == 2, "a folder that is there costs nothing"


def test_a_folder_that_is_gone_is_an_error_of_the_system(tmp_path):
    with pytest.raises(OSError):
        sync_folder(tmp_path / "gone") if sys.platform != "win32" else os.listdir(tmp_path / "gone")


def test_a_file_is_the_old_one_until_the_new_one_is_whole_and_synced(tmp_path, monkeypatch):
    path, seen = tmp_path / "a" / "look.txt", []
    write_whole(path, b"old")
    real = os.fsync

    def noted(handle):
        seen.append(path.read_bytes())
        real(handle)

    monkeypatch.setattr(os, "fsync", noted)
    write_whole(path, b"new")
    assert seen[0] == b"old" and path.read_bytes() == b"new" and os.listdir(path.parent) == ["look.txt"]
    if sys.platform != "win32":
        assert seen == [b"old", b"new"], "the file, then the folder that names it"
        assert path.stat().st_mode & 0o777 == 0o600


def test_what_cannot_be_written_leaves_the_old_one_alone(tmp_path, monkeypatch):
    path = tmp_path / "look.txt"
    write_whole(path, b"old")
    (tmp_path / "look.txt.new").write_bytes(b"half")

    def full(handle):
        raise OSError(28, "full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old" and not list(tmp_path.glob("look*.new"))
