"""``partyday import plan``."""

import argparse
from typing import Any

from partyday_tui.cli.parser import plain_file
from partyday_tui.cli.run import Context, add_json, answer


def add_plan_import(kinds: Any) -> None:
    """Add ``plan`` to the sub-commands of ``import``."""
    plan = kinds.add_parser("plan", help="导入年度计划表")
    plan.add_argument("file", type=plain_file, metavar="文件", help="计划表（xlsx、xls、ods、csv）")
    plan.add_argument("--dry-run", action="store_true", help="只看会改什么，不写入")
    add_json(plan)
    plan.set_defaults(run=_import_plan)


def _import_plan(options: argparse.Namespace, context: Context) -> int:
    from partyday_tui.services import plan_import as service

    with context.book(writing=not options.dry_run) as book:
        preview = service.preview_plan(book, options.file)
        if not options.dry_run:
            service.write_plan(book, preview)
    counts = {
        "added": preview.count(service.ADDED),
        "changed": preview.count(service.CHANGED),
        "unchanged": preview.count(service.UNCHANGED),
        "refused": preview.refused,
    }
    if options.json:
        problems = [{"row": it.row, "field": it.field, "message": it.message} for it in preview.problems]
        answer({**counts, "problems": problems})
        return 0
    for it in preview.problems:
        print(f"第{it.row}行：{it.message}")
    done = "没有写入（--dry-run）" if options.dry_run else "已存盘"
    print("新增{added}次，更改{changed}次，不变{unchanged}次，没有收下{refused}行".format(**counts) + f"，{done}。")
    return 0
