"""Moving a date, and the request or report that goes with it: the questions, and the warnings with the rule's sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partyday_tui.rules.events import DUTY_WORDS, REQUEST_STATES, ChangeRequest, Event
from partyday_tui.services import moving
from partyday_tui.ui.dialogs.choose import Choose
from partyday_tui.ui.dialogs.confirm import Confirm
from partyday_tui.ui.dialogs.form import FormDialog
from partyday_tui.ui.screens.day_field import day_field, read_day
from partyday_tui.ui.widgets.fields import Field

if TYPE_CHECKING:
    from partyday_tui.ui.book_screen import BookScreen

_REPLIES = (("", "未答复"), ("approved", "同意"), ("refused", "不同意"))


async def move(screen: BookScreen, event: Event) -> bool:
    """Ask for the new date and the reason, show what speaks against it, write it; False when the user went back."""
    duty = await screen.partyday.call(moving.move_duty, event)
    values = await screen.ask(FormDialog(f"改期  {_name(event)}", _fields(duty, _year(event))))
    if values is None:
        return False
    year = _year(event)
    to, requested_on = read_day(values["to"], year), read_day(values.get("requested_on", ""), year)
    assert to is not None
    warnings = await screen.partyday.call(moving.move_warnings, event, to)
    about = [*warnings, _duty_words(duty), *([duty.restraint + "。"] if duty.restraint else [])]
    sentence = "\n".join([*filter(None, about), f"今年已变更{duty.changes}次。改到 {to} 吗？"])
    if not await screen.ask(Confirm("改期", sentence, yes="改期")):
        return False
    number = values.get("document_no", "")
    screen.tell("正在存盘")
    await screen.partyday.call(
        moving.move_event, event.id, to, values["reason"], requested_on=requested_on, document_no=number
    )
    paper = f"，{DUTY_WORDS[duty.duty]}{'已送出' if requested_on else '还没有送出'}" if duty.duty != "none" else ""
    screen.tell(f"已存盘，改到 {to}{paper}。今年变更{duty.changes + 1}次。")
    return True


async def settle(screen: BookScreen, event: Event, advice: str) -> bool:
    """Ask for the date of an event that no rule has dated, warn, write it; False when the user went back."""
    from partyday_tui.services.events import set_date

    hint = advice or f"写在{int(event.month[5:])}月里的一天"
    values = await screen.ask(
        FormDialog(
            f"定日期  {_name(event)}",
            [day_field("to", "日期", event.on_date, year=_year(event), hint=hint, required=True)],
        )
    )
    to = read_day(values["to"], _year(event)) if values else None
    if to is None or to == event.on_date:
        return False
    warnings = await screen.partyday.call(moving.move_warnings, event, to)
    if warnings and not await screen.ask(Confirm("定日期", "\n".join([*warnings, f"定在 {to} 吗？"]), yes="定下")):
        return False
    await screen.partyday.call(set_date, event.id, to)
    screen.tell(f"已存盘，定在 {to}。")
    return True


async def follow_requests(screen: BookScreen, event: Event) -> bool:
    """Enter how far a request of an event has come; True if anything was written."""
    request, year = await _choose_request(screen, event), _year(event)
    if request is None:
        return False
    values = await screen.ask(
        FormDialog(f"{DUTY_WORDS[request.duty]}  {_way(request)}", _request_fields(request, year))
    )
    if values is None:
        return False
    reply = values.get("reply", "")
    await screen.partyday.call(
        moving.write_request,
        request.id,
        requested_on=read_day(values["requested_on"], year),
        document_no=values["document_no"],
        replied_on=read_day(values.get("replied_on", ""), year),
        approver=values.get("approver", ""),
        approved=None if not reply else reply == "approved",
    )
    screen.tell("已存盘。")
    if reply == "refused" and request.from_date and event.on_date == request.to_date:
        question = f"上级没有同意，把日期改回 {request.from_date} 吗？"
        if await screen.ask(Confirm("未同意", question, yes="改回")):
            await screen.partyday.call(moving.move_back, request.id)
            screen.tell(f"已存盘，日期改回 {request.from_date}。")
    return True


def _fields(duty: moving.MoveDuty, year: int) -> list[Field]:
    word = DUTY_WORDS[duty.duty]
    fields = [
        day_field("to", "新日期", year=year, required=True),
        Field("reason", "原因", required=True, hint="为什么改，如：与镇里的会议冲突"),
    ]
    if duty.duty != "none":
        fields.append(day_field("requested_on", f"{word}日期", year=year, hint=f"书面{word}哪天送出的，还没有送就空着"))
        fields.append(Field("document_no", "文号", hint="没有就空着"))
    return fields


def _request_fields(request: ChangeRequest, year: int) -> list[Field]:
    word = DUTY_WORDS[request.duty]
    fields = [
        day_field(
            "requested_on", f"{word}日期" if request.duty != "none" else "送出日期", request.requested_on, year=year
        ),
        Field("document_no", "文号", request.document_no),
    ]
    if request.duty == "consent":
        reply = request.state if request.state in ("approved", "refused") else ""
        fields += [
            Field("reply", "上级答复", reply, "choice", _REPLIES),
            day_field("replied_on", "答复日期", request.replied_on, year=year),
            Field("approver", "批复人", request.approver, hint="哪一级党组织或哪位领导答复的"),
        ]
    return fields


async def _choose_request(screen: BookScreen, event: Event) -> ChangeRequest | None:
    found = await screen.partyday.call(moving.requests_of, event.id)
    if not found:
        screen.tell("这次活动没有改过期，没有请示或报备。要改期按 ^T。")
        return None
    if len(found) == 1:
        return found[0]
    entries = [(str(it.id), _way(it), f"{REQUEST_STATES[it.state]}  {it.reason}") for it in found]
    chosen = await screen.ask(Choose("哪一次变更", entries))
    return next((it for it in found if str(it.id) == chosen), None)


def _duty_words(duty: moving.MoveDuty) -> str:
    if duty.duty == "none":
        return duty.sentence
    return f"改期要{DUTY_WORDS[duty.duty]}：{duty.sentence}。"


def _way(request: ChangeRequest) -> str:
    return f"{request.from_date or '未定'} 改到 {request.to_date}"


def _name(event: Event) -> str:
    return f"{event.on_date or event.month} {event.kind_words}"


def _year(event: Event) -> int:
    """The year that a day written without one is of."""
    return int(event.month[:4])
