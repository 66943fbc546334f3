"""汇总: the figures of many branches out of a folder of packages and backups, and whatever of it could not be counted, by name.

It needs no book. One file is open at a time, and of each only its figures are kept.
"""

from __future__ import annotations

import os
import re
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from partyday_tui.clock import Clock
from partyday_tui.errors import PartydayError, UserMistake
from partyday_tui.paths import short
from partyday_tui.rules.figures import SHEET, Figures, figures_of
from partyday_tui.rules.month import Month
from partyday_tui.rules.text import clean_line
from partyday_tui.safekeeping import place
from partyday_tui.safekeeping.archive import HEADER
from partyday_tui.safekeeping.refusals import Damaged, Newer, NotABackup, Tampered, WrongPassphrase
from partyday_tui.services.figures import branch_figures
from partyday_tui.services.holidays import check_year
from partyday_tui.services.readings import reading_of

Span = tuple[Month, Month]
"""(first, last), both included."""

_NOT_OURS = "不是资料包，也不是备份，没有计入；需要计入的请换成程序输出的文件。"
_A_BOOK = "这是账本文件本身，不是备份，没有计入；请该支部在程序里做一份备份或资料包。"
_NO_SHEET = f"表格里没有「{SHEET}」这张表，不是资料包；请该支部在程序里做一份资料包。"
_UNREADABLE = "打不开或读不出来，请检查U盘有没有插好、文件是不是正在别处打开，再汇总一次。"
_STRANGE = "里面的内容读不懂，可能被改动过；请该支部重新做一份。"
_BACKUP_WORDS: dict[type[PartydayError], str] = {
    NotABackup: "不是本程序的备份，或者开头坏了；里面如果是各支部的资料包，请先解压，再汇总一次。",
    Damaged: "备份已损坏，或里面的账本检查没有通过；请该支部重新备份一份。",
    WrongPassphrase: "备份加了密，没有对得上的口令；请用 --passphrase-file 指明口令文件，一行写一个口令。",
    Newer: "备份是更新版本的程序做的，请把本程序升级到新版，再汇总一次。",
    Tampered: "备份不是程序写成的样子，可能被改动过；请该支部重新备份一份。",
}
_LARGEST = 1 << 28  # bytes of a backup, and of the book in it: a small file can promise a book that fills the memory
_TOO_LARGE = "备份里的账本太大（超过 256 MB），没有计入；请在那台电脑上做一份资料包交来。"
_WORKBOOKS = (b"PK", b"\xd0\xcf\x11\xe0")
_ONE_OF_FILES = re.compile(r"[0-9]{3} .+\.xlsx")  # a file of a package of single files
_FIGURES_FILE = re.compile(rf"[0-9]{{3}} {SHEET}\.xlsx")
_PASSED_OVER = ("thumbs.db", "desktop.ini", "system volume information", "__macosx")

UNREADABLE, OTHER_SPAN, DUPLICATE, NAMESAKE = "读不出来", "期间不同", "重复", "同名"
"""Why a file stands on the second sheet; a `NAMESAKE` is counted and only pointed at."""


@dataclass(frozen=True, slots=True)
class Counted:
    """One branch that counts, and the file that it came from, as named within the folder."""

    figures: Figures
    file: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A file about which something is to be said: ``what`` in a word, ``why`` in a sentence; ``branch`` '' where unknown."""

    file: str
    branch: str
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Region:
    """The branches of a region over one span, in the order of their names, never by a figure; and what is to be said of the files."""

    first: Month
    last: Month
    branches: tuple[Counted, ...]
    remarks: tuple[Remark, ...]

    @property
    def span_words(self) -> str:
        """2026年, 2026年11月, or from month to month."""
        return span_words((self.first, self.last))


def collect(
    folder: Path,
    clock: Clock,
    span: Span | None = None,
    *,
    passphrases: Sequence[str] = (),
    leave_out: Path | None = None,
) -> Region:
    """Read every file of a folder and of the folders in it; `leave_out` is the workbook that is about to be written.

    Without a span it is that of most packages, the later one of two. Raises UserMistake for a folder that is missing or has nothing in
    it, and where only backups are there and no span was asked for.
    """
    if span is not None:
        check_year(span[0].year)
    remarks: list[Remark] = []
    found: list[Counted] = []
    backups: list[tuple[Path, str]] = []
    seen = 0
    for path, file in _files(folder, leave_out, remarks):
        seen += 1
        try:
            if _is_backup(path):
                backups.append((path, file))
            else:
                found.append(Counted(_packaged(path), file))
        except PartydayError as error:
            remarks.append(Remark(file, "", UNREADABLE, error.sentence))
    if not seen and not remarks:
        raise UserMistake(f"{short(folder)} 里没有资料包，也没有备份；请把各支部交来的文件放进去，再汇总一次。")
    chosen = span or _usual_span(found, has_backups=bool(backups), today=clock.today)
    for path, file in backups:
        try:
            found.append(Counted(_backed_up(path, clock, chosen, passphrases), file))
        except PartydayError as error:
            remarks.append(Remark(file, "", UNREADABLE, _words_for(error)))
    return _region(found, chosen, remarks)


def span_words(span: Span) -> str:
    """A span in words: 2026年, 2026年11月, 2026年1月至6月."""
    first, last = span
    if first == last:
        return f"{first.year}年{first.month}月"
    if (first.month, last.month) == (1, 12) and first.year == last.year:
        return f"{first.year}年"
    end = f"{last.month}月" if first.year == last.year else f"{last.year}年{last.month}月"
    return f"{first.year}年{first.month}月至{end}"


def _files(folder: Path, leave_out: Path | None, remarks: list[Remark]) -> Iterator[tuple[Path, str]]:
    """Every file with its name within the folder, in a fixed order; links to folders are not followed, leavings of systems passed over."""
    if not folder.is_dir():
        found = "不是文件夹" if folder.exists() else "没有找到"
        raise UserMistake(f"{short(folder)} {found}，请写上放各支部文件的文件夹。")
    kept_out = os.path.realpath(leave_out) if leave_out else None

    def refused(error: OSError) -> None:
        remarks.append(Remark(_named(Path(error.filename or folder), folder), "", UNREADABLE, f"文件夹{_UNREADABLE}"))

    for inside, folders, names in os.walk(folder, onerror=refused):
        folders[:] = sorted(name for name in folders if not _is_leaving(name))
        for name in _worth_reading(names):
            path = Path(inside, name)
            if os.path.realpath(path) != kept_out:
                yield path, _named(path, folder)


def _worth_reading(names: Sequence[str]) -> list[str]:
    """The names in order, without leavings; of a package of single files only the one with the figures."""
    found = sorted(name for name in names if not _is_leaving(name))
    if not any(_FIGURES_FILE.fullmatch(name) for name in found):
        return found
    return [name for name in found if _FIGURES_FILE.fullmatch(name) or not _ONE_OF_FILES.fullmatch(name)]


def _is_leaving(name: str) -> bool:
    """What an office program or a system leaves beside the files."""
    return name.startswith((".", "~$", "$")) or name.lower() in _PASSED_OVER


def _named(path: Path, folder: Path) -> str:
    """A file as it is told of: within the folder, without what a screen or a sheet must not show."""
    inside = path.relative_to(folder) if path.is_relative_to(folder) else path
    return clean_line(inside.as_posix()).text or "（名字看不见）"


def _is_backup(path: Path) -> bool:
    """Whether a file is to be read as a backup, not as a package; raises UserMistake where it is neither or cannot be read."""
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            raise UserMistake(_NOT_OURS)  # a pipe would hang, a device has no end
        with path.open("rb") as file:
            head = file.read(64)
    except (OSError, ValueError) as error:
        raise UserMistake(_UNREADABLE) from error
    if head[30:].startswith(HEADER.encode()):
        if about.st_size > _LARGEST:
            raise UserMistake(_TOO_LARGE)
        return True
    if path.suffix.lower() == ".zip":
        raise UserMistake(_BACKUP_WORDS[NotABackup])  # unread: a bundle of photos may be larger than the memory
    if head.startswith(b"SQLite format 3"):
        raise UserMistake(_A_BOOK)
    if not head.startswith(_WORKBOOKS):
        raise UserMistake(_NOT_OURS)
    return False


def _packaged(path: Path) -> Figures:
    """The figures in a package."""
    from partyday_tui.excel.named_sheet import read_sheet

    rows = read_sheet(path, SHEET)
    if rows is None:
        raise UserMistake(_NO_SHEET)
    return figures_of(rows)


def _backed_up(path: Path, clock: Clock, span: Span, passphrases: Sequence[str]) -> Figures:
    """The figures of the book in a backup, verified as `partyday verify` does it, as they stood on the day of the backup."""
    from partyday_tui.services.restore import open_backup

    if place.read_file(path).header.raw_size > _LARGEST:
        raise UserMistake(_TOO_LARGE)
    for passphrase in ("", *passphrases):
        try:
            opened = open_backup(path, clock, passphrase)
        except WrongPassphrase:
            continue
        try:
            day = date.fromisoformat(opened.contents.made_at[:10])
            opened.copy.clock = Clock(day)
            return branch_figures(opened.copy, *span)
        except PartydayError:
            raise
        except Exception as error:  # every value in a foreign book may be of any kind
            raise UserMistake(_STRANGE) from error
        finally:
            opened.copy.close()
    raise WrongPassphrase(_BACKUP_WORDS[WrongPassphrase])


def _words_for(error: PartydayError) -> str:
    """Why a backup was not taken, with the next step of whoever collects."""
    return _BACKUP_WORDS.get(type(error), error.sentence)


def _usual_span(found: Sequence[Counted], *, has_backups: bool, today: date) -> Span:
    """The span of most packages, the later one of two; where nothing could be read, the present month, so that all is named."""
    spans = Counter(it.figures.span for it in found)
    if spans:
        return max(spans, key=lambda span: (spans[span], span[1], span[0]))
    if has_backups:
        raise UserMistake(
            "没有能读的资料包，只有备份；请加上 --month 2026-11 或 --year 2026 这样的一项，说明汇总哪一期。"
        )
    return Month.of(today), Month.of(today)


def _region(found: Sequence[Counted], span: Span, remarks: list[Remark]) -> Region:
    """The branches that count: of the span, each book once."""
    by_book: dict[str, list[Counted]] = {}
    for it in found:
        if it.figures.span != span:
            why = (
                f"这是{span_words(it.figures.span)}的，汇总的是{span_words(span)}；请该支部做一份{span_words(span)}的。"
            )
            remarks.append(Remark(it.file, it.figures.branch, OTHER_SPAN, why))
        elif it.figures.made_on < span[0].first_day:
            why = f"这是 {it.figures.made_on} 做的，还没有到{span_words(span)}；请该支部重新做一份。"
            remarks.append(Remark(it.file, it.figures.branch, OTHER_SPAN, why))
        else:
            by_book.setdefault(it.figures.book_key, []).append(it)
    counted = [_newest(each, remarks) for each in by_book.values()]
    counted.sort(key=lambda it: (reading_of(it.figures.branch), it.figures.branch, it.figures.book_key))
    remarks += _namesakes(counted)
    return Region(*span, tuple(counted), tuple(remarks))


def _newest(same: Sequence[Counted], remarks: list[Remark]) -> Counted:
    """Of several files of one book the newest, by its day and then by the number of its newest act; the others are named."""
    best = max(same, key=lambda it: (it.figures.made_on, it.figures.revision))
    for it in same:
        if it is not best:
            other = f"（那里叫{best.figures.branch}）" if it.figures.branch != best.figures.branch else ""
            is_copy = it.figures == best.figures
            why = "是一样的" if is_copy else f"是同一本账，那里截至 {best.figures.made_on}，比这份新"
            told = f"和 {best.file}{other} {why}，已按那一份计入；这一份不用再交。"
            remarks.append(Remark(it.file, it.figures.branch, DUPLICATE, told))
    return best


def _namesakes(counted: Sequence[Counted]) -> list[Remark]:
    """Branches of one name under one superior that keep different books: perhaps one that lost its book, counted twice."""
    by_name: dict[tuple[str, str], list[Counted]] = {}
    for it in counted:
        by_name.setdefault((it.figures.superior, it.figures.branch), []).append(it)
    return [
        Remark(
            it.file, it.figures.branch, NAMESAKE, f"有{len(same)}本账都叫这个名字，都已计入；请核对是不是同一个支部。"
        )
        for same in by_name.values()
        if len(same) > 1
        for it in same
    ]
