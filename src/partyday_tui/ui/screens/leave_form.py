"""The form of a leave slip, for one event or for a span of days."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from partyday_tui.rules.leave import FORM_WORDS
from partyday_tui.ui.dialogs.form import FormDialog, Values
from partyday_tui.ui.screens.day_field import day_field, read_day
from partyday_tui.ui.widgets.fields import Field

if TYPE_CHECKING:
    from partyday_tui.ui.book_screen import BookScreen


async def ask_for_slip(
    screen: BookScreen, title: str, texts: Mapping[str, str], *, span: bool = False
) -> Values | None:
    """The fields of a slip, filled with ``texts``, with dates in ISO form; with ``span`` also from which day to which.

    A slip that was oral and shows a paper now has its paper. None when the user went back.
    """
    from partyday_tui.services.cases import reason_classes

    today, branch = screen.partyday.clock.today, screen.partyday.branch
    known = await screen.partyday.call(reason_classes)
    filled = {"applied_on": today.isoformat(), "granted_by": branch.secretary if branch else ""} | dict(texts)
    chosen = filled.get("reason_class") or known[0]
    classes = known if chosen in known else (chosen, *known)

    def day(name: str, label: str, hint: str = "", required: bool = False) -> Field:
        field = day_field(name, label, year=today.year, hint=hint, required=required)
        return Field(name, label, filled.get(name, ""), hint=field.hint, required=required, check=field.check)

    dates = [day("first_day", "从哪天", required=True), day("last_day", "到哪天", "只有一天就空着")] if span else []
    fields = [
        *dates,
        Field("reason_class", "事由类别", chosen, "choice", tuple((word, word) for word in classes)),
        Field("reason", "事由", filled.get("reason", ""), hint="怎么回事，一句话，可以不填"),
        Field("form", "方式", filled.get("form", "written"), "choice", tuple(FORM_WORDS.items())),
        day("applied_on", "申请日期", "晚于活动的也照实写，两个日期都留着", required=True),
        Field("granted_by", "批准人", filled.get("granted_by", ""), hint="还没有批就空着"),
        day("granted_on", "批准日期"),
        Field(
            "paper", "书面材料", filled.get("paper", ""), hint="请假条放在哪里，如 2026年假条夹第3张；口头请假以后补"
        ),
    ]
    values = await screen.ask(FormDialog(title, fields))
    if values is None:
        return None
    for name in ("first_day", "last_day", "applied_on", "granted_on"):
        if name in values:
            read = read_day(values[name], today.year)
            values[name] = read.isoformat() if read else ""
    return values
