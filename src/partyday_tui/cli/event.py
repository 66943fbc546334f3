"""``partyday event``: the page of an event, and the entries that scripts make in its record."""

import argparse
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from partyday_tui.cli.event_acts import ACTS
from partyday_tui.cli.parser import day
from partyday_tui.cli.run import Context, add_json, answer
from partyday_tui.errors import UserMistake
from partyday_tui.rules.event_fields import FIELD_WORDS as PLAN_WORDS
from partyday_tui.rules.event_record import BLOCK_LIMITS, DATES, TEXT_LIMITS
from partyday_tui.rules.events import KIND_WORDS

if TYPE_CHECKING:
    from partyday_tui.services.event_page import EventPage

_HOW = "写法：partyday event 日期 [做什么 内容 …]，或 partyday event add 日期 --kind 类别"


def add_commands(commands: Any) -> None:
    """Add the commands of this file."""
    does = "；".join(f"{verb} {how}" for verb, (how, _) in ACTS.items())
    event = commands.add_parser("event", help="查看一次活动的记录，或写进去", description=f"{_HOW}。做什么：{does}。")
    event.add_argument("what", metavar="日期或add", help="活动的日期；或 add，后面跟日期")
    event.add_argument("verb", nargs="?", metavar="做什么", help=f"{'、'.join(ACTS)}；add 之后是日期")
    event.add_argument("words", nargs="*", metavar="内容", help="写什么，看上面的说明")
    event.add_argument(
        "--kind", action="append", type=_kind, metavar="类别", help="可写几次，如 支委会（或 committee）"
    )
    event.add_argument("--theme", default="", metavar="主题", help="加活动时的主题")
    event.add_argument("--on", type=day, metavar="日期", help="步骤、会前支委会的日期，不写就是今天")
    event.add_argument("--person", default="", metavar="姓名", help="步骤的经办人、讲课人、点评人")
    event.add_argument("--role", default="", metavar="身份", help="讲课人、点评人的身份，如 书记")
    event.add_argument("--note", default="", metavar="备注", help="步骤的备注")
    add_json(event)
    event.set_defaults(run=_event)


def _event(options: argparse.Namespace, context: Context) -> int:
    if options.what == "add":
        return _add(options, context)
    on = _day(options.what)
    if options.verb is None:
        return _show(options, context, on)
    if options.verb not in ACTS:
        raise UserMistake(f"没有「{options.verb}」这个做法，可用：{'、'.join(ACTS)}；{_HOW}。")
    if not options.words:
        raise UserMistake(f"{options.verb} 后面还缺少内容；{_HOW}。")
    with context.book(writing=True) as book:
        from partyday_tui.services.plan import ensure_event

        _, write = ACTS[options.verb]
        done = write(options, book, ensure_event(book, on).id)
    print(f"{done}，已存盘。")
    return 0


def _add(options: argparse.Namespace, context: Context) -> int:
    from partyday_tui.rules.month import Month
    from partyday_tui.services.events import add_event

    on = _day(options.verb or "")
    with context.book(writing=True) as book:
        key = add_event(book, Month.of(on), on, frozenset(options.kind or ()), {"theme": options.theme})
    if options.json:
        answer({"id": key, "date": on.isoformat()})
    else:
        print(f"已加上 {on} 的{'、'.join(KIND_WORDS[kind] for kind in options.kind)}。")
    return 0


def _show(options: argparse.Namespace, context: Context, on: date) -> int:
    from partyday_tui.services.event_page import read_page
    from partyday_tui.services.plan import event_or_ruled

    with context.book() as book:
        event = event_or_ruled(book, on)
        if not event.id:
            raise UserMistake(f"{on} 的活动还没有排进计划，请先排计划（partyday plan {on.year}）。")
        page = read_page(book, event.id)
    if options.json:
        answer(event_figures(page))
        return 0
    print(f"{on} {page.event.kind_words} {page.event.title}")
    for part in page.parts:
        print(f"{part.title}\t{part.state}\t{part.content}\t{'；'.join(part.warnings)}".rstrip())
    return 0


def event_figures(page: "EventPage") -> dict[str, Any]:
    """Everything written of an event for scripts, and each part with its state."""
    event, record = page.event, page.record
    fields = {name: getattr(record, name) for name in (*TEXT_LIMITS, *BLOCK_LIMITS, *DATES)}
    lists = ("agenda", "steps", "run_up", "decisions", "ticks", "member_ticks", "lectures", "comments", "pictures")
    return {
        "id": event.id,
        "date": event.on_date.isoformat() if event.on_date else None,
        "kinds": sorted(event.kinds),
        **{name: getattr(event, name) for name in PLAN_WORDS},
        "group": record.group,
        **{name: value.isoformat() if isinstance(value, date) else value for name, value in fields.items()},
        **{name: [_plain(asdict(row)) for row in getattr(record, name)] for name in lists},
        "segments": list(record.segments),
        "parts": [_plain(asdict(part)) for part in page.parts],
    }


def _plain(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in fields.items()}


def _kind(text: str) -> str:
    """A kind of event by its word or its code."""
    kind = next((kind for kind, word in KIND_WORDS.items() if text in (kind, word)), None)
    if kind is None:
        raise argparse.ArgumentTypeError(f"没有「{text}」这一类活动，可用：{'、'.join(KIND_WORDS.values())}")
    return kind


def _day(text: str) -> date:
    try:
        return day(text)
    except argparse.ArgumentTypeError as error:
        raise UserMistake(f"{error}；{_HOW}。") from None
