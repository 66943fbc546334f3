"""年度出勤统计表, 到会率和扣除名单 of the branch, and 党员全年情况 of one member (F1, F2, ATT-15; 参考样式)."""

from __future__ import annotations

from partyday_tui.rules.attendance_year import AttendanceYear, MemberYear, why_deducted
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
_MARKS = {
    Status.PRESENT: "√",
    Status.LATE: "迟",
    Status.LEAVE: "假",
    Status.ABSENT: "缺",
    Status.OTHER: "他",
    None: "未",
}
_LEGEND = (
    "√ 到会　迟 迟到　假 请假　缺 缺席　他 其他方式　未 未点；一个月有几次活动的按先后并列，空白是没有点名或不应到"
)
_RATES = "到会率＝实到／应到；扣除后＝实到／（应到－未到会的流动、年老体弱党员）"
_SIGNERS = ("记录人：", "支部书记：")


def year_form(book: Book, year: int) -> Form:
    """Member by month with the marks; both rates of each member and, under them, of each month."""
    found = year_of_all(book, year)
    return Form(
        f"{year}年度出勤统计表",
        (_matrix(found, _names(book, found)),),
        unit=(f"党支部（盖章）：{branch_of(book).name}", f"制表日期：{book.clock.today}"),
        foot=((_LEGEND,), (f"{_RATES}；每名党员的按次数算。",), _SIGNERS),
        landscape=True,
        name="年度出勤统计表",
    )


def rates_form(book: Book, year: int) -> Form:
    """The months with a chart, the events, and whom the second rate takes off its base at each."""
    found = year_of_all(book, year)
    return Form(
        f"{year}年到会率和扣除名单",
        (_by_month(found), _by_event(found), _deducted(found, _names(book, found))),
        unit=(f"党支部（盖章）：{branch_of(book).name}", f"制表日期：{book.clock.today}"),
        head=((f"{_RATES}。",),),
        foot=(_SIGNERS,),
        landscape=True,
        name="各月到会情况",
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


def _names(book: Book, found: AttendanceYear) -> dict[int, str]:
    return names_apart(book, [(it.member_id, it.name) for it in found.members])


def _matrix(found: AttendanceYear, names: dict[int, str]) -> Table:
    months = [Column(f"{month}月", 5.6, number_format=_RATE) for month in range(1, 13)]
    heads = [Column(word, 4.4) for word in ("应到", "到会", "迟到", "请假", "缺席", "其他", "未点")]
    rates = [Column(word, 7, number_format=_RATE) for word in ("到会率", "扣除后")]
    rows = [[number, names[it.member_id], it.group, *_figures(it)] for number, it in enumerate(found.members, 1)]
    return Table(
        (
            Column("序号", 4.6),
            Column("姓名", 9),
            Column("党小组", 9),
            *months,
            *heads,
            *rates,
            Column("要补课", 5),
            Column("已补课", 5),
        ),
        rows,
        totals=_totals(found) if rows else (),
        row_height=18,
        empty="这一年没有点名记录",
        size=9,
    )


def _figures(it: MemberYear) -> list[Value]:
    """A member's marks by month, the events in their order; then the counts, both rates, and the absences and what was made up."""
    marks = ["".join(_MARKS[event.status] for event in it.events if event.on.month == month) for month in range(1, 13)]
    made_up, cases = it.made_up
    return [*marks, *_member_heads(it.counts), *_both(it.counts), cases, made_up]


def _totals(found: AttendanceYear) -> list[list[Cell]]:
    counts = added_counts(it.counts for it in found.members)
    made_up, cases = (sum(it.made_up[place] for it in found.members) for place in (0, 1))
    by_month = [_both(_of_month(found, month)) for month in range(1, 13)]
    return [
        [None, "合计", None, *[None] * 12, *_member_heads(counts), *_both(counts), cases, made_up],
        [None, "到会率", None, *(rate for rate, _ in by_month), *[None] * 11],
        [None, "扣除后", None, *(rate for _, rate in by_month), *[None] * 11],
    ]


def _of_month(found: AttendanceYear, month: int) -> RollCounts:
    return added_counts(it.counts for it in found.events if it.on.month == month)


def _member_heads(counts: RollCounts) -> tuple[int, ...]:
    it = counts
    return it.expected, it.present, it.late, it.leave, it.absent, it.other, it.unmarked


def _event_cells(counts: RollCounts) -> list[Value]:
    it = counts
    heads = (it.expected, it.came, it.leave, it.absent, it.other, it.unmarked)
    return [*heads, it.rate, it.deducted, it.rate_after_deductions]


def _both(counts: RollCounts) -> tuple[Value, Value]:
    return counts.rate, counts.rate_after_deductions


def _counted() -> list[Column]:
    """The columns of `_event_cells`."""
    heads = [Column(word, 8) for word in ("应到", "实到", "请假", "缺席", "其他", "未点")]
    after = [Column("扣除人数", 9), Column("扣除后", 9, number_format=_RATE)]
    return [*heads, Column("到会率", 9, number_format=_RATE), *after]


def _by_month(found: AttendanceYear) -> Table:
    """The heads of each month's events together; a month without a roll stays blank."""
    rows: list[list[Value]] = []
    for month in range(1, 13):
        events = [it.event for it in found.events if it.on.month == month]
        counted = _event_cells(_of_month(found, month)) if events else [None] * 9
        rows.append([f"{month}月", len(events) or None, "；".join(events), *counted])
    chart = Chart(f"{found.year}年各月到会率", ("到会率", "扣除后"), top=1.0) if found.events else None
    columns = (Column("月份", 6), Column("次数", 12), Column("活动", 36, "left"), *_counted())
    return Table(columns, rows, "各月到会情况（人次）", 16, chart=chart, size=9)


def _by_event(found: AttendanceYear) -> Table:
    columns = (Column("序号", 6), Column("日期", 12), Column("活动", 36, "left"), *_counted())
    rows = [[number, it.on, it.event, *_event_cells(it.counts)] for number, it in enumerate(found.events, 1)]
    return Table(columns, rows, "活动到会率", empty="这一年没有点名记录", size=10)


def _deducted(found: AttendanceYear, names: dict[int, str]) -> Table:
    rows = [(event, it) for event in found.events for it in event.deducted]
    return Table(
        (
            Column("序号", 6),
            Column("日期", 12),
            Column("活动", 36, "left"),
            Column("姓名", 16),
            Column("党小组", 16),
            Column("扣除原因", 16),
            Column("点名", 9),
            Column("事由", 18, "left"),
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
        row_height=18,
        empty="没有扣除的党员",
        size=10,
    )


def _contacts(page: MemberYear) -> Table:
    """The outreach and the talks, oldest first."""
    told = [(it.on, f"联系：{it.values['way']}", str(it.values["note"])) for it in page.outreach]
    told += [(it.on, f"谈话：{it.values['topic']}", str(it.values["note"])) for it in page.talks]
    rows: list[list[Value]] = [[number, *line] for number, line in enumerate(sorted(told), 1)]
    columns = (Column("序号", 5), Column("日期", 11), Column("联系或谈话", 16), Column("内容", 97, "left"))
    return Table(columns, rows, "联系和谈话", repeats=False)


def _year_words(page: MemberYear) -> str:
    """The year in one line of figures."""
    counts, (made_up, cases) = page.counts, page.made_up
    parts = [f"应到{counts.expected}次", f"到会{counts.came}次", f"请假{counts.leave}次", f"缺席{counts.absent}次"]
    parts += [f"其他方式{counts.other}次"] if counts.other else []
    parts += [f"未点{counts.unmarked}次"] if counts.unmarked else []
    return "，".join([*parts, f"补课{made_up}/{cases}次"])
