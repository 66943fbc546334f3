"""`Help`: the keys of the screen at hand, what the manual says of it, and the map that holds everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from partyday_tui.services.manual import section_for
from partyday_tui.ui.actions import Action, help_pairs
from partyday_tui.ui.dialogs.manual import ManualList, section_lines
from partyday_tui.ui.dialogs.show_text import ShowText
from partyday_tui.ui.keys import HELP_KEY, PLACES, Stroke, key_label
from partyday_tui.ui.show import fit, wrap

EVERYWHERE = (
    ("Esc", "退一步；退到头就打开总菜单"),
    ("回车", "打开这一行，或列出能对它做的事"),
    ("字母 汉字", "在表里查找，退格删一个字，Esc 看全部"),
    ("上下 PgUp PgDn", "移动光标"),
    ("F12", "备份到U盘，写完读回核对"),
    ("Ctrl+P", "按名字找一个命令，汉字、拼音、首字母都行"),
    ("总菜单", "锁屏：挡住路过的人，不是加密；忘了PIN，锁住的画面上写着怎样进去，账本不会少"),
    ("Ctrl+Q", "离开，内容已经存盘"),
)
"""(key, what it does) on every page, beside the ways to the places."""
_KEYS_WIDTH = 16


class Help(ShowText):
    """Built from the screen's `ACTIONS`, the manual and the common map; nothing here is written twice.

    `screen` is the name of the screen's module, by which the manual knows it.
    """

    KEYS: ClassVar[tuple[tuple[str, str], ...]] = (("上下", "翻看"), ("F1", "使用手册"), ("回车", "看完了"))

    def __init__(self, word: str, actions: Sequence[Action], screen: str = "") -> None:
        super().__init__(f"帮助  {word}", "")
        self._here = help_pairs(actions)
        self._section = section_for(screen)

    def lines(self, width: int) -> list[str]:
        """A line per key, its sentence beside it; between the two maps the manual's section."""
        places = [(key_label(place.key) or "总菜单", f"{place.label}：{place.help}") for place in PLACES]
        here = ["这一页", *self._pairs(self._here, width), ""] if self._here else []
        manual = [f"使用手册：{self._section.title}", "", *section_lines(self._section, width)] if self._section else []
        return [*here, *manual, "", "每一页都一样", *self._pairs([*places, *EVERYWHERE], width)]

    def take(self, stroke: Stroke) -> bool:
        """F1 once more opens the whole manual, at the section of this screen."""
        if stroke.key != HELP_KEY:
            return super().take(stroke)
        self.app.push_screen(ManualList(self._section))
        return True

    def _pairs(self, pairs: Sequence[tuple[str, str]], width: int) -> list[str]:
        lines = []
        for key, sentence in pairs:
            first, *rest = wrap(sentence, width - _KEYS_WIDTH - 2)
            lines.append("  " + fit(key, _KEYS_WIDTH) + first)
            lines += [" " * (_KEYS_WIDTH + 2) + line for line in rest]
        return lines
