"""The packages (月度、年度、迎检材料): forms of a period made, written, read back, compared and put in place, whole or not at all (SUP-02).

``begin`` takes a snapshot in the book's thread; ``make`` needs only that, in any thread, so that keys never wait and a mark made
meanwhile does not stand in one form and fail in the next.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from partyday_tui.errors import PartydayError, UserMistake
from partyday_tui.rules.events import Event
from partyday_tui.rules.month import Month
from partyday_tui.rules.outbox import Item
from partyday_tui.rules.packages import ALL_RULES, INSPECTION, MONTH, Package, rules_of
from partyday_tui.rules.rule_book import RuleInForce
from partyday_tui.rules.sheet import Form
from partyday_tui.services import outbox
from partyday_tui.services.books import branch_of
from partyday_tui.services.forms import Asked, form_of, keys_first, when_words
from partyday_tui.services.holidays import check_year
from partyday_tui.services.month_gaps import month_gaps
from partyday_tui.services.package_contents import contents, may_be_empty
from partyday_tui.services.presets import rule_book_of
from partyday_tui.services.sheets.figures import figures_form
from partyday_tui.services.sheets.package_index import Index, Line, index_form
from partyday_tui.store.book import Book
from partyday_tui.store.copies import BookCopy, copy_of

if TYPE_CHECKING:
    from partyday_tui.excel.package_file import PackageFile
    from partyday_tui.excel.package_folder import PackageFolder

_BRANCH_IN_NAME = 20  # characters of a file's name
_FRONT = "目录"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is: ``done`` of ``of`` forms (sheets or files where they are checked) were done before this one."""

    step: Literal["write", "check"]
    done: int
    of: int
    title: str = ""

    @property
    def words(self) -> str:
        """In one line."""
        at = f"第{min(self.done + 1, self.of)}张，共{self.of}张"
        return f"正在写{at}：{self.title}" if self.step == "write" else f"正在核对{at}"


@dataclass(frozen=True, slots=True)
class Made:
    """A package in its place, read back and found whole: a workbook, or a folder where ``as_files``.

    ``forms`` counts those in it, ``left_out`` are sentences about those that could not be made, ``missing`` what the index lists as lacking.
    """

    path: Path
    forms: int
    left_out: tuple[str, ...]
    missing: tuple[str, ...]
    as_files: bool


class Stopped(PartydayError):
    """The user stopped it; nothing was left behind."""

    def __init__(self) -> None:
        super().__init__("已停下，没有留下文件。要做的时候再选一次就行。")


def begin(book: Book) -> BookCopy:
    """The snapshot that a package is made of; in the book's thread. Close it in the end."""
    copy = copy_of(book)
    copy.path = book.path  # the branch's own titles and columns lie beside the book
    return copy


def make(
    copy: Book,
    package: Package,
    folder: Path,
    *,
    as_files: bool = False,
    told: Callable[[Progress], None] = lambda _: None,
    stop: Callable[[], bool] = lambda: False,
) -> Made:
    """Make a package in a folder; the slow part, for any thread.

    The index of a month names what the month lacks. Behind the forms stand the figures that the township collects. ``stop`` is asked
    before each form. Raises Stopped; UserMistake where the folder cannot be written or the
    earlier package is open in WPS or Excel; PartydayError where what was written cannot be read back as it should be.
    """
    for year in package.years:
        check_year(year)
    asked = contents(copy, package)

    def tell(progress: Progress) -> None:
        if stop():
            raise Stopped
        told(progress)

    with keys_first():
        out = _opened(folder, as_files)
        try:
            lines, left_out = _write(copy, package, asked, out, tell)
            figures = figures_form(copy, package.first, package.last)
            lines.append(Line(figures.title, out.add(figures, figures.name), package.words, _rows(figures)))
            missing = _missing(copy, package)
            branch = branch_of(copy).name
            found = Index(branch, package, copy.clock.today, lines, missing, left_out, out.has_links)
            out.add_front(index_form(found), _FRONT)
            out.close()
            out.compare(lambda done: tell(Progress("check", done, len(lines))))
            if stop():
                raise Stopped
            path = out.place(f"{branch[:_BRANCH_IN_NAME]} {package.title}")
        finally:
            out.discard()
    return Made(path, len(lines), tuple(left_out), tuple(missing or ()), as_files)


def _missing(copy: Book, package: Package) -> tuple[str, ...] | None:
    """What a month lacks, in lines; None for a longer package, whose 应办事项自查表 says it."""
    return tuple(gap.line for gap in month_gaps(copy, package.first)) if package.kind is MONTH else None


def lay_ready(book: Book, package: Package, made: Made) -> Item | None:
    """Put a package into the outbox, where it waits to be delivered; None for a folder of files, which is no one thing to send."""
    if made.as_files:
        return None
    return outbox.put(book, made.path, package.kind.key, package.period, package.title)


def write_package(book: Book, package: Package, folder: Path, *, as_files: bool = False) -> Made:
    """A whole package in one thread."""
    with closing(begin(book)) as copy:
        return make(copy, package, folder, as_files=as_files)


def _opened(folder: Path, as_files: bool) -> PackageFile | PackageFolder:
    # openpyxl costs half the start of the app: not before the first sheet.
    if as_files:
        from partyday_tui.excel.package_folder import PackageFolder

        return PackageFolder(folder)
    from partyday_tui.excel.package_file import PackageFile

    return PackageFile(folder)


def _write(
    copy: Book,
    package: Package,
    asked: Sequence[Asked],
    out: PackageFile | PackageFolder,
    tell: Callable[[Progress], None],
) -> tuple[list[Line], list[str]]:
    """Make and write the forms one by one; each is let go before the next is made."""
    lines: list[Line] = []
    left_out: list[str] = []
    rules = _Rules(copy, package)
    for number, each in enumerate(asked):
        tell(Progress("write", number, len(asked), each.kind.title))
        period = when_words(each.when, copy.clock.today)
        try:
            form = form_of(copy, each)
        except UserMistake as refusal:
            if not may_be_empty(each, package):
                left_out.append(f"{each.kind.title}（{period}）：{refusal.sentence}")
            continue
        rows = _rows(form)
        if rows == 0 and may_be_empty(each, package):
            continue
        place = out.add(form, _label(form, each, package))
        lines.append(Line(each.kind.title, place, period, rows, *rules.of(each)))
    return lines, left_out


def _rows(form: Form) -> int | None:
    """The rows of a form's tables; None where it has no table, or none with a row beside other parts that say something."""
    count = sum(len(table.rows) for table in form.tables)
    return count if count or len(form.tables) == len(form.parts) else None


def _label(form: Form, asked: Asked, package: Package) -> str:
    """What a form's tab or file is called: its short name, and of when where the package has several."""
    when, name = asked.when, form.name or asked.kind.title
    if isinstance(when, Event):
        day = str(when.on_date or when.month)
        return f"{name} {day[5:] if len(package.years) == 1 else day}"
    if isinstance(when, Month) and package.first != package.last:
        return f"{name} {when}" if len(package.years) > 1 else f"{name} {when.month}月"
    if isinstance(when, int) and len(package.years) > 1:
        return f"{name} {when}"
    return name


class _Rules:
    """The rules in force that the forms of an inspection answer; none for the other packages."""

    def __init__(self, book: Book, package: Package) -> None:
        self._book = rule_book_of(book) if package.kind is INSPECTION else None
        self._on = min(package.last.last_day, book.clock.today)

    def of(self, asked: Asked) -> tuple[tuple[RuleInForce, ...], bool]:
        """The rules that a form answers, and whether it answers all."""
        if self._book is None:
            return (), False
        keys = rules_of(asked.kind, asked.when.kinds if isinstance(asked.when, Event) else None)
        found = (self._book.rule(key, self._on) for key in keys if key != ALL_RULES)
        return tuple(rule for rule in found if rule and rule.value is not False), ALL_RULES in keys
