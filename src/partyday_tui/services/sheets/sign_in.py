"""The sign-in sheet, blank before the meeting and filled after it (domain.md 2.c 签到表, 参考样式; REC-04)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from partyday_tui.rules.events import Event
from partyday_tui.rules.people import Guest
from partyday_tui.rules.roll import (
    STATUS_WORDS,
    UNMARKED_WORD,
    RollCounts,
    RollEntry,
    Status,
    count_roll,
    is_deducted,
    percent,
)  # fmt: skip
from partyday_tui.rules.sheet import Column, Form, Line, Table, Value
from partyday_tui.services.books import branch_of
from partyday_tui.services.roll import read_roll
from partyday_tui.store.book import Book
from partyday_tui.store.members import groups

_WEEKDAYS = "一二三四五六日"
# From so many members to so many, names stand in two columns: that keeps a branch of usual size on one page, and leaves a smaller
# one with room to sign. More than that is read better in one column over several pages.
_FOLDED = range(17, 51)
_FOLDED_TEXT = 32  # characters; a longer name or reason would tower in a narrow column
_ROW, _FOLDED_ROW, _ROW_TO = 24.0, 18.5, 30.0  # points: a hand signs in 6.5 mm at the least and needs no more than 10
_SPARE_GUESTS = 4  # empty lines on the blank sheet for guests nobody announced
_NAMED_DEDUCTIONS = 30  # more names than this would fill the page; the remarks then say who they are


# By the number of times that the heads stand side by side; the guests' columns end where those of the members do.
_MEMBER_COLUMNS = {
    1: [Column("序号", 6), Column("姓名", 16), Column("党小组", 20), Column("签到", 24), Column("备注", 22)],
    2: [Column("序号", 4.5), Column("姓名", 8), Column("党小组", 10.5), Column("签到", 10), Column("备注", 8)] * 2,
}
_GUEST_COLUMNS = {
    1: [Column("序号", 6), Column("姓名", 16), Column("单位/身份", 44), Column("签到", 22)],
    2: [Column("序号", 4.5), Column("姓名", 8), Column("单位/身份", 20.5), Column("签到", 8)] * 2,
}


@dataclass(frozen=True, slots=True)
class SignIn:
    """What a sign-in sheet is made of; ``entries`` stand in the order in which they are printed.

    ``asides`` says, by member, what tells them from another of their name; it goes to the remarks.
    """

    branch: str
    event: Event
    day: date
    entries: Sequence[RollEntry]
    guests: Sequence[Guest]
    is_blank: bool
    asides: Mapping[int, str] = field(default_factory=dict)


def sign_in(book: Book, event: Event, *, variant: str) -> Form:
    """The sign-in sheet of an event, ``blank`` for signatures or ``filled`` from the roll."""
    roll = read_roll(book, event)
    entries = in_signing_order(roll.entries, groups(book))
    is_blank = variant == "blank"
    return sign_in_form(SignIn(branch_of(book).name, event, roll.day, entries, roll.guests, is_blank, roll.asides))


def in_signing_order(entries: Sequence[RollEntry], group_order: list[str]) -> list[RollEntry]:
    """By group, in the order in which the branch entered its groups, then by reading; without a group last.

    The paper goes round by group, and the head of a group sees at a glance who of theirs is missing; groups are not sorted by their
    text, in which 第三 would come before 第二.
    """
    place = {name: number for number, name in enumerate(group_order)}
    return sorted(
        entries,
        key=lambda entry: (
            entry.group == "",
            place.get(entry.group, len(place)),
            entry.group,
            entry.reading,
            entry.name,
            entry.member_id,
        ),
    )


def sign_in_form(sheet: SignIn) -> Form:
    """The sheet as a form: A4 portrait, one page for a branch of usual size."""
    member_rows = [_member_row(n, entry, sheet) for n, entry in enumerate(sheet.entries, 1)]
    guest_rows = [_guest_row(n, guest, sheet.is_blank) for n, guest in enumerate(sheet.guests, 1)]
    if sheet.is_blank:
        guest_rows += [_spare_row(n) for n in range(len(guest_rows) + 1, max(_SPARE_GUESTS, len(guest_rows) + 1) + 1)]
    is_folded = len(member_rows) in _FOLDED and all(
        len(str(value)) <= _FOLDED_TEXT for row in member_rows for value in row
    )
    width, height, size = (2, _FOLDED_ROW, 10.0) if is_folded else (1, _ROW, 11.0)
    people = Table(_MEMBER_COLUMNS[width], _fold(member_rows, width), "", height, _ROW_TO, size=size)
    guests = Table(_GUEST_COLUMNS[width], _fold(guest_rows, width), "列席人员", height, _ROW_TO, size=size)
    return Form(
        title="主题党日活动签到表" if "party_day" in sheet.event.kinds else "活动签到表",
        unit=(f"党支部：{sheet.branch}", ""),
        head=_head(sheet),
        parts=(people, guests) if guest_rows else (people,),
        foot=_foot(sheet),
    )


def _fold(rows: Sequence[Sequence[Value]], width: int) -> list[list[Value]]:
    """The rows in `width` columns, read down the first and then down the next."""
    per_column = -(-len(rows) // width)
    padded = [*rows, *([[None] * len(rows[0])] * (per_column * width - len(rows)))] if rows else []
    return [
        [value for column in range(width) for value in padded[column * per_column + line]] for line in range(per_column)
    ]


def _member_row(number: int, entry: RollEntry, sheet: SignIn) -> list[Value]:
    aside = sheet.asides.get(entry.member_id, "")
    if sheet.is_blank:
        return [number, entry.name, entry.group, None, aside or None]
    return [number, entry.name, entry.group, _sign(entry, sheet.day), _remark(entry, aside)]


def _sign(entry: RollEntry, day: date) -> str:
    """The status, with the time where the member came and was marked on the day itself; a later mark says nothing of the time."""
    if entry.status is None:
        return UNMARKED_WORD
    word = STATUS_WORDS[entry.status]
    came = entry.status in (Status.PRESENT, Status.LATE)
    return f"{word} {entry.marked_at[11:16]}" if came and entry.marked_at[:10] == day.isoformat() else word


def _remark(entry: RollEntry, aside: str) -> str:
    return "\n".join(part for part in (aside, entry.reason, _deduction(entry)) if part)


def _deduction(entry: RollEntry) -> str:
    """Why F2 takes a member off the base, or ''."""
    if not is_deducted(entry):
        return ""
    return "、".join(word for word, holds in (("流动", entry.floating), ("年老体弱", entry.infirm)) if holds)


def _guest_row(number: int, guest: Guest, is_blank: bool) -> list[Value]:
    place = " ".join(part for part in (guest.unit, guest.guest_class) if part)
    return [number, guest.name, place, None if is_blank else "列席"]


def _spare_row(number: int) -> list[Value]:
    return [number, None, None, None]


def _head(sheet: SignIn) -> list[Line]:
    event, day = sheet.event, sheet.day
    hours = "-".join(part for part in (event.starts_at, event.ends_at) if part)
    when = f"{day.year}年{day.month}月{day.day}日（星期{_WEEKDAYS[day.weekday()]}）{hours}" if event.on_date else ""
    lines: list[Line] = [(f"主题：{event.title}",), (f"时间：{when}", f"地点：{event.place}")]
    if sheet.is_blank:
        blank = "____"
        heads = f"应到{len(sheet.entries)}人　　实到{blank}人　　请假{blank}人　　缺席{blank}人　　列席{blank}人"
        return [*lines, (heads,)]
    counts = count_roll(sheet.entries)
    return [*lines, (_heads(counts, len(sheet.guests)),), (_rates(counts),)]


def _heads(counts: RollCounts, guests: int) -> str:
    came = f"实到{counts.came}人" + (f"（其中迟到{counts.late}人）" if counts.late else "")
    parts = [f"应到{counts.expected}人", came, f"请假{counts.leave}人", f"缺席{counts.absent}人"]
    parts += [f"其他方式{counts.other}人"] if counts.other else []
    parts += [f"未点{counts.unmarked}人"] if counts.unmarked else []
    return "　　".join([*parts, f"列席{guests}人"])


def _rates(counts: RollCounts) -> str:
    """Both rates with what they are made of (F1, F2)."""
    line = f"到会率{percent(counts.rate)}（实到{counts.came}人/应到{counts.expected}人）"
    if counts.deducted:
        base = counts.expected - counts.deducted
        line += f"　　扣除后{percent(counts.rate_after_deductions)}（实到{counts.came}人/{base}人）"
    return line


def _foot(sheet: SignIn) -> list[Line]:
    foot: list[Line] = []
    deducted = [entry for entry in sheet.entries if is_deducted(entry)] if not sheet.is_blank else []
    if deducted:
        names = "、".join(f"{entry.name}（{_deduction(entry)}）" for entry in deducted[:_NAMED_DEDUCTIONS])
        rest = f"等{len(deducted)}人，见备注栏" if len(deducted) > _NAMED_DEDUCTIONS else ""
        foot.append((f"扣除未到会的流动、年老体弱党员：{names}{rest}",))
    return [*foot, ("记录人：", "支部书记：")]
