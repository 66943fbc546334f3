"""The inks of the look that is worn, laid on what a widget stands on.

Textual works a widget's own style out from all its ancestors each time it is asked, which costs more than the rest of a line.
"""

from __future__ import annotations

from collections.abc import Callable

from rich.style import Style
from textual.widget import Widget

from partyday_tui.ui.theme import Look, look_of


class Paper:
    """The styles of one widget, each worked out once for as long as a look is worn."""

    def __init__(self, widget: Widget) -> None:
        self._widget = widget
        self._look: Look | None = None
        self._styles: dict[tuple[str, ...], Style] = {}

    def inks(self) -> Callable[..., Style]:
        """For one line: the style of the inks of these names, each laid over the one before; of none it is the bare paper."""
        look = look_of(self._widget.app)
        if look is not self._look:
            self._look, self._styles = look, {}
        return self._style

    def _style(self, *names: str) -> Style:
        style = self._styles.get(names)
        if style is None:
            assert self._look is not None
            base = self._widget.rich_style
            style = Style.combine([base, *map(self._look.ink, names)])
            # While a look is being changed, the widget still stands on the paper of the one before.
            if base.bgcolor is not None and base.bgcolor.get_truecolor().hex in (self._look.paper, self._look.panel):
                self._styles[names] = style
        return style
