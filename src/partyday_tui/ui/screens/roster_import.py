"""A roster file laid open: what would be added, changed and refused, each problem with its row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from partyday_tui.rules.changes import field_word
from partyday_tui.rules.identity import mask_identity, mask_phone
from partyday_tui.rules.people import DUES_CATEGORY_WORDS, KIND_WORDS
from partyday_tui.rules.roster_heads import FIELDS, NoHeads
from partyday_tui.services import roster_import as service
from partyday_tui.ui.dialogs.choose import Choose
from partyday_tui.ui.dialogs.frame import KeyWords
from partyday_tui.ui.dialogs.picker import Picker
from partyday_tui.ui.screens.file_reading import pick_sheet, read_sheet
from partyday_tui.ui.show import wrap
from partyday_tui.ui.theme import look_of
from partyday_tui.ui.widgets.columns import Column, Row

if TYPE_CHECKING:
    from partyday_tui.services.roster_import import RosterPreview
    from partyday_tui.ui.book_screen import BookScreen
    from partyday_tui.ui.keys import Stroke

_HEADLESS = "none"
_NOT_KEPT = ("number", "branch")
_LEFT_OF_SENTENCE = 32
_WORDS = {"kind": KIND_WORDS, "dues_category": DUES_CATEGORY_WORDS}
_ENDINGS = (".xlsx", ".xls", ".csv", ".ods", ".et", ".htm", ".html", ".xml", ".xlsm")


@dataclass(slots=True)
class _Reading:
    """How the user wants the file read: which sheet, which columns, which row of heads."""

    path: Path
    sheet: str | None = None
    mapping: dict[str, int | None] = field(default_factory=dict)
    head_row: int | None = None


async def import_roster(screen: BookScreen) -> str | None:
    """Ask for a file, lay it open as often as the user maps it anew, and write it; returns what was done, None when nothing."""
    path = await pick_sheet(screen, "选党员名册", _ENDINGS)
    if path is None:
        return None
    reading = _Reading(path)
    while True:
        screen.tell("正在读取名册")
        found = await _preview(screen, reading)
        if found is None:
            screen.tell("没有写入。")
            return None
        plain = look_of(screen.app).plain
        answer = await screen.ask(RosterPreviewDialog(path.name, found, screen.size.width, plain))
        if answer == "write":
            screen.tell("正在写入")
            await screen.partyday.call(service.commit, found)
            figures = found.figures
            return f"已存盘：新增{figures['added']}人，变动{figures['changed']}人，不变{figures['unchanged']}人。"
        if answer == "sheet":
            entries = [(name, name, "") for name in found.sheets]
            chosen = await screen.ask(Choose("用哪一张工作表", entries, current=found.sheet))
            reading = reading if chosen in (None, found.sheet) else _Reading(path, chosen)
        elif answer == "columns":
            reading.sheet = found.sheet
            await _map_column(screen, found, reading.mapping)
        else:
            screen.tell("没有写入。")
            return None


async def _preview(screen: BookScreen, reading: _Reading) -> RosterPreview | None:
    """The preview; where no heads are recognised the user points them out. None when the user went back."""
    while True:
        try:
            return await read_sheet(
                screen,
                service.preview,
                reading.path,
                sheet=reading.sheet,
                mapping=reading.mapping,
                head_row=reading.head_row,
            )
        except NoHeads:
            if not await _point_out_heads(screen, reading):
                return None


async def _point_out_heads(screen: BookScreen, reading: _Reading) -> bool:
    """Ask which row holds the heads, if any, and which column is the name."""
    sheet, rows = await read_sheet(screen, service.first_rows, reading.path, reading.sheet)
    lines = [(str(number), f"第{number}行", "  ".join(filter(None, texts))) for number, texts in rows]
    number = await screen.ask(Choose("没有认出表头，哪一行是表头", [*lines, (_HEADLESS, "没有表头", "每一行都是党员")]))
    if number is None:
        return False
    heads = rows[0][1] if number == _HEADLESS else next(texts for at, texts in rows if str(at) == number)
    columns = [(str(place), text, f"第{place + 1}列") for place, text in enumerate(heads) if text]
    place = await screen.ask(Choose("哪一列是姓名", columns))
    if place is None:
        return False
    reading.sheet, reading.mapping = sheet, {"name": int(place)}
    reading.head_row = None if number == _HEADLESS else int(number)
    return True


async def _map_column(screen: BookScreen, found: RosterPreview, mapping: dict[str, int | None]) -> None:
    """Ask for a column of the sheet, then for what it means."""
    by_place = {place: field for field, place in found.columns.items()}
    columns = [
        (str(place), head or f"第{place + 1}列", _meaning(by_place.get(place)))
        for place, head in enumerate(found.heads)
    ]
    place = await screen.ask(Choose("改哪一列", columns))
    if place is None:
        return
    useful = (it for it in FIELDS if it not in _NOT_KEPT)
    meanings = [("", "不导入这一列", ""), *((it, field_word(it), "") for it in useful)]
    field = await screen.ask(
        Choose(f"「{found.heads[int(place)]}」是什么", meanings, current=by_place.get(int(place), ""))
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
    KEYS = (
        ("F5", "写入", "看过没有错，写进名册"),
        ("^L", "改列", "哪一列认错了，在这里改"),
        ("^O", "换工作表", "名册在文件的另一张工作表里"),
    )
    LAST = ("Esc", "返回", "不写，退回前一页")

    def __init__(self, file_name: str, found: RosterPreview, width: int, plain: bool) -> None:
        """Lay `found` open; `width` is the screen's, at which long sentences go on in the next line, less its border where `plain`."""
        sheet = f"  {found.sheet}" if len(found.sheets) > 1 else ""
        columns = (Column("", 8, ink="quiet"), Column("", 16, ink="strong"), Column(""))
        super().__init__(f"核对名册  {file_name}{sheet}", columns)
        words = zip(("新增", "变动", "不变", "拒收"), found.figures.values(), strict=True)
        self.head.put(
            1, " " + "  ".join(f"{word}{number}人" for word, number in words), f"问题{len(found.problems)}处 "
        )
        self._found = found
        self.register.empty = "名册上的内容账本里都有了，不用写入。按 Esc 返回。"
        self.register.set_rows(_rows(found, min(width - 2 * plain, self.WIDTH) - _LEFT_OF_SENTENCE, plain))

    def keys_here(self) -> KeyWords:
        """Another sheet is offered only where there is one."""
        return [words for words in super().keys_here() if words[0] != "^O" or len(self._found.sheets) > 1]

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


def _rows(found: RosterPreview, room: int, plain: bool) -> list[Row]:
    problems = [(f"第{it.row}行" if it.row else "", field_word(it.field), it.message) for it in found.problems]
    changed = [
        (
            f"第{it.row}行",
            it.member.name,
            "\n".join(f"{field_word(f)} {_value(f, old)} 改为 {_value(f, new)}" for f, (old, new) in it.fields.items()),
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
        rows += _part(title, lines, room, plain)
    return rows


def _part(title: str, lines: Sequence[tuple[str, str, str]], room: int, plain: bool) -> list[Row]:
    """A heading and its lines; a sentence longer than `room` cells goes on below."""
    if not lines:
        return []
    rows = [Row(None, (f"  {title}（{len(lines)}）",))]
    for number, (place, word, sentence) in enumerate(lines):
        for more, part in enumerate(wrap(sentence, room, plain) or [""]):
            rows.append(Row(f"{title} {number} {more}", ("", "", part) if more else (place, word, part)))
    return rows


def _value(field: str, value: object) -> str:
    if field in ("identity", "phone", "landline") and value:
        return mask_identity(str(value)) if field == "identity" else mask_phone(str(value))
    if field in _WORDS:
        return _WORDS[field].get(str(value), "空")
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value) or "空"
