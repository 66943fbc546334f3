"""A roster from a file: laid open first, written in one act only when the user has agreed."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from partyday_tui.errors import UserMistake
from partyday_tui.rules.heads import cell_text
from partyday_tui.rules.people import MOVEMENT_WORDS, Member
from partyday_tui.rules.roster_entry import RosterEntry, RowProblem
from partyday_tui.rules.roster_heads import RosterTable, find_roster
from partyday_tui.rules.roster_match import MatchedRow, changed_fields, match_rows, stated_fields
from partyday_tui.rules.roster_row import read_row
from partyday_tui.services.readings import reading_of
from partyday_tui.store import members as store
from partyday_tui.store.book import Book

if TYPE_CHECKING:
    from partyday_tui.excel.read import Grid

_SHOWN_ROWS = 15


@dataclass(frozen=True, slots=True)
class ChangedMember:
    """A member whom the file states otherwise: ``fields`` maps a field of `Member` to (old, new)."""

    row: int
    member: Member
    fields: dict[str, tuple[object, object]]


@dataclass(frozen=True, slots=True)
class RosterPreview:
    """What an import would do. ``heads`` are the texts of the head row, ``columns`` fields to their places in it.

    ``refused`` rows are named in ``problems`` with the row number that the sheet shows.
    """

    source: str
    sheets: tuple[str, ...]
    sheet: str
    heads: tuple[str, ...]
    columns: dict[str, int]
    unknown: tuple[str, ...]
    added: tuple[MatchedRow, ...]
    changed: tuple[ChangedMember, ...]
    unchanged: int
    refused: int
    problems: tuple[RowProblem, ...]

    @property
    def figures(self) -> dict[str, int]:
        """The four counts, as ``--json`` names them."""
        return {
            "added": len(self.added),
            "changed": len(self.changed),
            "unchanged": self.unchanged,
            "refused": self.refused,
        }


def preview(
    book: Book,
    path: Path,
    *,
    sheet: str | None = None,
    mapping: Mapping[str, int | None] | None = None,
    head_row: int | None = None,
) -> RosterPreview:
    """Read a file and lay open what it would add, change and leave; writes nothing.

    ``sheet`` names a sheet, else the first one that looks like a roster, further ones being named as a problem;
    ``mapping`` sets columns by hand, ``head_row`` the row of the heads. Raises UserMistake where the file cannot be read or holds no roster.
    """
    from partyday_tui.excel.worker import read_apart

    grids = {grid.name: grid for grid in read_apart(path)}
    name, table, left_out = _roster_among(grids, sheet, mapping or {}, head_row)
    read = [(number, read_row(number, raw, book.clock.today)) for number, raw in table.rows]
    problems = left_out + _other_branches(table) + [problem for _, (_, found) in read for problem in found]
    entries = [(number, entry) for number, (entry, _) in read if entry is not None]
    matched, unmatched = match_rows(entries, store.members(book))
    problems += unmatched + _doubts_of_belonging(matched, book)
    changed = []
    for it in matched:
        fields = changed_fields(it.member, it.entry) if it.member else {}
        if it.member and fields:
            changed.append(ChangedMember(it.row, it.member, fields))
    added = tuple(it for it in matched if it.member is None)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return RosterPreview(
        source=f"{path.name} sha256 {digest}",
        sheets=tuple(grids),
        sheet=name,
        heads=table.heads or _first_cells(grids[name].rows),
        columns=table.columns,
        unknown=table.unknown,
        added=added,
        changed=tuple(changed),
        unchanged=len(matched) - len(added) - len(changed),
        refused=len(read) - len(matched),
        problems=tuple(sorted(problems, key=lambda problem: problem.row)),
    )


def commit(book: Book, preview: RosterPreview) -> None:
    """Write what was laid open, in one act; a preview that adds and changes nothing writes nothing."""
    if not preview.added and not preview.changed:
        return
    readings = {name: reading_of(name) for name in {it.entry.name for it in preview.added}}
    with book.act("导入党员名册", source=preview.source, with_session=True) as transaction:
        rows = [
            stated_fields(it.entry) | {"kind": it.entry.kind, "reading": readings[it.entry.name]}
            for it in preview.added
        ]
        groups = {name: store.group_id(transaction, name) for name in _groups_of(preview)}
        keys = store.insert_members(transaction, [_row(groups, row) for row in rows])
        for key, it in zip(keys, preview.added, strict=True):
            if it.entry.membership_state == "suspended":
                store.insert_movement(transaction, key, "suspended", book.clock.today, note="导入名册时为停止党籍")
        for changed in preview.changed:
            fields = {field: new for field, (_, new) in changed.fields.items()}
            if "name" in fields and not changed.member.reading_by_hand:
                fields["reading"] = reading_of(str(fields["name"]))
            store.update_member(transaction, changed.member.id, _row(groups, fields))


def first_rows(book: Book, path: Path, sheet: str | None) -> tuple[str, list[tuple[int, tuple[str, ...]]]]:
    """The sheet's name and its first rows that hold something, as (row number, texts), to point out the heads by hand."""
    from partyday_tui.excel.worker import read_apart

    grids = read_apart(path)
    grid = next((grid for grid in grids if grid.name == sheet), grids[0])
    texts = [(number, tuple(map(cell_text, row))) for number, row in enumerate(grid.rows, 1)]
    return grid.name, [(number, row) for number, row in texts if any(row)][:_SHOWN_ROWS]


def _roster_among(
    grids: Mapping[str, "Grid"], sheet: str | None, mapping: Mapping[str, int | None], head_row: int | None
) -> tuple[str, RosterTable, list[RowProblem]]:
    """The sheet to read, its roster, and what of the file is not read with it."""
    if sheet is not None:
        if sheet not in grids:
            raise UserMistake(f"文件里没有工作表「{sheet}」，请用其中之一：{'、'.join(grids)}。")
        table = find_roster(grids[sheet].rows, mapping, head_row, sheet, grids[sheet].merged)
        return sheet, table, _unread(table, {})
    refusal = UserMistake("文件里没有内容，请另选文件。")
    tables = {}
    for name, grid in grids.items():
        try:
            tables[name] = find_roster(grid.rows, mapping, head_row, name, grid.merged)
        except UserMistake as mistake:
            refusal = mistake
    if not tables:
        raise refusal
    # A page of instructions or of sums names 姓名 too, but hardly anything else of a person.
    worth = {name: len(table.columns) if table.rows else 0 for name, table in tables.items()}
    likely = {name: table for name, table in tables.items() if worth[name] * 2 >= max(worth.values())}
    name, table = next(iter(likely.items()))
    del likely[name]
    return name, table, _unread(table, likely)


def _unread(table: RosterTable, others: Mapping[str, RosterTable]) -> list[RowProblem]:
    """People in the file who are not in the table that is read; row 0 speaks of the file."""
    told = [
        RowProblem(
            0, "sheet", f"工作表「{name}」里还有{len(other.rows)}行名单，这次没有读；要导入请换到这张工作表再导入一次。"
        )
        for name, other in others.items()
        if other.rows
    ]
    if not table.rows:
        told.append(RowProblem(0, "name", "表头下面没有名单，没有可导入的；请检查是否选对了文件和工作表。"))
    if table.beside:
        message = "表里并排有两栏名单，只读了左边一栏；请把右边的接到左边下面，再导入一次。"
        told.append(RowProblem(table.head_row or 0, "name", message))
    return told


def _first_cells(rows: list[list[object]]) -> tuple[str, ...]:
    """The first three texts of each column, joined: enough to know a column by."""
    columns: list[list[str]] = [[] for _ in range(max(map(len, rows)))]
    for row in rows[:30]:
        for said, cell in zip(columns, row, strict=False):
            text = cell_text(cell)
            if text and len(said) < 3:
                said.append(text[:20])
    return tuple("、".join(said) for said in columns)


def _other_branches(table: RosterTable) -> list[RowProblem]:
    """A file of several branches: all its people would come into this one book."""
    said = Counter("".join(cell_text(raw.get("branch")).split()) for _, raw in table.rows)
    named = [(name, times) for name, times in said.most_common() if name]
    if len(named) < 2:
        return []
    shown = "、".join(f"{name[:20]}{times}行" for name, times in named[:4]) + ("等" if len(named) > 4 else "")
    told = f"文件里写着{len(named)}个支部：{shown}；写入后都算本支部的党员，请先只留本支部的行。"
    return [RowProblem(0, "branch", told)]


def _doubts_of_belonging(matched: list[MatchedRow], book: Book) -> list[RowProblem]:
    """停止党籍 has no date in a roster, and who left the branch does not come back by a file: both are left to the user."""
    today = book.clock.today
    here = {member.id for member in store.members_on(book, today)}
    last = {it.member_id: it for it in store.movements(book) if it.on_date <= today.isoformat()}
    told = []
    for it in matched:
        suspended = it.entry.membership_state == "suspended"
        if it.member is None:
            message = f"党籍状态是停止党籍，没有日期，按导入日 {today} 记，请在名册的变动里改成实际日期。"
        elif suspended:
            message = "党籍状态是停止党籍；这位党员已在名册里，请在名册的变动里写上停止党籍的日期。"
        elif (exit := last.get(it.member.id)) is not None:
            message = f"账本里已登记 {exit.on_date} {MOVEMENT_WORDS[exit.kind]}；如果又回来了，请在名册的变动里登记。"
        else:
            continue
        is_here = it.member is None or it.member.id in here
        if suspended == is_here:
            told.append(RowProblem(it.row, "membership_state", message))
    return told


def _groups_of(preview: RosterPreview) -> list[str]:
    """The party groups that the file names for whom it adds or changes, in its order."""
    named = [it.entry.group for it in preview.added]
    named += [str(it.fields["group"][1]) for it in preview.changed if "group" in it.fields]
    return list(dict.fromkeys(filter(None, named)))


def _row(groups: Mapping[str, int | None], fields: Mapping[str, object]) -> dict[str, object]:
    """Fields of `Member` as the table holds them: the group by its key."""
    row = dict(fields)
    if "group" in row:
        row["group_id"] = groups[str(row.pop("group"))]
    return row


__all__ = ["ChangedMember", "RosterEntry", "RosterPreview", "commit", "first_rows", "preview"]
