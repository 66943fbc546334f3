"""导出表格: from a screen to a printed form on the disk, with no more questions than are open."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from partyday_tui.ui.actions import Action
from partyday_tui.ui.book_screen import BookScreen
from partyday_tui.ui.show import cells

if TYPE_CHECKING:
    from pathlib import Path

    from partyday_tui.rules.events import Event
    from partyday_tui.rules.form_kinds import FormKind, OfMember
    from partyday_tui.rules.leave import Leave
    from partyday_tui.rules.month import Month
    from partyday_tui.services.forms import When

EXPORT = Action(
    "ctrl+e", "导出表格", "把这里的内容写成能打印的 Excel 表格", "export_forms", reading="dcbg daochubiaoge"
)
_YEARS_BACK, _MONTHS_BACK = 10, 24


@dataclass(frozen=True, slots=True)
class Shown:
    """What the screen shows, so that it is not asked for: a year, a month, an event, a slip, a member's year."""

    year: int | None = None
    month: Month | None = None
    event: Event | None = None
    slip: Leave | None = None
    member: OfMember | None = None


async def export_from(screen: BookScreen, room: str, shown: Shown) -> None:
    """Let the user choose among the forms of a room, and write the one."""
    from partyday_tui.services.forms import forms_of
    from partyday_tui.ui.dialogs.choose import Choose

    kinds = forms_of(room)
    chosen: str | None = kinds[0].key
    if len(kinds) > 1:
        chosen = await screen.ask(Choose("导出表格", [(kind.key, kind.title, kind.help) for kind in kinds]))
    kind = next((kind for kind in kinds if kind.key == chosen), None)
    if kind is not None:
        await export_kind(screen, kind, shown)


async def export_kind(screen: BookScreen, kind: FormKind, shown: Shown) -> None:
    """Ask for the period and the variant where they are open, write the form, and say where it is."""
    from partyday_tui.paths import exports_folder
    from partyday_tui.services.forms import Asked, export_form
    from partyday_tui.ui.dialogs.choose import Choose

    when = await _when(screen, kind, shown)
    if when is None and kind.periods:
        return
    variant: str | None = ""
    if kind.variants:
        variant = await screen.ask(Choose(kind.title, [(it.key, it.word, it.help) for it in kind.variants]))
    if variant is None:
        return
    screen.tell(f"正在写{kind.title}")
    path = await screen.partyday.call(export_form, Asked(kind, when, variant), exports_folder())
    await hand_to_browser(screen, path)
    screen.tell(done_words(path, screen.size.width))


async def hand_to_browser(screen: BookScreen, path: Path) -> None:
    """Where the screen is a page, put a file that lies on this computer's disk into the browser's downloads too."""
    if screen.app.is_web:
        # The bytes, since a file that is held open cannot be moved on Windows.
        content = BytesIO(await asyncio.to_thread(path.read_bytes))
        screen.app.deliver_binary(content, save_filename=path.name)


async def _when(screen: BookScreen, kind: FormKind, shown: Shown) -> When:
    """The period of a form: what the screen shows, else what is chosen; None where the user went back or none is needed."""
    if not kind.periods:
        return None
    if "event" in kind.periods:
        return shown.event or await _event(screen, kind)
    if "leave" in kind.periods:
        return shown.slip or await _slip(screen, kind)
    if "member" in kind.periods:
        return shown.member or await _member(screen)
    if "month" in kind.periods and (shown.month is not None or "year" not in kind.periods):
        return shown.month or await _month(screen, kind)
    if shown.year is not None:
        return shown.year
    return await _year(screen, kind)


async def _year(screen: BookScreen, kind: FormKind) -> When:
    today = screen.partyday.clock.today
    years = [today.year, today.year + 1, *range(today.year - 1, today.year - _YEARS_BACK, -1)]
    entries = [(str(year), f"{year}年", "") for year in years]
    if "month" in kind.periods:
        entries.insert(0, ("month", "一个月", "再选是哪个月"))
    chosen = await _chosen(screen, kind, entries)
    if chosen == "month":
        return await _month(screen, kind)
    return int(chosen) if chosen else None


async def _month(screen: BookScreen, kind: FormKind) -> When:
    from partyday_tui.rules.month import Month

    this = Month.of(screen.partyday.clock.today)
    months = [this + -back for back in range(_MONTHS_BACK)]
    chosen = await _chosen(screen, kind, [(str(it), f"{it.year}年{it.month}月", "") for it in months])
    return Month.parse(chosen) if chosen else None


async def _event(screen: BookScreen, kind: FormKind) -> When:
    from partyday_tui.services.roll import events_to_call

    events = {str(it.id): it for it in await screen.partyday.call(events_to_call)}
    if not events:
        screen.tell("还没有活动，请先在年历（F3）按 F5 排计划。", ink="late")
        return None
    chosen = await _chosen(screen, kind, [(key, str(it.on_date), it.title) for key, it in events.items()])
    return events[chosen] if chosen else None


async def _slip(screen: BookScreen, kind: FormKind) -> When:
    from partyday_tui.services.leave import slips_of_year

    slips = {str(it.id): it for it in await screen.partyday.call(slips_of_year, screen.partyday.clock.today.year)}
    if not slips:
        screen.tell("今年还没有请假条，请先在缺席跟进（F9）按 ^R 登记。", ink="late")
        return None
    chosen = await _chosen(screen, kind, [(key, it.name, f"{it.span} {it.reason_class}") for key, it in slips.items()])
    return slips[chosen] if chosen else None


async def _member(screen: BookScreen) -> When:
    from partyday_tui.services.member_year import of_member
    from partyday_tui.services.registers import people_to_choose
    from partyday_tui.ui.dialogs.pick_members import PickMembers

    members = await screen.partyday.call(people_to_choose)
    chosen = await screen.ask(PickMembers("谁的全年情况", members, single=True))
    return await screen.partyday.call(of_member, chosen[0], screen.partyday.clock.today.year) if chosen else None


async def _chosen(screen: BookScreen, kind: FormKind, entries: Sequence[tuple[str, str, str]]) -> str | None:
    from partyday_tui.ui.dialogs.choose import Choose

    return await screen.ask(Choose(kind.title, entries))


def done_words(path: Path, width: int) -> str:
    """Where the form is; its folder by its last name where the whole does not fit."""
    from partyday_tui.paths import short

    for sentence in (f"已写好：{short(path)}", f"已写到「{path.parent.name}」：{path.name}"):
        if cells(sentence) < width:
            return sentence
    return f"已写好：{path.name}"
