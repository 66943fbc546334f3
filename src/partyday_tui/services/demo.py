"""The demo branch: a fictitious village with a year of history, made through the same services as any other book."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

from partyday_tui import paths
from partyday_tui.clock import Clock
from partyday_tui.rules.events import Event
from partyday_tui.rules.people import Guest
from partyday_tui.rules.roll import RollEntry, Status
from partyday_tui.services import plan, plan_import, roll, roster_import
from partyday_tui.services.books import make_book, open_existing
from partyday_tui.services.readings import reading_of
from partyday_tui.store.book import Book

DEMO_DAY = date(2026, 11, 6)
_FIRST_DAY = date(2026, 1, 4)
_GUESTS = (("周第一", "第一书记", "县农业农村局"), ("何树苗", "入党积极分子", ""), ("方代表", "群众代表", ""))


def make_demo(path: Path, clock: Clock) -> None:
    """Make the demo book at `path`, as it stands on the morning of its November party day."""
    book = make_book(
        path,
        Clock(_FIRST_DAY),
        name="柳湾村党支部",
        preset="rural_community",
        superior="青山镇党委",
        secretary="罗有秀",
    )
    try:
        roster_import.commit(book, roster_import.preview(book, paths.demo_files() / "党员花名册.xlsx"))
        plan.make_plan(book, DEMO_DAY.year)
        plan_import.write_plan(book, plan_import.preview_plan(book, paths.demo_files() / "年度计划表.xlsx"))
        for line in plan.year_plan(book, DEMO_DAY.year).lines:
            event = line.event
            if event is not None and event.on_date is not None and event.on_date < DEMO_DAY:
                _hold(book, event, event.on_date)
    finally:
        book.close()


def open_demo(path: Path, clock: Clock) -> Book:
    """Open the demo book on its day."""
    return open_existing(path, clock)


def _hold(book: Book, event: Event, day: date) -> None:
    """Call the roll of a past event as a village would have: most came, the floating did not, a few had reasons."""
    book.clock = Clock(day)
    chance = Random(day.toordinal())
    held = roll.read_roll(book, event)
    marks = [
        replace(_mark(entry, chance), marked_at=f"{day}T19:{chance.randint(0, 25):02d}:00+08:00")
        for entry in held.entries
    ]
    roll.write_marks(book, event, [marks])
    for name, guest_class, unit in _GUESTS[: chance.randint(0, len(_GUESTS))]:
        known = next((guest for guest in roll.known_guests(book) if guest.name == name), None)
        roll.seat_guest(book, event, known or Guest(0, name, reading_of(name), guest_class, unit))


def _mark(entry: RollEntry, chance: Random) -> roll.Mark:
    draw = chance.random()
    if entry.floating and draw < 0.85:
        return roll.Mark(entry.member_id, Status.LEAVE, "外出务工")
    if entry.infirm and draw < 0.6:
        return roll.Mark(entry.member_id, Status.OTHER, "送学上门")
    if draw > 0.97:
        return roll.Mark(entry.member_id, Status.ABSENT)
    if draw > 0.92:
        return roll.Mark(entry.member_id, Status.LEAVE, chance.choice(("住院", "照看孙子", "赶集卖菜")))
    return roll.Mark(entry.member_id, Status.LATE if draw > 0.88 else Status.PRESENT)
