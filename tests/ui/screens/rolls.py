"""The branch of the roll's tests: members in the book, an event today, the app on its roll."""

from datetime import date

from partyday_tui.clock import Clock
from partyday_tui.rules.names import initials_of
from partyday_tui.services.books import open_existing
from partyday_tui.services.readings import reading_of
from partyday_tui.services.roll import event_to_call, read_roll
from partyday_tui.ui.app import PartydayApp
from partyday_tui.ui.screens.roll import RollScreen

TODAY = date(2026, 11, 6)


def fill(book, names, *, on=TODAY):
    """Put members and an event on `on` into an open book."""
    with book.act("造数") as transaction:
        run = transaction.connection.execute
        run("INSERT INTO party_group (name) VALUES ('第一党小组'), ('第二党小组')")
        for number, name in enumerate(names):
            run(
                "INSERT INTO member (name, reading, kind, group_id) VALUES (?, ?, 'full', ?)",
                (name, reading_of(name), number % 2 + 1),
            )
        event = run(
            "INSERT INTO event (month, on_date, theme) VALUES (?, ?, '党史专题学习')", (f"{on:%Y-%m}", on.isoformat())
        ).lastrowid
        run("INSERT INTO event_kind VALUES (?, 'party_day')", (event,))
    return event


async def until(pilot, condition):
    """Wait until what a thread does has reached the screen."""
    for _ in range(300):
        if condition():
            return
        await pilot.pause(0.01)
    raise AssertionError("it never came to that")


async def open_roll(pilot):
    """From the desk to the filled roll by F4."""
    app = pilot.app
    await until(pilot, lambda: app.branch is not None and app.screen is app.desk)
    await pilot.press("f4")
    await until(pilot, lambda: isinstance(app.screen, RollScreen) and app.screen._event is not None)
    await until(pilot, lambda: "应到" in app.screen._head.text_of(1))
    return app.screen


async def at_rest(pilot, screen):
    """Wait until every mark is on the disk and painted."""
    await until(pilot, lambda: not screen._queue.is_busy)
    await pilot.pause()


def the_app(path):
    return PartydayApp(path, Clock(TODAY))


def on_disk(path):
    """{name: (status, reason)} as another program run would read it, and the counts."""
    book = open_existing(path, Clock(TODAY))
    try:
        roll = read_roll(book, event_to_call(book))
        return {entry.name: entry.status for entry in roll.entries}, roll.counts
    finally:
        book.close()


__all__ = ["TODAY", "at_rest", "fill", "initials_of", "on_disk", "open_roll", "the_app", "until"]
