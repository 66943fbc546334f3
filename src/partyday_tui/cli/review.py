"""``partyday review``: the review of an event, or of a year, for scripts."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from partyday_tui.cli.parser import day
from partyday_tui.cli.run import Context, add_json, answer
from partyday_tui.errors import UserMistake
from partyday_tui.rules.ballots import VOTER_WORDS, Ballots, voter_class
from partyday_tui.rules.review import ANSWERS, MODE_WORDS, Review, class_share, review_share, share

if TYPE_CHECKING:
    from partyday_tui.services.review import ReviewPage
    from partyday_tui.services.review_year import ReviewYear

_HOW = "写法：partyday review 日期 党员 发出=40 收回=39 废票=1 主题特色鲜明='30 6 2' …；只写年份就列出全年"
_BALLOTS = {"发出": "given", "收回": "returned", "废票": "void"}


def add_commands(commands: Any) -> None:
    """Add the commands of this file."""
    review = commands.add_parser("review", help="查看或填写一次活动的主题测评，或看全年的满意率", description=_HOW)
    review.add_argument("when", metavar="日期或年份")
    review.add_argument("voter", nargs="?", metavar="投票人", help=f"填票数时写：{'、'.join(VOTER_WORDS.values())}")
    review.add_argument(
        "rows", nargs="*", metavar="项=票数", help="发出=、收回=、废票=，和每一项的票数，如 总体评价='30 6 2'"
    )
    review.add_argument("--on", type=day, metavar="日期", help="测评的日期，不写就是今天")
    review.add_argument("--remarks", metavar="文字", help="意见建议，一行一条")
    review.add_argument("--problem", action="append", default=[], metavar="文字", help="记进问题整改，可写几次")
    review.add_argument("--sheet", type=Path, metavar="文件夹", help="把测评汇总表写到这个文件夹")
    review.add_argument("--ballot", type=Path, metavar="文件夹", help="把空白测评票写到这个文件夹")
    add_json(review)
    review.set_defaults(run=_review)


def _review(options: argparse.Namespace, context: Context) -> int:
    if options.when.isascii() and options.when.isdigit() and len(options.when) == 4:
        return _year(options, context, int(options.when))
    on = _day(options.when)
    if options.sheet or options.ballot:
        return _sheet(options, context, on)
    if options.voter or options.remarks is not None or options.problem or options.on:
        return _write(options, context, on)
    with context.book() as book:
        from partyday_tui.services.plan import event_or_ruled
        from partyday_tui.services.review import read_review

        page = read_review(book, _key(event_or_ruled(book, on).id, on))
    return _show(options, page)


def _write(options: argparse.Namespace, context: Context, on: date) -> int:
    from partyday_tui.services import review as service
    from partyday_tui.services.plan import ensure_event

    voter = voter_class(options.voter) if options.voter else ""
    ballots, rows = read_pairs(options.rows)
    with context.book(writing=True) as book:
        event_id = ensure_event(book, on).id
        if voter:
            service.write_class(book, event_id, voter, ballots, rows, options.on)
        elif options.on:
            service.write_day(book, event_id, options.on)
        if options.remarks is not None:
            service.write_remarks(book, event_id, options.remarks)
        if options.problem:
            service.remarks_to_problems(book, event_id, options.problem)
        page = service.read_review(book, event_id)
    if options.json:
        answer(review_figures(page))
    else:
        print(" ".join(filter(None, [f"已存盘，满意率{page.share.words}。", page.lateness, page.year.sentence])))
    return 0


def _sheet(options: argparse.Namespace, context: Context, on: date) -> int:
    from partyday_tui.services.forms import asked_for, export_form

    form = "review-ballot" if options.ballot else "review"
    with context.book() as book:
        print(export_form(book, asked_for(book, form, on.isoformat()), options.ballot or options.sheet))
    return 0


def _show(options: argparse.Namespace, page: ReviewPage) -> int:
    if options.json:
        answer(review_figures(page))
        return 0
    mode, review = page.terms.mode, page.review
    print(f"{page.event.on_date} {page.event.title}")
    if review is None or not review.classes:
        print("还没有测评")
        return 0
    for it in review.classes:
        held = it.ballots
        print(f"{VOTER_WORDS[it.voter]}\t发出{held.given}\t收回{held.returned}\t废票{held.void}\t有效{held.valid}")
        for line, counts in it.rows:
            said = "\t".join(f"{word}{number}" for word, number in zip(ANSWERS, counts, strict=True))
            print(f"{line}\t{said}\t{share(counts, mode).words}")
    told = filter(None, [page.lateness, page.year.sentence])
    print(" ".join([f"满意率{page.share.words}，算法：{MODE_WORDS[mode]}", *told]))
    return 0


def _year(options: argparse.Namespace, context: Context, year: int) -> int:
    from partyday_tui.services.review_year import review_year

    with context.book() as book:
        found = review_year(book, year)
    if options.json:
        answer(_year_figures(found))
        return 0
    for line in found.lines:
        said = line.share.words if line.review else "没有测评"
        print(f"{line.event.on_date}\t{line.event.title}\t{said}")
    print(" ".join(filter(None, [f"全年满意率{found.share.words}", found.sentence])))
    return 0


def review_figures(page: ReviewPage) -> dict[str, Any]:
    """A review for scripts: counts as they were counted, rates 0 to 1 (null where nobody voted) and the mode of reckoning."""
    mode, review = page.terms.mode, page.review or Review(page.event.id, page.event.on_date or date.min)
    return {
        "date": page.event.on_date.isoformat() if page.event.on_date else None,
        "reviewed_on": page.review.on.isoformat() if page.review else None,
        "mode": mode,
        "mode_words": MODE_WORDS[mode],
        "rate": page.share.rate,
        "rate_satisfied": review_share(review, "satisfied").rate,
        "is_weak": page.terms.is_weak(review),
        "classes": [
            {
                "voter": it.voter,
                "given": it.ballots.given,
                "returned": it.ballots.returned,
                "void": it.ballots.void,
                "valid": it.ballots.valid,
                "rate": class_share(it, mode).rate,
                "rows": {line: dict(zip(ANSWERS, counts, strict=True)) for line, counts in it.rows},
            }
            for it in review.classes
        ],
        "remarks": review.remarks.splitlines(),
        "problems": [str(it.values["title"]) for it in page.problems],
        "group_note": review.group_note,
        "is_best_case": review.is_best_case,
        "weak_this_year": page.year.weak,
        "told": [it for it in (page.lateness, page.year.sentence) if it],
    }


def _year_figures(found: ReviewYear) -> dict[str, Any]:
    return {
        "year": found.year,
        "mode": found.terms.mode,
        "rate": found.share.rate,
        "weak": found.weak,
        "sentence": found.sentence,
        "events": [
            {
                "date": line.event.on_date.isoformat() if line.event.on_date else None,
                "title": line.event.title,
                "rate": line.share.rate,
                "is_weak": line.is_weak,
                "is_reviewed": line.review is not None,
            }
            for line in found.lines
        ],
    }


def read_pairs(words: list[str]) -> tuple[Ballots, dict[str, str]]:
    """The ballots and the rows of 项=票数."""
    pairs = dict(word.partition("=")[::2] for word in words)
    if wrong := next((word for word in words if "=" not in word), None):
        raise UserMistake(f"「{wrong}」没有看懂，要写成 项=票数；{_HOW}。")
    numbers = {}
    for word, name in _BALLOTS.items():
        text = pairs.pop(word, pairs.pop(name, "0"))
        if not text.isdecimal():
            raise UserMistake(f"「{word}={text}」不是票数，请写成 {word}=40 这样。")
        numbers[name] = int(text)
    return Ballots(**numbers), pairs


def _key(event_id: int, on: date) -> int:
    if not event_id:
        raise UserMistake(f"{on} 的活动还没有排进计划，请先排计划（partyday plan {on.year}）。")
    return event_id


def _day(text: str) -> date:
    try:
        return day(text)
    except argparse.ArgumentTypeError as error:
        raise UserMistake(f"{error}；{_HOW}。") from None
