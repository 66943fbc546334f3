"""``partyday unlock``: the way in for one who forgot the PIN of the screen lock."""

from __future__ import annotations

import argparse
from typing import Any

from partyday_tui.cli.run import Context


def add_commands(commands: Any) -> None:
    """Add the command of this file."""
    unlock = commands.add_parser("unlock", help="忘了锁屏的 PIN 时用：去掉 PIN 和锁，账本不动")
    unlock.set_defaults(run=_unlock)


def _unlock(options: argparse.Namespace, context: Context) -> int:
    from partyday_tui.pin import forget

    if forget():
        print("锁屏和 PIN 已去掉，账本没有改动。台账的窗口还锁着的，请关掉再打开；以后到「设置」里重新定 PIN。")
    else:
        print("这台电脑上没有定过 PIN，不用去掉。")
    return 0
