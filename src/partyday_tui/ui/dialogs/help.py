"""`Help`: the keys of the screen at hand and the map that holds everywhere."""

from __future__ import annotations

from collections.abc import Sequence

from partyday_tui.ui.actions import Action, help_pairs
from partyday_tui.ui.dialogs.show_text import ShowText
from partyday_tui.ui.keys import PLACES, key_label
from partyday_tui.ui.show import fit, wrap

_EVERYWHERE = (
    ("Esc", "退一步；退到头就打开总菜单"),
    ("回车", "打开这一行，或列出能对它做的事"),
    ("字母 汉字", "在表里查找，退格删一个字，Esc 看全部"),
    ("上下 PgUp PgDn", "移动光标"),
    ("F12", "备份到U盘，写完读回核对"),
    ("Ctrl+P", "按名字找一个命令，汉字、拼音、首字母都行"),
    ("总菜单", "锁屏：挡住路过的人，不是加密；忘了PIN，锁住的画面上写着怎样进去，账本不会少"),
    ("Ctrl+Q", "离开，内容已经存盘"),
)
_KEYS_WIDTH = 16


class Help(ShowText):
    """Built from the screen's `ACTIONS` and the common map; nothing here is written twice."""

    def __init__(self, word: str, actions: Sequence[Action]) -> None:
        super().__init__(f"帮助  {word}", "")
        self._here = help_pairs(actions)

    def lines(self, width: int) -> list[str]:
        """A line per key, its sentence beside it."""
        places = [(key_label(place.key) or "总菜单", f"{place.label}：{place.help}") for place in PLACES]
        here = ["这一页", *self._pairs(self._here, width), ""] if self._here else []
        return [*here, "每一页都一样", *self._pairs([*places, *_EVERYWHERE], width)]

    def _pairs(self, pairs: Sequence[tuple[str, str]], width: int) -> list[str]:
        lines = []
        for key, sentence in pairs:
            first, *rest = wrap(sentence, width - _KEYS_WIDTH - 2)
            lines.append("  " + fit(key, _KEYS_WIDTH) + first)
            lines += [" " * (_KEYS_WIDTH + 2) + line for line in rest]
        return lines
