"""The frame of the screens that show one year at a time."""

from __future__ import annotations

from partyday_tui.ui.book_screen import BookScreen


class OneYearScreen(BookScreen):
    """Turns the year; a subclass sets ``_year`` before it is mounted and reads it in ``_reload``."""

    _year: int

    async def earlier(self) -> None:
        """The year before."""
        await self._show_year(self._year - 1)

    async def later(self) -> None:
        """The year after."""
        await self._show_year(self._year + 1)

    async def _show_year(self, year: int) -> None:
        """Another year; the one that was shown stays where the other cannot be read."""
        before, self._year = self._year, year
        try:
            await self._reload()
        except Exception:
            self._year = before
            raise

    async def _reload(self) -> None:
        """Read the year from the book and show it."""
        raise NotImplementedError
