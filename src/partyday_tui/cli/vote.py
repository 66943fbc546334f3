"""``partyday vote``: the votes of an event for scripts."""

from __future__ import annotations

import argparse
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from partyday_tui.cli.parser import day
from partyday_tui.cli.run import Context, add_json, answer
from partyday_tui.errors import UserMistake
from partyday_tui.rules.votes import KIND_WORDS, Vote, judge, needed, needed_sentence, read_deductions

if TYPE_CHECKING:
    from partyday_tui.rules.event_record import Decision
    from partyday_tui.store.book import Book

_HOW = "写法：partyday vote 日期 议决事项 --kind ordinary --for 36 --against 1；只写日期就列出已记的表决"


def _kind(text: str) -> str:
    kind = next((kind for kind, word in KIND_WORDS.items() if text in (kind, word)), None)
    if kind is None:
        raise argparse.ArgumentTypeError(f"没有「{text}」这种表决，可用：{'、'.join(KIND_WORDS.values())}")
    return kind


def add_commands(commands: Any) -> None:
    """Add the commands of this file."""
    vote = commands.add_parser("vote", help="查看或记一次活动上的表决", description=_HOW)
    vote.add_argument("date", type=day, metavar="日期")
    vote.add_argument("matter", nargs="?", metavar="议决事项")
    vote.add_argument(
        "--kind",
        type=_kind,
        default="ordinary",
        metavar="种类",
        help="一般决议、接收预备党员或转正、选举（或 ordinary、accepting、election）",
    )
    for name, word in (("for", "赞成"), ("against", "反对"), ("abstain", "弃权")):
        vote.add_argument(f"--{name}", type=int, default=0, dest=f"votes_{name}", metavar="票数", help=f"{word}的票数")
    vote.add_argument("--present", type=int, metavar="人数", help="有表决权的到会人数，不写就按点名算")
    vote.add_argument("--without", default="", metavar="人数和原因", help="不计入应到的，如 1 留党察看、2 长期病假")
    vote.add_argument(
        "--leave-out",
        action="append",
        default=[],
        metavar="姓名=原因",
        help="不计入应到的一名党员，可写几次；到会人数自动减",
    )
    vote.add_argument("--note", default="", metavar="备注")
    add_json(vote)
    vote.set_defaults(run=_vote)


def _vote(options: argparse.Namespace, context: Context) -> int:
    return _list(options, context) if options.matter is None else _write(options, context)


def _list(options: argparse.Namespace, context: Context) -> int:
    from partyday_tui.services.event_record import read_record
    from partyday_tui.services.plan import event_or_ruled
    from partyday_tui.services.votes import vote_to_begin_with

    with context.book() as book:
        event = event_or_ruled(book, options.date)
        if not event.id:
            raise UserMistake(f"{options.date} 的活动还没有排进计划，请先排计划（partyday plan {options.date.year}）。")
        found, begin = read_record(book, event.id).decisions, vote_to_begin_with(book, event.id, options.kind)
    if options.json:
        come, votes = needed(begin.kind, begin.entitled)
        needs = {
            "kind": begin.kind,
            "entitled": begin.entitled,
            "present_now": begin.present,
            "present": come,
            "for": votes,
        }
        answer({"needed": needs, "votes": [_figures(it) for it in found]})
        return 0
    for it in found:
        print(f"{it.matter}\t{KIND_WORDS[it.vote.kind]}\t{judge(it.vote).sentence}")
    print(f"{KIND_WORDS[begin.kind]}：{needed_sentence(begin.kind, begin.entitled)}")
    return 0


def _write(options: argparse.Namespace, context: Context) -> int:
    from partyday_tui.rules.event_record import Decision
    from partyday_tui.services.event_record import read_record, write_decision
    from partyday_tui.services.plan import ensure_event

    with context.book(writing=True) as book:
        event_id = ensure_event(book, options.date).id
        vote = _begin(book, event_id, options)
        vote = replace(
            vote,
            present=vote.present if options.present is None else options.present,
            votes_for=options.votes_for,
            votes_against=options.votes_against,
            votes_abstain=options.votes_abstain,
            deductions=(*vote.deductions, *read_deductions(options.without)),
        )
        write_decision(book, event_id, Decision(0, options.matter, vote, options.note))
        written = read_record(book, event_id).decisions[-1]
    if options.json:
        answer(_figures(written))
    else:
        print(f"已存盘。{judge(written.vote).sentence}")
    return 0


def _begin(book: Book, event_id: int, options: argparse.Namespace) -> Vote:
    from partyday_tui.services.registers import members_named
    from partyday_tui.services.votes import vote_to_begin_with

    pairs = [word.partition("=") for word in options.leave_out]
    if wrong := next((name for name, _, reason in pairs if not reason), None):
        raise UserMistake(f"「{wrong}」没有写原因，请写成 --leave-out {wrong}=长期患病卧床 这样。")
    keys = members_named(book, [name for name, _, _ in pairs])
    left_out = dict(zip(keys, (reason for _, _, reason in pairs), strict=True))
    return vote_to_begin_with(book, event_id, options.kind, left_out)


def _figures(it: Decision) -> dict[str, Any]:
    outcome = judge(it.vote)
    return {
        "id": it.id,
        "matter": it.matter,
        **asdict(it.vote),
        "entitled": it.vote.entitled,
        "has_quorum": outcome.has_quorum,
        "is_carried": outcome.is_carried,
        "sentence": outcome.sentence,
        "note": it.note,
    }
