"""What this computer remembers beside the book."""

import pytest

from partyday_tui import config
from partyday_tui.paths import data_folder, default_book
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
