"""``partyday web``: the same app on a page of this computer's browser, for a bad console."""

from __future__ import annotations

import argparse
import asyncio
import sys
from typing import TYPE_CHECKING, Any

from partyday_tui.errors import UserMistake

if TYPE_CHECKING:
    from partyday_tui.cli.run import Context


def add_commands(commands: Any) -> None:
    """Add ``web``."""
    web = commands.add_parser("web", help="在浏览器里打开，窗口里的线乱、字不好认时用")
    web.add_argument("--no-browser", action="store_true", help="只写出网址，不替你打开浏览器")
    web.set_defaults(run=_web)


def _web(options: argparse.Namespace, context: Context) -> int:
    """Serve one page on the loopback until it is closed."""
    try:
        from partyday_tui.cli.web_server import PageServer
    except ModuleNotFoundError:
        raise UserMistake(
            "浏览器方式还没有装上；请在能上网的时候运行 pip install 'partyday-tui[web]'，再试一次。"
        ) from None
    words = [sys.executable, "-m", "partyday_tui", "--book", str(context.book_path)]
    if context.clock.day is not None:
        words += ["--today", str(context.clock.day)]
    asyncio.run(PageServer(words).serve(lambda address: _tell(address, opening=not options.no_browser)))
    return 0


def _tell(address: str, *, opening: bool) -> None:
    print(f"请用本机的浏览器打开：{address}", flush=True)
    print("网址只有这台电脑、只在这一次能用；关掉那一页，这里就结束。", flush=True)
    if opening:
        _open(address)


def _open(address: str) -> None:
    """Show the page; in a window of Edge without tabs where there is one, since a tab keeps Ctrl+T, Ctrl+N and Ctrl+W to itself."""
    import os
    import webbrowser

    if sys.platform == "win32":
        try:
            os.startfile("msedge.exe", arguments=f"--app={address}")
            return
        except OSError:
            pass
    webbrowser.open(address)
