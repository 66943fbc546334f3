"""Which day is it? Asked when the computer's clock stands before the newest entry of the book (R18)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from partyday_tui.ui.dialogs.choose import Choose
from partyday_tui.ui.dialogs.form import FormDialog
from partyday_tui.ui.widgets.fields import Field

if TYPE_CHECKING:
    from partyday_tui.ui.app import PartydayApp


async def ask_for_the_day(app: PartydayApp, newest: date) -> date | None:
    """The day the user says it is; None to go by the computer's clock."""
    clock_day = app.clock.today
    answer = await app.push_screen_wait(
        Choose(
            f"电脑日期 {clock_day} 早于账本最后一笔 {newest}，今天是哪一天？",
            [
                ("newest", f"按 {newest} 记", "账本最后一笔的日期"),
                ("typed", "我来写今天的日期", "电脑时钟不准时用"),
                ("clock", f"就按电脑日期 {clock_day}", "确实要补记更早的日子时用"),
            ],
        )
    )
    if answer == "newest":
        return newest
    if answer == "typed":
        fields = [Field("day", "今天的日期", newest.isoformat(), "date", required=True, hint="写成 2026-11-06 这样")]
        values = await app.push_screen_wait(FormDialog("今天是哪一天", fields))
        return date.fromisoformat(values["day"]) if values else newest
    return None
