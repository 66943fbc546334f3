"""Assessing many at once: those who pay a fixed sum by their category on the roster, or everyone as the year before."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from partyday_tui.rules.dues.money import yuan
from partyday_tui.rules.dues.rates import CATEGORY_WORDS
from partyday_tui.services import dues_assess_many as service
from partyday_tui.services.dues_assess import work_out_all
from partyday_tui.ui.dialogs.choose import Choose
from partyday_tui.ui.dialogs.confirm import Confirm
from partyday_tui.ui.dialogs.form import FormDialog
from partyday_tui.ui.screens.dues_assess_form import approval_fields, read_approval
from partyday_tui.ui.screens.dues_forms import month_field, read_month
from partyday_tui.ui.widgets.fields import Field

if TYPE_CHECKING:
    from partyday_tui.rules.month import Month
    from partyday_tui.services.dues_assess import Written
    from partyday_tui.services.dues_assess_many import Waiting
    from partyday_tui.ui.book_screen import BookScreen

_LEFT = "leave"


async def assess_many(screen: BookScreen, year: int) -> str | None:
    """Ask which of the two ways, where both lead somewhere, and go it; returns what was done, None when nothing."""
    waiting = await screen.partyday.call(service.waiting_for, year)
    ways = [
        (key, label, told)
        for key, label, told, there in (
            ("fixed", "定额的一起核定", _fixed_words(waiting), bool(waiting.fixed or waiting.unnamed)),
            ("before", "沿用上年", f"{len(waiting.as_before)}人，按上年的类别和基数重算", bool(waiting.as_before)),
        )
        if there
    ]
    if not ways:
        left = len(waiting.by_income)
        screen.tell(
            f"没有核定的{left}人都要有收入才能核定：按回车逐个核定，或按 F5 从表格导入。" if left else "都核定了。"
        )
        return None
    way: str | None = ways[0][0]
    if len(ways) > 1:
        way = await screen.ask(Choose(f"{year} 年成批核定", ways))
    if way is None:
        return None
    return await (_carry_over(screen, year) if way == "before" else _assess_fixed(screen, year, waiting))


async def _carry_over(screen: BookScreen, year: int) -> str | None:
    values = await screen.ask(
        FormDialog(f"{year} 年沿用上年的类别和基数", approval_fields(screen.partyday.clock.today))
    )
    if values is None:
        return None
    on, by = read_approval(values)
    written = await screen.partyday.call(service.carry_over, year, approved_on=on, approved_by=by)
    return f"已存盘，沿用{len(written)}人。"


async def _assess_fixed(screen: BookScreen, year: int, waiting: Waiting) -> str | None:
    begins = await screen.partyday.call(service.month_to_begin, year)
    values = await screen.ask(FormDialog(f"{year} 年定额的一起核定", _fields(screen, waiting, begins)))
    if values is None:
        return None
    on, by = read_approval(values)
    unnamed_as = values.get("unnamed", _LEFT)
    decisions = await screen.partyday.call(
        service.fixed_decisions,
        year,
        read_month(values["valid_from"]),
        unnamed_as="" if unnamed_as == _LEFT else unnamed_as,
        approved_on=on,
        approved_by=by,
    )
    if not decisions:
        return "没有核定：名册没有写类别的先不核定，别的都核定了。"
    drafted = await screen.partyday.call(work_out_all, year, decisions)
    if not await screen.ask(Confirm(f"核定{len(drafted)}人", _outcome(drafted, waiting), yes="写入", no="不写")):
        return None
    written = await screen.partyday.call(service.assess_fixed, year, decisions)
    return f"已存盘，核定{len(written)}人。"


def _fields(screen: BookScreen, waiting: Waiting, begins: Month) -> list[Field]:
    unnamed = []
    if waiting.unnamed:
        choices = (
            ("farmer", "按农民核定"),
            ("student", "按学生核定"),
            ("unemployed", "按下岗失业核定"),
            ("relief", "按低保抚恤核定"),
            (_LEFT, "先不核定"),
        )
        usual = _LEFT if waiting.fixed else "farmer"
        label = f"没写类别的{len(waiting.unnamed)}人"
        unnamed = [Field("unnamed", label, usual, "choice", choices, hint="名册上没有党费类别；空格换一个")]
    hint = f"以前的月份在纸上收过的，从这个月起；要在这里补记，就写 {begins.year}-01"
    return [
        *unnamed,
        month_field("valid_from", "从哪个月起", begins, required=True, hint=hint),
        *approval_fields(screen.partyday.clock.today),
    ]


def _fixed_words(waiting: Waiting) -> str:
    parts = [f"{CATEGORY_WORDS[category]}{len(rows)}人" for category, rows in waiting.fixed.items()]
    return "，".join([*parts, *([f"名册没有写类别的{len(waiting.unnamed)}人"] if waiting.unnamed else [])])


def _outcome(drafted: list[Written], waiting: Waiting) -> str:
    """Heads and sums of each category, what to look at, and who is left."""
    heads = Counter((each.assessment.category, each.assessment.monthly_fen) for each in drafted)
    starts = Counter(each.assessment.valid_from for each in drafted).most_common()
    later = sum(count for _, count in starts[1:])
    left = len(waiting.by_income) + len(waiting.as_before)
    lines = [
        *(f"{CATEGORY_WORDS[code]} {count}人，每人每月 {yuan(fen)} 元" for (code, fen), count in heads.items()),
        f"从 {starts[0][0]} 起" + (f"；其中{later}人从以后入党、转入的月份起" if later else ""),
        *dict.fromkeys(told for each in drafted for told in each.warnings),
        "农民的本地定额在「设置」里改（农民党员每月党费）" if any(code == "farmer" for code, _ in heads) else "",
        f"另有{left}人要有收入或沿用上年，这次不核定" if left else "",
        f"依据{drafted[0].by_table.notice}{drafted[0].by_table.grounds.article}",
    ]
    return "\n".join(line for line in lines if line)
