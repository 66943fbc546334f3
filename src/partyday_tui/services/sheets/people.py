"""党员花名册, masked or full, and 发展党员进度 (domain.md 2.c, CON-20)."""

from __future__ import annotations

from collections.abc import Sequence

from partyday_tui.rules.development import STEPS
from partyday_tui.rules.identity import mask_identity, mask_phone
from partyday_tui.rules.people import KIND_WORDS, Member
from partyday_tui.rules.sheet import Column, Form, Table, Value
from partyday_tui.services.books import branch_of
from partyday_tui.services.development import CandidateLine, candidates
from partyday_tui.services.roster import read_roster
from partyday_tui.store.book import Book

_ABREAST = 5  # candidates whose dates stand side by side


def roster_form(book: Book, *, variant: str) -> Form:
    """党员花名册 of today; ``masked`` hides the middle of identity and phone numbers and leaves the address out, ``full`` has all."""
    members = [line.member for line in read_roster(book, book.clock.today) if line.belongs]
    full = variant == "full"
    columns = [
        Column("序号", 4),
        Column("姓名", 10),
        Column("性别", 4),
        Column("民族", 6),
        Column("公民身份号码", 20),
        Column("出生日期", 11),
        Column("学历", 8),
        Column("人员类别", 9),
        Column("党小组", 11),
        Column("党内职务", 10),
        Column("入党日期", 11),
        Column("转正日期", 11),
        Column("联系电话", 13),
        *([Column("家庭住址", 20, "left")] if full else []),
        Column("备注", 12),
    ]
    rows = [[number, *_member_cells(member, full)] for number, member in enumerate(members, 1)]
    probationary = sum(1 for member in members if member.kind != "full")
    return Form(
        "党员花名册",
        (Table(columns, rows, empty="名册里还没有党员", size=9.5),),
        unit=(f"党支部（盖章）：{branch_of(book).name}", f"截止日期：{book.clock.today}"),
        head=((f"党员{len(members)}人，其中正式党员{len(members) - probationary}人，预备党员{probationary}人",),),
        foot=(("填表人：", "支部书记："),),
        landscape=True,
        name="党员花名册",
    )


def development_form(book: Book) -> Form:
    """发展党员进度: where each stands and what comes next, then the dates of the 25 steps."""
    found = candidates(book)
    table = Table(
        (
            Column("序号", 2),
            Column("姓名", 3),
            Column("培养联系人", 3),
            Column("阶段", 4),
            Column("已办程序", 3),
            Column("下一步", 4),
            Column("最近期限", 4),
            Column("提示和备注", 7, "left"),
        ),
        [[number, *_candidate_cells(line)] for number, line in enumerate(found, 1)],
        row_height=28,
        repeats=False,
        size=10,
        empty="现在没有发展对象",
    )
    chunks = [found[start : start + _ABREAST] for start in range(0, len(found), _ABREAST)]
    return Form(
        "发展党员进度表",
        (table, *map(_steps, chunks)),
        unit=(f"党支部（盖章）：{branch_of(book).name}", f"制表日期：{book.clock.today}"),
        foot=(("填表人：", "支部书记："),),
        grid=(1.0,) * 30,
        name="发展党员进度",
    )


def _member_cells(member: Member, full: bool) -> list[Value]:
    number = member.identity if full else mask_identity(member.identity)
    phone = member.phone or member.landline
    return [
        member.name,
        member.sex,
        member.ethnicity,
        number,
        member.born_on if full else member.born_on[:7],
        member.education,
        KIND_WORDS.get(member.kind, member.kind),
        member.group,
        member.post,
        member.joined_on,
        member.confirmed_on,
        phone if full else mask_phone(phone),
        *([member.address] if full else []),
        "、".join(member.tags),
    ]


def _candidate_cells(line: CandidateLine) -> list[Value]:
    row, step = line.row, line.next_step
    notes = [f"{it.title}{it.kind}：{it.sentence}" for it in line.notes]
    ended = f"终止：{row.candidate.ended_on} {row.ended_why}".strip() if row.candidate.ended_on else ""
    return [
        row.candidate.name,
        row.contacts,
        line.stage,
        f"{line.done}/{len(STEPS)}",
        f"{step.number}. {step.title}" if step and not row.candidate.ended_on else "",
        line.due,
        "\n".join(filter(None, [ended, *notes, row.note])),
    ]


def _steps(lines: Sequence[CandidateLine]) -> Table:
    dates = [dict(line.candidate.steps) for line in lines]
    return Table(
        (Column("序号", 2), Column("程序", 9, "left"), *(Column(it.candidate.name, 19 / len(lines)) for it in lines)),
        [[step.number, step.title, *(done.get(step.number) for done in dates)] for step in STEPS],
        "各道程序的日期",
        row_height=18,
        repeats=False,
        size=10,
    )
