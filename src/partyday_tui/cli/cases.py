"""``partyday cases``: who is followed up, and what was done for them."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from partyday_tui.cli.parser import day, year
from partyday_tui.cli.run import Context, add_json, answer
from partyday_tui.errors import UserMistake
from partyday_tui.rules.attendance import STEP_WORDS, Attendance, Step, case_state
from partyday_tui.rules.roll import STATUS_WORDS, UNMARKED_WORD

if TYPE_CHECKING:
    from partyday_tui.store.book import Book

_STEPS = {"contact": Step.CONTACT, "reason": Step.REASON, "brief": Step.BRIEF}
_HOW = "写法：partyday cases [--open] [--year 年份]，或 partyday cases visit 日期 姓名 …（contact、reason、brief 同样）"


def add_commands(commands: Any) -> None:
    """Add ``cases``."""
    cases = commands.add_parser("cases", help="列出缺席跟进，或登记联系、原因、通报", description=_HOW)
    cases.add_argument(
        "act",
        nargs="?",
        choices=("visit", *_STEPS),
        metavar="做什么",
        help="visit 一次办齐；contact 联系；reason 原因；brief 通报",
    )
    cases.add_argument("date", nargs="?", type=day, metavar="日期", help="缺席的是哪一天的活动")
    cases.add_argument("people", nargs="*", metavar="姓名", help="党员姓名，同名的写编号")
    cases.add_argument("--open", action="store_true", help="只列没有办结的，各年的都在内")
    cases.add_argument("--group", default="", metavar="党小组", help="只列一个党小组的")
    cases.add_argument("--year", type=year, metavar="年份", help="哪一年的，不写就是今年")
    cases.add_argument("--on", type=day, metavar="日期", help="哪天办的，不写就是今天")
    cases.add_argument("--way", default="", metavar="方式", help="上门、电话、微信等")
    cases.add_argument("--by", default="", metavar="姓名", help="由谁")
    cases.add_argument("--not-reached", action="store_true", help="联系了没有联系上")
    cases.add_argument("--class", dest="reason_class", default="", metavar="类别", help="原因类别，如 因病、无正当理由")
    cases.add_argument("--reason", default="", metavar="原因", help="为什么没有来")
    cases.add_argument("--note", default="", metavar="备注", help="备注")
    add_json(cases)
    cases.set_defaults(run=_cases)


def _cases(options: argparse.Namespace, context: Context) -> int:
    if options.act is not None:
        return _write(options, context)
    from partyday_tui.services.cases import cases_of_year, open_cases

    with context.book() as book:
        found = open_cases(book) if options.open else cases_of_year(book, options.year or context.clock.today.year)
    found = [it for it in found if options.group in ("", it.group)]
    if options.json:
        answer([case_figures(it) for it in found])
        return 0
    for it in found:
        status = STATUS_WORDS[it.status] if it.status else UNMARKED_WORD
        print(f"{it.on}\t{it.name}\t{it.group}\t{status}\t{case_state(it)}\t{it.told_reason}")
    print(f"共{len(found)}人次")
    return 0


def _write(options: argparse.Namespace, context: Context) -> int:
    from partyday_tui.services.cases import Visit, write_step, write_visit

    if options.date is None or not options.people:
        raise UserMistake(f"请写活动的日期和党员姓名；{_HOW}。")
    visit = Visit(
        options.on or context.clock.today,
        options.way,
        options.by,
        not options.not_reached,
        options.reason_class,
        options.reason,
        options.note,
    )
    with context.book(writing=True) as book:
        keys = case_keys(book, options)
        if options.act == "visit":
            written = write_visit(book, keys, visit)
        else:
            written = write_step(book, keys, _STEPS[options.act], visit)
    if options.json:
        answer({"ids": list(written.steps), "told": list(written.told)})
    else:
        print(f"已记{len(keys)}人次，已存盘。" + "".join(f"{it}。" for it in written.told))
    return 0


def case_keys(book: Book, options: argparse.Namespace) -> list[tuple[int, int]]:
    """(event, member) of the named people at the event of ``options.date``; raises UserMistake where there is no such event."""
    from partyday_tui.services.plan import event_or_ruled
    from partyday_tui.services.registers import members_named

    event = event_or_ruled(book, options.date)
    if not event.id:
        raise UserMistake(f"{options.date} 的活动还没有点过名，请先点名（partyday mark）。")
    return [(event.id, member) for member in members_named(book, options.people)]


def case_figures(case: Attendance) -> dict[str, Any]:
    """One expected member at one event for scripts: status, case, steps, lessons; days are ISO text or null."""
    return {
        "event_id": case.event_id,
        "member_id": case.member_id,
        "name": case.name,
        "group": case.group,
        "date": case.on.isoformat(),
        "event": case.event,
        "status": case.status,
        "reason": case.told_reason,
        "case": case.is_case,
        "open": case.is_open,
        "state": case_state(case),
        "lacking": [STEP_WORDS[step] for step in case.lacking] if case.is_case else [],
        "done": {step.value: on.isoformat() for step in Step if (on := case.done_on(step))},
        "unexcused": case.is_unexcused,
        "leave_id": case.leave.id if case.leave else None,
        "steps": [
            {
                "id": it.id,
                "step": it.step,
                "on": it.on.isoformat(),
                "word": it.word,
                "reached": it.reached,
                "by": it.by_whom,
                "note": it.note,
            }
            for it in case.steps
        ],
        "lessons": [
            {"id": it.id, "on": it.on.isoformat(), "form": it.form, "signed": it.signed, "archive_no": it.archive_no}
            for it in case.lessons
        ],
    }
