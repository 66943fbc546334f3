"""What a key means, also with the input method on, and the one map of keys that every screen has.

A key is named by its printable character after folding (`1`, `+`, `a`), by `space`, or by Textual's own name (`f5`,
`enter`, `escape`, `insert`, `ctrl+z`). Never bound: Ctrl+H/I/J/M, F10, F11 (consoles take them).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from unicodedata import category

if TYPE_CHECKING:
    from textual.events import Key


_RARE = ("Co", "Cn")  # registries write rare names with private characters, and with those newer than this Python


@dataclass(frozen=True, slots=True)
class Stroke:
    """One key as the app understands it; `character` is set where the key prints something."""

    key: str
    character: str | None

    @property
    def digit(self) -> int | None:
        """0 to 9 for a digit key."""
        return int(self.key) if len(self.key) == 1 and "0" <= self.key <= "9" else None

    @property
    def finds(self) -> bool:
        """Whether this key belongs to a name that is looked for: a letter, a Chinese character, the dot of a name."""
        return self.character is not None and is_find_character(self.character)


@dataclass(frozen=True, slots=True)
class Place:
    """A book that a function key opens from every screen; an empty key where only the menus lead there."""

    key: str
    where: str
    label: str
    help: str
    reading: str


PLACES: tuple[Place, ...] = (
    Place("f2", "today", "今日", "今天该办的事，逾期的在前", "jr jinri"),
    Place("f3", "year", "年历", "全年十二个月的主题党日", "nl nianli"),
    Place("f4", "roll", "点名", "给这次活动点名", "dm dianming"),
    Place("f6", "roster", "名册", "党员和列席人员", "mc mingce"),
    Place("f7", "registers", "台账", "谈心、走访、困难、志愿、发展党员等", "tz taizhang"),
    Place("f8", "dues", "党费", "收党费、台账、核定、月结和上缴", "df dangfei sj shoujiao"),
    Place("f9", "cases", "缺席跟进", "没有到会的逐一联系、通报、补课", "qxgj quexigenjin bk buke"),
    Place("", "duties", "自查", "每条规则要办的事，办了没有，凭据在哪里", "zc zicha"),
    Place("", "reading", "学习计划", "党章诵读、每月学习和年度计划", "xxjh xuexijihua"),
    Place("", "reviews", "测评", "每次活动的主题测评，和今年的满意率", "cp ceping ztcp zhuticeping"),
    Place("", "appraisal", "民主评议", "民主评议党员：四步、票数、评定", "mzpy minzhupingyi"),
    Place("", "forms", "表格", "能打印的全部表格，写成 Excel", "bg biaoge dcbg daochubiaoge"),
    Place("", "month_end", "月末结账", "这个月还缺什么，结账、做材料、报送、备份", "ymjz yuemojiezhang jz jiezhang"),
    Place("", "delivery", "报送", "待报送的材料：报送到哪里，送到了没有", "bs baosong"),
    Place("", "holidays", "节假日", "放假和调休上班的日子", "jjr jiejiari"),
    Place("", "backups", "备份", "U盘上有哪几代备份，核对，恢复", "bf beifen hf huifu"),
    Place("", "settings", "设置", "支部信息，以及每条规则和它的原文", "sz shezhi"),
)
"""The books that exist, in the order of the main menu."""

MANUAL_HELP = "一步一步怎么做，从第一天到交给下一任"
HELP_KEY, PALETTE_KEY, UNDO_KEY, LEAVE_KEY, BACKUP_KEY = "f1", "ctrl+p", "ctrl+z", "ctrl+q", "f12"

_LABELS = {
    "space": "空格",
    "enter": "回车",
    "escape": "Esc",
    "insert": "Ins",
    "delete": "Del",
    "backspace": "退格",
    "tab": "Tab",
    "up": "上",
    "down": "下",
    "left": "左",
    "right": "右",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
}


def key_label(key: str) -> str:
    """How a key is written on the screen: `^Z`, `空格`, `F5`, `Ins`."""
    if key.startswith("ctrl+"):
        return "^" + key[5:].upper()
    return _LABELS.get(key) or (key.upper() if len(key) > 1 else key)


def fold(character: str) -> str:
    """A full-width form as its ASCII one (`１` `＋` `　`); anything else unchanged."""
    code = ord(character)
    if 0xFF01 <= code <= 0xFF5E:
        return chr(code - 0xFEE0)
    return " " if code == 0x3000 else character


def fold_text(text: str) -> str:
    """`fold` for every character of a text."""
    return "".join(map(fold, text))


def is_find_character(character: str) -> bool:
    """Letters and Chinese characters look for a row; digits and the space mark or choose."""
    return character.isalpha() or character in "·・"


def read(event: Key) -> Stroke:
    """The stroke behind a key event; characters typed through an input method in full-width form are folded."""
    character = event.character
    if event.key == "ideographic_space":
        return Stroke("space", " ")
    if character is None or len(character) != 1 or not (character.isprintable() or category(character) in _RARE):
        return Stroke(event.key, None)
    folded = fold(character)
    return Stroke("space" if folded == " " else folded, folded)
