"""The questions at the start about a book that did not pass its check, or is older than what was kept of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from partyday_tui.services.kept_here import Kept
    from partyday_tui.ui.app import PartydayApp

RESTORE = ("restore", "从备份恢复", "插上U盘，选一代完好的备份")
_SHOWN = 8


async def ask_about_damage(app: PartydayApp, found: Sequence[str]) -> None:
    """Say what is wrong, then restore, look on without writing, or leave."""
    from partyday_tui.services.start_check import ONLY_READ
    from partyday_tui.ui.dialogs.choose import Choose
    from partyday_tui.ui.dialogs.show_text import ShowText

    more = f"\n还有 {len(found) - _SHOWN} 处。" if len(found) > _SHOWN else ""
    words = await words_about_kept(app)
    told = "\n\n".join(filter(None, [ONLY_READ, "\n".join(found[:_SHOWN]) + more, words]))
    await app.push_screen_wait(ShowText("账本检查没有通过", told).explained_in("damaged"))
    ways = [
        RESTORE,
        ("look", "只看不改", "查看和导出都可以，什么也写不进去"),
        ("leave", "离开", "退出程序"),
    ]
    answer = await app.push_screen_wait(Choose("账本检查没有通过", ways).explained_in("damaged"))
    if answer == "restore":
        app.go("backups")
    elif answer == "leave":
        app.exit()


async def ask_about_older(app: PartydayApp, kept: Kept) -> None:
    """Say that the book lacks what a backup of it holds; look at the backup, or go on with the book, which is then kept as the newest."""
    from partyday_tui.ui.dialogs.choose_after import ChooseAfter

    said = (
        f"这本账里没有后来的登记：{kept.words}，里面的登记比现在的账本多。"
        "可能是账本文件被换成了旧的，或者断电时硬盘丢了最后几笔。请先看看那一代备份，对照差别再决定。"
    )
    ways = [
        ("restore", "看备份，对照差别", "到「备份」，选最上面的一代"),
        ("go_on", "就用现在这本", "把它备份为最新的一代，以后不再问"),
    ]
    answer = await app.push_screen_wait(ChooseAfter("账本比本机的备份旧", said, ways).explained_in("older"))
    if answer == "restore":
        app.go("backups")
    elif answer == "go_on":
        app.backup.start_daily(even_if_held=True)


async def words_about_kept(app: PartydayApp) -> str:
    """A sentence about the newest generation on this computer; '' where there is none."""
    from partyday_tui.services.kept_here import newest_kept

    key = app.branch.key if app.branch is not None else ""
    kept = await app.run_in_book_thread(newest_kept, app.clock.today, key)
    return f"{kept.words}。" if kept is not None else ""
