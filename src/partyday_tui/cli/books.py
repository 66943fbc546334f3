"""``partyday new``; ``partyday demo`` opens a window, so the door takes it before any command."""

import argparse
from typing import Any

from partyday_tui.cli.run import Context
from partyday_tui.paths import short


def add_commands(commands: Any) -> None:
    """Add the commands of this file."""
    new = commands.add_parser("new", help="新建账本")
    new.add_argument("--name", required=True, metavar="名称", help="党支部名称")
    new.add_argument("--preset", required=True, metavar="预设", help="支部类型，如 rural_community")
    new.add_argument("--superior", default="", metavar="名称", help="上级党组织")
    new.add_argument("--secretary", default="", metavar="姓名", help="支部书记")
    new.set_defaults(run=_new)
    commands.add_parser("demo", help="打开示范支部的窗口（临时副本，随便试）")


def _new(options: argparse.Namespace, context: Context) -> int:
    from partyday_tui.rules.text import clean_line, clean_name
    from partyday_tui.services.books import make_book
    from partyday_tui.services.presets import preset_named

    preset_named(options.preset)
    make_book(
        context.book_path,
        context.clock,
        name=clean_line(options.name).text,
        preset=options.preset,
        superior=clean_line(options.superior).text,
        secretary=clean_name(options.secretary).text,
    ).close()
    print(f"已新建账本：{short(context.book_path)}")
    return 0
