"""What this computer remembers beside the book."""

import pytest

from partyday_tui import config
from partyday_tui.paths import data_folder
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
