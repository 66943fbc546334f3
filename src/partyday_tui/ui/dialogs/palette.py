"""`Palette`: find a command by its Chinese name, its pinyin or its initials."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from partyday_tui.ui.actions import Action
from partyday_tui.ui.dialogs.picker import Picker
from partyday_tui.ui.keys import MANUAL_HELP, PLACES, key_label
from partyday_tui.ui.widgets.columns import Column, Key, Matcher, Row


@dataclass(frozen=True, slots=True)
class Command:
    """One entry: it goes to a place (`where`), or runs a method of the screen (`run`, `arg`)."""

    label: str
    help: str
    key: str = ""
    reading: str = ""
    where: str = ""
    run: str = ""
    arg: str | None = None


def entries_of(actions: Sequence[Action]) -> list[Command]:
    """The commands of a screen and the books."""
    own = [Command(a.label, a.help, a.shown_key, a.reading, run=a.run, arg=a.arg) for a in actions]
    places = [Command(p.label, p.help, key_label(p.key), p.reading, where=p.where) for p in PLACES]
    return [*own, *places, Command("使用手册", MANUAL_HELP, "", "sysc shiyongshouce", run="open_manual")]


class Palette(Picker[Command]):
    """Answers the chosen command; `matcher` ranks them (indices), else label and reading are searched."""

    WIDTH = 72
    FIND_HINT = "输入命令的汉字、拼音或首字母"

    def __init__(self, commands: Sequence[Command], *, matcher: Matcher | None = None) -> None:
        columns = (Column("", 12, ink="strong"), Column("", 8, ink="key"), Column("", ink="quiet"))
        super().__init__("命令", columns, matcher=matcher or self._matching)
        self._commands = tuple(commands)
        self.register.set_rows([Row(n, (c.label, c.key, c.help)) for n, c in enumerate(self._commands)])

    def chosen(self, key: Key) -> None:
        """Answer the command."""
        if isinstance(key, int):
            self.dismiss(self._commands[key])

    def _matching(self, typed: str) -> list[int]:
        """Labels and readings that begin with the text first, then those that contain it."""
        wanted = typed.casefold()
        ranks = {}
        for n, command in enumerate(self._commands):
            words = [command.label, *command.reading.split()]
            if any(word.startswith(wanted) for word in words):
                ranks[n] = 0
            elif any(wanted in word for word in (*words, command.help)):
                ranks[n] = 1
        return sorted(ranks, key=lambda n: (ranks[n], n))
