"""A roster file laid open: what would be added, changed and refused, each problem with its row."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from partyday_tui.errors import UserMistake
from partyday_tui.rules.changes import field_word, value_word
from partyday_tui.rules.roster_heads import FIELDS
from partyday_tui.services import roster_import as service
from partyday_tui.ui.dialogs.choose import Choose
from partyday_tui.ui.dialogs.pick_file import PickFile
from partyday_tui.ui.dialogs.picker import Picker
from partyday_tui.ui.widgets.columns import Column, Row

if TYPE_CHECKING:
    from partyday_tui.services.roster_import import RosterPreview
    from partyday_tui.ui.book_screen import BookScreen
    from partyday_tui.ui.keys import Stroke

_NOT_KEPT = ("number", "branch")
_ENDINGS = (".xlsx", ".xls", ".csv", ".ods", ".et", ".htm", ".html", ".xml", ".xlsm")


async def import_roster(screen: BookScreen) -> str | None:
    """Ask for a file, lay it open as often as the user maps it anew, and write it; returns what was done, None when nothing."""
    path = await screen.ask(PickFile("选党员名册", _ENDINGS))
    if path is None:
        return None
    sheet: str | None = None
    mapping: dict[str, int | None] = {}
    while True:
        screen.tell("正在读取名册")
        try:
            found = await _preview(screen, path, sheet, mapping)
        except UserMistake:
            by_hand = await _ask_for_names(screen, path, sheet)
            if by_hand is None:
                raise
            sheet, mapping = by_hand
            continue
        answer = await screen.ask(RosterPreviewDialog(path.name, found))
        if answer == "write":
            screen.tell("正在写入")
            await screen.partyday.call(service.commit, found)
            figures = found.figures
            return f"已存盘：新增{figures['added']}人，变动{figures['changed']}人，不变{figures['unchanged']}人。"
        if answer == "sheet":
            sheet = (
                await screen.ask(
                    Choose("用哪一张工作表", [(name, name, "") for name in found.sheets], current=found.sheet)
                )
                or sheet
            )
        elif answer == "columns":
            await _map_column(screen, found, mapping)
        else:
            screen.tell("没有写入。")
            return None


async def _preview(screen: BookScreen, path: Path, sheet: str | None, mapping: dict[str, int | None]) -> RosterPreview:
    try:
        return await screen.partyday.call(service.preview, path, sheet=sheet, mapping=mapping)
    except UserMistake:
        if not mapping:
            raise
        mapping.clear()  # a column mapped by hand took the names away: go back to what the heads say
        return await screen.partyday.call(service.preview, path, sheet=sheet)


async def _ask_for_names(screen: BookScreen, path: Path, sheet: str | None) -> tuple[str, dict[str, int | None]] | None:
    """A sheet without heads that are known: ask which sheet and which column holds the names; None when the user went back.

    A file that cannot be read at all is refused as before.
    """
    sheets = await screen.partyday.run_in_book_thread(service.sheet_columns, path)
    if sheet is None and len(sheets) > 1:
        sheet = await screen.ask(
            Choose("没有找到「姓名」表头，名册在哪一张工作表", [(name, name, "") for name in sheets])
        )
        if sheet is None:
            return None
    sheet = sheet or next(iter(sheets))
    columns = [(str(place), f"第{place + 1}列", cells) for place, cells in enumerate(sheets[sheet]) if cells]
    place = await screen.ask(Choose("没有找到「姓名」表头，哪一列是姓名", columns))
    return None if place is None else (sheet, {"name": int(place)})


async def _map_column(screen: BookScreen, found: RosterPreview, mapping: dict[str, int | None]) -> None:
    """Ask for a column of the sheet, then for what it means."""
    by_place = {place: field for field, place in found.columns.items()}
    columns = [
        (str(place), head or f"第{place + 1}列", _meaning(by_place.get(place)))
        for place, head in enumerate(found.heads)
    ]
    if not columns:
        screen.tell("这张表没有表头，请在表里写上表头再导入。", ink="late")
        return
    place = await screen.ask(Choose("改哪一列", columns))
    if place is None:
        return
    useful = (field for field in FIELDS if field not in _NOT_KEPT)
    fields = [("", "不导入这一列", ""), *((field, field_word(field), "") for field in useful)]
    field = await screen.ask(
        Choose(f"「{found.heads[int(place)]}」是什么", fields, current=by_place.get(int(place), ""))
    )
    if field is None:
        return
    if field:
        mapping[field] = int(place)
    elif int(place) in by_place:
        mapping[by_place[int(place)]] = None


def _meaning(field: str | None) -> str:
    return field_word(field) if field else "不导入"


class RosterPreviewDialog(Picker[str]):
    """Answers ``write``, ``sheet`` or ``columns``; None leaves everything as it is."""

    WIDTH = 100
    HEAD_LINES = 2
    KEYS = (("F5", "写入"), ("^L", "改列"), ("^O", "换工作表"))

    def __init__(self, file_name: str, found: RosterPreview) -> None:
        super().__init__(
            f"核对名册  {file_name}  {found.sheet}",
            (Column("", 8, ink="quiet"), Column("", 18, ink="strong"), Column("")),
        )
        words = zip(("新增", "变动", "不变", "拒收"), found.figures.values(), strict=True)
        self.head.put(
            1, " " + "  ".join(f"{word}{number}人" for word, number in words), f"问题{len(found.problems)}处 "
        )
        self._found = found
        self.register.empty = "名册上的内容账本里都有了，不用写入。按 Esc 返回。"
        self.register.set_rows(_rows(found))

    def _show_find(self) -> None:
        """The second line holds the counts; nothing is looked for here."""

    def finds(self, stroke: Stroke) -> bool:
        """Letters mean nothing here."""
        return False

    def take(self, stroke: Stroke) -> bool:
        """F5 writes, unless there is nothing to write."""
        answers = {"ctrl+l": "columns", "ctrl+o": "sheet"}
        if stroke.key == "f5":
            if self._found.added or self._found.changed:
                self.dismiss("write")
            else:
                self.tell("没有要写入的内容，按 Esc 返回。")
            return True
        if stroke.key in answers:
            self.dismiss(answers[stroke.key])
            return True
        return super().take(stroke)


def _rows(found: RosterPreview) -> list[Row]:
    problems = [(f"第{it.row}行", field_word(it.field), it.message) for it in found.problems]
    changed = [
        (
            f"第{it.row}行",
            it.member.name,
            "，".join(
                f"{field_word(f)} {value_word(f, old)} 改为 {value_word(f, new)}" for f, (old, new) in it.fields.items()
            ),
        )
        for it in found.changed
    ]
    added = [
        (
            f"第{it.row}行",
            it.entry.name,
            " ".join(filter(None, (it.entry.sex, it.entry.group, it.entry.post, str(it.entry.joined_on or "")))),
        )
        for it in found.added
    ]
    columns = [
        ("", found.heads[place] if place < len(found.heads) else "", field_word(field))
        for field, place in found.columns.items()
    ]
    unknown = [("", head, "没有认出，不导入；按 ^L 指定") for head in found.unknown]
    rows: list[Row] = []
    for title, lines in (
        ("要看一看的", problems),
        ("变动", changed),
        ("新增", added),
        ("各列认作", [*unknown, *columns]),
    ):
        rows += _part(title, lines)
    return rows


def _part(title: str, lines: Sequence[tuple[str, ...]]) -> list[Row]:
    if not lines:
        return []
    return [
        Row(None, (f"  {title}（{len(lines)}）",)),
        *(Row(f"{title} {n}", tuple(line)) for n, line in enumerate(lines)),
    ]
