"""What opens the window, and what goes to the parser."""

from datetime import date
from pathlib import Path

import pytest

from partyday_tui.cli.window import window_wanted
from partyday_tui.paths import default_book


@pytest.mark.parametrize(
    ("arguments", "book", "day"),
    [
        ([], None, None),
        (["--book", "a.db"], Path("a.db"), None),
        (["--book=a.db", "--today=2026-11-06"], Path("a.db"), date(2026, 11, 6)),
        (["--today", "2026-11-06"], None, date(2026, 11, 6)),
    ],
)
def test_options_alone_open_the_window(arguments, book, day):
    opened, clock = window_wanted(arguments)
    assert (opened, clock.day) == (book or default_book(), day)


def test_the_demo_has_no_book_of_the_user():
    opened, clock = window_wanted(["--today", "2026-11-06", "demo"])
    assert opened is None and clock.day == date(2026, 11, 6)


@pytest.mark.parametrize(
    "arguments",
    [
        ["roll", "2026-11-06"],
        ["--help"],
        ["--today", "x"],
        ["--book"],
        ["--book", "--today"],
        ["demo", "demo"],
        ["--bok", "a"],
    ],
)
def test_anything_else_is_for_the_parser(arguments):
    assert window_wanted(arguments) is None
