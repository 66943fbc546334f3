"""``partyday leave``: the slips of a year, and a new one."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from partyday_tui.cli.parser import day, year
from partyday_tui.cli.run import Context, add_json, answer
from partyday_tui.errors import UserMistake
from partyday_tui.rules.leave import FORM_WORDS, state_of

if TYPE_CHECKING:
    from partyday_tui.rules.leave import Leave

_HOW = "写法：partyday leave [--year 年份]，或 partyday leave add 姓名 --event 日期（或 --from 日期 --to 日期）--class 事由类别，或 partyday leave print 编号 --out 文件夹"


def add_commands(commands: Any) -> None:
    """Add ``leave``."""
    leave = commands.add_parser("leave", help="查看或登记请假条", description=_HOW)
    leave.add_argument(
        "act", nargs="?", choices=("add", "print"), metavar="add|print", help="add 登记一张；print 写成表格，后面跟编号"
    )
    leave.add_argument("who", nargs="?", metavar="姓名", help="党员姓名，同名的写编号；print 时是请假条的编号")
    leave.add_argument("--event", type=day, metavar="日期", help="为这一天的活动请假")
    leave.add_argument("--from", dest="first_day", type=day, metavar="日期", help="从哪天，管到其中每次活动")
    leave.add_argument("--to", dest="last_day", type=day, metavar="日期", help="到哪天，不写就是同一天")
    leave.add_argument(
        "--class", dest="reason_class", default="其他", metavar="类别", help="事由类别，如 外出务工、因病"
    )
    leave.add_argument("--reason", default="", metavar="事由", help="怎么回事")
    leave.add_argument("--oral", action="store_true", help="口头请假，书面材料以后补")
    leave.add_argument("--applied", type=day, metavar="日期", help="申请日期，不写就是今天")
    leave.add_argument("--granted-by", default="", metavar="姓名", help="批准人")
    leave.add_argument("--granted-on", type=day, metavar="日期", help="批准日期")
    leave.add_argument("--paper", default="", metavar="存放", help="书面材料放在哪里")
    leave.add_argument("--year", type=year, metavar="年份", help="哪一年的，不写就是今年")
    leave.add_argument("--out", type=Path, metavar="文件夹", help="print 写到哪个文件夹")
    add_json(leave)
    leave.set_defaults(run=_leave)


def _leave(options: argparse.Namespace, context: Context) -> int:
    if options.act == "add":
        return _add(options, context)
    if options.act == "print":
        return _print(options, context)
    from partyday_tui.services.leave import slips_of_year

    with context.book() as book:
        found = slips_of_year(book, options.year or context.clock.today.year)
    if options.json:
        answer([leave_figures(it) for it in found])
        return 0
    for it in found:
        print(f"{it.id}\t{it.name}\t{it.span}\t{it.words}\t{FORM_WORDS[it.form]}\t{it.applied_on}\t{state_of(it)}")
    print(f"共{len(found)}张")
    return 0


def _add(options: argparse.Namespace, context: Context) -> int:
    from partyday_tui.services import plan
    from partyday_tui.services.leave import enter_slip
    from partyday_tui.services.registers import members_named

    if options.who is None or (options.event is None) == (options.first_day is None):
        raise UserMistake(f"请写是谁，并且写 --event 或 --from 之一；{_HOW}。")
    dates = {name: getattr(options, name) for name in ("first_day", "last_day", "granted_on")}
    texts = {
        **{name: on.isoformat() for name, on in dates.items() if on},
        "reason_class": options.reason_class,
        "reason": options.reason,
        "form": "oral" if options.oral else "written",
        "applied_on": (options.applied or context.clock.today).isoformat(),
        "granted_by": options.granted_by,
        "paper": options.paper,
    }
    with context.book(writing=True) as book:
        member = members_named(book, [options.who])[0]
        event = plan.ensure_event(book, options.event).id if options.event else None
        key, told = enter_slip(book, member, event, texts)
    if options.json:
        answer({"id": key, "told": told})
    else:
        print(f"{options.who} 的请假条已存盘。" + "".join(f"{it}。" for it in told))
    return 0


def _print(options: argparse.Namespace, context: Context) -> int:
    from partyday_tui.services.forms import asked_for, export_form

    if options.who is None or not options.who.isdecimal() or options.out is None:
        raise UserMistake("请写请假条的编号和文件夹，如 partyday leave print 3 --out 桌面；编号见 partyday leave。")
    with context.book() as book:
        print(export_form(book, asked_for(book, "leave", options.who), options.out))
    return 0


def leave_figures(slip: Leave) -> dict[str, Any]:
    """One slip for scripts; days are ISO text or null."""

    def iso(name: str) -> str | None:
        on = getattr(slip, name)
        return on.isoformat() if on else None

    plain = ("id", "member_id", "name", "event_id", "reason_class", "reason", "form", "granted_by", "paper")
    days = ("event_on", "first_day", "last_day", "applied_on", "granted_on")
    return {name: getattr(slip, name) for name in plain} | {name: iso(name) for name in days} | {"late": slip.is_late}
