"""The papers of leave and absence: 请假条, 请假汇总, 缺席跟进与补课记录, 补课归档册 (ATT-03 to ATT-05, REC-11; 参考样式 of domain.md 2.c)."""

from __future__ import annotations

from collections import Counter

from partyday_tui.rules.attendance import REPORT, Attendance, CaseStep, LessonDone, Step, case_state
from partyday_tui.rules.duties.duty import Period
from partyday_tui.rules.leave import FORM_WORDS, Leave, state_of
from partyday_tui.rules.roll import STATUS_WORDS
from partyday_tui.rules.sheet import Cell, Column, Facts, Form, Table, Value, day_words, span_words
from partyday_tui.services.books import branch_of
from partyday_tui.services.cases import cases_of, cases_of_year
from partyday_tui.services.leave import slips_of_period, without_slip
from partyday_tui.services.make_up import lessons_of_year
from partyday_tui.services.namesakes import names_apart
from partyday_tui.store.book import Book

_SIGNERS = (("记录人：", "支部书记："),)


def leave_form(book: Book, slip: Leave) -> Form:
    """One slip, filled with what is known and with room for the signatures."""
    is_span = slip.event_id is None
    late = "（活动之后补交）" if slip.is_late else ""
    facts = Facts(
        (
            (("姓名", slip.name), ("党小组", slip.group)),
            (("活动及日期", "请假期间的每次活动" if is_span else slip.span),),
            (("请假起止", slip.span if is_span else day_words(slip.event_on)),),
            (("事由", slip.words),),
            (("请假方式", FORM_WORDS[slip.form]), ("申请日期", day_words(slip.applied_on) + late)),
            (("本人签字", None),),
            (("支部意见", None),),
            (("批准人", slip.granted_by), ("批准日期", day_words(slip.granted_on))),
            (("书面材料", slip.paper),),
        ),
        row_height=34,
        roomy=("本人签字", "支部意见"),
    )
    return Form(
        "请假条",
        (facts,),
        unit=(f"党支部：{branch_of(book).name}", f"第{slip.id}号"),
        foot=(("请假不免补课，活动后由支部通报情况并安排补课。",),),
        grid=(1.0,) * 24,
        name="请假条",
    )


def leave_summary_form(book: Book, period: Period) -> Form:
    """Every slip of a period, oldest first, and under them who was marked 请假 without one."""
    slips = slips_of_period(book, period.first, period.last)
    without = [it for it in without_slip(book, period.first.year) if period.first <= it[3] <= period.last]
    names = names_apart(
        book, [*((it.member_id, it.name) for it in slips), *((member, name) for _, member, name, _ in without)]
    )
    table = Table(
        (
            Column("序号", 5),
            Column("姓名", 12),
            Column("党小组", 13),
            Column("活动或起止", 25, "left"),
            Column("事由", 20, "left"),
            Column("方式", 6),
            Column("申请日期", 11),
            Column("批准人", 9),
            Column("批准日期", 11),
            Column("书面材料", 10),
            Column("情况", 12),
        ),
        [[number, names[it.member_id], *_slip_cells(it)] for number, it in enumerate(slips, 1)],
        row_height=24,
        empty="没有请假条",
        size=10,
    )
    lacking = Table(
        (Column("序号", 5), Column("姓名", 25), Column("活动日期", 25), Column("备注", 71, "left")),
        [[number, names[member], on, None] for number, (_, member, _, on) in enumerate(without, 1)],
        "点名记了请假、没有请假条的",
        row_height=18,
        size=10,
    )
    return Form(
        f"{span_words(period.first, period.last)}请假汇总表",
        (table, lacking) if without else (table,),
        unit=(f"党支部（盖章）：{branch_of(book).name}", f"制表日期：{book.clock.today}"),
        head=((_slip_sums(slips, len(without)),),),
        foot=_SIGNERS,
        landscape=True,
        name="请假汇总表",
    )


def cases_form(book: Book, period: Period) -> Form:
    """Every absence of a period that is followed up, or was, with each step that was written of it."""
    found = [it for it in cases_of_year(book, period.first.year) if period.first <= it.on <= period.last]
    names = names_apart(book, [(it.member_id, it.name) for it in found])
    table = Table(
        (
            Column("序号", 5),
            Column("姓名", 10),
            Column("党小组", 11),
            Column("活动日期", 11),
            Column("缺席活动", 16, "left"),
            Column("点名", 6),
            Column("缺席原因", 14, "left"),
            Column("联系时间、方式、联系人", 20, "left"),
            Column("通报情况", 18, "left"),
            Column("补课", 20, "left"),
            Column("情况", 12),
        ),
        [[number, names[it.member_id], *_case_cells(it)] for number, it in enumerate(found, 1)],
        row_height=24,
        empty="没有缺席跟进",
        size=9.5,
    )
    return Form(
        f"{span_words(period.first, period.last)}缺席跟进与补课记录",
        (table,),
        unit=(f"党支部（盖章）：{branch_of(book).name}", f"制表日期：{book.clock.today}"),
        head=((_case_sums(found),),),
        foot=_SIGNERS,
        landscape=True,
        name="缺席跟进与补课记录",
    )


def make_up_form(book: Book, year: int) -> Form:
    """The lessons of a year, one row for each member and each event that was made up, as they are filed."""
    lessons = lessons_of_year(book, year)
    served = [(lesson, it) for lesson in lessons for it in lesson.served]
    cases = {it.key: it for it in cases_of(book, [(it.event_id, it.member_id) for _, it in served])}
    names = names_apart(book, [(it.member_id, it.name) for _, it in served])
    rows: list[list[Cell]] = [
        [
            number,
            names[it.member_id],
            f"{it.event_on}\n{it.event}",
            it.reason,
            *_spoken_to(cases.get((it.event_id, it.member_id))),
            lesson.on,
            lesson.form,
            lesson.place,
            lesson.content,
            "已签" if it.signed else None,
            lesson.led_by,
            lesson.archive_no,
        ]
        for number, (lesson, it) in enumerate(served, 1)
    ]
    filed = sum(bool(it.archive_no) for it in lessons)
    columns = (
        Column("序号", 5),
        Column("姓名", 10),
        Column("缺席活动", 18, "left"),
        Column("缺席原因", 11, "left"),
        Column("联系", 13, "left"),
        Column("通报情况", 13, "left"),
        Column("补课日期", 10),
        Column("方式", 9),
        Column("地点", 10, "left"),
        Column("内容", 18, "left"),
        Column("补课人签字", 8),
        Column("组织者", 8),
        Column("归档号", 12),
    )
    return Form(
        f"{year}年党员补课归档册",
        (Table(columns, rows, row_height=24, empty="这一年没有补课", size=9.5),),
        unit=(f"党支部（盖章）：{branch_of(book).name}", f"制表日期：{book.clock.today}"),
        head=((f"补课{len(lessons)}次，{len(rows)}人次；已归档{filed}次，未归档{len(lessons) - filed}次",),),
        foot=_SIGNERS,
        landscape=True,
        name="补课归档册",
    )


def _slip_cells(slip: Leave) -> list[Value]:
    form, granted = FORM_WORDS[slip.form], slip.granted_on
    return [
        slip.group, slip.span, slip.words, form, slip.applied_on, slip.granted_by, granted, slip.paper, state_of(slip),
    ]  # fmt: skip


def _slip_sums(slips: list[Leave], without: int) -> str:
    oral, late = sum(it.form == "oral" for it in slips), sum(it.is_late for it in slips)
    reasons = "、".join(f"{word}{number}张" for word, number in Counter(it.reason_class for it in slips).items())
    told = f"请假条{len(slips)}张，其中书面{len(slips) - oral}张、口头{oral}张，事后补交{late}张"
    return "；".join(filter(None, [told, reasons, f"没有请假条的{without}人次" if without else ""]))


def _case_cells(case: Attendance) -> list[Value]:
    briefed = [it for it in case.steps if it.step in (Step.BRIEF, REPORT)]
    return [
        case.group,
        case.on,
        case.event,
        STATUS_WORDS[case.status] if case.status else None,
        case.told_reason,
        "\n".join(_step(it) for it in case.steps if it.step == Step.CONTACT),
        "\n".join(_step(it) for it in briefed),
        "\n".join(map(_lesson, case.lessons)),
        case_state(case),
    ]


def _step(step: CaseStep) -> str:
    missed = "没联系上" if step.step == Step.CONTACT and not step.reached else ""
    report = "报告上级" if step.step == REPORT else ""
    return " ".join(filter(None, (step.on.isoformat(), report, step.word, step.by_whom, missed, step.note)))


def _lesson(lesson: LessonDone) -> str:
    signed = "已签字" if lesson.signed else "未签字"
    return " ".join(filter(None, (lesson.on.isoformat(), lesson.form, signed, lesson.archive_no)))


def _case_sums(found: list[Attendance]) -> str:
    cases = [it for it in found if it.is_case]
    waiting = sum(it.is_open for it in cases)
    made_up = sum(bool(it.lessons) for it in cases)
    told = f"请假、缺席{len(cases)}人次：待办{waiting}人次，已补课{made_up}人次"
    return told + (f"；点名更正后撤回{len(found) - len(cases)}人次" if len(found) > len(cases) else "")


def _spoken_to(case: Attendance | None) -> tuple[Cell, Cell]:
    """When, how and by whom a member was reached, and when and how they were briefed; the first of each."""
    reached = [it for it in case.steps if it.reached] if case else []
    told = [next((_step(it) for it in reached if it.step == step), "") for step in (Step.CONTACT, Step.BRIEF)]
    return told[0].replace(" ", "\n", 1), told[1].replace(" ", "\n", 1)
