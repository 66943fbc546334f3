"""What this computer remembers beside the book."""

import pytest

from partyday_tui import config
from partyday_tui.paths import PROGRAM_FOLDER, carried_book, data_folder, default_book
from partyday_tui.safekeeping import drives
from partyday_tui.ui.theme import LOOKS


def test_a_chosen_look_is_kept_for_the_next_start():
    assert config.look() == config.USUAL_LOOK
    config.choose_look("partyday-plain")
    assert config.look() == "partyday-plain"


@pytest.mark.parametrize(
    "content", [b"", b"{", b"pink", b"\x00" * 100, b"\xff\xfe\xfa", b"partyday-dark partyday-plain"]
)
def test_a_damaged_file_is_as_good_as_none(content):
    data_folder().mkdir(parents=True)
    (data_folder() / "look.txt").write_bytes(content)
    assert config.look() == config.USUAL_LOOK


def test_the_words_are_those_of_the_looks():
    assert set(config.LOOK_WORDS) == set(LOOKS)


def test_the_chosen_book_opens_while_it_is_there(tmp_path):
    assert config.usual_book() == default_book()
    other = tmp_path / "别处.db"
    other.touch()
    config.choose_book(other)
    assert config.usual_book() == other
    other.unlink()
    assert config.usual_book() == default_book()


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"book.db", b"\x00" * 9, b"/no/such/book.db"])
def test_a_damaged_place_of_the_book_is_as_good_as_none(content):
    data_folder().mkdir(parents=True)
    (data_folder() / "book.txt").write_bytes(content)
    assert config.usual_book() == default_book()


@pytest.fixture
def program(tmp_path, monkeypatch):
    """The portable folder, with a folder 账本 in it."""
    folder = tmp_path / "主题党日 台账"
    (folder / "账本").mkdir(parents=True)
    monkeypatch.setenv(PROGRAM_FOLDER, str(folder))
    return folder


@pytest.mark.parametrize(
    ("there", "volume", "opens"),
    [
        ("", drives.Volume.FIXED, "carried"),
        ("carried", drives.Volume.FIXED, "carried"),
        ("default", drives.Volume.FIXED, "default"),
        ("carried default", drives.Volume.FIXED, "carried"),
        ("carried chosen default", drives.Volume.FIXED, "carried"),
        ("chosen default", drives.Volume.FIXED, "chosen"),
        ("carried chosen", drives.Volume.REMOVABLE, "chosen"),
        ("carried default", drives.Volume.REMOVABLE, "default"),
        ("carried", drives.Volume.REMOVABLE, "carried"),
    ],
)
def test_a_book_beside_the_program_is_carried(program, tmp_path, monkeypatch, there, volume, opens):
    monkeypatch.setattr(drives, "_volume", lambda _: volume)
    places = {"carried": program / "账本" / "book.db", "chosen": tmp_path / "别处.db", "default": default_book()}
    for name in there.split():
        places[name].parent.mkdir(parents=True, exist_ok=True)
        places[name].touch()
    if "chosen" in there:
        config.choose_book(places["chosen"])
    assert config.usual_book() == places[opens]


def test_without_its_folder_nothing_is_carried(program, monkeypatch):
    assert carried_book() == program / "账本" / "book.db"
    (program / "账本").rmdir()
    assert carried_book() is None
    monkeypatch.delenv(PROGRAM_FOLDER)
    assert carried_book() is None and config.usual_book() == default_book()
