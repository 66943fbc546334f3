"""The questions about a floating member who pays at the place they went to: from which month to which, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partyday_tui.rules.dues.practice import AWAY
from partyday_tui.rules.text import clean_line
from partyday_tui.services import dues_away as service
from partyday_tui.ui.dialogs.choose import Choose
from partyday_tui.ui.dialogs.form import FormDialog
from partyday_tui.ui.screens.dues_forms import month_field, read_month
from partyday_tui.ui.widgets.fields import Field

if TYPE_CHECKING:
    from partyday_tui.rules.dues.terms import Away
    from partyday_tui.rules.month import Month
    from partyday_tui.ui.book_screen import BookScreen

_NEW = "new"


async def note_away(screen: BookScreen, member_id: int, name: str, now: Month) -> str | None:
    """Write a stay, change its last month, or take it back; returns what was done, None when nothing."""
    known = {str(each.first): each for each in await screen.partyday.call(service.aways_of, member_id)}
    away = None
    if known:
        entries = [(first, str(each), "") for first, each in known.items()]
        chosen = await screen.ask(Choose(f"{name} 在外地交", [*entries, (_NEW, "另写一段", "")]))
        if chosen is None:
            return None
        away = known.get(chosen)
    values = await screen.ask(FormDialog(f"{name} 在外地交党费", _fields(away, now)))
    if values is None:
        return None
    if away is not None and values["keep"] == "withdraw":
        await screen.partyday.call(service.withdraw_away, member_id, away.first)
        return f"{name}：已撤销，这几个月照常在本支部交。"
    first = read_month(values["first"]) if away is None else away.first
    last = read_month(values["last"]) if values["last"] else None
    told = await screen.partyday.call(
        service.set_away, member_id, first, last, clean_line(values["place"]).text
    )  # fmt: skip
    return f"{name}：{first} {f'至 {last} ' if last else '起'}在外地交，已存盘。{''.join(told)}"


def _fields(away: Away | None, now: Month) -> list[Field]:
    hint = f"{AWAY.sentence}（{AWAY.source}）"
    first = month_field("first", "从哪个月起", now, required=True, hint=hint)
    kept = Field(
        "keep", f"{away.first} 起这一段" if away else "", "keep", "choice", (("keep", "改"), ("withdraw", "撤销"))
    )
    return [
        kept if away else first,
        month_field("last", "到哪个月止", away.last if away else None, hint="回来了再填；还没有回来就空着"),
        Field("place", "在哪里交", away.place if away else "", required=True, hint="党组织的名称，或流动党员活动证"),
    ]
