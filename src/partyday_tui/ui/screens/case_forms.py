"""The questions of the follow-up: what was done on a visit, and what lesson was given; each is filled in beforehand, so that F5 will do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from partyday_tui.rules.attendance import CONTACT_WAYS, Attendance, Step
from partyday_tui.rules.make_up import Lesson
from partyday_tui.services.cases import Visit
from partyday_tui.ui.dialogs.form import FormDialog, Values
from partyday_tui.ui.screens.day_field import day_field, read_day
from partyday_tui.ui.widgets.fields import NO, YES, Field

if TYPE_CHECKING:
    from partyday_tui.ui.book_screen import BookScreen

_WORDS: dict[str, str] = {
    Step.CONTACT: "联系",
    Step.REASON: "缺席原因",
    Step.BRIEF: "通报活动情况",
}
VISIT = "visit"
_SHORT, _LONG = 40, 200


@dataclass(slots=True)
class Usual:
    """What was said last on this screen, offered again: by whom, and the way of each step."""

    by_whom: str = ""
    way: dict[str, str] = field(default_factory=dict)


async def ask_visit(screen: BookScreen, step: str, cases: Sequence[Attendance], usual: Usual) -> Visit | None:
    """What was done for these absences on one day; ``step`` VISIT asks for everything at once. None when the user went back."""
    from partyday_tui.services.cases import class_choices

    today = screen.partyday.clock.today
    title = f"{_WORDS.get(step, '走访：联系、原因、通报')}  {named(cases)}"
    classes = await screen.partyday.call(class_choices)
    fields = []
    if step in (Step.REASON, VISIT):
        unsaid = (("", "不填"),) if step == VISIT else ()
        hint = "数字直接选；名单里已经有原因的不改" if step == VISIT else ""
        pairs = (*unsaid, *((it, it) for it in classes))
        fields.append(Field("reason_class", "原因类别", pairs[0][0], "choice", pairs, hint))
        fields.append(_line("reason", "原因", "", _LONG, "怎么回事，一句话，可以不填"))
    if step != Step.REASON:
        fields.append(_choice("way", "方式", CONTACT_WAYS, usual.way.get(step, CONTACT_WAYS[0])))
    if step == Step.CONTACT:
        fields.append(Field("reached", "联系上了", YES, "yes_no"))
    fields.append(day_field("on", "日期", today, year=today.year, required=True))
    fields.append(_line("by_whom", "由谁", usual.by_whom or secretary(screen), _SHORT))
    if step != Step.REASON:
        fields.append(_line("note", "备注", "", _LONG))
    values = await screen.ask(FormDialog(title, fields))
    return _visit(values, step, usual, today) if values is not None else None


def _visit(values: Values, step: str, usual: Usual, today: date) -> Visit:
    usual.by_whom = values["by_whom"]
    usual.way[step] = values.get("way", "")
    return Visit(
        read_day(values["on"], today.year) or today,
        values.get("way", ""),
        values["by_whom"],
        values.get("reached", YES) == YES,
        values.get("reason_class", ""),
        values.get("reason", ""),
        values.get("note", ""),
    )


async def ask_lesson(
    screen: BookScreen, title: str, *, content: str = "", lesson: Lesson | None = None, visited: bool | None = None
) -> Values | None:
    """The fields of a make-up lesson, filled with ``lesson`` or with what is usual; on_date comes back in ISO form.

    A new lesson is also asked whether everyone signed (``signed``), and with ``visited`` whether it was the contact and the briefing
    too. None when the user went back.
    """
    from partyday_tui.services.make_up import lesson_forms, texts_of

    today = screen.partyday.clock.today
    known = await screen.partyday.call(lesson_forms)
    new = {"on_date": today.isoformat(), "form": known[0], "led_by": secretary(screen), "content": content}
    texts = texts_of(lesson) if lesson else new
    offered = known if texts["form"] in known else (texts["form"], *known)
    day = day_field("on_date", "日期", date.fromisoformat(texts["on_date"]), year=today.year, required=True)
    fields = [
        _choice("form", "方式", offered, texts["form"]),
        day,
        _line("place", "地点", texts.get("place", ""), _LONG),
        Field("content", "内容", texts["content"], hint="讲了什么，一句话就行"),
        _line("led_by", "主讲人", texts["led_by"], _SHORT),
        _line("archive_no", "归档号", texts.get("archive_no", ""), 80, "归档以后填，如 补课2026-1盒"),
    ]
    if lesson is None:
        fields.append(Field("signed", "本人签字", NO, "yes_no", hint="补课的人都在纸上签了字"))
    if visited is not None:
        hint = "还没有联系和通报的，一起记上"
        fields.append(Field("visited", "联系通报", YES if visited else NO, "yes_no", hint=hint))
    values = await screen.ask(FormDialog(title, fields))
    if values is not None:
        on = read_day(values["on_date"], today.year)
        values["on_date"] = on.isoformat() if on else ""
    return values


def secretary(screen: BookScreen) -> str:
    """Who does it unless somebody else is named."""
    branch = screen.partyday.branch
    return branch.secretary if branch else ""


def named(cases: Sequence[Attendance]) -> str:
    """Whom it is about: up to three names."""
    names = list(dict.fromkeys(it.name for it in cases))
    return "、".join(names) if len(names) < 4 else f"{'、'.join(names[:3])}等{len(names)}人"


def _choice(name: str, label: str, words: Sequence[str], value: str) -> Field:
    return Field(name, label, value, "choice", tuple((it, it) for it in words))


def _line(name: str, label: str, value: str, limit: int, hint: str = "") -> Field:
    def too_long(text: str) -> str | None:
        return f"最多 {limit} 个字，请改短" if len(text) > limit else None

    return Field(name, label, value, hint=hint, check=too_long)
