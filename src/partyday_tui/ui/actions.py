"""One definition per action: the key line, the Enter menu, the help and the palette are all built from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from partyday_tui.ui.keys import key_label

Part = tuple[str, str]
HELP_PAIR = ("F1", "帮助")


@dataclass(frozen=True, slots=True)
class Action:
    """Something that a screen does.

    `keys`: names as in `keys.py`, separated by blanks; the first is shown; empty where only the menus offer it.
    `label`: two to five characters. `help`: one sentence. `run`: name of the screen's method; called with `arg` if
    given. `footer`: shown in the key line, in the order of the tuple, as far as the width goes. `menu`: offered in the
    numbered list that Enter opens on a row. `reading`: pinyin initials and full pinyin for the palette.
    """

    keys: str
    label: str
    help: str
    run: str
    footer: bool = True
    menu: bool = False
    arg: str | None = None
    reading: str = ""

    @property
    def shown_key(self) -> str:
        """The key as written on the screen; empty without a key."""
        return key_label(self.keys.split()[0]) if self.keys else ""


def by_key(actions: Sequence[Action]) -> dict[str, Action]:
    """Actions by every key that runs them; two actions on one key are a slip of the programmer (ValueError)."""
    table: dict[str, Action] = {}
    for action in actions:
        for key in action.keys.split():
            if key in table:
                raise ValueError(f"{key}: {table[key].run} and {action.run}")
            table[key] = action
    return table


def key_line(pairs: Sequence[tuple[str, str]], width: int, last: tuple[str, str] = HELP_PAIR) -> list[Part]:
    """The (key, label) pairs that fit into `width` cells, first come first kept, and `last` always at the end.

    Returns parts (text, ink) for a `Lines` widget: keys in ink `key`, words in ink `quiet`.
    """
    spare = width - _cells(last) - 1
    chosen: list[tuple[str, str]] = []
    for pair in pairs:
        need = _cells(pair) + 2
        if need <= spare:
            chosen.append(pair)
            spare -= need
    parts: list[Part] = [(" ", "quiet")]
    for key, label in chosen:
        parts += [(key, "key"), (_joined(key, label) + "  ", "quiet")]
    return [*parts, (last[0], "key"), (_joined(*last), "quiet")]


def footer_pairs(actions: Sequence[Action]) -> list[tuple[str, str]]:
    """(key, label) of the actions that the key line shows."""
    return [(action.shown_key, action.label) for action in actions if action.footer and action.keys]


def menu_actions(actions: Sequence[Action]) -> list[Action]:
    """The actions that Enter offers on a row, numbered from 1 in this order."""
    return [action for action in actions if action.menu]


def help_pairs(actions: Sequence[Action]) -> list[tuple[str, str]]:
    """(keys, "label：sentence") of every action, for the help."""
    rows = []
    for action in actions:
        keys = " ".join(key_label(key) for key in action.keys.split()) or "回车菜单"
        rows.append((keys, f"{action.label}：{action.help}"))
    return rows


def _joined(key: str, label: str) -> str:
    """A digit stands right before its word (1到会), a named key one blank away (F5 其余全到)."""
    return label if len(key) == 1 else " " + label


def _cells(pair: tuple[str, str]) -> int:
    return cell_len(pair[0]) + cell_len(_joined(*pair))
