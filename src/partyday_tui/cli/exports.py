"""``partyday export sign-in``."""

import argparse
from pathlib import Path
from typing import Any

from partyday_tui.cli.parser import Parser, day
from partyday_tui.cli.run import Context


def add_commands(commands: Any) -> None:
    """Add the commands of this file."""
    export = commands.add_parser("export", help="输出表格")
    forms = export.add_subparsers(dest="form", metavar="表格", required=True, parser_class=Parser)
    sign_in = forms.add_parser("sign-in", help="签到表")
    sign_in.add_argument("date", type=day, metavar="日期")
    sign_in.add_argument("--out", type=Path, required=True, metavar="文件夹", help="写到哪个文件夹")
    sign_in.add_argument("--blank", action="store_true", help="空白的，打印出来亲笔签到")
    sign_in.set_defaults(run=_sign_in)


def _sign_in(options: argparse.Namespace, context: Context) -> int:
    from partyday_tui.services import plan
    from partyday_tui.services.sign_in import export_sign_in

    with context.book() as book:
        path = export_sign_in(book, plan.event_or_ruled(book, options.date), options.out, blank=options.blank)
    print(path)
    return 0
