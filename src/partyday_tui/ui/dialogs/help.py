"""`Help`: the keys of the screen or dialog at hand, what the manual says of it, and the map that holds everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from partyday_tui.services.manual import section_for
from partyday_tui.ui.actions import help_pairs
from partyday_tui.ui.dialogs.frame import Dialog
from partyday_tui.ui.dialogs.manual import ManualList, section_lines
from partyday_tui.ui.dialogs.show_text import ShowText
from partyday_tui.ui.keys import HELP_KEY, PLACES, Stroke, key_label
from partyday_tui.ui.show import fit, wrap

if TYPE_CHECKING:
    from typing import Any

    from textual.app import App
    from textual.screen import Screen

    from partyday_tui.rules.manual import Section
    from partyday_tui.ui.book_screen import BookScreen

Pairs = Sequence[tuple[str, str]]
"""(key, what it does)."""

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
    """Built from the keys that are shown, the manual and the common map; nothing here is written twice.

    ``here`` is what the keys do on the page at hand; ``everywhere`` adds those that hold on each screen, though not over a dialog.
    """

    KEYS: ClassVar[tuple[tuple[str, ...], ...]] = (("上下", "翻看"), ("F1", "使用手册"), ("回车", "看完了"))
    HELPS = False

    def __init__(self, word: str, here: Pairs, section: Section | None = None, *, everywhere: bool = True) -> None:
        super().__init__(f"帮助  {word}", "")
        self.section = section
        self._here = here
        self._everywhere = everywhere

    def lines(self, width: int) -> list[str]:
        """A line per key, its sentence beside it; between the two maps the manual's section."""
        parts = []
        if self._here:
            parts.append(["这一页", *_lines_of(self._here, width)])
        if self.section:
            parts.append([f"使用手册：{self.section.title}", "", *section_lines(self.section, width)])
        if self._everywhere:
            places = [(key_label(place.key) or "总菜单", f"{place.label}：{place.help}") for place in PLACES]
            parts.append(["每一页都一样", *_lines_of([*places, *EVERYWHERE], width)])
        return [line for number, part in enumerate(parts) for line in (["", *part] if number else part)]

    def take(self, stroke: Stroke) -> bool:
        """F1 once more opens the whole manual, at the section of this screen."""
        if stroke.key != HELP_KEY:
            return super().take(stroke)
        self.app.push_screen(ManualList(self.section))
        return True


class LockHelp(ShowText):
    """What the manual says of the lock, and nothing besides: F1 leads no further while the screen is locked."""

    HELPS = False

    def __init__(self) -> None:
        super().__init__("已锁屏", "")

    def lines(self, width: int) -> list[str]:
        """The section at `width` cells."""
        section = section_for("locked")
        return section_lines(section, width) if section else []


def help_on_screen(screen: BookScreen) -> Help:
    """The help of a screen of the book."""
    return Help(screen.TITLE_WORD, help_pairs(screen.ACTIONS), section_of(screen))


def help_in_dialog(dialog: Dialog[Any]) -> Help:
    """The help of a dialog: its own keys, and the section of the page that asks."""
    words = [*dialog.keys_here(), dialog.LAST]
    pairs = [(key, "：".join(filter(None, told))) for key, *told in words]
    return Help(dialog.word, pairs, _section_behind(dialog.app), everywhere=False)


def section_of(screen: Screen[Any]) -> Section | None:
    """The manual's section of a screen, which knows it by its module, or of a dialog that names one."""
    mark = screen.explained if isinstance(screen, Dialog) else type(screen).__module__.rpartition(".")[2]
    return section_for(mark) if mark else None


def _section_behind(app: App[Any]) -> Section | None:
    """Of what is shown, or else of what lies below it."""
    found = (section_of(screen) for screen in reversed(app.screen_stack))
    return next((section for section in found if section is not None), None)


def _lines_of(pairs: Pairs, width: int) -> list[str]:
    lines = []
    for key, sentence in pairs:
        first, *rest = wrap(sentence, width - _KEYS_WIDTH - 2)
        lines.append("  " + fit(key, _KEYS_WIDTH) + first)
        lines += [" " * (_KEYS_WIDTH + 2) + line for line in rest]
    return lines
