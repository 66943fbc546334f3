"""What a test reads off the screen, and what it counts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from textual.app import App

from partyday_tui.ui.widgets.register import Register

HOSTILE = ("张[/foo]三", "[@click=app.quit]x", "=1+1", "张\x1b[31m\x9b2J\x00\u202e三", "长" * 200)
SIZES = ((80, 24), (120, 36))


def lines(app: App[Any]) -> list[str]:
    """The screen as text, a str per line."""
    return ["".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips()]


@contextmanager
def counted_lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """The lines that a register draws meanwhile."""
    drawn: list[int] = []
    draw = Register.render_line

    def counting(self: Register, y: int) -> Any:
        drawn.append(y)
        return draw(self, y)

    monkeypatch.setattr(Register, "render_line", counting)
    yield drawn
    monkeypatch.undo()
