"""Which day is it? Asked when the computer's clock is not believed (R18)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from partyday_tui import RELEASED_ON
from partyday_tui.rules.clock_doubt import ClockDoubt, Doubt
from partyday_tui.ui.dialogs.choose_after import ChooseAfter
from partyday_tui.ui.dialogs.form import FormDialog
from partyday_tui.ui.widgets.fields import Field

if TYPE_CHECKING:
    from partyday_tui.ui.app import PartydayApp

NOT_CONFIRMED = "还没有写明今天是哪一天，现在只能看，不能登记；请退出后重新打开，写上今天的日期。"


async def ask_for_the_day(app: PartydayApp, found: ClockDoubt) -> date | None:
    """The day it is, by the clock or by the user; None where the clock cannot be right and no date was typed."""
    clock_day = app.clock.today
    ways = [("typed", "写今天的日期", "写好就能登记")]
    if found.doubt is Doubt.A_LITTLE_BEHIND:
        ways.insert(0, ("newest", f"按 {found.newest} 记", "账本最后一笔的日期"))
        ways.append(("clock", f"就按电脑日期 {clock_day}", "确实要补记更早的日子时用"))
    elif found.doubt is Doubt.AHEAD:
        ways.insert(0, ("clock", f"对，今天就是 {clock_day}", ""))
    else:
        ways.append(("look", "先只看，不登记", "要登记时退出再打开"))
    while True:
        dialog = ChooseAfter("今天是哪一天", _question(found, clock_day), ways).explained_in("day_question")
        answer = await app.push_screen_wait(dialog)
        if answer == "newest":
            return found.newest
        if answer == "typed":
            typed = await _typed(app)
            if typed is not None:
                return typed
        elif answer == "look":
            return None
        elif answer == "clock" or not found.doubt.stops:
            return clock_day


def _question(found: ClockDoubt, clock_day: date) -> str:
    if found.days:
        return f"离最后一笔 {found.newest} 已有 {found.days} 天，今天是 {clock_day} 吗？"
    if found.newest is not None and clock_day < found.newest:
        return f"电脑日期 {clock_day} 早于账本最后一笔 {found.newest}，今天是哪一天？"
    return f"电脑日期 {clock_day} 不可能是今天，今天是哪一天？"


async def _typed(app: PartydayApp) -> date | None:
    """The date as typed, with nothing offered, so that it is meant."""
    field = Field("day", "今天的日期", "", "date", required=True, hint="写成 2026-11-06 这样", check=_mistake_in)
    values = await app.push_screen_wait(FormDialog("今天是哪一天", [field]).explained_in("day_question"))
    return date.fromisoformat(values["day"]) if values else None


def _mistake_in(written: str) -> str | None:
    return None if written >= RELEASED_ON.isoformat() else f"不会早于 {RELEASED_ON}，请写今天的日期"
