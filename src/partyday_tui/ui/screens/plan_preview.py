"""A plan table laid open before it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partyday_tui.ui.screens.preview import Heading, Preview
from partyday_tui.ui.widgets.columns import Column

if TYPE_CHECKING:
    from partyday_tui.services.plan_import import PlanPreview
    from partyday_tui.ui.book_screen import BookScreen


async def ask_about_plan(screen: BookScreen, preview: PlanPreview) -> bool:
    """Show what an import would write; True if it is to be written."""
    from partyday_tui.services.plan_import import ADDED, CHANGED, UNCHANGED

    title = f"核对计划表  新增{preview.count(ADDED)}  更改{preview.count(CHANGED)}  不变{preview.count(UNCHANGED)}"
    if preview.refused:
        title += f"  没有收下{preview.refused}行"
    lines = [
        (f"第{it.row}行", it.what, it.on_date.isoformat() if it.on_date else str(it.month), it.content)
        for it in preview.changes
    ]
    problems = [f"第{it.row}行：{it.message}" for it in preview.problems]
    columns = (Column("", 8, ink="quiet"), Column("", 4), Column("", 10), Column("", ink="strong"))
    parts: list[Heading] = [("各个月份", lines)]
    nothing = "表里没有可以写入的活动，按 Esc 返回。"
    if preview.changes:
        nothing = "表里的内容账本里都有了，不用写入，按 Esc 返回。"
    if any(change.fields for change in preview.changes):
        nothing = ""
    dialog = Preview(title, columns, parts, yes="写入计划", nothing=nothing, problems=problems)
    return await screen.ask(dialog) is True
