"""Base figures from a sheet, laid open before anything is written; a name that stands twice is settled by the user."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from partyday_tui.rules.dues.money import yuan
from partyday_tui.rules.dues.rates import CATEGORY_WORDS
from partyday_tui.rules.month import Month
from partyday_tui.rules.text import clean_line
from partyday_tui.services import dues_import as service
from partyday_tui.ui.dialogs.choose import Choose
from partyday_tui.ui.dialogs.form import FormDialog
from partyday_tui.ui.screens.dues_assess_form import approval_fields, read_approval
from partyday_tui.ui.screens.dues_forms import month_field, read_month
from partyday_tui.ui.screens.dues_words import some
from partyday_tui.ui.screens.file_reading import pick_sheet, read_sheet
from partyday_tui.ui.screens.preview import Preview
from partyday_tui.ui.show import wrap
from partyday_tui.ui.widgets.columns import Column, Row
from partyday_tui.ui.widgets.fields import Field

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from partyday_tui.services.dues_assess import Written
    from partyday_tui.services.dues_import import ImportPreview, ImportRow
    from partyday_tui.ui.book_screen import BookScreen

_ENDINGS = (".xlsx", ".xls", ".csv", ".ods", ".et")
_HEADINGS = {
    "refused": "不写入的",
    "unknown": "名册里没有的",
    "ambiguous": "重名没有选定的",
    "changed": "与已有核定不同的",
    "new": "新核定的",
    "unchanged": "没有变的",
}
_LEFT_OUT = "leave"
_WIDTH = 66
"""Cells; a sentence under a row is wrapped for the narrowest screen."""


async def import_bases(screen: BookScreen, year: int) -> str | None:
    """Ask for a file, settle the names, show it, write it; returns what was done, None when nothing."""
    path = await pick_sheet(screen, "选党费核定基础数据", _ENDINGS)
    if path is None:
        return None
    screen.tell("正在读取")
    settled = await _settled(screen, path, year)
    if settled is None:
        screen.tell("没有写入。")
        return None
    found, choices = settled
    decided = await _ask_for_decision(screen, found)
    if decided is None:
        screen.tell("没有写入。")
        return None
    found = await read_sheet(
        screen, service.preview_base_figures, path, year, choices, approved_on=decided.on, valid_from=decided.valid_from
    )
    if not await screen.ask(await _laid_open(screen, found, decided)):
        screen.tell("没有写入。")
        return None
    written = await screen.partyday.call(
        service.import_base_figures, found, approved_on=decided.on, approved_by=decided.by, reason=decided.reason
    )
    return f"已存盘，核定{len(written)}人。"


async def _laid_open(screen: BookScreen, found: ImportPreview, decided: _Decided) -> Preview:
    """Every row and, above them, what the writing would have to say, each sentence once."""
    wanted = found.count("new") + found.count("changed")
    drafted: list[Written] = []
    if wanted:
        drafted = await screen.partyday.call(
            service.draft_base_figures, found, approved_on=decided.on, approved_by=decided.by, reason=decided.reason
        )
    nothing = "" if wanted else "没有要写入的内容，按 Esc 返回。"
    columns = (Column("", 8, ink="quiet"), Column("", 14, ink="strong"), Column("", 8), Column("", 10, align="right"), Column("", 8, align="right", ink="strong"))  # fmt: skip
    warnings = list(dict.fromkeys(warning for each in drafted for warning in each.warnings))
    title = f"核对 {found.file_name}"
    dialog = Preview(title, columns, _parts(found), yes=f"写入{wanted}人", nothing=nothing, problems=warnings)
    dialog.register.set_rows(_with_sentences(dialog.register.rows, len(columns)))
    return dialog


@dataclass(frozen=True, slots=True)
class _Decided:
    """When and by whom; from which month and why those assessed already are corrected."""

    on: date | None = None
    by: str = ""
    valid_from: Month | None = None
    reason: str = ""


async def _ask_for_decision(screen: BookScreen, found: ImportPreview) -> _Decided | None:
    """The approval, asked before the amounts are shown, since the branch's rules of that day decide them; None: went back."""
    corrected = bool(found.count("changed"))
    if not corrected and not found.count("new"):
        return _Decided()
    fields = approval_fields(screen.partyday.clock.today)
    if corrected:
        fields += [
            month_field("valid_from", "更正从哪个月起", found.corrected_from, required=True),
            Field("reason", "更正的原因", required=True),
        ]
    values = await screen.ask(FormDialog("核定日期和核定人", fields))
    if values is None:
        return None
    on, by = read_approval(values)
    if not corrected:
        return _Decided(on, by)
    return _Decided(on, by, read_month(values["valid_from"]), clean_line(values["reason"]).text)


async def _settled(screen: BookScreen, path: Path, year: int) -> tuple[ImportPreview, dict[int, int | None]] | None:
    """The preview with every ambiguous row settled by the user, row by row, and what was chosen."""
    choices: dict[int, int | None] = {}
    while True:
        found = await read_sheet(screen, service.preview_base_figures, path, year, choices)
        row = next((row for row in found.rows if row.state == "ambiguous"), None)
        if row is None:
            return found, choices
        taken = {key for key in choices.values() if key}
        entries = [
            (str(payer.id), payer.name, f"{payer.group} {CATEGORY_WORDS.get(payer.category, '')} {payer.joined_on}入党")
            for payer in row.candidates
            if payer.id not in taken
        ]
        entries.append((_LEFT_OUT, "这一行不导入", ""))
        source = row.source
        title = f"第{source.row}行 {source.name} {source.group} {CATEGORY_WORDS[source.category]} {some(source.base_fen)} 是哪一位"
        chosen = await screen.ask(Choose(title, entries))
        if chosen is None:
            return None
        choices[source.row] = None if chosen == _LEFT_OUT else int(chosen)


def _parts(found: ImportPreview) -> list[tuple[str, list[tuple[str, ...]]]]:
    return [
        (f"{heading}（{found.count(state)}）", [_line(row) for row in found.rows if row.state == state])
        for state, heading in _HEADINGS.items()
    ]


def _with_sentences(rows: Sequence[Row], columns: int) -> list[Row]:
    """The rows with what stands behind their columns put under them in full; a last row lets the cursor come to the end of it."""
    found: list[Row] = []
    for row in rows:
        if row.key is None:
            found.append(row)
            continue
        found.append(Row(row.key, row.cells[:columns]))
        found += [Row(None, (f"      {line}",)) for words in row.cells[columns:] for line in wrap(words, _WIDTH)]
    return [*found, Row("end", ("",))]


def _line(row: ImportRow) -> tuple[str, ...]:
    """The cells of a row and, behind them, every sentence about it."""
    source, assessed = row.source, row.assessed
    return (
        f"第{source.row}行", source.name, CATEGORY_WORDS.get(source.category, ""), some(source.base_fen),
        yuan(assessed.monthly_fen) if assessed else "", *filter(None, (source.problem, *row.doubts)),
    )  # fmt: skip
