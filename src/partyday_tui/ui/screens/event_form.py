"""The form of one event: what it counts as, when, what, where, by whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from partyday_tui.errors import UserMistake
from partyday_tui.rules.event_fields import FIELD_WORDS, FORMS, clean_fields
from partyday_tui.rules.events import KIND_WORDS, Event
from partyday_tui.rules.month import Month
from partyday_tui.ui.dialogs.form import FormDialog, Values
from partyday_tui.ui.screens.day_field import day_field, read_day
from partyday_tui.ui.widgets.fields import NO, YES, Field

if TYPE_CHECKING:
    from partyday_tui.ui.book_screen import BookScreen

_ALSO = ("branch_meeting", "lesson", "organization_life")
_TEXTS = ("theme", "form", "content", "place", "in_charge", "starts_at", "ends_at", "note")
_HINTS = {
    "theme": "一句话的主题，如：党史专题学习",
    "form": "如：" + "、".join(FORMS[:4]),
    "content": "学什么、做什么",
    "place": "如：村党群服务中心",
    "in_charge": "谁负责组织",
    "starts_at": "如 09:30",
    "ends_at": "如 11:30",
}


@dataclass(frozen=True, slots=True)
class EventAnswer:
    """What the form says; ``on_date`` is None where it was left open or was not asked for."""

    on_date: date | None
    kinds: frozenset[str]
    texts: dict[str, str]


async def ask_for_event(
    screen: BookScreen, month: Month, event: Event | None = None, *, kind: str = "party_day"
) -> EventAnswer | None:
    """Ask for a new event of a month, or for a known one anew; the date of a ruled event is not asked for here.

    ``kind`` is what a new event is at first.
    """
    asks_date = event is None or not (event.rule and event.on_date)
    title = f"加活动  {month.year}年{month.month}月" if event is None else f"{month.month}月  {event.kind_words}"
    fields = _fields(month, event, _main_kind(event) if event else kind, asks_date)
    values = await screen.ask(FormDialog(title, fields, check=_check))
    if values is None:
        return None
    kinds = _kinds(values, event)
    texts = {name: values[name] for name in _TEXTS}
    return EventAnswer(read_day(values["on_date"], month.year) if asks_date else None, kinds, texts)


def _fields(month: Month, event: Event | None, main: str, asks_date: bool) -> list[Field]:
    hint = f"不定日期就空着，先排在{month.month}月"
    fields = [Field("kind", "类别", main, "choice", tuple(KIND_WORDS.items()))]
    if asks_date:
        fields.append(day_field("on_date", "日期", event.on_date if event else None, year=month.year, hint=hint))
    for name in _TEXTS:
        value = getattr(event, name) if event else ""
        fields.append(Field(name, FIELD_WORDS[name], value, hint=_HINTS.get(name, "")))
    held = event.kinds if event else frozenset()
    for kind in _ALSO:
        also = YES if kind in held and kind != main else NO
        fields.append(Field(kind, f"兼{KIND_WORDS[kind]}", also, "yes_no", hint="和这次活动一起开的，选是（空格）"))
    return fields


def _main_kind(event: Event | None) -> str:
    """The first of an event's kinds in their usual order."""
    return next((kind for kind in KIND_WORDS if event and kind in event.kinds), "party_day")


def _kinds(values: Values, event: Event | None) -> frozenset[str]:
    """The chosen kinds; a kind that the form does not ask about is kept."""
    chosen = {values["kind"]} | {kind for kind in _ALSO if values[kind] == YES}
    kept = (event.kinds - {_main_kind(event)} - set(_ALSO)) if event else frozenset()
    return frozenset(chosen | kept)


def _check(values: Values) -> tuple[str, str] | None:
    for name in _TEXTS:
        try:
            clean_fields({name: values[name]})
        except UserMistake as mistake:
            return name, mistake.sentence
    try:
        clean_fields({name: values[name] for name in ("starts_at", "ends_at")})
    except UserMistake as mistake:
        return "ends_at", mistake.sentence
    return None
