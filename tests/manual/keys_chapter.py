"""The chapter 键位一览, written from the actions of the screens and the common map: nobody keeps it by hand."""

import pkgutil
from importlib import import_module

from partyday_tui.rules.registers import REGISTERS
from partyday_tui.ui import screens
from partyday_tui.ui.actions import help_pairs
from partyday_tui.ui.app import _SCREENS
from partyday_tui.ui.book_screen import BookScreen
from partyday_tui.ui.dialogs.help import EVERYWHERE
from partyday_tui.ui.keys import PLACES, key_label
from partyday_tui.ui.screens.register_entries import EntriesScreen, screen_of

CHAPTER = "13-keys.md"
_HEAD = "# 键位一览\n\n这一章由程序自己写出，和屏幕上按 F1 看到的一样。^T 是按住 Ctrl 再按 T；写着「回车菜单」的，按回车再选。\n"


def screen_classes():
    """Every screen of a book with its module's name: the places in their order, then what lies behind them."""
    places = ["desk", *(_SCREENS[place.where][0] for place in PLACES if place.where in _SCREENS)]
    every = [module.name for module in pkgutil.iter_modules(screens.__path__)]
    for name in dict.fromkeys([*places, *every]):
        module = import_module(f"{screens.__name__}.{name}")
        for found in vars(module).values():
            is_screen = (
                isinstance(found, type) and issubclass(found, BookScreen) and found.__module__ == module.__name__
            )
            if is_screen and not found.__name__.startswith("_"):
                yield name, found


def keys_chapter():
    """The Markdown of the chapter."""
    common = [(key_label(place.key) or "总菜单", f"{place.label}：{place.help}") for place in PLACES]
    parts = [_HEAD, _part("每一页都一样", [*common, *EVERYWHERE])]
    for name, screen in screen_classes():
        title = _HEADINGS.get(name) or screen.TITLE_WORD
        parts.append(_part(title, help_pairs(actions_of_screen(screen))))
    return "\n".join(parts)


def actions_of_screen(screen):
    """Its actions; of the screen that each register makes its own of, those of all registers, each once."""
    if screen is not EntriesScreen:
        return screen.ACTIONS
    return list(dict.fromkeys(action for register in REGISTERS for action in screen_of(register).ACTIONS))


# Screens that take their title from what they show, and those that share theirs with another.
_HEADINGS = {
    "register_entries": "一本台账", "dues_entries": "党费卡、明细", "dues_year": "台账（党费）", "development_steps": "发展党员（全部程序）",
}  # fmt: skip


def _part(title, pairs):
    lines = [f"* **{keys}**　{sentence}" for keys, sentence in pairs]
    return "\n".join([f"## {title}", "", *lines, ""])
