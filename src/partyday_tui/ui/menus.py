"""What every screen of the book opens over itself: the menu of the row, the main menu, the help, the palette.

Each is an async action: it runs in a worker of the screen, and what is chosen in it runs there too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from partyday_tui.ui import keys
from partyday_tui.ui.actions import menu_actions

if TYPE_CHECKING:
    from partyday_tui.ui.book_screen import BookScreen


async def of_the_row(screen: BookScreen) -> None:
    """The numbered list of what can be done with the row under the cursor."""
    from partyday_tui.ui.dialogs.choose import Choose

    actions = menu_actions(screen.ACTIONS)
    row = screen.register.cursor_row
    if not actions or row is None:
        return
    title = next((text for text in row.cells if text and not text.isascii()), "这一行")
    choice = await screen.ask(Choose(title, [(str(i), a.label, a.help) for i, a in enumerate(actions)]))
    if choice is not None:
        await screen.run_chosen(actions[int(choice)].run, actions[int(choice)].arg)


async def main(screen: BookScreen) -> None:
    """The books, for keyboards whose F-row is hidden."""
    from partyday_tui.ui.dialogs.choose import Choose

    entries = [(place.where, place.label, place.help) for place in keys.PLACES]
    entries += [
        ("manual", "使用手册", keys.MANUAL_HELP),
        ("lock", "锁屏", "挡住路过的人，不是加密"),
        ("leave", "离开", "存盘已经做好，退出程序"),
    ]
    where = await screen.ask(Choose("总菜单", entries).explained_in("menus"))
    if where == "leave":
        await screen.app.action_quit()
    elif where == "manual":
        await screen.open_manual()
    elif where == "lock":
        from partyday_tui.ui.screens.lock_questions import lock_now

        await lock_now(screen)
    elif where is not None:
        screen.post_message(screen.Go(where))


async def help_with(screen: BookScreen) -> None:
    """What the keys of the screen do, and the chapter of the manual."""
    from partyday_tui.ui.dialogs.help import help_on_screen

    await screen.ask(help_on_screen(screen))


async def palette(screen: BookScreen) -> None:
    """Every command by its name."""
    from partyday_tui.ui.dialogs.palette import Palette, entries_of

    entry = await screen.ask(Palette(entries_of(screen.ACTIONS)).explained_in("menus"))
    if entry is None:
        return
    if entry.where:
        screen.post_message(screen.Go(entry.where))
    else:
        await screen.run_chosen(entry.run, entry.arg)
