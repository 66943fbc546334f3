"""How it looks: one calm theme, dark and light, and a plain one for consoles with wide box characters.

One accent, a deep red, says where you are and what is late; one quiet tone for the rest; colour never says anything
that a word does not. Line-drawing widgets take their styles from `look_of(app).ink(name)`; `app.theme` is the only
state.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from rich.style import Style
from textual.app import App
from textual.theme import Theme


@dataclass(frozen=True)
class Look:
    """Colours of one look; `plain` marks the one that avoids every character of uncertain width."""

    name: str
    dark: bool
    paper: str
    panel: str
    ink_text: str
    ink_quiet: str
    accent: str
    late: str
    cursor_paper: str
    plain: bool = False
    inks: dict[str, Style] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        bar = Style(color="#ffffff", bgcolor=self.accent)
        cursor = (
            Style(color=self.paper, bgcolor=self.ink_text)
            if self.plain
            else Style(color=self.ink_text, bgcolor=self.cursor_paper, bold=True)
        )
        inks = {
            "text": Style(color=self.ink_text),
            "quiet": Style(color=self.ink_quiet),
            "strong": Style(color=self.ink_text, bold=True),
            "key": Style(color=self.ink_text, bold=True),
            "late": Style(color=self.late, bold=True),
            "here": Style(color=self.late, bold=True),
            "heading": Style(color=self.late, bold=True),
            "columns": Style(color=self.ink_quiet, underline=not self.plain),
            "bar": bar,
            "bar-strong": bar + Style(bold=True),
            "cursor": cursor,
            "caret": Style(reverse=True),
            "field": Style(color=self.ink_text, underline=True),
            "thumb": Style(color=self.ink_quiet) if self.plain else Style(bgcolor=self.ink_quiet),
        }
        object.__setattr__(self, "inks", inks)

    def ink(self, name: str) -> Style:
        """The style called `name`; an unknown name is the ordinary text."""
        return self.inks.get(name) or self.inks["text"]

    def theme(self) -> Theme:
        """The same colours as a Textual theme."""
        return Theme(
            name=self.name,
            primary=self.accent,
            secondary=self.ink_quiet,
            accent=self.accent,
            warning=self.late,
            error=self.late,
            success=self.ink_text,
            foreground=self.ink_text,
            background=self.paper,
            surface=self.paper,
            panel=self.panel,
            dark=self.dark,
        )


# tests/ui/test_theme.py holds the contrast of each ink on each paper, also with the 16 colours of an old console.
DARK = Look("partyday-dark", True, "#17191b", "#23262a", "#dcdad5", "#959a9e", "#8e1b13", "#f7a598", "#3a3f45")
LIGHT = Look("partyday-light", False, "#faf8f3", "#efebe2", "#23211f", "#66625c", "#9b1c12", "#951a10", "#d6cbbb")
PLAIN = Look("partyday-plain", True, "#000000", "#000000", "#ffffff", "#c0c0c0", "#aa0000", "#ff7777", "#0000aa", True)
LOOKS = {look.name: look for look in (DARK, LIGHT, PLAIN)}

CSS = """
BookScreen { layout: vertical; overflow: hidden hidden; }
Dialog { align: center middle; overflow: hidden hidden; background: $background 60%; }
Dialog > #box { layout: vertical; background: $panel; }
App.-theme-partyday-plain Dialog > #box { border: ascii $foreground; }
"""
"""All styles of the kit; the app puts it into its own `CSS`."""


def dress(app: App[Any], look: Look = DARK) -> None:
    """Make the looks known to `app` and put one on; call it at the end of the app's `__init__`."""
    for one in LOOKS.values():
        app.register_theme(one.theme())
    app.theme = look.name


def look_of(app: App[Any]) -> Look:
    """The look that `app` wears now; dark where it wears a theme of someone else."""
    return LOOKS.get(app.theme, DARK)
