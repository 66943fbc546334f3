"""``partyday members`` and ``partyday import roster``."""

import argparse
from typing import Any

from partyday_tui.cli.parser import day, plain_file
from partyday_tui.cli.run import Context, add_json, answer
from partyday_tui.rules.identity import mask_identity, mask_phone
from partyday_tui.rules.people import KIND_WORDS, Member


def add_commands(commands: Any) -> None:
    """Add ``members``."""
    members = commands.add_parser("members", help="列出党员")
    members.add_argument("--on", type=day, metavar="日期", help="那一天的党员，不写就是今天")
    members.add_argument("--all", action="store_true", help="连已经离开的一起列出")
    add_json(members)
    members.set_defaults(run=_members)


def add_roster_import(kinds: Any) -> None:
    """Add ``import roster``."""
    roster = kinds.add_parser("roster", help="导入党员名册")
    roster.add_argument("file", type=plain_file, metavar="文件")
    roster.add_argument("--sheet", metavar="工作表", help="用哪一张工作表")
    roster.add_argument("--dry-run", action="store_true", help="只看会怎样，不写入")
    add_json(roster)
    roster.set_defaults(run=_import)


def _members(options: argparse.Namespace, context: Context) -> int:
    from partyday_tui.services.roster import read_roster

    with context.book() as book:
        on = options.on or book.clock.today
        lines = read_roster(book, on)
    shown = [line for line in lines if line.belongs or options.all]
    if options.json:
        answer([_figures(line.member, line.belongs) for line in shown])
        return 0
    for line in shown:
        member = line.member
        print(f"{member.name}\t{member.group}\t{KIND_WORDS[member.kind]}\t{'、'.join(member.tags)}")
    print(f"共{len(shown)}人")
    return 0


def _figures(member: Member, belongs: bool) -> dict[str, Any]:
    """One member for scripts; numbers that identify a person are masked as on the screen."""
    return {
        "id": member.id,
        "name": member.name,
        "reading": member.reading,
        "group": member.group,
        "kind": member.kind,
        "sex": member.sex,
        "ethnicity": member.ethnicity,
        "born_on": member.born_on or None,
        "education": member.education,
        "identity": mask_identity(member.identity),
        "joined_on": member.joined_on or None,
        "confirmed_on": member.confirmed_on or None,
        "post": member.post,
        "job": member.job,
        "dues_category": member.dues_category,
        "phone": mask_phone(member.phone),
        "landline": mask_phone(member.landline),
        "address": member.address,
        "tags": list(member.tags),
        "floating": member.floating,
        "destination": member.destination,
        "infirm": member.infirm,
        "hardship": member.hardship,
        "leading_cadre": member.leading_cadre,
        "lost_contact": member.lost_contact,
        "lost_since": member.lost_since or None,
        "note": member.note,
        "belongs": belongs,
    }


def _import(options: argparse.Namespace, context: Context) -> int:
    from partyday_tui.services.roster_import import commit, preview

    with context.book(writing=not options.dry_run) as book:
        found = preview(book, options.file, sheet=options.sheet)
        if not options.dry_run:
            commit(book, found)
    problems = [{"row": it.row, "field": it.field, "message": it.message} for it in found.problems]
    if options.json:
        answer(found.figures | {"problems": problems})
        return 0
    for it in found.problems:
        print(f"第{it.row}行：{it.message}" if it.row else it.message)
    words = zip(("新增", "变动", "不变", "拒收"), found.figures.values(), strict=True)
    print(
        "，".join(f"{word}{number}人" for word, number in words)
        + ("（只是预览，没有写入）。" if options.dry_run else "。")
    )
    return 0
