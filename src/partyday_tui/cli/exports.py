"""``partyday forms`` and ``partyday export``."""

import argparse
from pathlib import Path
from typing import Any

from partyday_tui.cli.parser import Parser
from partyday_tui.cli.run import Context, add_json, answer

_WHEN = "年份如 2026、月份如 2026-11、活动的日期如 2026-11-06 或编号、请假条的编号、党员姓名（后面可以再写年份）；按年按月的不写就是今年、本月"


def add_commands(commands: Any) -> None:
    """Add the commands of this file."""
    forms = commands.add_parser("forms", help="列出能打印的全部表格")
    add_json(forms)
    forms.add_argument(
        "--layout", action="store_true", help="在账本旁边写一个样式文件，用来改标题和栏目，并说出它在哪里"
    )
    forms.set_defaults(run=_forms)
    export: Parser = commands.add_parser("export", help="输出一张表格")
    export.add_argument("form", metavar="表格", help="表格的名称，见 partyday forms，如 sign-in 或 签到表")
    export.add_argument("period", nargs="*", metavar="年月日", help=_WHEN)
    export.add_argument("--out", type=Path, required=True, metavar="文件夹", help="写到哪个文件夹")
    export.add_argument("--variant", default="", metavar="哪一种", help="如 blank、masked、full，见 partyday forms")
    for name, words in (("blank", "空白的，打印出来填"), ("masked", "遮住号码的花名册"), ("full", "完整的花名册")):
        export.add_argument(f"--{name}", dest="variant", action="store_const", const=name, help=words)
    export.set_defaults(run=_export)


def _forms(options: argparse.Namespace, context: Context) -> int:
    from partyday_tui.rules.form_kinds import FORMS

    if options.layout:
        from partyday_tui.services.forms import write_layout_sample

        with context.book() as book:
            print(write_layout_sample(book))
        return 0
    if options.json:
        answer(
            [
                {
                    "key": kind.key,
                    "title": kind.title,
                    "periods": list(kind.periods),
                    "rooms": list(kind.rooms),
                    "variants": [it.key for it in kind.variants],
                    "variant_is_asked": kind.variant_is_asked,
                    "help": kind.help,
                }
                for kind in FORMS
            ]
        )
        return 0
    for kind in FORMS:
        variants = "、".join(f"{it.key} {it.word}" for it in kind.variants)
        print(f"{kind.key}\t{kind.title}\t{kind.period_words}\t{kind.help}{f'（{variants}）' if variants else ''}")
    return 0


def _export(options: argparse.Namespace, context: Context) -> int:
    from partyday_tui.services.forms import asked_for, export_form

    with context.book() as book:
        print(export_form(book, asked_for(book, options.form, " ".join(options.period), options.variant), options.out))
    return 0
