"""Import of base figures: a preview that names every doubt, then everything in one act. Names are never guessed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from partyday_tui.errors import UserMistake
from partyday_tui.rules.dues.assessment import Assessed
from partyday_tui.rules.dues.base_sheet import BaseRow, read_base_rows
from partyday_tui.rules.dues.money import yuan
from partyday_tui.rules.month import Month
from partyday_tui.rules.text import same_name_key
from partyday_tui.services.dues_assess import (
    Decision,
    SheetRow,
    Written,
    assess_members,
    assessment_sheet,
    work_out_all,
)
from partyday_tui.services.dues_rates import DuesSettings, assess_by_table, rates, settings_of
from partyday_tui.store.book import Book
from partyday_tui.store.dues_assessments import Assessment, Payer, payers


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One row of the sheet against the book.

    ``state``: ``new``, ``changed`` (assessed otherwise for the year), ``unchanged``, ``ambiguous`` (choose among ``candidates``),
    ``unknown`` (nobody of that name) or ``refused`` (``source.problem``). ``member_id`` None for the last three.
    """

    source: BaseRow
    state: str
    member_id: int | None
    candidates: tuple[Payer, ...]
    assessed: Assessed | None
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """The whole sheet, nothing written yet; ``corrected_from`` is the month from which the changed rows would hold."""

    year: int
    file_name: str
    rows: tuple[ImportRow, ...]
    corrected_from: Month

    def count(self, state: str) -> int:
        """How many rows stand so."""
        return sum(row.state == state for row in self.rows)


def month_to_correct(today: date, year: int) -> Month:
    """From which month a correction of a year is proposed: this month, or the month of that year that is nearest to it."""
    return min(max(Month.of(today), Month(year, 1)), Month(year, 12))


def preview_base_figures(
    book: Book,
    path: Path,
    year: int,
    choices: Mapping[int, int | None] | None = None,
    *,
    approved_on: date | None = None,
    valid_from: Month | None = None,
) -> ImportPreview:
    """Read a sheet and hold it against the roster and the year's assessments, at the amounts that would be written.

    ``approved_on`` is the day of the decision (today where None), ``valid_from`` the month from which those assessed already change
    (`month_to_correct` where None).

    ``choices`` settles rows by their number in the sheet: row → member key, or None to leave the row out. A name that two members bear,
    or that stands twice in the sheet, stays ``ambiguous`` until settled. Raises UserMistake where the file cannot be read.
    """
    from partyday_tui.excel.worker import read_apart  # a sheet is read once a year; not before

    first = date(year, 1, 1)
    rows = read_base_rows(read_apart(path)[0].rows, rates(), first)
    names: dict[str, list[Payer]] = {}
    for payer in payers(book):
        names.setdefault(same_name_key(payer.name), []).append(payer)
    times = Counter(same_name_key(row.name) for row in rows)
    held = {row.payer.id: row for row in assessment_sheet(book, year)}
    corrected_from = valid_from or month_to_correct(book.clock.today, year)
    against = _Against(
        names,
        times,
        held,
        choices or {},
        first,
        corrected_from,
        settings_of(book),
        approved_on or book.clock.today,
    )
    return ImportPreview(year, path.name, tuple(_matched(row, against) for row in rows), corrected_from)


def draft_base_figures(
    book: Book, preview: ImportPreview, *, approved_on: date | None = None, approved_by: str = "", reason: str = ""
) -> list[Written]:
    """What `import_base_figures` would write, with all that there is to look at; nothing is written. Raises UserMistake as it does."""
    return work_out_all(book, preview.year, _decisions(preview, approved_on, approved_by, reason))


def import_base_figures(
    book: Book, preview: ImportPreview, *, approved_on: date | None = None, approved_by: str = "", reason: str = ""
) -> list[Written]:
    """Write the new and changed rows of a preview in one act; the others are left out.

    ``reason`` is for those assessed already (a correction, D14; `reason_of` where ''). Raises UserMistake where two rows were given to
    one member, and where there is nothing to write.
    """
    decisions = _decisions(preview, approved_on, approved_by, reason)
    return assess_members(book, preview.year, decisions, what=f"导入 {preview.year} 年党费核定基数")


def reason_of(preview: ImportPreview, reason: str = "") -> str:
    """The reason that is kept with a correction: the user's, else that the file was imported."""
    return (reason or f"导入 {preview.file_name}")[:200]


def _decisions(preview: ImportPreview, approved_on: date | None, approved_by: str, reason: str) -> list[Decision]:
    wanted = [row for row in preview.rows if row.state in ("new", "changed") and row.member_id is not None]
    twice = [key for key, count in Counter(row.member_id for row in wanted).items() if count > 1]
    if twice:
        numbers = "、".join(str(row.source.row) for row in wanted if row.member_id == twice[0])
        raise UserMistake(f"第 {numbers} 行都指给了同一位党员，请重新选定。")
    if not wanted:
        raise UserMistake("没有要写入的核定，请先处理重名和有误的行，或核对年份。")
    return [
        Decision(
            row.member_id or 0,
            row.source.category,
            row.source.base_fen,
            row.source.parts,
            valid_from=preview.corrected_from if row.state == "changed" else None,
            reason=reason_of(preview, reason) if row.state == "changed" else "",
            approved_on=approved_on,
            approved_by=approved_by,
        )
        for row in wanted
    ]


@dataclass(frozen=True, slots=True)
class _Against:
    """What the rows are held against."""

    names: Mapping[str, Sequence[Payer]]
    times: Mapping[str, int]
    held: Mapping[int, SheetRow]
    choices: Mapping[int, int | None]
    first: date
    corrected_from: Month
    settings: DuesSettings
    decided_on: date

    def current(self, member_id: int | None) -> Assessment | None:
        """The year's decision for a member."""
        row = self.held.get(member_id) if member_id is not None else None
        return row.current if row else None


def _matched(row: BaseRow, against: _Against) -> ImportRow:
    key = same_name_key(row.name)
    candidates = tuple(against.names.get(key, ()))
    if row.problem:
        return ImportRow(row, "refused", None, candidates, None, row.doubts)
    state, member_id, told = _settled(row, candidates, against)
    current = against.current(member_id)
    on = against.first if current is None else against.corrected_from.first_day
    assessed = assess_by_table(row.category, row.base_fen, on, against.settings, against.decided_on)
    if member_id is not None:
        same = current is not None and (current.category, current.base_fen, current.by_table_fen) == (
            assessed.category, assessed.base_fen, assessed.monthly_fen,
        )  # fmt: skip
        state = "new" if current is None else "unchanged" if same else "changed"
    doubts = (*row.doubts, *assessed.warnings, *_stated_otherwise(row, assessed), *told)
    return ImportRow(row, state, member_id, candidates, assessed, doubts)


def _settled(row: BaseRow, candidates: Sequence[Payer], against: _Against) -> tuple[str, int | None, tuple[str, ...]]:
    """(state, member, what to tell) by the name and what the user chose; the state is '' where the member is known."""
    key = same_name_key(row.name)
    if row.row in against.choices:
        chosen = against.choices[row.row]
        if chosen is None:
            return "refused", None, ("这一行已选择不导入。",)
        if chosen not in {payer.id for payer in candidates}:
            raise UserMistake(f"第 {row.row} 行「{row.name}」不能指给编号 {chosen}，请从同名的党员里选。")
        return "", chosen, ()
    if not candidates:
        return "unknown", None, (f"名册里没有「{row.name}」。",)
    if len(candidates) > 1 or against.times[key] > 1:
        return "ambiguous", None, ()
    return "", candidates[0].id, ()


def _stated_otherwise(row: BaseRow, assessed: Assessed) -> tuple[str, ...]:
    if row.stated_fen is None or row.stated_fen == assessed.monthly_fen:
        return ()
    return (f"表里写每月 {yuan(row.stated_fen)} 元，按标准是 {yuan(assessed.monthly_fen)} 元，请核对。",)
