"""A rural branch that has kept its book all year, with a plan and three members, one of them floating."""

from datetime import date

from tests.conftest import TODAY

from partyday_tui.clock import Clock
from partyday_tui.rules.roll import Status
from partyday_tui.services.books import make_book
from partyday_tui.services.plan import events_of, make_plan
from partyday_tui.services.roll import Mark, read_roll, write_marks


def year_book(folder, preset="rural_community"):
    """The book on the day of the trials."""
    book = make_book(
        folder / "year.db", Clock(date(2026, 1, 4)), name="柳湾村党支部", preset=preset, secretary="罗有秀"
    )
    with book.act("党员") as act:
        act.connection.execute(
            "INSERT INTO member (id, name, kind, post, joined_on, floating) VALUES (1, '罗有秀', 'full', '书记', '2001-07', 0), "
            "(2, '金新霞', 'full', '组织委员', '2010-11-20', 0), (3, '江良明', 'full', '', '2026-11-01', 1)"
        )
    make_plan(book, 2026)
    book.clock = Clock(TODAY)
    return book


def event_on(book, day):
    """The event of a day."""
    return next(event for event in events_of(book, 2026) if event.on_date == day)


def hold(book, day, status=Status.PRESENT):
    """Call the roll of a day's event; returns its key."""
    event = event_on(book, day)
    write_marks(book, event, [[Mark(entry.member_id, status) for entry in read_roll(book, event).entries]])
    return event.id
