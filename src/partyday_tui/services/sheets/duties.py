"""应办事项自查表: every rule that asks for something in a month or a year, its sentence, where it stands and by what evidence (SUP-01)."""

from __future__ import annotations

from partyday_tui.rules.duties.duty import Duty, Period, PeriodKind, State
from partyday_tui.rules.month import Month
from partyday_tui.rules.policy import STRENGTH_WORDS
from partyday_tui.rules.sheet import Column, Form, Table, Value, span_words
from partyday_tui.services.books import branch_of
from partyday_tui.services.self_check import read_check
from partyday_tui.store.book import Book


def self_check_form(book: Book, period: Period) -> Form:
    """The self-check of a period, the late ones first."""
    is_month = period.kind is PeriodKind.MONTH
    found = read_check(book, "month" if is_month else "year", Month.of(period.first))
    counts = "　　".join(f"{state}{found.counts[state]}项" for state in map(str, State) if found.counts.get(state))
    table = Table(
        (
            Column("序号", 5),
            Column("状态", 8),
            Column("应办于", 12),
            Column("事项", 24, "left"),
            Column("规则原文", 44, "left"),
            Column("程度", 6),
            Column("凭据或缺什么", 28, "left"),
            Column("整改", 14),
        ),
        [[number, *_cells(duty)] for number, duty in enumerate(found.duties, 1)],
        row_height=24,
        empty="这一段没有要办的事",
        size=10,
    )
    return Form(
        f"{span_words(period.first, period.last)}应办事项自查表",
        (table,),
        unit=(f"党支部（盖章）：{branch_of(book).name}", f"自查日期：{book.clock.today}"),
        head=((counts or "没有要办的事",),),
        foot=(("自查人：", "支部书记："),),
        landscape=True,
        name="应办事项自查表",
    )


def _cells(duty: Duty) -> list[Value]:
    count = f"（{duty.tally[0]}/{duty.tally[1]}）" if duty.tally else ""
    return [
        str(duty.state),
        duty.due_on,
        duty.title + count,
        f"「{duty.sentence}」",
        STRENGTH_WORDS[duty.strength],
        _proof(duty),
        None,
    ]


def _proof(duty: Duty) -> str:
    if duty.state is State.DONE:
        late = f"，迟{duty.days_late}天" if duty.days_late else ""
        return f"{duty.done_on or '已记'}{late}"
    return f"缺{'、'.join(duty.missing)}" if duty.missing else duty.note or duty.evidence_words
