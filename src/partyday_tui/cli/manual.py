"""``partyday manual``."""

import argparse
from pathlib import Path
from typing import Any

from partyday_tui.cli.parser import Parser
from partyday_tui.cli.run import Context
from partyday_tui.paths import short


def add_commands(commands: Any) -> None:
    """Add the commands of this file."""
    manual: Parser = commands.add_parser("manual", help="把使用手册写成一个能打印的网页文件")
    manual.add_argument("--out", type=Path, required=True, metavar="文件夹", help="写到哪个文件夹")
    manual.set_defaults(run=_manual)


def _manual(options: argparse.Namespace, context: Context) -> int:
    from partyday_tui.services.manual_paper import write_manual

    print(f"使用手册已写好：{short(write_manual(options.out))}")
    return 0
