"""The registers of the guides as they are printed: one table for each, made of the register's own fields."""

from __future__ import annotations

from partyday_tui.rules.dues.money import capitals
from partyday_tui.rules.duties.duty import Period, PeriodKind
from partyday_tui.rules.form_kinds import register_title
from partyday_tui.rules.register_values import duration
from partyday_tui.rules.registers import ON, Entry, Register, RegisterField
from partyday_tui.rules.sheet import MONEY, Cell, Column, Form, Line, Table, Value, yuan_value
from partyday_tui.services.books import branch_of
from partyday_tui.services.namesakes import names_apart
from partyday_tui.services.registers import entries_of, register_named, state_in_words
from partyday_tui.store.book import Book

_WIDTHS = {"date": 11.0, "choice": 10.0, "money": 9.0, "minutes": 10.0}
_LONG, _SHORT = 26.0, 14.0
_LONG_FROM = 200  # characters that a field may have


def register_form(book: Book, key: str, period: Period) -> Form:
    """A register of a year or a month, oldest entry first; what still waits from earlier years stands in this year's too."""
    register = register_named(key)
    is_month = period.kind is PeriodKind.MONTH
    fields = [field for field in register.fields if not field.private]
    found = sorted(entries_of(book, register, period.first.year), key=lambda entry: (str(entry.values[ON]), entry.id))
    if is_month:
        found = [entry for entry in found if str(entry.values[ON]).startswith(period.which)]
    names = names_apart(book, [(person.id, person.name) for entry in found for person in entry.people])
    rows = [[number, *_cells(book, register, fields, entry, names)] for number, entry in enumerate(found, 1)]
    columns = [Column("序号", 5), Column(register.day, 11)]
    columns += [Column("党员", 20 if register.people == "several" else 12)] if register.people != "none" else []
    columns += [_column(field) for field in fields]
    columns += [Column("状态", 9)] if _has_state(register) else []
    sums = _sums(fields, found)
    totals: list[list[Cell]] = []
    if sums and found:
        before = len(columns) - len(fields) - int(_has_state(register))
        totals = [["合计", *[None] * (before - 1), *sums, *[None] * int(_has_state(register))]]
    return Form(
        f"{period.first.year}年{f'{period.first.month}月' if is_month else ''}{register_title(register)}",
        (
            Table(
                columns,
                rows,
                totals=totals,
                row_height=26,
                empty=f"这{'个月' if is_month else '一年'}没有登记",
                size=10,
            ),
        ),
        unit=(f"党支部（盖章）：{branch_of(book).name}", f"制表日期：{book.clock.today}"),
        foot=(*_in_capitals(fields, found), ("登记人：", "支部书记：")),
        landscape=True,
        name=register.title,
    )


def _column(field: RegisterField) -> Column:
    if field.kind == "text":
        return Column(field.label, _LONG if field.limit >= _LONG_FROM else _SHORT, "left")
    return Column(field.label, _WIDTHS[field.kind], number_format=MONEY if field.kind == "money" else "General")


def _has_state(register: Register) -> bool:
    return bool(register.ends) or register.key == "talk_trigger"


def _cells(
    book: Book, register: Register, fields: list[RegisterField], entry: Entry, names: dict[int, str]
) -> list[Value]:
    cells: list[Value] = [str(entry.values[ON])]
    if register.people != "none":
        cells.append("、".join(names[person.id] for person in entry.people))
    cells += [_value(field, entry) for field in fields]
    return [*cells, state_in_words(book, register, entry)] if _has_state(register) else cells


def _value(field: RegisterField, entry: Entry) -> Value:
    value = entry.values[field.name]
    if field.kind == "money":
        return yuan_value(int(value)) if value else None
    if field.kind == "minutes":
        return duration(int(value)) if value else None
    return str(value) if value else None


def _in_capitals(fields: list[RegisterField], found: list[Entry]) -> list[Line]:
    """The sum of each field that is money, as it is written where money is signed for."""
    sums = [(it.label, sum(int(entry.values[it.name] or 0) for entry in found)) for it in fields if it.kind == "money"]
    return [(f"{label}合计（大写）：{capitals(fen)}",) for label, fen in sums if fen]


def _sums(fields: list[RegisterField], found: list[Entry]) -> list[Cell]:
    """The sum under each field that is money or time; empty where the register has none."""
    if not any(field.kind in ("money", "minutes") for field in fields):
        return []
    sums: list[Cell] = []
    for field in fields:
        total = sum(int(entry.values[field.name] or 0) for entry in found) if field.kind in ("money", "minutes") else 0
        sums.append(yuan_value(total) if field.kind == "money" else duration(total) if total else None)
    return sums
