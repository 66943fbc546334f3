"""What is asked about the screen lock: after how many minutes, and the PIN before the first use."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from partyday_tui import pin
from partyday_tui.ui.dialogs.choose import Choose
from partyday_tui.ui.dialogs.form import FormDialog
from partyday_tui.ui.dialogs.show_text import ShowText
from partyday_tui.ui.screens.locked import WHAT_IT_IS, way_in
from partyday_tui.ui.widgets.fields import Field

if TYPE_CHECKING:
    from partyday_tui.ui.book_screen import BookScreen

_NOW, _PIN = "now", "pin"


async def set_lock(screen: BookScreen) -> None:
    """Ask when the screen is to lock, and for the PIN where there is none yet; raises PartydayError."""
    kept = pin.screen_pin()
    ways = [(str(each), f"{each} 分钟不按键就锁" if each else "不自动锁", "") for each in pin.MINUTES]
    ways += [(_NOW, "现在就锁", "离开一下时用"), (_PIN, "换 PIN" if kept.is_set else "定 PIN", "4 到 12 位数字")]
    question = Choose("锁屏：挡住路过的人，不是加密", ways, current=str(kept.minutes))
    way = await screen.ask(question.explained_in("locked"))
    if way is None:
        return
    if way == _NOW:
        await lock_now(screen)
        return
    asks_for_pin = way == _PIN or (way != "0" and not kept.is_set)
    if asks_for_pin and not await _choose_pin(screen):
        screen.tell("没有改动。")
        return
    if way != _PIN:
        await asyncio.to_thread(pin.choose_minutes, int(way))
    screen.partyday.lock.watch()
    minutes = pin.screen_pin().minutes
    screen.tell(
        f"已记下，{minutes} 分钟不按键就锁屏。" if minutes else "已记下，不自动锁屏；要锁时在总菜单里选「锁屏」。"
    )


async def lock_now(screen: BookScreen) -> None:
    """Lock at once; without a PIN it is chosen first."""
    if pin.screen_pin().is_set or await _choose_pin(screen):
        screen.partyday.lock.lock()
    else:
        screen.tell("没有锁屏。")


async def _choose_pin(screen: BookScreen) -> bool:
    """Ask for a PIN and say what to do when it is forgotten; False when the user went back."""
    field = Field("pin", "PIN", required=True, check=pin.mistake_in, hint="4 到 12 位数字，记得住的")
    values = await screen.ask(FormDialog("定一个 PIN", [field]).explained_in("locked"))
    if values is None:
        return False
    await asyncio.to_thread(pin.choose_pin, values["pin"])
    told = f"{WHAT_IT_IS}\n\n{way_in()}\n\n输错几次要等一会儿，错多少次都不会删掉任何东西。"
    await screen.ask(ShowText("PIN 已定", told).explained_in("locked"))
    return True
