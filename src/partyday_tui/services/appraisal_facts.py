"""What is at hand of one member for the appraisal of a year: facts to read, never a score (ATT-15)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from partyday_tui.errors import UserMistake
from partyday_tui.rules.dues.money import yuan
from partyday_tui.rules.month import Month
from partyday_tui.rules.people import KIND_WORDS, Member
from partyday_tui.rules.register_values import list_text
from partyday_tui.rules.roll import STATUS_WORDS, Status
from partyday_tui.services import registers
from partyday_tui.services.dues_accounts import member_account
from partyday_tui.services.member_year import member_year
from partyday_tui.store import appraisals as store
from partyday_tui.store import members
from partyday_tui.store.book import Book

_REGISTERS = ("duty_post", "praise", "volunteering", "talk")


@dataclass(frozen=True, slots=True)
class MemberFacts:
    """The facts of one member and year: (heading, lines) in the order in which they are read."""

    member: Member
    year: int
    parts: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def text(self) -> str:
        """All of it as a text to read."""
        return "\n\n".join("\n".join([heading, *(f"  {line}" for line in lines)]) for heading, lines in self.parts)


def read_facts(book: Book, member_id: int, year: int) -> MemberFacts:
    """Attendance, make-up, dues, post, and what the registers say of a member in a year."""
    member = members.member(book, member_id)
    if member is None:
        raise UserMistake("名册里没有这名党员，请重新看一遍。")
    first, last = date(year, 1, 1), min(date(year, 12, 31), book.clock.today)
    parts = [
        ("身份", (_who(member),)),
        ("参加活动", tuple(_attendance(book, member_id, first, last))),
        ("补课", (_make_ups(book, member_id, year),)),
        ("党费", (_dues(book, member_id, year),)),
    ]
    for key in _REGISTERS:
        register = registers.register_named(key)
        found = [it for it in registers.history_of_member(book, register, member_id) if it.on.year == year]
        if found:
            shown = [it for it in register.fields if not it.private and it.kind != "date" and it.width is not None]
            lines = [
                "  ".join([str(it.on), *filter(None, (list_text(field, it.values[field.name]) for field in shown))])
                for it in reversed(found)
            ]
            parts.append((register.title, tuple(lines)))
    return MemberFacts(member, year, tuple(parts))


def attendance_words(marks: dict[str, int]) -> str:
    """How often a member was marked in which way, such as 12次中到会10次、请假2次; '' without any roll."""
    total = sum(marks.values())
    came = marks.get(Status.PRESENT, 0) + marks.get(Status.LATE, 0)
    others = [(status, marks.get(status, 0)) for status in (Status.LATE, Status.LEAVE, Status.ABSENT, Status.OTHER)]
    said = [f"到会{came}次", *(f"{STATUS_WORDS[status]}{number}次" for status, number in others if number)]
    if unmarked := marks.get("", 0):
        said.append(f"未点{unmarked}次")
    return f"应参加{total}次，{'、'.join(said)}" if total else ""


def _attendance(book: Book, member_id: int, first: date, last: date) -> list[str]:
    marks = store.attendance(book, first, last, (member_id,)).get(member_id, {})
    missed = [
        "  ".join(filter(None, [str(on), STATUS_WORDS[Status(status)], theme, reason]))
        for on, theme, status, reason in store.absences(book, member_id, first, last)
    ]
    return [attendance_words(marks) or "这一年没有点过名", *missed]


def _make_ups(book: Book, member_id: int, year: int) -> str:
    """How many absences were made up, and how many had no reason (ATT-05, ATT-09)."""
    found = member_year(book, member_id, year)
    made_up, cases = found.made_up
    unexcused = f"，无故缺席{found.unexcused}次" if found.unexcused else ""
    return f"应补课{cases}次，已补{made_up}次{unexcused}" if cases else f"没有要补的课{unexcused}"


def _dues(book: Book, member_id: int, year: int) -> str:
    """What was due and paid in the months of a year that are over."""
    until = min(Month(year, 12), Month.of(book.clock.today))
    account = member_account(book, member_id, until, whole=True).account
    months = [it for it in account.months if it.month.year == year]
    due, paid = sum(it.due_fen or 0 for it in months), sum(it.paid_fen for it in months)
    short = [it.month.month for it in months if it.short_fen > 0]
    told = f"应交{yuan(due)}元，已交{yuan(paid)}元"
    if not due and not paid:
        return "这一年没有核定党费"
    return f"{told}，{'、'.join(map(str, short))}月未交清" if short else f"{told}，已交清"


def _who(member: Member) -> str:
    joined = f"{member.joined_on}入党" if member.joined_on else ""
    return "  ".join(filter(None, [KIND_WORDS[member.kind], member.post, member.group, joined, "、".join(member.tags)]))
