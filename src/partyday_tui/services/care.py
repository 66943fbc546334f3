"""流动和年老体弱: who was not reached this month, and the monthly outreach or home teaching that reaches them (ATT-10, ATT-11)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from partyday_tui.errors import UserMistake
from partyday_tui.rules.events import Event
from partyday_tui.rules.make_up import HOME_FORM
from partyday_tui.rules.month import Month
from partyday_tui.rules.people import Member
from partyday_tui.rules.roll import Status
from partyday_tui.services import make_up, registers
from partyday_tui.services.roll import roll_day
from partyday_tui.store import care as store
from partyday_tui.store import events, members
from partyday_tui.store import make_up as lessons
from partyday_tui.store import roll as rolls
from partyday_tui.store.book import Book

_PARTY_DAYS = frozenset({"party_day", "founding_day"})


@dataclass(frozen=True, slots=True)
class Unreached:
    """A member of the month whom nothing of it reached. ``last_on`` is when they last were, None if never."""

    member: Member
    floating: bool
    last_on: date | None


def unreached(book: Book, month: Month) -> list[Unreached]:
    """The floating whom nothing of a month reached, and the infirm who took part in nothing of it, in the order of the readings.

    A floating member is reached by outreach, a contact, a briefing or a lesson; being spoken to is not yet taking part (ATT-11).
    """
    day = min(month.last_day, book.clock.today)
    reached, took_part = store.last_reached(book, month.last_day), store.last_took_part(book, month.last_day)
    found = []
    for member in members.members_on(book, day):
        last = (reached if member.floating else took_part).get(member.id)
        if (member.floating or member.infirm) and (last is None or last < month.first_day):
            found.append(Unreached(member, member.floating, last))
    return found


def write_outreach(book: Book, people: Sequence[int], texts: Mapping[str, str]) -> list[str]:
    """Write one outreach entry for each of these members into the register; returns what should be known."""
    _, told = registers.add(book, registers.register_named("outreach"), texts, people)
    return told


def event_of(book: Book, month: Month) -> Event | None:
    """The month's party day that home teaching stands for: the newest one up to today, None before it."""
    last = min(month.last_day, book.clock.today)
    found = [it for it in events.events_between(book, month.first_day, last) if it.kinds & _PARTY_DAYS]
    return found[-1] if found else None


def teach_at_home(
    book: Book, event: Event, people: Sequence[int], texts: Mapping[str, str], *, signed: bool = False
) -> int:
    """Write a home lesson and mark these members 其他方式 at the event that it stands for, in one act; returns the lesson's key.

    ``texts`` as `make_up.add_lesson` takes them. Raises UserMistake where somebody is not on the expected list.
    """
    if not people:
        raise UserMistake("没有选给谁送学，请在名单里选中后再做一次。")
    fields = make_up.fields_of(book, {"form": HOME_FORM, **texts})
    with book.act("送学上门") as transaction:
        if not rolls.is_frozen(book, event.id):
            rolls.freeze(transaction, event.id, roll_day(book, event))
        instant = book.clock.instant()
        rolls.write_marks(transaction, event.id, [(it, Status.OTHER, str(fields["form"]), instant) for it in people])
        return lessons.insert(transaction, fields, [(event.id, it) for it in people], signed=signed)
