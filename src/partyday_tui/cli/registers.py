"""``partyday register``: the registers of the guides and the development of members for scripts."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from partyday_tui.cli.parser import year
from partyday_tui.cli.run import Context, add_json, answer
from partyday_tui.errors import UserMistake
from partyday_tui.rules.typed_day import typed_day

if TYPE_CHECKING:
    from partyday_tui.rules.registers import Entry, Register
    from partyday_tui.services.development import CandidateLine
    from partyday_tui.store.book import Book

_DEVELOPMENT = ("development", "发展党员")


def add_commands(commands: Any) -> None:
    """Add ``register``."""
    register = commands.add_parser("register", help="查看或登记谈心、走访、困难党员等台账和发展党员")
    register.add_argument("name", nargs="?", metavar="台账", help="台账的名称，如 谈心谈话 或 talk；不写就列出各台账")
    register.add_argument("act", nargs="?", choices=("add",), metavar="add", help="add 是登记一条，后面跟党员姓名")
    register.add_argument("people", nargs="*", metavar="姓名", help="党员姓名，同名的写编号；发展党员时是申请人姓名")
    register.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="项=值",
        help="如 on_date=2026-11-06、topic=思想；发展党员时是 第几道=日期",
    )
    register.add_argument("--year", type=year, metavar="年份", help="哪一年的，不写就是今年")
    register.add_argument("--member", metavar="姓名", help="只看一名党员的")
    register.add_argument("--open", action="store_true", help="只看还没有办结的")
    add_json(register)
    register.set_defaults(run=_register)


def _register(options: argparse.Namespace, context: Context) -> int:
    if options.name is None:
        return _overview(options, context)
    if options.name in _DEVELOPMENT:
        return _add_candidate(options, context) if options.act else _candidates(options, context)
    return _add(options, context) if options.act else _entries(options, context)


def _overview(options: argparse.Namespace, context: Context) -> int:
    from partyday_tui.services.registers import overview

    with context.book() as book:
        found = overview(book, options.year or context.clock.today.year)
    if options.json:
        answer(
            [
                {
                    "name": it.register.key,
                    "title": it.register.title,
                    "count": it.count,
                    "waiting": dict(it.waiting),
                    "late": it.late,
                    "missing": it.missing,
                }
                for it in found
            ]
        )
        return 0
    for it in found:
        waiting = "，".join(f"{word}{number}" for word, number in it.waiting)
        print(f"{it.register.key}\t{it.register.title}\t{it.count}\t{waiting}")
    return 0


def _entries(options: argparse.Namespace, context: Context) -> int:
    from partyday_tui.services import registers as service

    register = service.register_named(options.name)
    with context.book() as book:
        member_id = service.members_named(book, [options.member])[0] if options.member else None
        asked = options.year or context.clock.today.year
        found = service.entries_of(book, register, asked, member_id=member_id, only_open=options.open)
        figures = [_figures(book, register, it) for it in found]
    if options.json:
        answer(figures)
        return 0
    for row in figures:
        said = [str(value) for name, value in row.items() if name not in ("id", "members", "member_ids") and value]
        print("\t".join([*said[:1], "、".join(row["members"]), *said[1:]]))
    print(f"共{len(figures)}条")
    return 0


def _figures(book: Book, register: Register, entry: Entry) -> dict[str, Any]:
    """One entry for scripts: the columns as the book holds them (money in fen, time in minutes), private ones left out."""
    from partyday_tui.services.registers import state_in_words

    hidden = {it.name for it in register.fields if it.private}
    return {
        "id": entry.id,
        **{name: value for name, value in entry.values.items() if name not in hidden},
        "members": [person.name for person in entry.people],
        "member_ids": [person.id for person in entry.people],
        "state": state_in_words(book, register, entry),
    }


def _add(options: argparse.Namespace, context: Context) -> int:
    from partyday_tui.services import registers as service

    register = service.register_named(options.name)
    texts = _pairs(options.set)
    with context.book(writing=True) as book:
        people = service.members_named(book, options.people)
        keys, told = service.add(book, register, {"on_date": context.clock.today.isoformat(), **texts}, people)
    if options.json:
        answer({"ids": keys, "told": told})
    else:
        print(f"{register.title}记了{len(keys)}条，已存盘。" + "".join(f"{it}。" for it in told))
    return 0


def _candidates(options: argparse.Namespace, context: Context) -> int:
    from partyday_tui.services.development import candidates

    with context.book() as book:
        found = [it for it in candidates(book) if not (options.open and it.is_over)]
    if options.json:
        answer([_candidate_figures(it) for it in found])
        return 0
    for it in found:
        step = it.next_step.title if it.next_step else ""
        print(f"{it.candidate.name}\t{it.done}/25\t{it.stage}\t{step}\t{it.due or ''}")
    print(f"共{len(found)}人")
    return 0


def _candidate_figures(line: CandidateLine) -> dict[str, Any]:
    held = line.candidate
    return {
        "id": held.id,
        "name": held.name,
        "stage": line.stage,
        "done": line.done,
        "next_step": line.next_step.number if line.next_step else None,
        "due": line.due.isoformat() if line.due else None,
        "steps": {number: on.isoformat() for number, on in held.steps},
        "looks": [on.isoformat() for on in held.looks],
        "ended_on": held.ended_on.isoformat() if held.ended_on else None,
        "told": [
            {"step": it.step, "kind": it.kind, "on": it.on and it.on.isoformat(), "sentence": it.sentence}
            for it in line.notes
        ],
    }


def _add_candidate(options: argparse.Namespace, context: Context) -> int:
    """Write dates of steps for the candidate of this name, who is added where there is none."""
    from partyday_tui.services import development as service

    if len(options.people) != 1:
        raise UserMistake("请写一位申请人的姓名，如 partyday register development add 何树苗 --set 1=2026-03-10。")
    steps = {}
    for number, on in _pairs(options.set).items():
        try:
            steps[int(number)] = typed_day(on)
        except ValueError:
            raise UserMistake(f"「{number}={on}」没有看懂，请写成 第几道=日期，如 1=2026-03-10。") from None
    for step in steps:
        service.step_numbered(step)
    with context.book(writing=True) as book:
        name = options.people[0]
        key = service.candidate_named(book, name) or service.add_candidate(book, name)
        told = [it for number, on in sorted(steps.items()) for it in service.enter_step(book, key, number, on)]
    if options.json:
        answer({"id": key, "told": told})
    else:
        print(f"{name}：写了{len(steps)}道程序的日期，已存盘。" + "".join(f"{it}。" for it in told))
    return 0


def _pairs(words: list[str]) -> dict[str, str]:
    pairs = dict(word.partition("=")[::2] for word in words)
    wrong = next((word for word in words if "=" not in word), None)
    if wrong is not None:
        raise UserMistake(f"「{wrong}」没有看懂，请写成 项=值，如 topic=思想。")
    return pairs
