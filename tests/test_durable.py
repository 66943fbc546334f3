"""Folders are made down to the medium."""

import os
import sys

import pytest

from partyday_tui.durable import make_folder, sync_folder


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
