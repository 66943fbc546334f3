"""The branch of the dues tests: members and a meeting in the book, farmers assessed, the app on its collecting table."""

from datetime import date

from partyday_tui.clock import Clock
from partyday_tui.rules.month import Month
from partyday_tui.services.books import open_existing
from partyday_tui.services.dues_assess import Decision, assess_members, assessment_sheet
from partyday_tui.ui.screens.dues import DuesScreen
from tests.ui.screens.rolls import TODAY, fill, the_app, until

FIVE = ("罗有秀", "黄秀杰", "金新霞", "石娜才", "张刚军")


def village(book, names=FIVE, *, since=Month(2026, 11), only=None):
    """Members with a meeting today; all of them (or those in `only`) assessed as farmers from `since` on."""
    fill(book, names)
    assess(book, since, only)


def assess(book, since, only=None):
    """Farmers from a month on."""
    decisions = [
        Decision(row.payer.id, "farmer", valid_from=since, approved_on=date(2026, 1, 9), approved_by="支委会")
        for row in assessment_sheet(book, since.year)
        if only is None or row.payer.name in only
    ]
    if decisions:
        assess_members(book, since.year, decisions)


async def open_dues(pilot):
    """From the desk to the laid table by F8."""
    app = pilot.app
    await until(pilot, lambda: app.branch is not None and app.screen is app.desk)
    await pilot.press("f8")
    await until(pilot, lambda: isinstance(app.screen, DuesScreen) and app.screen._table is not None)
    await until(pilot, lambda: "在手" in app.screen._head.text_of(1))
    return app.screen


async def at_rest(pilot, screen):
    """Wait until every payment is in the ledger and painted."""
    await until(pilot, lambda: not screen._queue.is_busy)
    await pilot.pause()


async def dialog(pilot, name):
    """Wait for a dialog of this class and return it."""
    await until(pilot, lambda: type(pilot.app.screen).__name__ == name)
    return pilot.app.screen


async def visited(pilot, name, ready):
    """Wait for another screen of the dues to be filled."""
    await until(pilot, lambda: type(pilot.app.screen).__name__ == name and ready(pilot.app.screen))
    return pilot.app.screen


def read(path, function, *arguments):
    """What a service says of the book, as another program run would see it."""
    book = open_existing(path, Clock(TODAY))
    try:
        return function(book, *arguments)
    finally:
        book.close()


def ledger(path):
    """(name, kind, month, fen, method, payer) of every entry, in the order of writing."""
    from partyday_tui.services.dues_ledger import entries_of_year

    return [
        (e.member_name, e.kind_word, e.month, e.amount_fen, e.method, e.payer)
        for e in read(path, entries_of_year, 2026)
    ]


__all__ = [
    "FIVE",
    "TODAY",
    "assess",
    "at_rest",
    "dialog",
    "ledger",
    "open_dues",
    "read",
    "the_app",
    "until",
    "village",
    "visited",
]
