"""The questions about a candidate: who, the day of a step, the particulars, why it ended."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from partyday_tui.rules.development import CULTIVATION, PROBATION, STEPS
from partyday_tui.rules.text import clean_line, clean_name
from partyday_tui.ui.dialogs.form import FormDialog, Values
from partyday_tui.ui.screens.day_field import day_field, read_day
from partyday_tui.ui.widgets.fields import NO, YES, Field

if TYPE_CHECKING:
    from partyday_tui.services.development import CandidateLine
    from partyday_tui.ui.book_screen import BookScreen

_NEW = "new"


async def ask_for_new_candidate(screen: BookScreen) -> tuple[str, int | None] | None:
    """(name, key of the guest or None) of somebody new under development; None when the user went back."""
    from partyday_tui.services.development import guests_to_develop
    from partyday_tui.ui.dialogs.choose import Choose

    known = await screen.partyday.call(guests_to_develop)
    if known:
        entries = [(_NEW, "另外的人", "写姓名")]
        entries += [(str(guest.id), guest.name, f"{guest.guest_class} {guest.unit}") for guest in known]
        chosen = await screen.ask(Choose("登记哪一位", entries))
        if chosen is None:
            return None
        if chosen != _NEW:
            guest = next(it for it in known if str(it.id) == chosen)
            return guest.name, guest.id
    name = Field("name", "姓名", required=True, check=lambda text: clean_name(text).problem)
    values = await screen.ask(FormDialog("登记申请入党的人", [name]))
    return None if values is None else (values["name"], None)


async def ask_for_date(
    screen: BookScreen, title: str, hint: str, given: date | None = None, note: str = ""
) -> tuple[date, str] | None:
    """(day, note) of something that was done; today unless ``given``. None when the user went back."""
    today = screen.partyday.clock.today
    values = await screen.ask(
        FormDialog(
            title,
            [
                day_field("on", "日期", given or today, year=today.year, hint=hint, required=True),
                Field("note", "说明", note, hint=hint, check=lambda text: clean_line(text).problem),
            ],
        )
    )
    if values is None:
        return None
    day = read_day(values["on"], today.year)
    assert day is not None
    return day, values["note"]


async def ask_for_step(screen: BookScreen, line: CandidateLine, number: int) -> tuple[date, str] | None:
    """(day, note) of a step of a candidate, filled with what is known; None when the user went back."""
    title = f"{line.candidate.name}  {number}. {STEPS[number - 1].title}"
    runs = number in (CULTIVATION, PROBATION)
    hint = "填考察期满的日期；半年一次的考察另按 ^T 记" if runs else "文号、谈话人等，可以不填"
    known, note = line.candidate.done_on(number), (line.row.step_notes or {}).get(number, "")
    return await ask_for_date(screen, title, hint, known, note)


async def ask_why_it_ended(screen: BookScreen, name: str) -> tuple[date, str] | None:
    """(day, reason) of giving the process up; None when the user went back."""
    return await ask_for_date(screen, f"终止发展  {name}", "为什么不再发展")


async def ask_for_particulars(screen: BookScreen, line: CandidateLine) -> Values | None:
    """What the form of a candidate says; None when the user went back."""
    held, row = line.candidate, line.row
    return await screen.ask(
        FormDialog(
            f"发展党员  {held.name}",
            [
                Field("name", "姓名", held.name, required=True, check=lambda text: clean_name(text).problem),
                Field("contacts", "培养联系人", row.contacts, hint="一至两名正式党员"),
                Field(
                    "training_days",
                    "培训天数",
                    _number(held.training_days),
                    "number",
                    hint="集中培训不少于三天，或二十四学时",
                ),
                Field(
                    "training_hours",
                    "培训学时",
                    _number(held.training_hours),
                    "number",
                    hint="集中培训不少于三天，或二十四学时",
                ),
                Field(
                    "extended_months",
                    "延长预备期",
                    _number(held.extended_months),
                    "number",
                    hint="延长几个月（6到12），没有就空着",
                ),
                Field(
                    "special",
                    "延长审批",
                    YES if held.special else NO,
                    "yes_no",
                    hint="上级审批按特殊情况延长到六个月的选是",
                ),
                Field("note", "备注", row.note, check=lambda text: clean_line(text).problem),
            ],
        )
    )


def _number(number: int) -> str:
    return str(number) if number else ""
