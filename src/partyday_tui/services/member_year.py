"""一名党员的全年: one reading behind the screen, the sheet for the 党员手册 and ``--json`` (ATT-15)."""

from __future__ import annotations

from datetime import date

from partyday_tui.errors import UserMistake
from partyday_tui.rules.attendance_year import AttendanceYear, MemberYear, attendance_year
from partyday_tui.rules.form_kinds import OfMember
from partyday_tui.services.cases import demanded_by
from partyday_tui.services.holidays import check_year
from partyday_tui.services.namesakes import names_apart
from partyday_tui.services.registers import register_named
from partyday_tui.store import attendance as store
from partyday_tui.store import members, register_entries
from partyday_tui.store.book import Book


def member_year(book: Book, member_id: int, year: int) -> MemberYear:
    """A member's year: events with status, case and make-up, outreach and talks; raises UserMistake for an unknown member."""
    member = members.member(book, member_id)
    if member is None:
        raise UserMistake("名册里没有这名党员，请重新选。")
    first, last = date(check_year(year), 1, 1), date(year, 12, 31)
    outreach, talks = (
        tuple(reversed(register_entries.entries(book, register_named(key), first, last, member_id=member_id)))
        for key in ("outreach", "talk")
    )
    events = tuple(store.of_member(book, member_id, year, demanded_by(book)))
    return MemberYear(member.id, member.name, member.group, member.kind, year, events, outreach, talks)


def year_of_all(book: Book, year: int) -> AttendanceYear:
    """The branch's year: every event with both rates, every member with their events."""
    kinds = {member.id: member.kind for member in members.members(book)}
    return attendance_year(year, store.of_year(book, check_year(year), demanded_by(book)), kinds)


def of_member(book: Book, member_id: int, year: int) -> OfMember:
    """The period of a member's year, its name told apart from others of it; raises UserMistake for an unknown member."""
    names = {it.id: it.name for it in members.members(book)}
    if member_id not in names:
        raise UserMistake("名册里没有这名党员，请重新选。")
    name = names_apart(book, names.items())[member_id]
    alike = [key for key, other in names.items() if other == names[member_id] and key != member_id]
    return OfMember(member_id, f"{name} {member_id}号" if alike and name == names[member_id] else name, year)
