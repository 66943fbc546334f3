"""Where the user's own folders are, wherever they were moved to."""

import platformdirs
import pytest

from partyday_tui.paths import exports_folder, users_folder
from partyday_tui.ui.dialogs.pick_file import usual_places

NAME = "主题党日台账"


@pytest.fixture
def home(tmp_path):
    """The user's home of this test, as yet empty."""
    return tmp_path / "home"


def say_by_xdg(home, **folders):
    """What a desktop of Linux writes about the user's folders."""
    (home / ".config").mkdir()
    lines = [f'XDG_{name}_DIR="{folder}"\n' for name, folder in folders.items()]
    (home / ".config" / "user-dirs.dirs").write_text("".join(lines), "utf-8")


@pytest.mark.parametrize(
    ("there", "where"),
    [
        ((), ""),
        (("Documents",), "Documents"),
        (("文档",), "文档"),
        (("桌面", "文档"), "桌面"),
        (("Desktop", "Documents"), "Desktop"),
    ],
)
def test_where_nothing_was_moved_the_usual_names_are_found(home, there, where):
    for name in there:
        (home / name).mkdir()
    assert exports_folder() == home / where / NAME


def test_a_folder_that_the_system_names_goes_before_a_stale_one_of_the_usual_name(home):
    (home / "Desktop").mkdir()
    (home / "我的桌面").mkdir()
    say_by_xdg(home, DESKTOP="$HOME/我的桌面")
    assert exports_folder() == home / "我的桌面" / NAME


def test_a_folder_that_the_system_names_and_that_is_gone_is_not_used(home):
    (home / "Documents").mkdir()
    say_by_xdg(home, DESKTOP="$HOME/不在了", DOCUMENTS="$HOME/也不在了")
    assert users_folder("桌面") is None
    assert exports_folder() == home / "Documents" / NAME


def test_a_desktop_that_was_moved_to_another_drive_is_found(home, tmp_path, monkeypatch):
    """As on a Windows whose desktop lies on D: or in OneDrive, with the old one still there."""
    drive = tmp_path / "D" / "桌面"
    drive.mkdir(parents=True)
    (home / "Desktop").mkdir()
    monkeypatch.setattr(platformdirs, "user_desktop_dir", lambda: str(drive))
    assert exports_folder() == drive / NAME
    assert [row.key for row in usual_places() if row.cells[0] == "桌面"] == [str(drive)]


@pytest.mark.parametrize("error", [OSError("no profile"), KeyError("USERPROFILE"), ValueError("CSIDL")])
def test_a_system_that_does_not_know_is_no_reason_to_fail(home, monkeypatch, error):
    def fails():
        raise error

    monkeypatch.setattr(platformdirs, "user_desktop_dir", fails)
    (home / "Desktop").mkdir()
    assert exports_folder() == home / "Desktop" / NAME
