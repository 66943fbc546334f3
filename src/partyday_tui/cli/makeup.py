"""``partyday makeup``: the make-up register of a year, and a new lesson."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from partyday_tui.cli.cases import case_keys
from partyday_tui.cli.parser import day, year
from partyday_tui.cli.run import Context, add_json, answer
from partyday_tui.errors import UserMistake

if TYPE_CHECKING:
    from partyday_tui.rules.make_up import Lesson

_HOW = "写法：partyday makeup [--year 年份] [--out 文件夹]，或 partyday makeup add 日期 姓名 … --form 送学上门"


def add_commands(commands: Any) -> None:
    """Add ``makeup``."""
    makeup = commands.add_parser("makeup", help="查看补课台账，或登记一次补课", description=_HOW)
    makeup.add_argument("act", nargs="?", choices=("add",), metavar="add", help="add 登记一次补课")
    makeup.add_argument("date", nargs="?", type=day, metavar="日期", help="补的是哪一天的活动")
    makeup.add_argument("people", nargs="*", metavar="姓名", help="党员姓名，同名的写编号")
    makeup.add_argument("--on", type=day, metavar="日期", help="补课日期，不写就是今天")
    makeup.add_argument(
        "--form", default="集中补学", metavar="方式", help="送学上门、集中补学、线上补学、个别谈话、自学等"
    )
    makeup.add_argument("--place", default="", metavar="地点", help="在哪里")
    makeup.add_argument("--content", default="", metavar="内容", help="讲了什么")
    makeup.add_argument("--led-by", default="", metavar="姓名", help="主讲人")
    makeup.add_argument("--archive", default="", metavar="归档号", help="归档号")
    makeup.add_argument("--signed", action="store_true", help="补课的人都签了字")
    makeup.add_argument("--visited", action="store_true", help="还没有联系和通报的，一起记上")
    makeup.add_argument("--year", type=year, metavar="年份", help="哪一年的，不写就是今年")
    makeup.add_argument("--out", type=Path, metavar="文件夹", help="把全年的台账写成表格，放到这个文件夹")
    add_json(makeup)
    makeup.set_defaults(run=_makeup)


def _makeup(options: argparse.Namespace, context: Context) -> int:
    if options.act == "add":
        return _add(options, context)
    from partyday_tui.services.forms import asked_for, export_form
    from partyday_tui.services.make_up import lessons_of_year

    asked = options.year or context.clock.today.year
    with context.book() as book:
        if options.out is not None:
            print(export_form(book, asked_for(book, "make-up", str(asked)), options.out))
            return 0
        found = lessons_of_year(book, asked)
    if options.json:
        answer([lesson_figures(it) for it in found])
        return 0
    for it in found:
        print(f"{it.id}\t{it.on}\t{it.form}\t{it.names}\t{it.events}\t{it.content}\t{it.archive_no}")
    print(f"共{len(found)}次，{sum(len(it.served) for it in found)}人次")
    return 0


def _add(options: argparse.Namespace, context: Context) -> int:
    from partyday_tui.services.make_up import add_lesson

    if options.date is None or not options.people:
        raise UserMistake(f"请写活动的日期和党员姓名；{_HOW}。")
    texts = {
        "on_date": (options.on or context.clock.today).isoformat(),
        "form": options.form,
        "place": options.place,
        "content": options.content,
        "led_by": options.led_by,
        "archive_no": options.archive,
    }
    with context.book(writing=True) as book:
        keys = case_keys(book, options)
        written = add_lesson(book, keys, texts, signed=options.signed, visited=options.visited)
    if options.json:
        answer({"id": written.lesson, "told": list(written.told)})
    else:
        print(f"补课已记{len(keys)}人次，已存盘。" + "".join(f"{it}。" for it in written.told))
    return 0


def lesson_figures(lesson: Lesson) -> dict[str, Any]:
    """One lesson for scripts; days are ISO text or null."""
    return {
        "id": lesson.id,
        "on": lesson.on.isoformat(),
        "form": lesson.form,
        "place": lesson.place,
        "content": lesson.content,
        "led_by": lesson.led_by,
        "archive_no": lesson.archive_no,
        "archived_on": lesson.archived_on.isoformat() if lesson.archived_on else None,
        "served": [
            {
                "event_id": it.event_id,
                "member_id": it.member_id,
                "name": it.name,
                "date": it.event_on.isoformat(),
                "event": it.event,
                "reason": it.reason,
                "signed": it.signed,
            }
            for it in lesson.served
        ],
    }
