"""年度出勤统计表 of the branch and 党员全年情况 of one member (F1, F2, ATT-15; 参考样式)."""

from __future__ import annotations

from collections.abc import Sequence

from partyday_tui.rules.attendance import Attendance
from partyday_tui.rules.attendance_year import AttendanceYear, EventYear, MemberYear, why_deducted
from partyday_tui.rules.case_words import case_words, lesson_words
from partyday_tui.rules.form_kinds import OfMember
from partyday_tui.rules.people import KIND_WORDS
from partyday_tui.rules.roll import STATUS_WORDS, UNMARKED_WORD, RollCounts, Status, added_counts
from partyday_tui.rules.sheet import Cell, Chart, Column, Form, Table, Value
from partyday_tui.services.books import branch_of
from partyday_tui.services.member_year import member_year, year_of_all
from partyday_tui.services.namesakes import names_apart
from partyday_tui.store.book import Book

_RATE = "0.0%"
_MARKS = {Status.PRESENT: "√", Status.LATE: "迟", Status.LEAVE: "假", Status.ABSENT: "缺", Status.OTHER: "他", None: "未"}
_MADE_UP = "补"
_LEGEND = (
    "√ 到会　迟 迟到　假 请假　缺 缺席　他 其他方式　未 未点　补 已补课；一个月有几次活动的，按先后并列，空白是没有点名或不应到"
)
_RATES = (
    "到会率＝实到／应到；扣除后＝实到／（应到－未到会的流动、年老体弱党员）。每名党员的到会率按次数算，同样计算。",
)


def year_form(book: Book, year: int) -> Form:
    """Member by month with the marks and both rates, then the months with a chart, the events, and who was deducted at each."""
    found = year_of_all(book, year)
    names = names_apart(book, [(it.member_id, it.name) for it in found.members])
    parts = [_matrix(found, names), _by_month(found), _by_event(found)]
    deducted = _deducted(found, names)
    return Form(
        f"{year}年度出勤统计表",
        [*parts, deducted] if deducted.rows else parts,
        unit=(f"党支部（盖章）：{branch_of(book).name}", f"制表日期：{book.clock.today}"),
        head=((_LEGEND,),),
        foot=(_RATES, ("记录人：", "支部书记：")),
        landscape=True,
        name="年度出勤统计表",
    )


def member_form(book: Book, whose: OfMember) -> Form:
    """One member's year to be put into the 党员手册: events with status, case and make-up; below them outreach and talks."""
    page = member_year(book, whose.member_id, whose.year)
    events = Table(
        (
            Column("序号", 5),
            Column("日期", 11),
            Column("活动", 32, "left"),
            Column("出席", 9),
            Column("请假或缺席事由", 20, "left"),
            Column("缺席跟进", 28, "left"),
            Column("补课", 24, "left"),
        ),
        [
            [
                number,
                it.on,
                it.event,
                STATUS_WORDS[it.status] if it.status else UNMARKED_WORD,
                it.told_reason,
                case_words(it),
                "\n".join(map(lesson_words, it.lessons)),
            ]
            for number, it in enumerate(page.events, 1)
        ],
        empty="这一年没有点名记录",
    )
    contacts = _contacts(page)
    return Form(
        f"{page.year}年党员参加活动情况",
        (events, contacts) if contacts.rows else (events,),
        unit=(f"党支部（盖章）：{branch_of(book).name}", f"党小组：{page.group}"),
        head=((f"姓名：{page.name}", KIND_WORDS.get(page.kind, ""), _year_words(page)),),
        foot=(("本人签字：", "支部书记："),),
        landscape=True,
        name="党员全年情况",
    )


def _matrix(found: AttendanceYear, names: dict[int, str]) -> Table:
    months = [Column(f"{month}月", 4.6) for month in range(1, 13)]
    heads = [Column(word, 5) for word in ("应到", "到会", "迟到", "请假", "缺席", "其他", "未点")]
    rates = [Column(word, 7, number_format=_RATE) for word in ("到会率", "扣除后")]
    rows = [
        [number, names[it.member_id], it.group, *_marks(it.events), *_heads(it.counts), *_both(it.counts), *it.made_up[::-1]]
        for number, it in enumerate(found.members, 1)
    ]  # fmt: skip
    counts = added_counts(it.counts for it in found.members)
    made_up = [sum(it.made_up[place] for it in found.members) for place in (1, 0)]
    totals: list[list[Cell]] = [["合计", *[None] * 14, *_heads(counts), *_both(counts), *made_up]]
    return Table(
        (
            Column("序号", 4.5),
            Column("姓名", 9),
            Column("党小组", 9),
            *months,
            *heads,
            *rates,
            Column("要补课", 5),
            Column("已补课", 5),
        ),
        rows,
        totals=totals if rows else (),
        row_height=18,
        empty="这一年没有点名记录",
        size=9,
    )


def _marks(events: Sequence[Attendance]) -> list[Value]:
    """One cell for each month: the marks of its events in their order, with what was made up."""
    return [
        "".join(_MARKS[it.status] + (_MADE_UP if it.is_case and it.lessons else "") for it in events if it.on.month == month)
        for month in range(1, 13)
    ]  # fmt: skip


def _heads(counts: RollCounts) -> tuple[int, ...]:
    it = counts
    return it.expected, it.present, it.late, it.leave, it.absent, it.other, it.unmarked


def _both(counts: RollCounts) -> tuple[Value, Value]:
    return counts.rate, counts.rate_after_deductions


def _by_month(found: AttendanceYear) -> Table:
    """The heads of each month's events together; a month without a roll stays blank."""
    rows: list[list[Value]] = []
    for month in range(1, 13):
        events = [it for it in found.events if it.on.month == month]
        counts = added_counts(it.counts for it in events)
        figures: list[Value] = [len(events), *_event_heads(counts), *_both(counts)] if events else [None] * 9
        rows.append([f"{month}月", *figures])
    chart = Chart(f"{found.year}年各月到会率", ("到会率", "扣除后"), top=1.0) if found.events else None
    heads = [Column(word, 10) for word in ("次数", "应到", "实到", "请假", "缺席", "其他方式", "未点")]
    rates = [Column(word, 12, number_format=_RATE) for word in ("到会率", "扣除后")]
    return Table((Column("月份", 10), *heads, *rates), rows, "各月到会情况（人次）", 18, chart=chart, size=10)


def _event_heads(counts: RollCounts) -> tuple[int, ...]:
    return counts.expected, counts.came, counts.leave, counts.absent, counts.other, counts.unmarked


def _by_event(found: AttendanceYear) -> Table:
    rows: list[list[Value]] = [[number, *_event(it)] for number, it in enumerate(found.events, 1)]
    return Table(
        (
            Column("序号", 6),
            Column("日期", 12),
            Column("活动", 36, "left"),
            *(Column(word, 7) for word in ("应到", "实到", "请假", "缺席", "其他", "未点")),
            Column("到会率", 9, number_format=_RATE),
            Column("扣除人数", 9),
            Column("扣除后", 9, number_format=_RATE),
        ),
        rows,
        "活动到会率",
        empty="这一年没有点名记录",
        size=10,
    )


def _event(it: EventYear) -> list[Value]:
    counts = it.counts
    return [it.on, it.event, *_event_heads(counts), counts.rate, counts.deducted, counts.rate_after_deductions]


def _deducted(found: AttendanceYear, names: dict[int, str]) -> Table:
    rows = [(event, it) for event in found.events for it in event.deducted]
    return Table(
        (
            Column("序号", 6),
            Column("日期", 12),
            Column("活动", 36, "left"),
            Column("姓名", 14),
            Column("党小组", 14),
            Column("扣除原因", 14),
            Column("点名", 10),
            Column("事由", 20, "left"),
        ),
        [
            [
                number,
                event.on,
                event.event,
                names[it.member_id],
                it.group,
                why_deducted(it),
                STATUS_WORDS[it.status] if it.status else UNMARKED_WORD,
                it.told_reason,
            ]
            for number, (event, it) in enumerate(rows, 1)
        ],
        "扣除名单",
        size=10,
    )


def _contacts(page: MemberYear) -> Table:
    """The outreach and the talks, oldest first."""
    told = [(it.on, f"联系：{it.values['way']}", str(it.values["note"])) for it in page.outreach]
    told += [(it.on, f"谈话：{it.values['topic']}", str(it.values["note"])) for it in page.talks]
    rows = [[number, *line] for number, line in enumerate(sorted(told), 1)]
    columns = (Column("序号", 5), Column("日期", 11), Column("联系或谈话", 16), Column("内容", 97, "left"))
    return Table(columns, rows, "联系和谈话", repeats=False)


def _year_words(page: MemberYear) -> str:
    """The year in one line of figures."""
    counts, (made_up, cases) = page.counts, page.made_up
    parts = [f"应到{counts.expected}次", f"到会{counts.came}次", f"请假{counts.leave}次", f"缺席{counts.absent}次"]
    parts += [f"其他方式{counts.other}次"] if counts.other else []
    parts += [f"未点{counts.unmarked}次"] if counts.unmarked else []
    return "，".join([*parts, f"补课{made_up}/{cases}次"])
