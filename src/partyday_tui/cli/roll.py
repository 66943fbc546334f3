"""``partyday roll`` and ``partyday mark``."""

import argparse
from typing import TYPE_CHECKING, Any

from partyday_tui.cli.parser import day
from partyday_tui.cli.run import Context, add_json, answer
from partyday_tui.errors import UserMistake
from partyday_tui.rules.attendance import turn
from partyday_tui.rules.roll import STATUS_WORDS, UNMARKED_WORD, RollEntry, Status, opening_line

if TYPE_CHECKING:
    from partyday_tui.services.roll import Roll

_CLEAR = {"clear", "unmarked", "清除", UNMARKED_WORD}


def add_commands(commands: Any) -> None:
    """Add the commands of this file."""
    roll = commands.add_parser("roll", help="查看某天活动的点名")
    roll.add_argument("date", type=day, metavar="日期")
    roll.add_argument("--close", action="store_true", help="结束点名：没有到会的从此列入缺席跟进")
    add_json(roll)
    roll.set_defaults(run=_roll)
    mark = commands.add_parser("mark", help="给一名党员点名")
    mark.add_argument("date", type=day, metavar="日期")
    mark.add_argument("name", metavar="姓名")
    mark.add_argument("status", metavar="状态", help="到会、迟到、请假、缺席、其他方式或清除（也可写 present 等）")
    mark.add_argument("--id", type=int, metavar="编号", help="同名时指明是哪一位（编号见 partyday members --json）")
    mark.add_argument("--reason", default="", metavar="事由", help="请假或缺席的事由")
    mark.set_defaults(run=_mark)


def _roll(options: argparse.Namespace, context: Context) -> int:
    from partyday_tui.services import plan
    from partyday_tui.services.roll import read_roll
    from partyday_tui.services.roll_close import close_roll

    with context.book(writing=options.close) as book:
        event = plan.event_or_ruled(book, options.date)
        closing = close_roll(book, event) if options.close else None
        roll = read_roll(book, event)
    if options.json:
        answer(roll_figures(roll))
        return 0
    print(f"{options.date} {roll.event.kind_words} {roll.event.title}")
    for entry in roll.entries:
        print(
            f"{entry.name}\t{entry.group}\t{STATUS_WORDS[entry.status] if entry.status else UNMARKED_WORD}\t{entry.reason}"
        )
    print(opening_line(roll.counts, len(roll.guests)))
    if closing:
        print(closing.sentence)
    return 0


def roll_figures(roll: "Roll") -> dict[str, Any]:
    """The figures of a roll for scripts: heads, both rates (0 to 1, or null) and a row for each expected member."""
    counts = roll.counts
    return {
        "date": roll.day.isoformat(),
        "theme": roll.event.theme,
        "expected": counts.expected,
        "present": counts.came,
        "late": counts.late,
        "leave": counts.leave,
        "absent": counts.absent,
        "other": counts.other,
        "unmarked": counts.unmarked,
        "deducted": counts.deducted,
        "rate": counts.rate,
        "rate_after_deductions": counts.rate_after_deductions,
        "closed_at": roll.closed_at or None,
        "guests": [{"name": guest.name, "class": guest.guest_class, "unit": guest.unit} for guest in roll.guests],
        "rows": [_row(entry) | {"proposed": roll.proposals.get(entry.member_id)} for entry in roll.entries],
    }


def _row(entry: RollEntry) -> dict[str, Any]:
    return {
        "id": entry.member_id,
        "name": entry.name,
        "group": entry.group,
        "kind": entry.kind,
        "status": entry.status,
        "reason": entry.reason,
        "marked_at": entry.marked_at or None,
    }


def _mark(options: argparse.Namespace, context: Context) -> int:
    from partyday_tui.rules.text import clean_line
    from partyday_tui.services import plan
    from partyday_tui.services.roll import Mark, read_roll, write_marks

    status = _status(options.status)
    with context.book(writing=True) as book:
        roll = read_roll(book, plan.event_or_ruled(book, options.date))
        entry = _entry(roll.entries, options.name, options.id)
        event = plan.ensure_event(book, options.date)
        write_marks(book, event, [[Mark(entry.member_id, status, clean_line(options.reason).text)]])
    turned = turn(entry.status, status) if roll.closed_at else ""
    more = {"opened": "列入缺席跟进。", "withdrawn": "缺席跟进已撤回，写过的都留着。"}.get(turned, "")
    print(f"{entry.name}：{UNMARKED_WORD if status is None else STATUS_WORDS[status]}，已存盘。{more}")
    return 0


def _status(word: str) -> Status | None:
    if word in _CLEAR:
        return None
    for status, chinese in STATUS_WORDS.items():
        if word in (status, chinese):
            return status
    raise UserMistake(f"没有「{word}」这个状态，请用：{'、'.join(STATUS_WORDS.values())}、清除。")


def _entry(entries: tuple[RollEntry, ...], name: str, key: int | None) -> RollEntry:
    from partyday_tui.rules.text import same_name_key

    found = [entry for entry in entries if same_name_key(entry.name) == same_name_key(name)]
    if key is not None and found and all(entry.member_id != key for entry in found):
        raise UserMistake(f"「{name}」里没有编号 {key}，请用其中之一：{_keys(found)}。")
    if key is not None:
        found = [entry for entry in found if entry.member_id == key]
    if not found:
        raise UserMistake(f"应到名单里没有「{name}」，请核对姓名，或先在名册里加上。")
    if len(found) > 1:
        raise UserMistake(f"有 {len(found)} 位「{name}」，没有记下；请用 --id 指明编号：{_keys(found)}。")
    return found[0]


def _keys(entries: list[RollEntry]) -> str:
    return "、".join(f"{entry.member_id}（{entry.group or '未分组'}）" for entry in entries)
