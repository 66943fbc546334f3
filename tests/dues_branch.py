"""A branch with dues for the tests: five members, assessed for 2026."""

from datetime import date

from partyday_tui.clock import Clock
from partyday_tui.services.books import make_book
from partyday_tui.services.dues_assess import Decision, assess_members

TODAY = date(2026, 11, 6)
NAMES = ("安一", "白二", "曹三", "丁四", "冯五")
APPROVED = {"approved_on": date(2026, 1, 9), "approved_by": "支委会"}


def dues_branch(path, *, today=TODAY, assessed=True):
    """A book with five members (keys 1 to 5): three farmers at 0.5, a wage earner at 11.73, one retired at 16.08."""
    book = make_book(path, Clock(today), name="柳湾村党支部", preset="rural_community", secretary="罗有秀")
    with book.act("准备") as act:
        act.connection.executemany(
            "INSERT INTO member (id, name, reading, kind, joined_on) VALUES (?, ?, ?, 'full', '2001-06')",
            [(key, name, f"{key}") for key, name in enumerate(NAMES, 1)],
        )
    if assessed:
        incomes = {4: ("wage", 234_567), 5: ("retired", 321_500)}
        assess_members(
            book, 2026, [Decision(key, *incomes.get(key, ("farmer", None)), **APPROVED) for key in range(1, 6)]
        )
    return book
