"""The question what to do with a book that did not pass the check at the start."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from partyday_tui.ui.app import PartydayApp

_SHOWN = 8


async def ask_about_damage(app: PartydayApp, found: Sequence[str]) -> None:
    """Say what is wrong, then restore, look on without writing, or leave."""
    from partyday_tui.services.start_check import ONLY_READ
    from partyday_tui.ui.dialogs.choose import Choose
    from partyday_tui.ui.dialogs.show_text import ShowText

    more = f"\n还有 {len(found) - _SHOWN} 处。" if len(found) > _SHOWN else ""
    await app.push_screen_wait(ShowText("账本检查没有通过", ONLY_READ + "\n\n" + "\n".join(found[:_SHOWN]) + more))
    ways = [
        ("restore", "从备份恢复", "插上U盘，选一代完好的备份"),
        ("look", "只看不改", "查看和导出都可以，什么也写不进去"),
        ("leave", "离开", "退出程序"),
    ]
    answer = await app.push_screen_wait(Choose("账本检查没有通过", ways))
    if answer == "restore":
        app.go("backups")
    elif answer == "leave":
        app.exit()
