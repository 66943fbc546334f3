"""``partyday appraisal``: the yearly appraisal for scripts."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from partyday_tui.cli.parser import day, year
from partyday_tui.cli.run import Context, add_json, answer
from partyday_tui.errors import UserMistake
from partyday_tui.rules.appraisal import ANSWERS, GRADE_WORDS, grade_of, leading, quota, quota_sentence
from partyday_tui.rules.ballots import VOTER_WORDS, voter_class

if TYPE_CHECKING:
    from partyday_tui.services.appraisal import AppraisalPage
    from partyday_tui.store.book import Book

_HOW = (
    "写法：partyday appraisal 年份 [step 个人自评 --on 日期|count 党员 发出=40 收回=40 张三='30 8 1' …"
    "|decide 张三 优秀 --reason 理由|absent 张三 原因|facts 张三]"
)


def add_commands(commands: Any) -> None:
    """Add the commands of this file."""
    appraisal = commands.add_parser("appraisal", help="查看或填写一年的民主评议党员", description=_HOW)
    appraisal.add_argument("year", type=year, metavar="年份")
    appraisal.add_argument("verb", nargs="?", metavar="做什么", help="step、count、decide、absent 或 facts")
    appraisal.add_argument("words", nargs="*", metavar="内容", help="见上面的写法；同名的党员写编号")
    appraisal.add_argument("--on", type=day, metavar="日期", help="这一步的日期，不写就是今天")
    appraisal.add_argument("--person", default="", metavar="姓名", help="这一步的经办人")
    appraisal.add_argument("--note", default="", metavar="备注", help="这一步的备注，或对这名党员的意见")
    appraisal.add_argument("--reason", default="", metavar="理由", help="评定和测评票不同的理由")
    appraisal.add_argument("--sheet", type=Path, metavar="文件夹", help="把结果汇总表写到这个文件夹")
    appraisal.add_argument("--ballot", type=Path, metavar="文件夹", help="把空白测评票写到这个文件夹")
    add_json(appraisal)
    appraisal.set_defaults(run=_appraisal)


def _appraisal(options: argparse.Namespace, context: Context) -> int:
    if options.sheet or options.ballot:
        from partyday_tui.services.forms import asked_for, export_form

        form = "appraisal-ballot" if options.ballot else "appraisal"
        with context.book() as book:
            print(export_form(book, asked_for(book, form, str(options.year)), options.ballot or options.sheet))
        return 0
    if options.verb is None:
        return _show(options, context)
    if options.verb == "facts":
        return _facts(options, context)
    writers = {"step": _step, "count": _count, "decide": _decide, "absent": _absent}
    if options.verb not in writers:
        raise UserMistake(f"没有「{options.verb}」这个做法；{_HOW}。")
    with context.book(writing=True) as book:
        done = writers[options.verb](options, book)
    print(f"{done}，已存盘。")
    return 0


def _step(options: argparse.Namespace, book: Book) -> str:
    from partyday_tui.services.appraisal import write_stage

    (name,) = _words(options, 1)
    on = options.on or book.clock.today
    write_stage(book, options.year, name, on, options.person, options.note)
    return f"{name}{on}"


def _count(options: argparse.Namespace, book: Book) -> str:
    from partyday_tui.cli.review import read_pairs
    from partyday_tui.services.appraisal import write_class
    from partyday_tui.services.registers import members_named

    if not options.words:
        raise UserMistake(f"count 后面还缺少投票人；{_HOW}。")
    voter = voter_class(options.words[0])
    ballots, rows = read_pairs(options.words[1:])
    keys = dict(zip(members_named(book, rows), rows.values(), strict=True))
    page = write_class(book, options.year, voter, ballots, keys)
    rest = f"，还有{page.uncounted}人没有票数" if page.uncounted else ""
    return f"{VOTER_WORDS[voter]}有效票{ballots.valid}张{rest}"


def _decide(options: argparse.Namespace, book: Book) -> str:
    from partyday_tui.services.appraisal import decide, read_appraisal
    from partyday_tui.services.registers import members_named

    name, grade = _words(options, 2)
    decide(book, options.year, members_named(book, [name])[0], grade_of(grade), options.reason, options.note)
    appraisal = read_appraisal(book, options.year).appraisal
    return f"{name}：{GRADE_WORDS[grade_of(grade)]}；{quota_sentence(appraisal.full_members, appraisal.heads('excellent'))}".rstrip(
        "。"
    )


def _absent(options: argparse.Namespace, book: Book) -> str:
    from partyday_tui.services.appraisal import note_absence
    from partyday_tui.services.registers import members_named

    name, reason = _words(options, 2)
    note_absence(book, options.year, members_named(book, [name])[0], reason)
    return f"{name}未参加：{reason}"


def _facts(options: argparse.Namespace, context: Context) -> int:
    from partyday_tui.services.appraisal_facts import read_facts
    from partyday_tui.services.registers import members_named

    (name,) = _words(options, 1)
    with context.book() as book:
        found = read_facts(book, members_named(book, [name])[0], options.year)
    if options.json:
        answer(
            {
                "name": found.member.name,
                "year": found.year,
                "facts": {title: list(lines) for title, lines in found.parts},
            }
        )
    else:
        print(found.text)
    return 0


def _show(options: argparse.Namespace, context: Context) -> int:
    from partyday_tui.services.appraisal import read_appraisal

    with context.book() as book:
        page = read_appraisal(book, options.year)
    if options.json:
        answer(appraisal_figures(page))
        return 0
    appraisal = page.appraisal
    for stage in appraisal.stages:
        print(f"{stage.name}\t{stage.on or '还没有做'}")
    for voter, it in appraisal.classes:
        print(f"{VOTER_WORDS[voter]}\t发出{it.given}\t收回{it.returned}\t废票{it.void}\t有效{it.valid}")
    for line in appraisal.lines:
        counts = "\t".join(f"{word}{number}" for word, number in zip(ANSWERS, line.totals, strict=True))
        grade = GRADE_WORDS.get(line.grade, "未定") if line.is_graded else "不评"
        said = "；".join(filter(None, [line.reason, page.absent.get(line.member_id, "")]))
        print(f"{line.name}\t{counts if line.tallies else ''}\t{grade}\t{said}".rstrip())
    print(quota_sentence(appraisal.full_members, appraisal.heads("excellent")))
    return 0


def appraisal_figures(page: AppraisalPage) -> dict[str, Any]:
    """An appraisal for scripts: counts by class of voters and member, decisions; members in the order of the roster."""
    appraisal = page.appraisal
    return {
        "year": appraisal.year,
        "date": appraisal.on.isoformat() if appraisal.on else None,
        "stages": {it.name: it.on.isoformat() if it.on else None for it in appraisal.stages},
        "standard": list(page.standard),
        "ballots": {
            voter: {"given": it.given, "returned": it.returned, "void": it.void, "valid": it.valid}
            for voter, it in appraisal.classes
        },
        "full_members": appraisal.full_members,
        "quota": quota(appraisal.full_members),
        "heads": {grade: appraisal.heads(grade) for grade in GRADE_WORDS},
        "undecided": appraisal.heads(""),
        "members": [
            {
                "id": line.member_id,
                "name": line.name,
                "kind": line.kind,
                "counts": {voter: dict(zip(ANSWERS, it, strict=True)) for voter, it in line.tallies.items()},
                "leading": list(leading(line.totals)),
                "grade": line.grade or None,
                "reason": line.reason,
                "note": line.note,
                "absent": page.absent.get(line.member_id),
                "attended": page.attended.get(line.member_id),
            }
            for line in appraisal.lines
        ],
    }


def _words(options: argparse.Namespace, number: int) -> list[str]:
    if len(options.words) != number:
        raise UserMistake(f"{options.verb} 后面要写{number}项；{_HOW}。")
    return list(options.words)
