"""月度、年度、迎检材料: what is asked before a package is written, and the writing itself with its progress."""

from __future__ import annotations

import asyncio
from contextlib import closing
from typing import TYPE_CHECKING

from partyday_tui.errors import PartydayError
from partyday_tui.ui.book_screen import BookScreen
from partyday_tui.ui.dialogs.choose import Choose
from partyday_tui.ui.screens.exporting import done_words, hand_to_browser
from partyday_tui.ui.show import cells

if TYPE_CHECKING:
    from pathlib import Path

    from partyday_tui.rules.month import Month
    from partyday_tui.rules.packages import Package, PackageKind
    from partyday_tui.services.package import Made
    from partyday_tui.ui.dialogs.working import Stop, Told

_MONTHS_BACK, _YEARS_BACK = 24, 10
_ONE, _MANY = "one", "many"


async def package_kind(screen: BookScreen, kind: PackageKind) -> None:
    """Ask for the period, the roster and the shape; write the package and say where it is."""
    from partyday_tui.rules.packages import INSPECTION, MONTH, inspection_package, month_package, year_package

    package: Package | None = None
    if kind is MONTH:
        month = await _month(screen, kind.title)
        package = month_package(month) if month else None
    elif kind is INSPECTION:
        span = await _span(screen, kind.title)
        roster = await _roster(screen, kind.title) if span else None
        package = inspection_package(*span, roster) if span and roster else None
    else:
        year = await _year(screen, kind.title)
        roster = await _roster(screen, kind.title) if year else None
        package = year_package(year, roster) if year and roster else None
    if package is None:
        return
    shape = await screen.ask(
        Choose(
            package.title,
            [(_ONE, "一个文件", "带目录，一张表格一个工作表"), (_MANY, "许多文件", "一张表格一个文件，放进一个文件夹")],
        )
    )
    if shape is not None:
        await write_package(screen, package, as_files=shape == _MANY)


async def write_package(screen: BookScreen, package: Package, *, as_files: bool = False) -> None:
    """Write a package where the forms go, lay it ready, and say where it is."""
    from partyday_tui.paths import exports_folder
    from partyday_tui.services.package import lay_ready

    made = await made_package(screen, package, exports_folder(), as_files=as_files)
    if made is not None:
        item = await screen.partyday.call(lay_ready, package, made)
        waits = "，已放进待报送" if item else ""
        screen.tell(done_words(made.path, screen.size.width - cells(waits)) + waits)


async def made_package(screen: BookScreen, package: Package, folder: Path, *, as_files: bool = False) -> Made | None:
    """Write a package into a folder with its progress on the screen; None where the user stopped it.

    Raises PartydayError where it could not be written.
    """
    from partyday_tui.services.package import Made, Progress, Stopped, begin, make
    from partyday_tui.ui.dialogs.working import Working

    async def work(told: Told, stop: Stop) -> Made:
        copy = await screen.partyday.call(begin)

        def write() -> Made:
            def say(progress: Progress) -> None:
                told(progress.words)

            with closing(copy):  # in the thread that uses it: a screen that goes away must not close it under its feet
                return make(copy, package, folder, as_files=as_files, told=say, stop=stop)

        return await asyncio.to_thread(write)

    answer = await screen.ask(Working[Made](package.title, work))
    if answer is None or isinstance(answer, Stopped):
        screen.tell(Stopped().sentence)
        return None
    if isinstance(answer, PartydayError):
        raise answer
    if not answer.as_files:
        await hand_to_browser(screen, answer.path)
    return answer


async def _month(screen: BookScreen, title: str) -> Month | None:
    from partyday_tui.rules.month import Month

    this = Month.of(screen.partyday.clock.today)
    months = [this + -back for back in range(_MONTHS_BACK)]
    chosen = await screen.ask(Choose(title, [(str(it), f"{it.year}年{it.month}月", "") for it in months]))
    return Month.parse(chosen) if chosen else None


async def _year(screen: BookScreen, title: str) -> int | None:
    this = screen.partyday.clock.today.year
    years = range(this, this - _YEARS_BACK, -1)
    chosen = await screen.ask(Choose(title, [(str(year), f"{year}年", "") for year in years]))
    return int(chosen) if chosen else None


async def _span(screen: BookScreen, title: str) -> tuple[Month, Month] | None:
    """A period that inspections usually ask for, or any first and last month."""
    from partyday_tui.rules.month import Month

    this = Month.of(screen.partyday.clock.today)
    year = this.year
    usual = {
        "so far": (Month(year, 1), this),
        "quarter": (this + -2, this),
        "before": (Month(year - 1, 1), Month(year - 1, 12)),
    }
    words = {"so far": f"{year}年以来", "quarter": "最近三个月", "before": f"{year - 1}年全年"}
    entries = [(key, words[key], f"{first} 到 {last}") for key, (first, last) in usual.items()]
    chosen = await screen.ask(Choose(title, [*entries, ("other", "另选", "自己选起止月份")]))
    if chosen != "other":
        return usual[chosen] if chosen else None
    first = await _month(screen, "从哪个月起")
    if first is None:
        return None
    until = [first + more for more in range(min(_MONTHS_BACK, _between(first, this)) + 1)]
    last = await screen.ask(Choose("到哪个月止", [(str(it), f"{it.year}年{it.month}月", "") for it in reversed(until)]))
    return (first, Month.parse(last)) if last else None


def _between(first: Month, last: Month) -> int:
    return (last.year - first.year) * 12 + last.month - first.month


async def _roster(screen: BookScreen, title: str) -> str | None:
    """Which roster goes in; asked each time (R: numbers leave the book only when somebody says so)."""
    from partyday_tui.rules.form_kinds import form_named

    variants = form_named("roster").variants
    return await screen.ask(Choose(f"{title}里的花名册", [(it.key, it.word, it.help) for it in variants]))
