"""The questions of 放假安排: one day, a notice as it was read, planned dates that have become days off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from partyday_tui.rules.text import NAME_LIMIT, clean_line
from partyday_tui.ui.dialogs.form import FormDialog
from partyday_tui.ui.screens.day_field import day_field, read_day
from partyday_tui.ui.screens.preview import Heading, Preview
from partyday_tui.ui.widgets.columns import Column
from partyday_tui.ui.widgets.fields import NO, YES, Field

if TYPE_CHECKING:
    from partyday_tui.rules.calendar import DayOff
    from partyday_tui.services.holidays import ArrangementPreview
    from partyday_tui.services.moving import Displaced
    from partyday_tui.ui.book_screen import BookScreen

_WEEKDAYS = "一二三四五六日"
_OFF, _WORKED = "off", "worked"


async def ask_for_day(screen: BookScreen, row: DayOff | None, year: int) -> tuple[date, bool, str, bool] | None:
    """(day, whether it is off, name, whether it is statutory) of a new day, or of a known one anew."""
    fields = [
        Field(
            "what", "安排", _WORKED if row and not row.is_off else _OFF, "choice", ((_OFF, "放假"), (_WORKED, "上班"))
        ),
        Field("name", "节日名称", row.name if row else "", hint="如：国庆节；普通休息日空着", check=_too_long),
        Field("statutory", "法定当天", YES if row and row.statutory else NO, "yes_no", hint="调休的日子选否"),
    ]
    if row is None:
        fields.insert(0, day_field("day", "日期", year=year, required=True))
    title = f"{row.day} 周{_WEEKDAYS[row.day.weekday()]}" if row else "手工写一天"
    values = await screen.ask(FormDialog(title, fields))
    if values is None:
        return None
    day = row.day if row else read_day(values["day"], year)
    assert day is not None
    return day, values["what"] == _OFF, values["name"], values["statutory"] == YES


async def ask_about_arrangement(screen: BookScreen, preview: ArrangementPreview) -> bool:
    """Show the days that were read and every doubt; True if they are to be written."""
    days = [
        (
            row.day.isoformat(),
            f"周{_WEEKDAYS[row.day.weekday()]}",
            "放假" if row.is_off else "上班",
            what,
            row.name + ("（法定当天）" if row.statutory else ""),
        )
        for row, what in preview.days
    ]
    parts: list[Heading] = [("读出的日子", days)]
    columns = (
        Column("", 10),
        Column("", 4, ink="quiet"),
        Column("", 4, inks={"上班": "late"}),
        Column("", 4, inks={"新增": "strong", "更改": "late", "取消": "late"}),
        Column(""),
    )
    title = f"核对{preview.year}年放假安排" if preview.year else "没有读出放假安排"
    nothing = "" if preview.year and preview.days else "没有可以写入的日子，按 Esc 返回，核对后再粘贴。"
    dialog = Preview(title, columns, parts, yes="写入", nothing=nothing, problems=preview.problems)
    return await screen.ask(dialog) is True


async def ask_about_displaced(screen: BookScreen, found: Sequence[Displaced]) -> bool:
    """Show planned dates that have become days off and where they would go; True if they are to be moved."""
    lines = []
    for it in found:
        assert it.event.on_date is not None
        target = it.landing.day
        to = f"{target} 周{_WEEKDAYS[target.weekday()]}" if target else "请选定"
        lines.append((it.event.on_date.isoformat(), to, it.landing.reason))
    parts: list[Heading] = [("这些活动碰上放假", lines)]
    columns = (Column("", 10, ink="late"), Column("", 15, ink="strong"), Column("", ink="quiet"))
    nothing = "" if any(it.landing.day for it in found) else "按规则要由支部另定，请按 Esc，在年历里改期。"
    return await screen.ask(Preview("调整计划日期", columns, parts, yes="按规则调整", nothing=nothing)) is True


def _too_long(text: str) -> str | None:
    return f"最多 {NAME_LIMIT} 个字，请改短" if len(clean_line(text).text) > NAME_LIMIT else None
