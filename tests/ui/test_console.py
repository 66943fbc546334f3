"""Consoles that draw box lines one cell wide, or two, or say nothing; the look follows, and no key is lost."""

import pytest
from textual.geometry import Size

from partyday_tui import config
from partyday_tui.ui.console import NARROW_HAN, WENT_PLAIN, Widths, measured, wear_what_fits
from partyday_tui.ui.dialogs.choose import Choose
from partyday_tui.ui.theme import DARK, LIGHT, PLAIN
from tests.conftest import TODAY
from tests.ui.answering import answering
from tests.ui.screens.rolls import the_app, until

NARROW, WIDE = Widths(1, 1, 2), Widths(2, 2, 2)
BLACK = b"48;2;0;0;0"


@pytest.mark.parametrize(
    ("found", "breaks"),
    [
        ((1, 1, 2), False),
        ((2, 1, 2), True),
        ((1, 2, 2), True),
        ((2, 2, 2), True),
        ((1, 1, 1), False),
        ((2, 2, 1), False),
    ],
)
def test_frames_break_where_one_cell_takes_two(found, breaks):
    assert Widths.of(found).breaks_frames is breaks


@pytest.mark.parametrize("found", [(), (1, 1), (0, 1, 2), (1, 57, 2), (3, 3, 3)])
def test_nonsense_says_nothing(found):
    assert Widths.of(found) is None


class Sheet:
    """A console that draws some characters wide, from column `start` on."""

    def __init__(self, wide, start=0, silent=False):
        self.wide, self.at, self.silent, self.drawn = wide, start, silent, ""

    def write(self, text):
        for char in text:
            self.drawn += char
            self.at = 0 if char in "\r\n" else self.at + 1 + (char in self.wide)

    def column(self):
        return None if self.silent else self.at


@pytest.mark.parametrize(
    ("wide", "widths"), [("中", NARROW), ("─“中", WIDE), ("“中", Widths(1, 2, 2)), ("", Widths(1, 1, 1))]
)
def test_a_console_is_measured_by_its_cursor(wide, widths):
    assert measured(Sheet(wide)) == widths


def test_what_stands_on_the_line_already_stays():
    sheet = Sheet("中", start=7)
    assert measured(sheet) == NARROW
    assert sheet.drawn.startswith("\n")


def test_a_console_that_says_nothing_is_left_alone():
    assert measured(Sheet("中", silent=True)) is None


def wear(app, widths):
    wear_what_fits(app, widths)
    return app.theme


def test_a_measured_look_is_remembered_and_said_once(book_path):
    app = the_app(book_path)
    assert wear(app, NARROW) == DARK.name
    assert app.desk._foot.text_of(0).strip() == ""
    assert wear(app, WIDE) == PLAIN.name
    assert app.desk._foot.text_of(0).strip() == WENT_PLAIN
    again = the_app(book_path)
    assert again.theme == PLAIN.name, "the next start begins plain"
    assert wear(again, WIDE) == PLAIN.name
    assert again.desk._foot.text_of(0).strip() == ""
    assert wear(again, NARROW) == DARK.name, "a better console gives the usual look back"


def test_a_look_chosen_by_hand_wins(book_path):
    config.choose_look(LIGHT.name)
    app = the_app(book_path)
    assert wear(app, WIDE) == LIGHT.name
    assert app.desk._foot.text_of(0).strip() == ""


def test_a_console_without_room_for_a_character_is_named(book_path):
    app = the_app(book_path)
    assert wear(app, Widths(1, 1, 1)) == DARK.name
    assert app.desk._foot.text_of(0).strip() == NARROW_HAN


async def test_a_dialog_that_is_open_makes_room_for_its_frame(book, book_path):
    book.close()
    app = the_app(book_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.branch is not None and app.screen is app.desk)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, Choose))
        before = app.screen._box.size
        wear_what_fits(app, WIDE)
        await until(pilot, lambda: app.screen._box.outer_size == Size(before.width + 2, min(before.height + 2, 24)))


def at(width):
    """Answers where every box line and punctuation takes `width` cells."""
    return lambda row, char: f"\x1b[{row};{1 + (2 if char == '中' else width)}R".encode()


def test_a_wide_terminal_gets_the_plain_look_and_no_key_is_lost(book, book_path):
    book.close()
    arguments = ("--book", book_path, "--today", TODAY)

    def answer(row, char):
        return (b"\x1bOR" if row == 3 else b"") + at(2)(row, char)  # F3 comes in the midst of the answers

    with answering(arguments, answer) as terminal:
        terminal.until("年历")
        terminal.type(b"\x1bOQ")  # F2
        terminal.until(WENT_PLAIN)
        assert BLACK in terminal.stream
    assert config.look() == PLAIN.name


def test_a_terminal_that_answers_late_and_nonsense_changes_nothing(book, book_path):
    book.close()
    late = []
    with answering(
        ("--book", book_path, "--today", TODAY),
        lambda row, char: late.append(f"\x1b[{row};57R".encode()),
    ) as terminal:
        terminal.until("名册还是空的")
        for answer in late:
            terminal.type(answer)
        terminal.type(b"\x1bOS")  # F4
        terminal.until("点名")
    assert len(late) == 3
    assert config.look() == DARK.name
