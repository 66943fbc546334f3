"""``partyday plan`` and ``partyday holidays``."""

import argparse
import sys
from typing import TYPE_CHECKING, Any

from partyday_tui.cli.parser import plain_file, year
from partyday_tui.cli.run import Context, add_json, answer
from partyday_tui.errors import UserMistake

if TYPE_CHECKING:
    from partyday_tui.rules.calendar import Calendar
    from partyday_tui.services.plan import PlanLine, YearPlan

_WEEKDAYS = "一二三四五六日"


def add_commands(commands: Any) -> None:
    """Add the commands of this file."""
    plan = commands.add_parser("plan", help="排出并查看一年的计划")
    plan.add_argument("year", type=year, metavar="年份")
    plan.add_argument("--preset", metavar="预设", help="支部类型；与账本的不同时只试算，不写入")
    add_json(plan)
    plan.set_defaults(run=_plan)
    holidays = commands.add_parser("holidays", help="查看一年的放假安排，或导入放假通知")
    holidays.add_argument("what", metavar="年份或import", help="年份，如 2026；或 import，后面跟文件")
    holidays.add_argument("file", nargs="?", type=plain_file, metavar="文件", help="通知的文本文件（txt）或 JSON 文件")
    add_json(holidays)
    holidays.set_defaults(run=_holidays)


def _plan(options: argparse.Namespace, context: Context) -> int:
    plan = _plan_of(options.year, options.preset, context)
    if plan.notice:
        _say(f"{plan.notice}，日期先只避开法定节假日当天；公布后请导入通知（partyday holidays import 文件）。")
    if options.json:
        answer([_figures(line, plan) for line in plan.lines])
        return 0
    for line in plan.lines:
        event = line.event
        when = f"{event.on_date} 星期{_WEEKDAYS[event.on_date.weekday()]}" if event.on_date else "日期未定"
        words = [f"{int(event.month[5:])}月", when, event.kind_words, event.theme or event.content, line.reason]
        print("\t".join(words).rstrip())
    return 0


def _plan_of(year: int, preset: str | None, context: Context) -> "YearPlan":
    """The book's plan, its missing months written first; or the plan that a preset would give."""
    from partyday_tui.services import plan
    from partyday_tui.services.presets import USUAL_PRESET, preset_named, rule_book_of

    if preset is not None:
        preset_named(preset)
    if not context.has_book():
        if preset is None:
            _say(f"还没有账本，按{preset_named(USUAL_PRESET).name}试算，没有写入；要写入请先新建账本（partyday new）。")
        return plan.computed_plan(preset or USUAL_PRESET, year)
    with context.book(writing=True) as book:
        own = rule_book_of(book).preset(context.clock.today)
        if preset is None or (own is not None and preset == own.id):
            plan.make_plan(book, year)
            return plan.year_plan(book, year)
        return plan.computed_plan(preset, year, book)


def _figures(line: "PlanLine", plan: "YearPlan") -> dict[str, Any]:
    event = line.event
    return {
        "month": int(event.month[5:]),
        "date": event.on_date.isoformat() if event.on_date else None,
        "rule": event.rule,
        "moved_from": event.moved_from.isoformat() if event.moved_from else None,
        "reason": "；".join(filter(None, [line.reason, plan.notice])) or None,
        "theme": event.theme or event.content,
        "form": event.form,
        "kind": min(event.kinds, key=lambda kind: (kind != "party_day", kind)),
    }


def _holidays(options: argparse.Namespace, context: Context) -> int:
    if options.what == "import":
        return _import_holidays(options, context)
    if options.file is not None:
        raise UserMistake("命令没有看懂，导入通知请写 partyday holidays import 文件。")
    try:
        asked = year(options.what)
    except argparse.ArgumentTypeError as error:
        raise UserMistake(f"{error}；导入通知请写 partyday holidays import 文件。") from None
    return _show_holidays(asked, options.json, context)


def _show_holidays(asked: int, json: bool, context: Context) -> int:
    from partyday_tui.rules.calendar import SOURCE_WORDS, not_announced
    from partyday_tui.services.holidays import calendar_for, check_year

    check_year(asked)
    if context.has_book():
        with context.book() as book:
            calendar = calendar_for(book, [asked])
    else:
        calendar = calendar_for(None, [asked])
    if not calendar.is_announced(asked):
        _say(f"{not_announced(asked)}，这里只有法定节假日当天；公布后请导入通知（partyday holidays import 文件）。")
    if json:
        answer(_days(calendar, asked))
        return 0
    for row in calendar.rows_of(asked):
        what = "放假" if row.is_off else "上班"
        print(f"{row.day}\t星期{_WEEKDAYS[row.day.weekday()]}\t{what}\t{row.name}\t{SOURCE_WORDS[row.source]}")
    return 0


def _days(calendar: "Calendar", asked: int) -> list[dict[str, Any]]:
    return [
        {
            "date": row.day.isoformat(),
            "is_off": row.is_off,
            "name": row.name,
            "statutory": row.statutory,
            "source": row.source,
        }
        for row in calendar.rows_of(asked)
    ]


def _import_holidays(options: argparse.Namespace, context: Context) -> int:
    from partyday_tui.services import holidays, moving

    if options.file is None:
        raise UserMistake("还缺少文件，请写 partyday holidays import 文件。")
    with context.book(writing=True) as book:
        preview = holidays.preview_file(book, options.file)
        written = holidays.write_arrangement(book, preview)
        assert preview.year is not None
        displaced = moving.displaced(book, preview.year)
        # A date that somebody asked leave to move to stays until they look at it.
        by_rule = [it for it in displaced if it.landing.day and not moving.requests_of(book, it.event.id)]
        moving.move_displaced(book, by_rule)
    for problem in preview.problems:
        _say(problem)
    for it in displaced:
        if it in by_rule:
            _say(f"计划中的 {it.event.on_date} 改到 {it.landing.day}：{it.landing.reason}。")
        else:
            _say(f"计划中的 {it.event.on_date} 现在{it.landing.reason}；请在年历里改期。")
    if options.json:
        answer({"year": preview.year, "written": written, "problems": list(preview.problems)})
    else:
        off = sum(1 for row, what in preview.days if row.is_off and what != holidays.GONE)
        print(f"已录入{preview.year}年放假安排：放假{off}天，写入或更改{written}天。")
    return 0


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr)
