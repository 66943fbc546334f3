"""One line of the year as the screen says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from partyday_tui.services.plan import PlanLine

_WEEKDAYS = "一二三四五六日"


def year_cells(line: PlanLine) -> tuple[str, ...]:
    """Month, day, theme and content, form, state, and why the day is what it is."""
    event = line.event
    day = event.on_date
    when = f"{day:%m-%d} 周{_WEEKDAYS[day.weekday()]}" if day else "未定"
    if day and event.moved_from:
        when += " 顺延" if day > event.moved_from else " 提前"
    title = event.theme or event.content
    if event.kinds != {"party_day"}:
        title = f"{event.kind_words}  {title}".rstrip()
    return f"{int(event.month[5:])}月", when, title or "主题未定", event.form, line.state, line.reason


def year_words(line: PlanLine) -> str:
    """Why the date is what it is: the rule, where it was moved from and why, the request, the place."""
    from partyday_tui.rules.events import DUTY_WORDS, REQUEST_STATES

    event, request = line.event, line.request
    parts = [event.rule]
    if event.moved_from:
        parts.append(f"原定{event.moved_from:%m-%d}")
    parts.append(line.reason)
    if request is not None and request.duty != "none":
        parts.append(f"{DUTY_WORDS[request.duty]}{REQUEST_STATES[request.state]}")
    parts += [event.place and f"地点{event.place}", event.in_charge and f"负责{event.in_charge}"]
    return "  ".join(filter(None, parts))
