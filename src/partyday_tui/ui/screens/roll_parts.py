"""The questions of the roll: a reason, a slip, a guest, the sheet, the end of the roll."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from partyday_tui.rules.attendance import turn
from partyday_tui.rules.roll import RollEntry, opening_line
from partyday_tui.services.roll import Mark

if TYPE_CHECKING:
    from partyday_tui.rules.events import Event
    from partyday_tui.rules.people import Guest
    from partyday_tui.ui.book_screen import BookScreen
    from partyday_tui.ui.screens.called_roll import CalledRoll


async def ask_reason(screen: BookScreen, name: str, mark: Mark) -> Mark | None:
    """The mark with another reason of a leave or an absence; None when the user went back."""
    from partyday_tui.rules.text import LINE_LIMIT, clean_line
    from partyday_tui.ui.dialogs.form import FormDialog
    from partyday_tui.ui.widgets.fields import Field

    def too_long(text: str) -> str | None:
        return f"最多 {LINE_LIMIT} 个字，请改短" if len(clean_line(text).text) > LINE_LIMIT else None

    values = await screen.ask(FormDialog(f"{name} 的事由", [Field("reason", "事由", mark.reason, check=too_long)]))
    if values is None:
        return None
    return Mark(mark.member_id, mark.status, clean_line(values["reason"]).text, mark.marked_at)


async def write_slip(screen: BookScreen, event: Event, entry: RollEntry) -> bool:
    """Write a leave slip of a member for this event; it proposes 请假 and marks nothing. False when the user went back."""
    from partyday_tui.services.leave import enter_slip
    from partyday_tui.ui.screens.leave_form import ask_for_slip

    texts = await ask_for_slip(screen, f"请假条  {entry.name}  {event.on_date or ''}", {"reason": entry.reason})
    if texts is None:
        return False
    _, told = await screen.partyday.call(enter_slip, entry.member_id, event.id, texts)
    screen.tell("，".join(["请假条已存盘", *told]) + "。")
    return True


async def seat_guest(screen: BookScreen, event: Event) -> Guest | None:
    """Ask for a guest, known or new, and seat them; None when the user went back."""
    from partyday_tui.services import roll as service
    from partyday_tui.ui.screens.guest_form import ask_for_guest

    guest = await ask_for_guest(screen)
    if guest is not None:
        await screen.settle()
        await screen.partyday.call(service.seat_guest, event, guest)
    return guest


async def unseat_guest(screen: BookScreen, roll: CalledRoll, key: object) -> Guest | None:
    """Take the guest of the row ``key`` off the event; None where that row is no guest."""
    from partyday_tui.services import roll as service

    guest = next((guest for guest in roll.guests if f"guest {guest.id}" == key), None)
    if guest is None:
        screen.tell("这一行不是列席人员；要清除点名按 0。")
        return None
    await screen.partyday.call(service.unseat_guest, roll.event, guest)
    return guest


async def show_history(screen: BookScreen, event: Event, entry: RollEntry) -> None:
    """Who changed a mark, and when."""
    from partyday_tui.services.roll import mark_history
    from partyday_tui.ui.screens import history

    await history.show_history(screen, entry.name, await screen.partyday.call(mark_history, event, entry.member_id))


async def show_report(screen: BookScreen, roll: CalledRoll) -> None:
    """The line that is read out to the meeting (PRO-04)."""
    from partyday_tui.ui.dialogs.show_text import ShowText

    await screen.ask(ShowText("通报到会情况", opening_line(roll.counts, len(roll.guests))))


async def ask_relay(screen: BookScreen) -> str | None:
    """A 接龙 text; None when the user went back."""
    from partyday_tui.ui.dialogs.paste_text import PasteText

    return await screen.ask(PasteText("粘贴接龙", "把微信群接龙粘贴在这里，下一步核对，核对前什么也不记。"))


async def warn(screen: BookScreen, event: Event) -> None:
    """Say that the roster has moved since the first mark, or that the event's day is still to come."""
    from partyday_tui.services.roll import roster_drift

    many, few = await screen.partyday.call(roster_drift, event)
    if many or few:
        screen.tell(f"名册变动过：应到名单多{many}人、少{few}人，按 ^R 更新名单。", ink="late")
    elif event.on_date and event.on_date > screen.partyday.clock.today:
        screen.tell(f"这次活动在 {event.on_date}，还没有到日子。")


async def ask_event(screen: BookScreen, now: Event | None) -> int | None:
    """The key of another event to call the roll of; None when the user went back."""
    from partyday_tui.rules.events import state_word
    from partyday_tui.services.roll import events_to_call
    from partyday_tui.ui.dialogs.choose import Choose

    today = screen.partyday.clock.today
    events = await screen.partyday.call(events_to_call)
    entries = [(str(e.id), f"{e.on_date}  {e.kind_words}  {e.title}", state_word(e, today)) for e in events]
    if not entries:
        screen.tell("还没有定了日期的活动，按 F3 到年历排计划。")
        return None
    chosen = await screen.ask(Choose("给哪一次活动点名", entries, current=str(now.id) if now else None))
    return int(chosen) if chosen is not None else None


async def end_roll(screen: BookScreen, roll: CalledRoll) -> str | None:
    """Ask how to end the roll, or what to do with one that is ended; returns ``cases``, ``closed``, ``open``, None for nothing.

    The answer is on the disk when this returns.
    """
    from partyday_tui.services.roll_close import close_roll, reopen_roll
    from partyday_tui.ui.dialogs.choose import Choose

    event, counts = roll.event, roll.counts
    follow = f"没有到会的{counts.leave + counts.absent}人"
    if roll.closed_at:
        ways = [
            ("cases", "去跟进缺席", follow),
            ("reopen", "重新打开", "还要点名时用；写过的跟进都留着"),
        ]
        way = await screen.ask(Choose("点名已经结束", ways))
        if way == "reopen":
            await screen.partyday.call(reopen_roll, event)
            screen.tell("点名重新打开了，缺席跟进已撤回，写过的都留着。")
            return "open"
        return way
    left = f"，未点的{counts.unmarked}人仍是未点" if counts.unmarked else ""
    ways = [
        ("cases", "结束，去跟进缺席", follow + left),
        ("end", "结束，留在这里", f"没有到会的列入缺席跟进{left}"),
    ]
    way = await screen.ask(Choose("结束点名", ways))
    if way is None:
        return None
    closing = await screen.partyday.call(close_roll, event)
    screen.tell(closing.sentence)
    return "cases" if way == "cases" and closing.cases else "closed"


def turns_in_words(pairs: Sequence[tuple[RollEntry, RollEntry]]) -> str:
    """What corrected marks do to the cases of a closed roll, '' where nothing."""
    names: dict[str, list[str]] = {"opened": [], "withdrawn": []}
    for before, after in pairs:
        if way := turn(before.status, after.status):
            names[way].append(before.name)
    parts = []
    if opened := names["opened"]:
        parts.append(f"列入缺席跟进：{_listed(opened)}")
    if withdrawn := names["withdrawn"]:
        parts.append(f"撤回缺席跟进：{_listed(withdrawn)}，写过的都留着")
    return "点名已结束，更正后" + "；".join(parts) + "。" if parts else ""


def _listed(names: list[str]) -> str:
    return "、".join(names[:3]) + (f"等{len(names)}人" if len(names) > 3 else "")
