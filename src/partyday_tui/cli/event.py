"""``partyday event``: the page of an event, and the entries that scripts make in its record."""

import argparse
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from partyday_tui.cli.parser import day
from partyday_tui.cli.run import Context, add_json, answer
from partyday_tui.errors import UserMistake
from partyday_tui.rules.event_fields import FIELD_WORDS as PLAN_WORDS
from partyday_tui.rules.event_record import BLOCK_LIMITS, DATES, FIELD_WORDS, TEXT_LIMITS
from partyday_tui.rules.events import KIND_WORDS

if TYPE_CHECKING:
    from partyday_tui.services.event_page import EventPage
    from partyday_tui.store.book import Book

_HOW = "写法：partyday event 日期 [set 项目=内容 …|step 步骤|tick 内容 …]，或 partyday event add 日期 --kind 类别"


def add_commands(commands: Any) -> None:
    """Add the commands of this file."""
    event = commands.add_parser("event", help="查看一次活动的记录，或写进去", description=_HOW)
    event.add_argument("what", metavar="日期或add", help="活动的日期；或 add，后面跟日期")
    event.add_argument("verb", nargs="?", metavar="做什么", help="set、step 或 tick；add 之后是日期")
    event.add_argument("words", nargs="*", metavar="内容", help="set 后是 项目=内容，step 后是步骤，tick 后是各项内容")
    event.add_argument(
        "--kind", action="append", choices=sorted(KIND_WORDS), metavar="类别", help="可写几次，如 committee"
    )
    event.add_argument("--theme", default="", metavar="主题", help="加活动时的主题")
    event.add_argument("--on", type=day, metavar="日期", help="步骤办完的日期，不写就是今天")
    event.add_argument("--person", default="", metavar="姓名", help="步骤的经办人")
    event.add_argument("--note", default="", metavar="备注", help="步骤的备注")
    add_json(event)
    event.set_defaults(run=_event)


def _event(options: argparse.Namespace, context: Context) -> int:
    if options.what == "add":
        return _add(options, context)
    on = _day(options.what)
    writers = {"set": _set, "step": _step, "tick": _tick}
    if options.verb is None:
        return _show(options, context, on)
    if options.verb not in writers:
        raise UserMistake(f"没有「{options.verb}」这个做法；{_HOW}。")
    if not options.words:
        raise UserMistake(f"{options.verb} 后面还缺少内容；{_HOW}。")
    with context.book(writing=True) as book:
        from partyday_tui.services.plan import ensure_event

        done = writers[options.verb](options, book, ensure_event(book, on).id)
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


def _set(options: argparse.Namespace, book: "Book", event_id: int) -> str:
    from partyday_tui.services.event_record import write_fields
    from partyday_tui.services.events import edit_event, existing_event

    keys = {word: name for name, word in (*PLAN_WORDS.items(), *FIELD_WORDS.items())}
    known = {*keys.values()}
    values = {}
    for text in options.words:
        name, equals, value = text.partition("=")
        name = keys.get(name, name)
        if not equals or name not in known:
            raise UserMistake(f"「{text}」没有看懂，要写成 项目=内容；可用的项目：{'、'.join(keys)}。")
        values[name] = value
    planned = {name: value for name, value in values.items() if name in PLAN_WORDS}
    if planned:
        edit_event(book, event_id, existing_event(book, event_id).kinds, planned)
    if written := {name: value for name, value in values.items() if name not in PLAN_WORDS}:
        write_fields(book, event_id, written)
    return "、".join(word for word, name in keys.items() if name in values)


def _step(options: argparse.Namespace, book: "Book", event_id: int) -> str:
    from partyday_tui.services.event_record import write_step

    name = " ".join(options.words)
    write_step(book, event_id, name, options.on or book.clock.today, options.person, options.note)
    return name


def _tick(options: argparse.Namespace, book: "Book", event_id: int) -> str:
    from partyday_tui.services.event_record import read_record, write_ticks

    had = {tick.word: tick.detail for tick in read_record(book, event_id).ticks}
    for text in options.words:
        word, _, detail = text.partition("=")
        had[word] = detail
    write_ticks(book, event_id, had)
    return "、".join(options.words)


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
        print(f"{part.title}\t{part.state}\t{part.content}\t{part.sentence}".rstrip())
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


def _day(text: str) -> date:
    try:
        return day(text)
    except argparse.ArgumentTypeError as error:
        raise UserMistake(f"{error}；{_HOW}。") from None
